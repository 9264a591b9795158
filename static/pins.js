/* global L */
/** What is drawn on the map: pins in the categories' shapes and colours, clusters, labels, and the card of a pin. */
import { fill, make } from "./islands.js";

const SVG = "http://www.w3.org/2000/svg";
const SHEET = new URL("icons.svg", import.meta.url).pathname;
const SOFT = { town: "about-town", unknown: "about-town", region: "about-region", country: "about-region" };
const SIZE = 28;

/** A shape of the icon sheet, in the colour around it. */
function drawing(name) {
  const made = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  made.setAttribute("aria-hidden", "true");
  made.setAttribute("viewBox", "0 0 16 16");
  use.setAttribute("href", `${SHEET}#${name}`);
  made.append(use);
  return made;
}

/** An icon made of an element; `name` is what it is called to those who don't see it, empty when it isn't told them. */
function icon(element, size, classes, name) {
  const made = L.divIcon({ html: element, className: classes, iconSize: size && [size, size] });
  const create = made.createIcon;
  made.createIcon = (old) => {
    const drawn = create.call(made, old);
    if (name) drawn.setAttribute("aria-label", name);
    else drawn.setAttribute("aria-hidden", "true");
    return drawn;
  };
  return made;
}

/** Whether a feature's point stands for a whole town or region, or nobody knows for what. */
export const isSoft = (feature) => feature.properties.precision in SOFT;

/** The marker of a feature at a point ([latitude, longitude]). */
export function pin(feature, point, category, where) {
  const { name, precision } = feature.properties;
  const classes = `pin ${category.colour} ${SOFT[precision] ?? ""}`.trim();
  const marker = L.marker(point, {
    icon: icon(drawing(category.shape), SIZE, classes, where ? `${name}, ${where}` : name),
    title: name,
    riseOnHover: true,
  });
  return Object.assign(marker, { feature, category });
}

/** How a cluster is drawn: its number, in the colour of its category when all of it share one. */
export const clusterIcon = (words, language) => (cluster) => {
  const colours = new Set(cluster.getAllChildMarkers().map((marker) => marker.category.colour));
  const count = cluster.getChildCount();
  const number = new Intl.NumberFormat(language).format(count);
  const classes = `cluster ${colours.size === 1 ? [...colours][0] : "mixed"}`;
  return icon(make("span", {}, number), 28 + 6 * Math.floor(Math.log10(count)), classes, fill(words.cluster, { count: number }));
};

/** Words on the map, seen and never pressed. */
export const label = (point, text, classes) =>
  L.marker(point, {
    icon: icon(make("span", {}, text), 0, `map-label ${classes}`, ""),
    interactive: false,
    keyboard: false,
    zIndexOffset: -1000,
  });

/** What opens on a pin: its category, its name as a link, where it is, and how exactly that is known. */
export function card(feature, category, where, words) {
  const { slug, name, precision } = feature.properties;
  const made = make("div", { class: "map-card" });
  if (category.label) made.append(make("p", { class: `kind ${category.colour}` }, drawing(category.shape), category.label));
  const link = make("a", { href: `/organizations/${slug}` }, name);
  if (self !== top) link.target = "_blank"; // framed in a partner's page
  made.append(make("p", { class: "map-name" }, link));
  if (where) made.append(make("p", { class: "quiet" }, where));
  if (words[precision]) made.append(make("p", { class: "quiet" }, words[precision]));
  return made;
}
