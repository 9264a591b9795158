/* global d3 */
/** Gestures by mouse, touch and pinch: pan, zoom, point and press. Who draws can take a press for itself. */
import { still } from "../frame.js";
import { NEAREST, boxOf, fitted } from "./camera.js";

const NEAR = { mouse: 5, pen: 8, touch: 16 }; // pixels around a mark that still count as the mark
const LARGEST = 40; // pixels: no mark is larger
const GLIDE = 260; // milliseconds

/** Which organisation is at a pixel of the canvas; -1 when there is none. The tree is made anew after things moved. */
export function finder(stage) {
  let tree = null;
  stage.listeners.add((what) => {
    if (what === "places" || what === "shown") tree = null;
  });
  const grown = () => {
    const { place, shown, scene } = stage;
    const nodes = [];
    for (let i = 0; i < scene.count; i += 1) if (shown[i]) nodes.push(i);
    tree = d3.quadtree(
      nodes,
      (i) => place.x[i],
      (i) => place.y[i],
    );
    return tree;
  };
  return (x, y, pointer = "mouse") => {
    const { camera, place } = stage;
    const [left, top] = stage.under(x - LARGEST, y - LARGEST);
    const [right, bottom] = stage.under(x + LARGEST, y + LARGEST);
    const reach = Math.max(NEAR[pointer] ?? NEAR.mouse, stage.rim ?? 0);
    let best = { i: -1, away: Infinity };
    (tree ?? grown()).visit((node, x0, y0, x1, y1) => {
      for (let leaf = node; leaf && !node.length; leaf = leaf.next) {
        const i = leaf.data;
        const away =
          Math.hypot(place.x[i] * camera.k + camera.x - x, place.y[i] * camera.k + camera.y - y) - stage.radiusOf(i);
        if (away < reach && away < best.away) best = { i, away };
      }
      return x0 > right || y0 > bottom || x1 < left || y1 < top;
    });
    return best.i;
  };
}

/**
 * Attach the gestures to a stage. `pressed(i, event)` when an organisation, or with -1 nothing, is pressed;
 * `takes(event, i)` says whether a press is somebody else's: then it neither pans nor selects.
 */
export function gestures(stage, { pressed, takes = () => false, find }) {
  const { canvas } = stage;
  const chosen = d3.select(canvas);
  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  let began = null;
  const held = new Set();
  const zoom = d3
    .zoom()
    .clickDistance(5)
    .filter((event) => (!event.button || event.type === "wheel") && !(event.type !== "wheel" && stage.claimed))
    .on("start", ({ sourceEvent }) => {
      if (sourceEvent) stage.busy = true;
      if (sourceEvent?.type === "mousedown" || sourceEvent?.type === "touchstart") canvas.classList.add("held");
    })
    .on("zoom", ({ transform }) => {
      stage.camera = { k: transform.k, x: transform.x, y: transform.y };
      stage.refresh();
    })
    .on("end", () => {
      stage.busy = false;
      canvas.classList.remove("held");
      stage.tell("camera");
      stage.refresh();
    });

  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button) return;
      held.add(event.pointerId);
      const i = find(...spot(event), event.pointerType);
      began = held.size > 1 ? null : { x: event.clientX, y: event.clientY, i };
      stage.claimed = event.isPrimary && takes(event, i, spot(event));
    },
    { capture: true },
  );
  canvas.addEventListener("pointerup", (event) => {
    held.delete(event.pointerId);
    const claimed = stage.claimed;
    stage.claimed = false;
    if (!began || claimed || Math.hypot(event.clientX - began.x, event.clientY - began.y) > 5) return;
    pressed(began.i, event, spot(event));
    began = null;
  });
  canvas.addEventListener("pointercancel", (event) => {
    held.delete(event.pointerId);
    stage.claimed = false;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return;
    const hover = find(...spot(event), "mouse");
    canvas.classList.toggle("over", hover >= 0);
    if (hover === stage.hover) return;
    stage.hover = hover;
    stage.tell("hover");
    stage.refresh();
  });
  canvas.addEventListener("pointerleave", () => {
    if (stage.hover < 0) return;
    stage.hover = -1;
    stage.tell("hover");
    stage.refresh();
  });

  const apply = ({ k, x, y }, quick) => {
    const transform = d3.zoomIdentity.translate(x, y).scale(k);
    if (quick || still()) chosen.call(zoom.transform, transform);
    else chosen.transition().duration(GLIDE).call(zoom.transform, transform);
  };
  const limits = () => {
    const box = boxOf(stage.place.x, stage.place.y, stage.scene.count, stage.shown) ?? [-20, -20, 20, 20];
    const { k } = fitted(box, stage.width, stage.height);
    const [across, upright] = [stage.width / k, stage.height / k];
    zoom.scaleExtent([k * 0.5, NEAREST]).translateExtent([
      [box[0] - across, box[1] - upright],
      [box[2] + across, box[3] + upright],
    ]);
  };
  limits();
  chosen.call(zoom).on("dblclick.zoom", null);
  apply(stage.camera, true);
  const by = (factor) => (still() ? chosen : chosen.transition().duration(GLIDE)).call(zoom.scaleBy, factor);
  return {
    limits,
    to: apply,
    nearer: () => by(1.6),
    farther: () => by(1 / 1.6),
    whole: () => apply(stage.whole()),
    /** Move so that an organisation is well in view, and no more than needed. */
    reveal(i) {
      const [x, y] = stage.at(i);
      const margin = Math.min(90, stage.width / 5, stage.height / 5);
      const over = stage.besides?.() ?? { left: 0, right: 0 }; // what the panel covers
      const [left, right] = [margin + over.left, stage.width - margin - over.right];
      const across = x < left ? left - x : x > right ? right - x : 0;
      const upright = y < margin ? margin - y : y > stage.height - margin ? stage.height - margin - y : 0;
      if (across || upright) apply({ k: stage.camera.k, x: stage.camera.x + across, y: stage.camera.y + upright });
    },
    spot,
  };
}
