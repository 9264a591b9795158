/** Moving organisations by hand: drag, nudge, and line up. Where they were put, they stay. */
import { paintParts, partsOf } from "./parts.js";

const NUDGED = 700; // milliseconds after the last nudge, when it is sent
const BESIDE = 2.6; // map units between marks that are lined up

const round = (number) => Math.round(number * 10) / 10;

/** The positions of organisations as a step says them. */
const positions = ({ scene }, chosen) =>
  Object.fromEntries(chosen.map((i) => [scene.ids[i], [round(scene.x[i]), round(scene.y[i])]]));

const WAYS = {
  row: (points) => {
    const sorted = [...points].sort((a, b) => a.x - b.x);
    const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
    const step = Math.max(BESIDE, (sorted.at(-1).x - sorted[0].x) / (points.length - 1));
    const left = (sorted[0].x + sorted.at(-1).x - step * (points.length - 1)) / 2;
    return sorted.map((point, order) => ({ ...point, x: left + order * step, y }));
  },
  column: (points) =>
    WAYS.row(points.map(({ i, x, y }) => ({ i, x: y, y: x }))).map(({ i, x, y }) => ({ i, x: y, y: x })),
  circle: (points) => {
    const middle = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    const [cx, cy] = [middle("x"), middle("y")];
    const turn = ({ x, y }) => Math.atan2(y - cy, x - cx);
    const radius = Math.max(2, (points.length * BESIDE) / (2 * Math.PI));
    const sorted = [...points].sort((a, b) => turn(a) - turn(b));
    const first = turn(sorted[0]);
    return sorted.map((point, order) => {
      const angle = first + (order * 2 * Math.PI) / points.length;
      return { ...point, x: cx + radius * Math.cos(angle), y: cy + radius * Math.sin(angle) };
    });
  },
};

/** Where organisations stand once they are lined up as a row, a column or a circle: [{ i, x, y }]. Pure. */
export const linedUp = (points, way) => (points.length > 1 ? WAYS[way](points) : points);

export function moving(page, send) {
  const { stage } = page;
  let lifted = null;
  let nudged = null;

  const settle = () => {
    stage.tell("places");
    stage.reshape();
  };
  stage.overlays.push(
    (paint, camera) =>
      lifted?.parts && paintParts(stage.painter, paint, camera, lifted.parts, stage.painter.tokens.link, 1),
  );

  return {
    /** Begin to drag an organisation, and with it the others that are selected. */
    begin(i, point) {
      const chosen = stage.selected.has(i) ? [...stage.selected] : [i];
      const from = chosen.map((one) => [stage.scene.x[one], stage.scene.y[one]]);
      stage.without = new Set(chosen);
      lifted = { chosen, from, point, moved: false, parts: null };
    },
    move(point) {
      const [dx, dy] = [point[0] - lifted.point[0], point[1] - lifted.point[1]];
      if (!lifted.moved) {
        if (Math.hypot(dx, dy) * stage.camera.k < 4) return;
        lifted.moved = true;
        lifted.parts = partsOf(stage.painter, stage.without);
        stage.redraw();
      }
      lifted.chosen.forEach((one, place) => {
        stage.scene.x[one] = lifted.from[place][0] + dx;
        stage.scene.y[one] = lifted.from[place][1] + dy;
      });
      stage.refresh();
    },
    /** End dragging; gives whether anything moved. With `back` all return to where they were. */
    end(back = false) {
      const { chosen, from, moved } = lifted;
      lifted = null;
      stage.without = new Set();
      if (!moved) return false;
      if (back) chosen.forEach((one, place) => ([stage.scene.x[one], stage.scene.y[one]] = from[place]));
      else send({ kind: "place", positions: positions(stage, chosen) });
      settle();
      return true;
    },
    /** Move organisations a little by the keyboard; sent once the keys rest. */
    nudge(chosen, dx, dy) {
      for (const i of chosen) {
        stage.scene.x[i] += dx;
        stage.scene.y[i] += dy;
      }
      clearTimeout(nudged?.timer);
      const all = new Set([...(nudged?.all ?? []), ...chosen]);
      const timer = setTimeout(() => {
        nudged = null;
        send({ kind: "place", positions: positions(stage, [...all]) });
      }, NUDGED);
      nudged = { all, timer };
      settle();
    },
    lineUp(chosen, way) {
      const points = chosen.map((i) => ({ i, x: stage.scene.x[i], y: stage.scene.y[i] }));
      for (const { i, x, y } of linedUp(points, way)) [stage.scene.x[i], stage.scene.y[i]] = [x, y];
      send({ kind: "place", positions: positions(stage, chosen) });
      settle();
    },
  };
}
