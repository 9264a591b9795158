/** Links, drawn in few strokes: one path for each type, cut short often, because a long path is slow to fill. */

const PIECE = 400; // links in one path
const CURVED = 3500; // links of a scene, up to which they bend
const BEND = 0.13;
export const RICH = 900; // links in view, up to which each has its own width and dashes

/** How each type of link is drawn near by: width in pixels, strength, dashes, and an arrow to where it leads. */
const STYLES = {
  member_of: { width: 1, strength: 0.34, dash: [] },
  hosted_by: { width: 1.5, strength: 0.6, dash: [1.5, 3.5] },
  works_with: { width: 1.5, strength: 0.5, dash: [] },
  funds: { width: 1.4, strength: 0.6, dash: [], arrow: true },
  fiscal_sponsor_of: { width: 1.5, strength: 0.6, dash: [7, 3], arrow: true },
};
const PROPOSED = { width: 1, strength: 0.4, dash: [2, 5] };
const FARTHER = 0.24; // strength of a hairline among many

/** How a type of link is drawn. */
export const styleOf = (type, proposed = false) => (proposed ? PROPOSED : (STYLES[type] ?? STYLES.works_with));

/** The links of a scene by how they are drawn: [{ style, ties }]; `of` says where each is. */
export function linkBatches(scene) {
  const batches = new Map();
  for (let tie = 0; tie < scene.tieCount; tie += 1) {
    const key = scene.proposed[tie] ? "proposed" : scene.types[scene.type[tie]];
    const ties = batches.get(key);
    if (ties) ties.push(tie);
    else batches.set(key, [tie]);
  }
  const listed = [...batches].map(([key, ties]) => ({ style: styleOf(key, key === "proposed"), ties }));
  listed.of = new Uint8Array(scene.tieCount);
  listed.forEach(({ ties }, place) => ties.forEach((tie) => (listed.of[tie] = place)));
  return listed;
}

/** How much a link bends: not at all in a large scene; to the other side when it is the second between the same two. */
function bends(scene) {
  const column = new Float32Array(scene.tieCount);
  if (scene.tieCount > CURVED) return column;
  const seen = new Map();
  for (let tie = 0; tie < scene.tieCount; tie += 1) {
    const [low, high] = [scene.source[tie], scene.target[tie]].sort((a, b) => a - b);
    const key = low * 1e6 + high;
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    const side = (times % 2 ? -1 : 1) * (scene.source[tie] === low ? 1 : -1);
    column[tie] = BEND * side * (1 + Math.floor(times / 2));
  }
  return column;
}
const bent = new WeakMap();

/** The bend of each link of a scene, as a share of its length. */
export function bendsOf(scene) {
  const known = bent.get(scene);
  if (known?.count === scene.tieCount) return known.column;
  const column = bends(scene);
  bent.set(scene, { count: scene.tieCount, column });
  return column;
}

/** Draws links onto `paint` at the camera; `ties` by index, `skip` those whose ends are not shown. */
export class LinkPen {
  constructor(paint, { k, x, y }, place, width, height) {
    Object.assign(this, { paint, k, x, y, place, width, height });
  }

  /** Add a link to the path; false when it is out of view. */
  trace(scene, tie, bend) {
    const { paint, k, x, y, place, width, height } = this;
    const from = scene.source[tie];
    const to = scene.target[tie];
    const ax = place.x[from] * k + x;
    const ay = place.y[from] * k + y;
    const bx = place.x[to] * k + x;
    const by = place.y[to] * k + y;
    if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > width && bx > width) || (ay > height && by > height))
      return false;
    paint.moveTo(ax, ay);
    if (bend) paint.quadraticCurveTo((ax + bx) / 2 + (by - ay) * bend, (ay + by) / 2 - (bx - ax) * bend, bx, by);
    else paint.lineTo(bx, by);
    return true;
  }

  /** Stroke the links that `shows` says, in one colour; `rich` with the width and dashes of their type. */
  stroke(scene, { style, ties }, { colour, rich, shows, pixel, strength = 1 }) {
    const { paint } = this;
    const column = bendsOf(scene);
    paint.strokeStyle = colour;
    paint.lineWidth = rich ? style.width : pixel;
    paint.globalAlpha = Math.min(1, (rich ? style.strength : FARTHER) * strength);
    paint.lineCap = rich && style.dash.length ? "round" : "butt";
    paint.setLineDash(rich ? style.dash : []);
    let pending = 0;
    paint.beginPath();
    for (const tie of ties) {
      if (!shows(tie) || !this.trace(scene, tie, column[tie])) continue;
      pending += 1;
      if (pending === PIECE) {
        paint.stroke();
        paint.beginPath();
        pending = 0;
      }
    }
    if (pending) paint.stroke();
    paint.setLineDash([]);
    paint.globalAlpha = 1;
  }

  /** Fill an arrow on each link that leads somewhere, a little before its middle's far side. */
  arrows(scene, { style, ties }, { colour, shows, strength = 1 }) {
    if (!style.arrow) return;
    const { paint, k, x, y, place } = this;
    const column = bendsOf(scene);
    paint.fillStyle = colour;
    paint.globalAlpha = Math.min(1, (style.strength + 0.15) * strength);
    paint.beginPath();
    for (const tie of ties) {
      if (!shows(tie)) continue;
      const [from, to] = [scene.source[tie], scene.target[tie]];
      const [ax, ay] = [place.x[from] * k + x, place.y[from] * k + y];
      const [bx, by] = [place.x[to] * k + x, place.y[to] * k + y];
      const length = Math.hypot(bx - ax, by - ay);
      if (length < 34) continue;
      const [cx, cy] = [(ax + bx) / 2 + (by - ay) * column[tie], (ay + by) / 2 - (bx - ax) * column[tie]];
      const share = 0.62;
      const on = (a, c, b) => (1 - share) ** 2 * a + 2 * share * (1 - share) * c + share ** 2 * b;
      const along = (a, c, b) => (1 - share) * (c - a) + share * (b - c);
      const [px, py] = [on(ax, cx, bx), on(ay, cy, by)];
      const turn = Math.atan2(along(ay, cy, by), along(ax, cx, bx));
      const corner = (away, aside) => [
        px + Math.cos(turn) * away - Math.sin(turn) * aside,
        py + Math.sin(turn) * away + Math.cos(turn) * aside,
      ];
      paint.moveTo(...corner(5, 0));
      paint.lineTo(...corner(-3.5, 3.4));
      paint.lineTo(...corner(-3.5, -3.4));
      paint.closePath();
    }
    paint.fill();
    paint.globalAlpha = 1;
  }
}
