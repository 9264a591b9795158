/* global L */
/** What a map looks at: the place that was searched and what is near it, one feature, several, or the world. */
import { farthest, WORLD } from "./frame.js";
import { kilometres, reach, strip, turned } from "./globe.js";

const CLOSENESS = {
  plain: { nearest: 11, list: 8.5, exact: 7, street: 7, town: 7, region: 5, country: 4 }, // there are no streets to see
  tiled: { nearest: 18, list: 14, exact: 16, street: 15, town: 12, region: 8, country: 5 },
};

/**
 * From the features and the map's data attributes: the `places` with their points ([latitude, longitude], all on one
 * side of the date line) and distances; the place that was `searched`, if any, with its own radius in kilometres (0 for
 * a town); the longitude in the `middle`; whether it is `worldwide`; and how close one may look.
 */
export function outlook(found, { nearLatitude, nearLongitude, nearName, nearRadius, source, tiles }) {
  const near = nearLatitude ? [Number(nearLongitude), Number(nearLatitude)] : null;
  const { middle: between, width } = strip(found.map(({ geometry }) => geometry.coordinates[0]));
  const worldwide = !near && width > 180;
  const middle = near ? near[0] : worldwide ? WORLD.middle : between;
  const places = found.map((feature) => {
    const [longitude, latitude] = feature.geometry.coordinates;
    const km = feature.properties.distance_km ?? (near ? kilometres(near, [longitude, latitude]) : null);
    return { feature, km, point: [latitude, turned(longitude, middle)] };
  });
  const searched = near && { name: nearName, point: [near[1], near[0]], size: Number(nearRadius ?? 0) };
  const alone = source ? null : found[0].properties.precision;
  return { places, searched, middle, worldwide, alone, closeness: tiles ? CLOSENESS.tiled : CLOSENESS.plain };
}

/** How far from the searched place to look, in kilometres: over all of a country, and always as far as the nearest. */
function horizon(distances, size) {
  if (!distances.length) return size;
  return size ? Math.max(size, Math.min(...distances)) : reach(distances);
}

/** Turn the map to what its outlook is. */
export function lookAt(map, { places, searched, worldwide, alone, closeness }) {
  if (alone !== null) {
    map.setView(places[0].point, closeness[alone] ?? closeness.town);
  } else if (worldwide) {
    map.setView([WORLD.level, WORLD.middle], farthest(map.getContainer(), true));
  } else {
    const far = searched ? horizon(places.map(({ km }) => km), searched.size) : Infinity;
    const bounds = L.latLngBounds(places.filter(({ km }) => km <= far).map(({ point }) => point));
    if (searched) bounds.extend(L.latLng(searched.point).toBounds(2000 * searched.size));
    map.fitBounds(bounds, { padding: [40, 40], maxZoom: closeness.list });
  }
}
