/** Geography without a map: pure functions over [longitude, latitude] in degrees. */

const MILES = new Set(["US", "GB", "LR", "MM"]);
const STEPS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

/** The longitude, turned by whole turns until it lies within half a turn of `centre`. */
export const turned = (longitude, centre) => longitude + 360 * Math.round((centre - longitude) / 360);

/**
 * A ring as one unbroken line: every step goes the short way, so that a ring across the date line runs on beyond 180.
 * A ring around a pole is closed along the pole; it is then exactly 360 wide.
 */
export function unwrapped(ring) {
  const line = [ring[0]];
  for (const [longitude, latitude] of ring.slice(1)) line.push([turned(longitude, line.at(-1)[0]), latitude]);
  const [first, last] = [line[0], line.at(-1)];
  if (Math.abs(last[0] - first[0]) > 180) {
    const pole = Math.sign(line.reduce((sum, [, latitude]) => sum + latitude, 0)) * 90;
    line.push([last[0], pole], [first[0], pole], first);
  }
  return line;
}

/** The westernmost and easternmost longitude of a ring. */
export const width = (ring) =>
  ring.reduce(([west, east], [longitude]) => [Math.min(west, longitude), Math.max(east, longitude)], [Infinity, -Infinity]);

const moved = (ring, degrees) => (degrees ? ring.map(([longitude, latitude]) => [longitude + degrees, latitude]) : ring);

/** A polygon (outer ring, then holes) unwrapped, its holes turned to where its outer ring is. */
export function whole(polygon) {
  const [outer, ...holes] = polygon.map(unwrapped);
  const middle = (ring) => (width(ring)[0] + width(ring)[1]) / 2;
  return [outer, ...holes.map((hole) => moved(hole, turned(middle(hole), middle(outer)) - middle(hole)))];
}

/** The copies of whole polygons, each a turn from the next, that touch the strip from `west` to `east`. */
export function copies(polygons, west, east) {
  const found = [];
  for (const polygon of polygons) {
    const [left, right] = width(polygon[0]);
    for (let turn = Math.ceil((west - right) / 360); left + turn * 360 < east; turn += 1) {
      found.push(polygon.map((ring) => moved(ring, turn * 360)));
    }
  }
  return found;
}

/** The shortest strip that holds all longitudes, whichever side of the date line they are: its middle and its width. */
export function strip(longitudes) {
  const sorted = [...new Set(longitudes.map((longitude) => turned(longitude, 0)))].sort((a, b) => a - b);
  if (!sorted.length) return { middle: 0, width: 360 };
  let [gap, start] = [sorted[0] + 360 - sorted.at(-1), sorted[0]];
  for (let place = 1; place < sorted.length; place += 1) {
    if (sorted[place] - sorted[place - 1] > gap) [gap, start] = [sorted[place] - sorted[place - 1], sorted[place]];
  }
  return { middle: turned(start + (360 - gap) / 2, 0), width: 360 - gap };
}

/** Kilometres along the great circle between two [longitude, latitude] points (haversine, mean radius 6371.0088 km). */
export function kilometres([longitude1, latitude1], [longitude2, latitude2]) {
  const radians = Math.PI / 180;
  const half =
    Math.sin(((latitude2 - latitude1) * radians) / 2) ** 2 +
    Math.cos(latitude1 * radians) *
      Math.cos(latitude2 * radians) *
      Math.sin(((longitude2 - longitude1) * radians) / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(Math.min(1, half)));
}

/** How far around a searched place to look first: to what is nearest, and to what is not much farther than that. */
export function reach(distances) {
  const [nearest] = [...distances].sort((a, b) => a - b);
  const enough = Math.max(25, 3 * (nearest ?? 0));
  return Math.max(nearest ?? 0, ...distances.filter((distance) => distance <= enough));
}

/** Whether a reader measures roads in miles: by the territory that the browser states for the page's language. */
export function inMiles(language, spoken) {
  const same = new Intl.Locale(language).language;
  return MILES.has(spoken.map((tag) => new Intl.Locale(tag)).find((one) => one.language === same && one.region)?.region);
}

/** A distance as the reader writes it. */
export function distance(km, language, miles) {
  const amount = miles ? km / 1.609344 : km;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: miles ? "mile" : "kilometer",
    maximumFractionDigits: amount < 10 ? 1 : 0,
  }).format(amount);
}

/** Up to two distances of at most `km`, round in the reader's unit, in kilometres. */
export function rounds(km, miles) {
  const unit = miles ? 1.609344 : 1;
  return STEPS.map((step) => step * unit)
    .filter((step) => step <= km)
    .slice(-2);
}
