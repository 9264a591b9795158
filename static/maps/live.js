/** A drawn map comes alive: gestures, keyboard, legend, views, panel, and on the drawing table its tools. */
import { aligned } from "./aligned.js";
import { controls } from "./controls.js";
import { exporting } from "./exporting.js";
import { finder, gestures } from "./gestures.js";
import { keyboard } from "./keyboard.js";
import { legend } from "./legend.js";
import { dress } from "./main.js";
import { selection } from "./selection.js";
import { lighting } from "./lighting.js";
import { sift } from "./scene.js";
import { views } from "./views.js";
import { ENGLISH } from "./words.js";
import { script } from "./vendor.js";

/** What the gestures are made of, in the order in which it builds on itself. */
const GESTURES = "color dispatch timer ease selection interpolate transition drag zoom quadtree".split(" ");

/** The names that the scene left out; they come once nothing else is waited for. */
async function fetchNames(page, signal) {
  const { stage, section } = page;
  if (stage.scene.allNamed || !section.dataset.mapNames) return;
  const answer = await fetch(section.dataset.mapNames, { signal });
  if (!answer.ok) return;
  const told = await answer.json();
  const names = aligned(stage.scene, told.ids, told.names ?? told);
  names.forEach((name, i) => (stage.scene.names[i] ||= name));
  stage.scene.allNamed = true;
  stage.refresh();
}

export async function live(page, signal) {
  const { stage, frame, section } = page;
  page.words = { ...ENGLISH, ...page.words };
  lighting(stage);
  await Promise.all(GESTURES.map((name) => script(`d3-${name}/dist/d3-${name}.min.js`)));
  if (signal.aborted) return;
  const find = finder(stage);
  const acts = {};
  const moves = gestures(stage, {
    find,
    pressed: (i, event, spot) => acts.pressed(i, event, spot),
    takes: (event, i, spot) => Boolean(acts.takes?.(event, i, spot)),
  });
  page.moves = moves;
  const { choose, rows } = selection(page, moves, signal);
  acts.pressed = (i, event) => choose(i < 0 ? [] : [i], { also: stage.drawing && (event.shiftKey || stage.several) });
  const { resift, redress, ticked } = legend(page);
  Object.assign(stage, sift(stage.scene, ticked(), stage.hiddenToo));
  controls(page, moves);
  exporting(page);
  const { go, back, settle } = views(page, moves);
  Object.assign(page, { find, rows, choose, resift, redress, settle, go });
  const keys = {};
  keyboard(page, moves, choose, { keys, signal });
  if (stage.drawing) (await import("./drawing.js")).drawing(page, { acts, keys, signal });

  const watch = new ResizeObserver(() => {
    if (!stage.measure()) return;
    moves.limits();
    stage.tell("camera");
  });
  watch.observe(frame);
  signal.addEventListener("abort", () => watch.disconnect());
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => (redress ?? (() => dress(stage, page)))(), { signal });
  }
  window.addEventListener("popstate", back, { signal });
  const chosen = new URL(location.href).searchParams.get("selected") ?? section.dataset.mapFocus;
  const first = stage.scene.indices.get(Number(chosen));
  if (chosen && first !== undefined) choose([first], { quiet: true });
  await fetchNames(page, signal).catch(() => {}); // marks without a name stay without
  section.dataset.mapReady = "";
}
