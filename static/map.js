/** The map beside a list: drawn once it comes into view, never needed. */
import { island, liveRegion, make, wordsOf } from "./islands.js";

const ENGLISH = {
  map: "Map",
  skip: "Skip the map",
  closer: "Closer",
  farther: "Farther",
  close: "Close",
  cluster: "{count} here: show them apart",
  town: "The point is the middle of the town, not an address",
  region: "The point is the middle of the region",
  loading: "Drawing the map",
  failed: "The map could not be drawn. The list says the same.",
};
const STYLES = ["map.css", "vendor/leaflet.markercluster/dist/MarkerCluster.css", "vendor/leaflet/dist/leaflet.css"]; // last to first
const SCRIPTS = ["vendor/topojson-client/dist/topojson-client.min.js", "vendor/leaflet/dist/leaflet.js"];
const AFTER_LEAFLET = "vendor/leaflet.markercluster/dist/leaflet.markercluster.js";
const NEARLY_SEEN = "150px";

const loaded = new Map();

/** Load a script or stylesheet of ours, once. Stylesheets go to the front: the page's own has the last word. */
function load(file) {
  if (!loaded.has(file)) {
    const address = new URL(file, import.meta.url).href;
    const style = file.endsWith(".css");
    const element = style ? make("link", { rel: "stylesheet", href: address }) : make("script", { src: address });
    loaded.set(
      file,
      new Promise((resolve, reject) => {
        element.addEventListener("load", resolve);
        element.addEventListener("error", () => reject(new Error(`${file} did not come`)));
      }),
    );
    if (style) document.head.prepend(element);
    else document.head.append(element);
  }
  return loaded.get(file);
}

async function loadLeaflet() {
  await Promise.all([...STYLES, ...SCRIPTS].map(load));
  await load(AFTER_LEAFLET);
}

/** The GeoJSON features to show: those of the source, or the one that the element itself tells of. */
async function features({ source, latitude, longitude, category, name, precision, town }) {
  if (!source) {
    const geometry = { type: "Point", coordinates: [Number(longitude), Number(latitude)] };
    return [{ type: "Feature", geometry, properties: { category, name, precision, town } }];
  }
  const answer = await fetch(source, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return (await answer.json()).features.filter((feature) => feature.geometry);
}

/** Draw the map into its element; gives what takes it away again. */
async function draw(element) {
  const words = wordsOf(element, ENGLISH);
  const said = liveRegion(true);
  said.textContent = words.loading;
  element.setAttribute("aria-busy", "true");
  element.replaceChildren(said);
  try {
    const [{ chart }, found] = await Promise.all([import("./chart.js"), features(element.dataset), loadLeaflet()]);
    if (!element.isConnected) return null;
    element.setAttribute("role", "region");
    if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", words.map);
    const { drawn, remove } = chart(element, found, words);
    await drawn;
    said.remove();
    return remove;
  } catch (error) {
    console.info(error);
    said.textContent = words.failed;
    return null;
  } finally {
    element.removeAttribute("aria-busy");
  }
}

island("[data-map]", (element) => {
  let remove = null;
  const watch = new IntersectionObserver(
    async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      remove = await draw(element);
    },
    { rootMargin: NEARLY_SEEN },
  );
  watch.observe(element); // one inside a closed <details> has no box, and waits until it is opened
  return () => {
    watch.disconnect();
    remove?.();
  };
});
