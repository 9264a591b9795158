/** The drawing table: one hand on the picture, each change a step that the server keeps. */
import { make } from "../islands.js";
import { adding } from "./adding.js";
import { counting } from "./counting.js";
import { finding } from "./finding.js";
import { linking } from "./linking.js";
import { card, closeOpen, field, menu } from "./menus.js";
import { moving } from "./moving.js";
import { noteAt } from "./notes.js";
import { noting } from "./noting.js";
import { panelForms } from "./panel.js";
import { hand } from "./hand.js";
import { refusals } from "./refusals.js";
import { Exchange } from "./steps.js";
import { say } from "./saying.js";
import { TOOLS, selectionBar, toolbar } from "./tools.js";

const NUDGE = 1; // map units
const QUIET = new Set(["place", "note", "look"]); // steps that leave the table as it is
const AROUND = 3; // map units from what is outlined to the outline

export function drawing(page, { acts, keys, signal }) {
  const { stage, section, frame, words } = page;
  const { scene } = stage;
  let bars = null;
  let tool = "move";

  const recount = counting(page);
  const { refuse, box: refused } = refusals(page, (step) => send(step));
  const exchange = new Exchange({
    scene,
    address: section.dataset.mapSteps,
    token: section.dataset.mapToken,
    changed(steps, elsewhere) {
      scene.regroup(stage.gathers);
      page.settle();
      page.redress();
      page.resift();
      recount();
      stage.tell("places");
      stage.tell("steps");
      const told = elsewhere?.nodes ?? [];
      if (told.length || elsewhere?.here || steps.some(({ number, kind }) => number && !QUIET.has(kind)))
        page.rows.refresh();
      tellAgain(
        told.map(({ id }) => id),
        steps,
      );
      if (steps.some(({ kind, was }) => [kind, was].includes("look"))) showLook(page);
      bars?.hidden(
        scene.hidden.reduce((sum, one) => sum + one, 0),
        stage.hiddenToo,
      );
    },
    refuse,
    state: (state) => bars?.state(words[state], state === "apart"),
  });
  const send = (step, how) => exchange.send(step, how);
  /** Open the panel anew of whom somebody else changed: what one sends oneself opens it, too. */
  function tellAgain(ids, steps) {
    const [alone, more] = stage.selected;
    const own = new Set(steps.filter(({ mine }) => mine).flatMap(({ nodes }) => nodes.map(({ id }) => id)));
    const id = scene.ids[alone];
    if (alone !== undefined && more === undefined && ids.includes(id) && !own.has(id)) page.choose([alone], { quiet: true });
  }
  const idsOf = (chosen) => chosen.map((i) => scene.ids[i]);
  const undo = () =>
    send({ kind: "undo" }, { tells: true }).then((answer) => answer.refused && say(page, answer.refused.why || words.nothingToUndo));
  const redo = () =>
    send({ kind: "redo" }, { tells: true }).then((answer) => answer.refused && say(page, answer.refused.why || words.nothingToRedo));

  const pens = {
    add: adding(page, send, refuse),
    link: linking(page, send, refuse),
    move: moving(page, send),
    note: noting(page, send),
  };
  const find = (pixel) => noteAt(scene, stage.camera, pixel, stage.paint, stage.painter.fonts.note);
  const earth = () => stage.view === "geography";
  const graphOnly = (does) => (event) => (earth() ? say(page, words.graphOnly) : does(event));
  const choose = (name) => {
    if (name === "note" && earth()) {
      say(page, words.graphOnly);
      return;
    }
    tool = name;
    stage.several = name === "several";
    stage.canvas.dataset.tool = name;
    pens.link.stop();
    bars.tool(name);
    say(page, words.tools[name]);
  };
  const middle = () =>
    stage.focus >= 0 && stage.focusSeen
      ? [stage.place.x[stage.focus] + 3, stage.place.y[stage.focus] + 2]
      : stage.under(stage.width / 2, stage.height / 2);

  hand(page, { acts, pens, signal, noteUnder: find, tool: () => tool, finished: () => choose("move") });

  const allAre = (column) => (chosen) => chosen.every((i) => scene[column][i]);
  const toggle = (kind, column) => (chosen) => send({ kind, ids: idsOf(chosen), on: !allAre(column)(chosen) });
  const hide = (chosen) => {
    toggle("hide", "hidden")(chosen);
    if (!stage.hiddenToo) page.choose([]);
  };
  const lineUp = (chosen, from) => {
    const ways = ["row", "column", "circle"].map((way) => ({
      label: words[way],
      does: () => pens.move.lineUp(chosen, way),
    }));
    menu(page, beside(page, from), words.lineUp, ways);
  };
  const group = (chosen, from) => {
    const name = make("input", { name: "name", maxlength: "120", required: "" });
    const within = scene.groups.filter(({ drawn, members }) => drawn && chosen.every((i) => members.includes(i)));
    const inside = [field(words.groupName, name)];
    for (const { key, name: called } of within) {
      const away = make("button", { type: "button", class: "plain small" }, `${words.ungroup} ${called}`);
      away.addEventListener("click", () => {
        closeOpen(page);
        send({ kind: "group", group: key, name: called, ids: [] });
      });
      inside.push(away);
    }
    const taken = (fields) =>
      void send({ kind: "group", group: `drawn-${Date.now().toString(36)}`, name: fields.name, ids: idsOf(chosen) });
    card(page, beside(page, from), { title: words.group, inside, button: words.keep, taken });
  };
  /** Write the name of a region around what is chosen. */
  const outline = (chosen) => {
    const [across, upright] = [scene.x, scene.y].map((column) => chosen.map((i) => column[i]));
    const [x, y] = [Math.min(...across) - AROUND, Math.min(...upright) - AROUND];
    pens.note.write({ x, y, width: Math.max(...across) + AROUND - x, height: Math.max(...upright) + AROUND - y });
  };
  const actions = [
    {
      label: words.linkTwo,
      does: ([one, other]) =>
        other === undefined ? (choose("link"), pens.link.begin(one)) : pens.link.ask(one, other),
      most: 2,
    },
    { label: (chosen) => (allAre("pinned")(chosen) ? words.unpin : words.pin), does: toggle("pin", "pinned"), graphOnly: true },
    { label: words.group, does: group },
    { label: words.lineUp, does: lineUp, least: 2, graphOnly: true },
    { label: words.region, does: outline, graphOnly: true },
    { label: (chosen) => (allAre("hidden")(chosen) ? words.show : words.hide), does: hide },
  ];

  const hiddenToo = () => {
    stage.hiddenToo = !stage.hiddenToo;
    bars.hidden(
      scene.hidden.reduce((sum, one) => sum + one, 0),
      stage.hiddenToo,
    );
    page.resift();
  };
  page.unhide = (i) => scene.hidden[i] && !stage.hiddenToo && hiddenToo();
  bars = toolbar(page, { choose, undo, redo, hiddenToo, find: finding(page) });
  (frame.closest(".stage") ?? frame).before(bars.bar, refused);
  frame.append(selectionBar(page, actions));
  stage.listeners.add((what) => what === "look" && send({ kind: "look", colour: scene.colour, size: scene.size }));
  stage.listeners.add((what) => {
    if (what !== "places") return;
    bars.earth(earth());
    if (earth() && tool === "note") choose("move");
  });
  panelForms(page, send, refuse);

  const focused = () => (stage.selected.size ? [...stage.selected] : stage.focus >= 0 ? [stage.focus] : []);
  const nudge = (dx, dy) => (event) =>
    event.shiftKey && stage.view === "graph" && focused().length ? pens.move.nudge(focused(), dx, dy) : false;
  const bar = () => frame.querySelector(".selection-bar");
  Object.assign(keys, {
    ArrowLeft: nudge(-NUDGE, 0),
    ArrowRight: nudge(NUDGE, 0),
    ArrowUp: nudge(0, -NUDGE),
    ArrowDown: nudge(0, NUDGE),
    " ": () => stage.focus >= 0 && page.choose([stage.focus], { also: true }),
    Enter: () =>
      pens.link.begun
        ? pens.link.end(stage.focus)
        : stage.focus >= 0 && page.choose([stage.focus], { enter: true, quiet: true }),
    Escape: () => (pens.link.begun ? pens.link.stop() : page.choose([])),
    a: () => pens.add(middle()),
    n: graphOnly(() => pens.note.writeAt(middle())),
    l: () => (pens.link.begun ? pens.link.end(stage.focus) : stage.focus >= 0 && pens.link.begin(stage.focus)),
    p: graphOnly(() => focused().length && toggle("pin", "pinned")(focused())),
    g: () => focused().length && group(focused(), bar()),
    o: graphOnly(() => focused().length && outline(focused())),
    h: () => focused().length && hide(focused()),
    Delete: () => focused().length && hide(focused()),
    v: () => choose("move"),
    s: () => choose("several"),
  });
  section.addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select")) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    },
    { signal },
  );
  choose("move");
  exchange.changed([]);
  exchange.begin(signal);
  page.exchange = exchange;
}

const beside = ({ frame }, element) => {
  const [box, around] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  return [box.left - around.left, box.top - around.top - 12];
};

/** Show in the legend what somebody else coloured or sized the view by. */
function showLook({ section, stage }) {
  for (const select of section.querySelectorAll("[data-map-look]")) select.value = stage.scene[select.dataset.mapLook];
}

export { TOOLS };
