/* global L, topojson */
import { copies, whole } from "./globe.js";

const ATLASES = [
  { name: "countries-110m", upTo: 3.5 },
  { name: "countries-50m", upTo: Infinity },
];
const INHABITED = -60; // Antarctica's edge is left out: nobody meets there, and on this projection it fills the frame

const fetched = new Map();

/** The countries of an atlas, each as its whole polygons; asked for once in a page. */
function countries(name) {
  if (!fetched.has(name)) fetched.set(name, read(name));
  return fetched.get(name);
}

async function read(name) {
  const answer = await fetch(new URL(`vendor/world-atlas/${name}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  const atlas = await answer.json();
  return topojson.feature(atlas, atlas.objects.countries).features.map(({ geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons
      .filter(([outer]) => outer.some(([, latitude]) => latitude > INHABITED))
      .map(whole);
  });
}

/** The land of an atlas as one layer, from longitude `west` to `east`; what it looks like is said in the stylesheet. */
async function land(name, west, east) {
  const swapped = (ring) => ring.map(([longitude, latitude]) => [latitude, longitude]);
  const shapes = (await countries(name)).map((polygons) => copies(polygons, west, east)).filter((found) => found.length);
  return L.layerGroup(
    shapes.map((polygons) =>
      L.polygon(
        polygons.map((polygon) => polygon.map(swapped)),
        { className: "land", pane: "tilePane", interactive: false, weight: 0.7, smoothFactor: 0.7 },
      ),
    ),
  );
}

/**
 * Lay the world under a map, from longitude `west` to `east`: coarse while far out, finer once one comes near.
 * The promise is kept when the first land is drawn.
 */
export function layWorld(map, west, east) {
  let shown = null;
  let wanted = null;
  async function suit() {
    const { name } = ATLASES.find(({ upTo }) => map.getZoom() < upTo);
    if (name === wanted) return;
    wanted = name;
    const layer = await land(name, west, east);
    if (name !== wanted) return;
    shown?.remove();
    shown = layer.addTo(map);
  }
  map.on("zoomend", () => suit().catch(() => {})); // without the finer one, the coarse one stays
  return suit();
}
