/* global L */
import { label } from "./pins.js";

const FROM = 5.5; // the zoom from which a town is worth its name
const MOST = 40;
const LINE = 18;

/** The towns of places, those with most places first: name and middle point. */
export function towns(places) {
  const named = new Map();
  for (const { feature, point } of places) {
    const { town } = feature.properties;
    if (town) named.set(town, [...(named.get(town) ?? []), point]);
  }
  return [...named]
    .map(([name, points]) => ({ name, count: points.length, point: points[0] }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

/** Those of `boxes` ({x, y, width}, best first) that don't lie over a better one. */
export function apart(boxes) {
  const kept = [];
  for (const box of boxes) {
    const free = ({ x, y, width }) => Math.abs(box.x - x) > (box.width + width) / 2 || Math.abs(box.y - y) > LINE;
    if (kept.length < MOST && kept.every(free)) kept.push(box);
  }
  return kept;
}

/** Keep the names of the towns that are in view on the map, as many as there is room for. */
export function nameTowns(map, places) {
  const known = towns(places);
  const layer = L.layerGroup().addTo(map);
  const write = () => {
    layer.clearLayers();
    if (map.getZoom() < FROM) return;
    const view = map.getBounds();
    const boxes = known
      .filter(({ point }) => view.contains(point))
      .map((town) => ({ ...town, ...map.latLngToLayerPoint(town.point), width: 7.5 * town.name.length + 12 }));
    for (const { name, point } of apart(boxes)) layer.addLayer(label(point, name, "town"));
  };
  map.on("moveend", write);
  write();
}
