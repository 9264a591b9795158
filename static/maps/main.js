/** The partner map: a picture over the table that says the same, drawn as soon as its scene has come. */
import { island, liveRegion, make } from "../islands.js";
import { colouring, reader, sizing } from "./colours.js";
import { Scene, sift } from "./scene.js";
import { Stage } from "./stage.js";

const GATHERING = new Set(["affiliate_network", "core_network"]);
/** The map of each section that has one. */
export const maps = new WeakMap();

const parsed = (text) => JSON.parse(text || "{}");

async function scene(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return new Scene(await answer.json());
}

/** What the page says about itself, read once. */
function described(section) {
  const { dataset } = section;
  return {
    section,
    words: parsed(dataset.words),
    drawnAs: parsed(dataset.categories),
    labels: {
      categories: Object.fromEntries(
        Object.entries(parsed(dataset.categories)).map(([key, { label }]) => [key, label]),
      ),
      standings: parsed(dataset.standings),
      freshnesses: parsed(dataset.freshnesses),
      types: parsed(dataset.types),
    },
    mirrored: getComputedStyle(section).direction === "rtl",
  };
}

/** Give the painter colours and sizes as the stylesheet and the chosen fields say. */
export function dress(stage, page) {
  const { scene } = stage;
  const { tokens, system, read, done } = reader(page.section);
  const context = { tokens, read, drawnAs: page.drawnAs, labels: page.labels, words: page.words };
  const coloured = colouring(scene, scene.colour, context);
  done();
  const style = getComputedStyle(page.section);
  tokens.hullStrength = system ? 0 : Number(style.getPropertyValue("--map-hull-strength")) || 0.1;
  stage.painter.dress({
    tokens,
    colouring: coloured,
    radii: sizing(scene, scene.size, stage.gathers),
    shapes: scene.categories.map((key) => page.drawnAs[key]?.shape ?? "circle"),
    serif: style.getPropertyValue("--serif") || "serif",
  });
  page.key = coloured.key;
  stage.redraw();
}

/** Draw the map of a section. Gives the stage and the page. */
async function draw(section) {
  const page = described(section);
  const frame = section.querySelector(".canvas");
  const coming = scene(section.dataset.mapScene);
  const canvas = make("canvas");
  page.said = liveRegion();
  page.frame = frame;
  frame.append(canvas, page.said);
  const stage = new Stage(canvas, await coming);
  page.stage = stage;
  maps.set(section, page);
  const { dataset } = section;
  if (dataset.mapColour) stage.scene.colour = dataset.mapColour;
  if (dataset.mapSize) stage.scene.size = dataset.mapSize;
  stage.gathers = GATHERING;
  stage.drawing = Boolean(dataset.mapSteps);
  Object.assign(stage, sift(stage.scene, {}));
  frame.hidden = dataset.mapView === "table";
  stage.measure();
  dress(stage, page);
  stage.camera = stage.whole();
  stage.paintNow();
  return page;
}

island(".partner-map[data-map-scene]", (section) => {
  const stop = new AbortController();
  draw(section)
    .then(async (page) => {
      if (stop.signal.aborted) return;
      const { live } = await import("./live.js");
      live(page, stop.signal);
    })
    .catch((error) => {
      console.info(error);
      section.querySelector(".canvas").remove(); // the table says the same
    });
  return () => stop.abort();
});
