/** Organisations glide from one arrangement to another, and the camera too; at once for those who want less motion. */
import { still } from "../frame.js";
import { between } from "./camera.js";

const LASTS = 600; // milliseconds

const eased = (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2);

/**
 * Move all marks from where they are to `there`, {x, y}, and the camera to `camera`; `during(share)` hears how far.
 * The promise is kept once everything has arrived.
 */
export function glide(stage, there, camera, moves, during) {
  const { count } = stage.scene;
  const from = { x: stage.place.x.slice(0, count), y: stage.place.y.slice(0, count) };
  const start = { ...stage.camera };
  stage.arriving?.();
  if (still()) {
    stage.place = there;
    during(1);
    moves.to(camera, true);
    return Promise.resolve();
  }
  stage.place = { x: from.x.slice(), y: from.y.slice() };
  stage.gliding = true;
  return new Promise((arrived) => {
    let began = null;
    let stopped = false;
    stage.arriving = () => (stopped = true);
    const step = (time) => {
      if (stopped) return;
      began ??= time;
      const share = Math.min(1, (time - began) / LASTS);
      const far = eased(share);
      for (let i = 0; i < count; i += 1) {
        stage.place.x[i] = from.x[i] + (there.x[i] - from.x[i]) * far;
        stage.place.y[i] = from.y[i] + (there.y[i] - from.y[i]) * far;
      }
      during(far);
      moves.to(between(start, camera, far, stage.width, stage.height), true);
      stage.redraw();
      if (share < 1) {
        requestAnimationFrame(step);
        return;
      }
      stage.gliding = false;
      stage.arriving = null;
      stage.place = there;
      stage.redraw();
      arrived();
    };
    requestAnimationFrame(step);
  });
}
