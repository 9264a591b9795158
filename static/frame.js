/* global L */
/** An empty Leaflet map with its controls: how far out and in it goes, and how still it holds. */
import { make } from "./islands.js";

const SOURCES = "Natural Earth · GeoNames";
const EDGE = 0.12; // in zooms: so that what lies at the edge of the world is not cut off

/** The world as it is shown whole: its edge runs through the Bering Strait, and severs no land. */
export const WORLD = { middle: 11, south: -56, north: 74, level: 26 };

/** Whether the reader asked for less motion. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The zoom at which the inhabited world just fits, or at which a regional map fills its frame without repeating land. */
export function farthest({ clientWidth, clientHeight }, worldwide) {
  const across = Math.log2(clientWidth / 256);
  const height = (latitude) => L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, 0), 0).y;
  const upright = Math.log2(clientHeight / (height(WORLD.south) - height(WORLD.north)));
  return Math.max(0, worldwide ? Math.min(across - EDGE, upright) : across);
}

/** A map in the element, around the longitude `middle`, without a view yet. */
export function frame(element, { worldwide, middle, nearest, tiles, words, miles }) {
  const moving = !still();
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: tiles ? 1 : 0.25,
    minZoom: Math.floor(farthest(element, worldwide)), // markercluster loses pins when this is a fraction
    maxZoom: nearest,
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
  addControls(map, words, miles, tiles ? (element.dataset.tileAttribution ?? "") : SOURCES);
  addSkip(element, words);
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
