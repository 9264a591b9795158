/* global L */
/** A Leaflet map of features around a place, over the offline world or the operator's tiles. */
import { layWorld } from "./basemap.js";
import { frame, still } from "./frame.js";
import { distance, inMiles, rounds } from "./globe.js";
import { lookAt, outlook } from "./outlook.js";
import { card, clusterIcon, isSoft, label, pin } from "./pins.js";
import { listen } from "./together.js";
import { nameTowns } from "./towns.js";

const UNKNOWN = { colour: "", shape: "circle", label: "" };
const ABOUT = { town: 4, unknown: 4, region: 60, country: 300 }; // kilometres
const DEGREE = 111.2; // kilometres from south to north
const MANY = 2000;

/** What says where a feature is: its town or country, and how far that is. */
function whereabouts({ town, country }, km, language, miles) {
  const place = town || (country && new Intl.DisplayNames(language, { type: "region" }).of(country));
  return [place, km === null ? "" : distance(km, language, miles)].filter(Boolean).join(" · ");
}

/** Draw circles of round distances about a town, as large as there is room for; gives where each says so. */
function addRings(map, point, language, miles) {
  const room = map.distance(point, [map.getBounds().getNorth(), point[1]]) / 1000;
  label(point, "", "here").addTo(map);
  return rounds(room, miles).map((radius) => {
    const written = { name: distance(radius, language, miles), point: [point[0] + radius / DEGREE, point[1]] };
    L.circle(point, { radius: radius * 1000, className: "ring", fill: false, interactive: false }).addTo(map);
    label(written.point, written.name, "ring-label").addTo(map);
    return written;
  });
}

/** Draw `found`, GeoJSON features, into `element`: gives a promise, and what takes the map away again. */
export function chart(element, found, words) {
  const { categories, source, tiles } = element.dataset;
  const drawnAs = JSON.parse(categories ?? "{}");
  const categoryOf = ({ properties }) => drawnAs[properties.category] ?? UNKNOWN;
  const language = document.documentElement.lang || "en";
  const miles = inMiles(language, navigator.languages);
  const view = outlook(found, element.dataset);
  const { places, searched, middle, worldwide } = view;
  const map = frame(element, { worldwide, middle, nearest: view.closeness.nearest, tiles, words, miles });
  lookAt(map, view);

  const clusters = L.markerClusterGroup({
    maxClusterRadius: 44,
    showCoverageOnHover: false,
    animate: !still(),
    chunkedLoading: places.length > MANY,
    iconCreateFunction: clusterIcon(words, language),
  });
  const pins = places.map(({ feature, km, point }) => {
    const where = whereabouts(feature.properties, km, language, miles);
    const marker = pin(feature, point, categoryOf(feature), where);
    if (source) marker.bindPopup(() => card(feature, categoryOf(feature), where, words), { minWidth: 180 });
    return marker;
  });
  clusters.addLayers(pins).addTo(map);
  const rings = searched && !searched.size ? addRings(map, searched.point, language, miles) : [];
  nameTowns(map, places, searched, rings);
  if (!source && isSoft(found[0])) {
    const radius = ABOUT[found[0].properties.precision] * 1000;
    const className = `about ${categoryOf(found[0]).colour}`;
    L.circle(places[0].point, { radius, className, interactive: false }).addTo(map);
  }
  const forget = listen(map, clusters, pins, words);

  const margin = worldwide ? 180 : 270;
  const drawn = tiles
    ? L.tileLayer(tiles, { maxZoom: 19 }).addTo(map)
    : layWorld(map, middle - margin, middle + margin);
  return {
    drawn,
    remove() {
      forget();
      map.remove();
    },
  };
}
