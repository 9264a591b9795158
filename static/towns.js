/* global L */
import { label } from "./pins.js";

const FROM = 5.5; // the zoom from which a town is worth its name
const MOST = 40;
const LINE = 18;
const BELOW = 25; // pixels from a pin to the middle of its town's name

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

/** Those of `boxes` ({x, y, width}, best first) that don't lie over one of `taken` or a better one. */
export function apart(boxes, taken = []) {
  const kept = [];
  for (const box of boxes) {
    const free = ({ x, y, width }) => Math.abs(box.x - x) > (box.width + width) / 2 || Math.abs(box.y - y) > LINE;
    if (kept.length < MOST && taken.every(free) && kept.every(free)) kept.push(box);
  }
  return kept;
}

/**
 * Keep the names of the towns that are in view on the map, as many as there is room for: `searched` before the others,
 * and none over what is `written` already (each {name, point}).
 */
export function nameTowns(map, places, searched, written) {
  const first = searched?.name ? [searched] : [];
  const others = towns(places).filter(({ name }) => name !== searched?.name);
  const layer = L.layerGroup().addTo(map);
  const box = (text, below) => {
    const { x, y } = map.latLngToLayerPoint(text.point);
    return { ...text, x, y: y + below, width: 7.5 * text.name.length + 12 };
  };
  const write = () => {
    layer.clearLayers();
    const known = map.getZoom() < FROM ? first : [...first, ...others];
    const view = map.getBounds();
    const taken = written.map((text) => box(text, 0));
    const wanted = known.filter(({ point }) => view.contains(point)).map((town) => box(town, BELOW));
    for (const { name, point } of apart(wanted, taken)) layer.addLayer(label(point, name, "town"));
  };
  map.on("moveend", write);
  write();
}
