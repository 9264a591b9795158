/** Soft hulls: the outline around the members of a group, as water stands around stones. Pure, in map units. */

const REACH = 3.6; // map units that a member's influence spans
const LEVEL = 0.26;
const BRIDGED = 12; // map units between members, up to which the hull joins them
const FINEST = 0.9; // map units between the points where influence is measured
const MOST = 52; // such points along a side
const FEW = 110; // members, up to which a hull bridges gaps

/** Points between each member and the nearest of those before it, so that a hull rather holds together. */
function* bridges(x, y, members) {
  if (members.length > FEW) return;
  for (let place = 1; place < members.length; place += 1) {
    const i = members[place];
    let [near, away] = [-1, BRIDGED];
    for (let before = 0; before < place; before += 1) {
      const distance = Math.hypot(x[members[before]] - x[i], y[members[before]] - y[i]);
      if (distance < away) [near, away] = [members[before], distance];
    }
    if (near < 0) continue;
    const pieces = Math.ceil(away / (REACH * 0.4));
    for (let piece = 1; piece < pieces; piece += 1) {
      const share = piece / pieces;
      yield [x[i] + (x[near] - x[i]) * share, y[i] + (y[near] - y[i]) * share];
    }
  }
}

/** How much members weigh on each point of a grid around them. */
function influence(x, y, members) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of members) {
    left = Math.min(left, x[i]);
    right = Math.max(right, x[i]);
    top = Math.min(top, y[i]);
    bottom = Math.max(bottom, y[i]);
  }
  const step = Math.max(FINEST, Math.max(right - left, bottom - top) / MOST);
  const reach = Math.max(REACH, step * 1.6);
  const margin = reach + step;
  const columns = Math.ceil((right - left + 2 * margin) / step) + 1;
  const rows = Math.ceil((bottom - top + 2 * margin) / step) + 1;
  const weights = new Float32Array(columns * rows);
  const span = reach / step;
  const weigh = (across, down, strength) => {
    const [column, row] = [(across - left + margin) / step, (down - top + margin) / step];
    for (let r = Math.max(0, Math.ceil(row - span)); r <= Math.min(rows - 1, row + span); r += 1) {
      for (let c = Math.max(0, Math.ceil(column - span)); c <= Math.min(columns - 1, column + span); c += 1) {
        const away = ((c - column) ** 2 + (r - row) ** 2) / (span * span);
        if (away < 1) weights[r * columns + c] += strength * (1 - away) ** 2;
      }
    }
  };
  for (const i of members) weigh(x[i], y[i], 1);
  for (const [across, down] of bridges(x, y, members)) weigh(across, down, 0.34);
  return { weights, columns, rows, step, left: left - margin, top: top - margin };
}

/** Where the outline crosses a cell, by which corners are inside: pairs of sides (0 top, 1 right, 2 bottom, 3 left). */
const CROSSINGS = " 30 01 31 12 3012 02 32 23 20 0123 21 13 10 03 "
  .split(" ")
  .map((sides) => (sides.match(/../g) ?? []).map(([from, to]) => [Number(from), Number(to)]));

/** The closed lines along which the influence has its level (marching squares). */
function outlines({ weights, columns, rows, step, left, top }) {
  const next = new Int32Array(2 * columns * (rows + 1)).fill(-1); // from one crossed side of the grid to the following
  const points = new Float32Array(2 * next.length);
  const starts = [];
  const side = (column, row, which) => {
    if (which === 1) return (row * columns + column + 1) * 2 + 1;
    if (which === 2) return ((row + 1) * columns + column) * 2;
    return (row * columns + column) * 2 + (which === 3 ? 1 : 0);
  };
  const cross = (key) => {
    const place = key >> 1;
    const other = place + (key & 1 ? columns : 1);
    const share = (LEVEL - weights[place]) / (weights[other] - weights[place]);
    const [column, row] = [place % columns, Math.floor(place / columns)];
    const point = key & 1 ? [column, row + share] : [column + share, row];
    points[2 * key] = left + point[0] * step;
    points[2 * key + 1] = top + point[1] * step;
  };
  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const place = row * columns + column;
      const pattern =
        (weights[place] > LEVEL ? 1 : 0) |
        (weights[place + 1] > LEVEL ? 2 : 0) |
        (weights[place + columns + 1] > LEVEL ? 4 : 0) |
        (weights[place + columns] > LEVEL ? 8 : 0);
      for (const [from, to] of CROSSINGS[pattern]) {
        const [start, end] = [side(column, row, from), side(column, row, to)];
        next[start] = end;
        starts.push(start);
        cross(start);
      }
    }
  }
  const found = [];
  for (const start of starts) {
    const line = [];
    for (let key = start; next[key] >= 0;) {
      line.push([points[2 * key], points[2 * key + 1]]);
      const following = next[key];
      next[key] = -1;
      key = following;
    }
    if (line.length > 4) found.push(line);
  }
  return found;
}

/** A line, rounded: every second point bends it, and it passes half way between. */
function addRounded(path, line) {
  const bends = line.length < 24 ? line : line.filter((none, place) => place % 2 === 0);
  const half = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  path.moveTo(...half(bends.at(-1), bends[0]));
  bends.forEach((bend, place) => path.quadraticCurveTo(...bend, ...half(bend, bends[(place + 1) % bends.length])));
  path.closePath();
}

const holds = (line, x, y) => {
  let inside = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [line[i], line[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
};

/**
 * The hull of some members: `path` to fill, `box` around it, and `top`, above its largest part, where a name can stand.
 * A part that holds a single member of many is left out: it would surround nothing.
 */
export function hullOf(x, y, members) {
  if (!members.length) return null;
  const path = new Path2D();
  let largest = null;
  for (const line of outlines(influence(x, y, members))) {
    const held = members.filter((i) => holds(line, x[i], y[i])).length;
    if (held === 1 && members.length > 2) continue;
    addRounded(path, line);
    if (!largest || held > largest.held) largest = { held, line };
  }
  if (!largest) return null;
  const { line } = largest;
  const [across, down] = [line.map((point) => point[0]), line.map((point) => point[1])];
  const box = [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
  const summit = line.reduce((best, point) => (point[1] < best[1] ? point : best));
  return { path, box, top: [summit[0] * 0.4 + (box[0] + box[2]) * 0.3, box[1]] };
}
