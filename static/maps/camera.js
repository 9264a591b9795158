/** Where one looks: map units to pixels of the canvas, as `pixel = unit * k + offset`. */

const SOFT = 17; // pixels: the size that marks approach as one comes nearer
export const NEAREST = 60; // pixels to a map unit

/** How many pixels a radius of one map unit takes at a scale: marks grow ever less than the distances between them. */
export const markScale = (k) => SOFT * (1 - Math.exp(-k / SOFT));

/** The smallest radius of a mark in pixels: larger where there is more room for each. */
export const leastRadius = (count, { width, height }) =>
  Math.max(1.1, Math.min(4.6, 0.088 * Math.sqrt((width * height) / (count + 1))));

/** The box around points: [left, top, right, bottom], of those that `seen` says, or null when there are none. */
export function boxOf(x, y, count, seen) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i += 1) {
    if (seen && !seen[i]) continue;
    if (x[i] < box[0]) box[0] = x[i];
    if (y[i] < box[1]) box[1] = y[i];
    if (x[i] > box[2]) box[2] = x[i];
    if (y[i] > box[3]) box[3] = y[i];
  }
  return box[0] > box[2] ? null : box;
}

/** The camera that shows a box whole, in the middle of a canvas, no nearer than `nearest` pixels to the unit. */
export function fitted(box, width, height, { margin = 34, nearest = 26 } = {}) {
  const [left, top, right, bottom] = box ?? [-20, -20, 20, 20];
  const across = Math.max(1, width - 2 * margin) / Math.max(4, right - left);
  const upright = Math.max(1, height - 2 * margin) / Math.max(4, bottom - top);
  const k = Math.min(nearest, across, upright);
  return { k, x: width / 2 - ((left + right) / 2) * k, y: height / 2 - ((top + bottom) / 2) * k };
}

/** The camera between two, a share of the way, so that what is in the middle moves evenly. */
export function between(from, to, share, width, height) {
  const k = from.k * (to.k / from.k) ** share;
  const middle = (camera, axis, half) => (half - camera[axis]) / camera.k;
  const at = (axis, half) => {
    const [start, end] = [middle(from, axis, half), middle(to, axis, half)];
    return half - (start + (end - start) * share) * k;
  };
  return { k, x: at("x", width / 2), y: at("y", height / 2) };
}

/** The points of the map that a canvas shows, with a margin in pixels: [left, top, right, bottom]. */
export const seenBox = ({ k, x, y }, width, height, margin = 0) => [
  (-x - margin) / k,
  (-y - margin) / k,
  (width - x + margin) / k,
  (height - y + margin) / k,
];
