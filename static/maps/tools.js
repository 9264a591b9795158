/** The tools of the drawing table, as buttons: everything that the mouse can do, fingers and keys can do here. */
import { make } from "../islands.js";
import { counted, say } from "./saying.js";

/** Each tool by its key and its name in the words. */
export const TOOLS = [
  ["v", "move"],
  ["s", "several"],
  ["a", "add"],
  ["l", "link"],
  ["n", "note"],
];

function button(label, does, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", does);
  return made;
}

/** Have a button say that it does nothing now: it belongs to the graph. */
function leave(element, left) {
  element.setAttribute("aria-disabled", String(left));
  if (left) element.setAttribute("aria-describedby", "map-graph-only");
  else element.removeAttribute("aria-describedby");
}

/** The bar of tools: `choose(tool)` when one is taken up; `undo`, `redo`. Gives what shows the state and the tool. */
export function toolbar(page, { choose, undo, redo, hiddenToo, find }) {
  const { words } = page;
  const tools = TOOLS.map(([key, name]) =>
    button(words.tools[name], () => choose(name), {
      "aria-pressed": "false",
      "aria-keyshortcuts": key.toUpperCase(),
      "data-tool": name,
      title: `${words.tools[name]} (${key.toUpperCase()})`,
    }),
  );
  const hint = make("p", { class: "hint", id: "map-graph-only", hidden: "" }, words.graphOnly);
  const hidden = button("", hiddenToo, { "aria-pressed": "false", hidden: "" });
  const state = make("span", { class: "map-state", role: "status" }, words.saved);
  const bar = make(
    "div",
    { class: "tools", role: "toolbar", "aria-label": words.toolbar },
    make("div", { class: "tool-group" }, ...tools),
    make(
      "div",
      { class: "tool-group" },
      button(words.undo, undo, { "aria-keyshortcuts": "Control+Z" }),
      button(words.redo, redo, { "aria-keyshortcuts": "Control+Shift+Z" }),
    ),
    find,
    hidden,
    state,
    hint,
  );
  bar.addEventListener("keydown", (event) => {
    const all = [...bar.querySelectorAll("button:not([hidden])")];
    const now = all.indexOf(document.activeElement);
    const forward = page.mirrored ? "ArrowLeft" : "ArrowRight";
    const back = page.mirrored ? "ArrowRight" : "ArrowLeft";
    if (now < 0 || (event.key !== forward && event.key !== back)) return;
    event.preventDefault();
    all[(now + (event.key === forward ? 1 : -1) + all.length) % all.length].focus();
  });
  return {
    bar,
    tool(name) {
      for (const one of tools) one.setAttribute("aria-pressed", String(one.dataset.tool === name));
    },
    /** Say what can't be done while the earth is shown. */
    earth(shown) {
      hint.hidden = !shown;
      leave(tools.find(({ dataset }) => dataset.tool === "note"), shown);
    },
    state(text, apart) {
      state.textContent = text;
      state.classList.toggle("unsent", apart);
    },
    hidden(count, shown) {
      hidden.hidden = !count;
      hidden.textContent = counted(words.hidden, count);
      hidden.setAttribute("aria-pressed", String(shown));
    },
  };
}

/** The bar of what can be done with what is selected: [{ label, does, least, most, graphOnly }]. */
export function selectionBar(page, actions) {
  const { stage, words } = page;
  const count = make("span", { class: "count" });
  const buttons = actions.map(({ label, does, ...rest }) => ({
    ...rest,
    label,
    element: button("", (event) => {
      const { currentTarget } = event;
      if (currentTarget.getAttribute("aria-disabled") === "true") say(page, words.graphOnly);
      else does([...stage.selected], currentTarget);
    }),
  }));
  const bar = make(
    "div",
    { class: "selection-bar", role: "toolbar", "aria-label": words.withSelected, hidden: "" },
    count,
    ...buttons.map(({ element }) => element),
  );
  const show = () => {
    const { size } = stage.selected;
    bar.hidden = !size;
    count.textContent = counted(words.selected, size);
    for (const { element, label, least = 1, most = Infinity, graphOnly = false } of buttons) {
      leave(element, graphOnly && stage.view === "geography");
      element.textContent = typeof label === "function" ? label([...stage.selected]) : label;
      element.hidden = size < least || size > most;
    }
  };
  stage.listeners.add((what) => ["selected", "shown", "steps", "places"].includes(what) && show());
  return bar;
}
