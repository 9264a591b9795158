/* global L */
/** A Leaflet map of features around a place, over the offline world or the operator's tiles. */
import { layWorld } from "./basemap.js";
import { distance, inMiles, kilometres, reach, rounds, strip, turned } from "./globe.js";
import { make } from "./islands.js";
import { card, clusterIcon, isSoft, label, pin } from "./pins.js";
import { listen } from "./together.js";
import { nameTowns } from "./towns.js";

const SOURCES = "Natural Earth · GeoNames";
const WORLD = { middle: 11, south: -56, north: 74, level: 26 }; // its edge runs through the Bering Strait, and severs no land
const UNKNOWN = { colour: "", shape: "circle", label: "" };
const ABOUT = { town: 4, region: 60 }; // kilometres
const DEGREE = 111.2; // kilometres from south to north
const EDGE = 0.12; // in zooms: so that what lies at the edge of the world is not cut off
const CLOSENESS = {
  plain: { most: 11, list: 8.5, exact: 7, street: 7, town: 7, region: 5 },
  tiled: { most: 18, list: 14, exact: 16, street: 15, town: 12, region: 8 },
};

/** Whether the reader asked for less motion. */
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The middle of the map, and whether it shows the whole world. */
function outlook(found, near) {
  const { middle, width } = strip(found.map(({ geometry }) => geometry.coordinates[0]));
  const worldwide = !near && width > 180;
  return { worldwide, middle: near ? near[0] : worldwide ? WORLD.middle : middle };
}

/** The zoom at which the inhabited world just fits, or at which a regional map fills its frame without repeating land. */
function farthest({ clientWidth, clientHeight }, worldwide) {
  const across = Math.log2(clientWidth / 256);
  const [north, south] = [WORLD.north, WORLD.south].map((latitude) => L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, 0), 0).y);
  const upright = Math.log2(clientHeight / (south - north));
  return Math.max(0, worldwide ? Math.min(across - EDGE, upright) : across);
}

function frame(element, { worldwide, middle }, tiles) {
  const moving = !still();
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: tiles ? 1 : 0.25,
    minZoom: Math.floor(farthest(element, worldwide)), // markercluster loses pins when this is a fraction
    maxZoom: (tiles ? CLOSENESS.tiled : CLOSENESS.plain).most,
    maxBounds: L.latLngBounds([-80, middle - 195], [85, middle + 195]),
    maxBoundsViscosity: 0.8,
    inertia: moving,
    fadeAnimation: moving,
    zoomAnimation: moving,
    markerZoomAnimation: moving,
  });
  if (!moving) {
    const { panBy } = map;
    map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
  }
  return map;
}

function addControls(map, words, miles, sources) {
  const mirrored = getComputedStyle(map.getContainer()).direction === "rtl";
  const [start, end] = mirrored ? ["right", "left"] : ["left", "right"];
  L.control.zoom({ position: `top${end}`, zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
  L.control.attribution({ position: `bottom${end}`, prefix: false }).addAttribution(sources).addTo(map);
  L.control.scale({ position: `bottom${start}`, metric: !miles, imperial: miles }).addTo(map);
}

/** A link over the map, seen when the keyboard is on it, that leads past it. */
function addSkip(element, words) {
  const end = make("span", { tabindex: "-1" });
  const skip = make("a", { class: "skip", href: "#" }, words.skip);
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    end.focus();
  });
  element.prepend(skip);
  element.append(end);
}

/** What says where a feature is: its town or country, and how far that is. */
function whereabouts({ town, country }, km, language, miles) {
  const place = town || (country && new Intl.DisplayNames(language, { type: "region" }).of(country));
  return [place, km === null ? "" : distance(km, language, miles)].filter(Boolean).join(" · ");
}

/** Draw circles of round distances about the searched place, as large as there is room for; gives where each says so. */
function addRings(map, place, language, miles) {
  const room = map.distance(place, [map.getBounds().getNorth(), place[1]]) / 1000;
  return rounds(room, miles).map((radius) => {
    const written = { name: distance(radius, language, miles), point: [place[0] + radius / DEGREE, place[1]] };
    L.circle(place, { radius: radius * 1000, className: "ring", fill: false, interactive: false }).addTo(map);
    label(written.point, written.name, "ring-label").addTo(map);
    return written;
  });
}

/** Look at what matters: what is near the searched place, the one feature, all of them, or the world. */
function lookAt(map, places, near, radius, worldwide, closeness, alone) {
  const close = near ? places.filter(({ km }) => km <= radius) : places;
  const points = close.map(({ point }) => point).concat(near ? [near] : []);
  if (alone) map.setView(points[0], closeness[alone] ?? closeness.town);
  else if (worldwide) map.setView([WORLD.level, WORLD.middle], farthest(map.getContainer(), true));
  else map.fitBounds(L.latLngBounds(points), { padding: [40, 40], maxZoom: closeness.list });
}

/** Draw `found`, GeoJSON features, into `element`: gives a promise, and what takes the map away again. */
export function chart(element, found, words) {
  const { tiles, tileAttribution, nearLatitude, nearLongitude, nearName, source } = element.dataset;
  const categories = JSON.parse(element.dataset.categories ?? "{}");
  const language = document.documentElement.lang || "en";
  const miles = inMiles(language, navigator.languages);
  const near = nearLatitude ? [Number(nearLongitude), Number(nearLatitude)] : null;
  const view = outlook(found, near);
  const closeness = tiles ? CLOSENESS.tiled : CLOSENESS.plain;
  const map = frame(element, view, tiles);
  addControls(map, words, miles, tiles ? (tileAttribution ?? "") : SOURCES);
  addSkip(element, words);

  const places = found.map((feature) => {
    const [longitude, latitude] = feature.geometry.coordinates;
    const km = feature.properties.distance_km ?? (near ? kilometres(near, [longitude, latitude]) : null);
    return { feature, km, point: [latitude, turned(longitude, view.middle)] };
  });
  const here = near && [near[1], near[0]];
  const radius = near && places.length ? reach(places.map(({ km }) => km)) : 0;
  lookAt(map, places, here, radius, view.worldwide, closeness, source ? null : found[0].properties.precision || "town");

  const clusters = L.markerClusterGroup({
    maxClusterRadius: 44,
    showCoverageOnHover: false,
    animate: !still(),
    chunkedLoading: places.length > 2000,
    iconCreateFunction: clusterIcon(words, language),
  });
  const pins = places.map(({ feature, km, point }) => {
    const category = categories[feature.properties.category] ?? UNKNOWN;
    const where = whereabouts(feature.properties, km, language, miles);
    const marker = pin(feature, point, category, where);
    if (source) marker.bindPopup(() => card(feature, category, where, words), { minWidth: 180 });
    return marker;
  });
  clusters.addLayers(pins).addTo(map);
  if (here) label(here, "", "here").addTo(map);
  const rings = here ? addRings(map, here, language, miles) : [];
  if (!source && isSoft(found[0])) {
    const { category, precision } = found[0].properties;
    const className = `about ${(categories[category] ?? UNKNOWN).colour}`;
    L.circle(places[0].point, { radius: ABOUT[precision] * 1000, className, interactive: false }).addTo(map);
  }
  const forget = listen(map, clusters, pins, words);
  nameTowns(map, places, here && nearName && { name: nearName, point: here }, rings);
  const margin = view.worldwide ? 180 : 270;
  const drawn = tiles ? L.tileLayer(tiles, { maxZoom: 19 }).addTo(map) : layWorld(map, view.middle - margin, view.middle + margin);
  return {
    drawn,
    remove() {
      forget();
      map.remove();
    },
  };
}
