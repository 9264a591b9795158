/* global L, topojson */
import { copies, whole } from "./globe.js";

const ATLASES = [
  { name: "countries-110m", upTo: 3.5, entire: true },
  { name: "countries-50m", upTo: Infinity, entire: false }, // a hundred thousand points: only those that are seen
];
const INHABITED = -60; // Antarctica's edge is left out: nobody meets there, and on this projection it fills the frame

const fetched = new Map();

/** The polygons of an atlas, each with the box around it; asked for once in a page. */
function polygons(name) {
  if (!fetched.has(name)) fetched.set(name, read(name));
  return fetched.get(name);
}

async function read(name) {
  const answer = await fetch(new URL(`vendor/world-atlas/${name}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  const atlas = await answer.json();
  return topojson
    .feature(atlas, atlas.objects.countries)
    .features.flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates))
    .map((polygon) => ({ polygon, box: boxAround(polygon[0]) }))
    .filter(({ box }) => box.north > INHABITED);
}

/** A box around a ring, as it is written: one that crosses the date line is all the way around. */
function boxAround(ring) {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [longitude, latitude] of ring) {
    if (longitude < box.west) box.west = longitude;
    if (longitude > box.east) box.east = longitude;
    if (latitude < box.south) box.south = latitude;
    if (latitude > box.north) box.north = latitude;
  }
  return box;
}

/** Whether some turn of a box touches what a map shows, or nearly. */
function isNear({ west, south, east, north }, map) {
  const seen = map.getBounds().pad(0.5);
  const turn = Math.ceil((seen.getWest() - east) / 360) * 360;
  return west + turn <= seen.getEast() && south <= seen.getNorth() && north >= seen.getSouth();
}

/** Land as one layer, from longitude `west` to `east`; what it looks like is said in the stylesheet. */
function land(found, west, east) {
  const swapped = (ring) => ring.map(([longitude, latitude]) => [latitude, longitude]);
  return L.polygon(
    copies(found.map(whole), west, east).map((polygon) => polygon.map(swapped)),
    { className: "land", pane: "tilePane", interactive: false, weight: 0.7, smoothFactor: 0.7 },
  );
}

/**
 * Lay the world under a map, from longitude `west` to `east`: coarse while far out, finer once one comes near, and of
 * the finer one no more than is seen. The promise is kept when the first land is drawn.
 */
export function layWorld(map, west, east) {
  let shown = null;
  let wanted = null;
  async function suit() {
    const { name, entire } = ATLASES.find(({ upTo }) => map.getZoom() < upTo);
    wanted = name;
    const all = await polygons(name);
    if (name !== wanted) return;
    if (name !== shown?.name) {
      shown?.layer.remove();
      shown = { name, layer: L.layerGroup().addTo(map), laid: new Set() };
    }
    const near = all.filter((one) => !shown.laid.has(one) && (entire || isNear(one.box, map)));
    if (!near.length) return;
    for (const one of near) shown.laid.add(one);
    shown.layer.addLayer(land(near.map(({ polygon }) => polygon), west, east));
  }
  map.on("moveend", () => suit().catch(() => {})); // without the finer one, the coarse one stays
  return suit();
}
