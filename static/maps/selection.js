/** What is selected stays selected in graph, geography and table; one alone is told of in the panel. */
import { make } from "../islands.js";
import { readdress, readdressAgain } from "./address.js";
import { counted, say, spoken } from "./saying.js";
import { table } from "./table.js";
import { typed } from "./typed.js";

export function selection(page, moves, signal) {
  const { stage, section, words } = page;
  const panel = section.querySelector("aside.panel");
  const rows = table(page, signal);
  let asked = null;

  stage.besides = () => {
    const over = !panel.hidden && getComputedStyle(panel).position === "absolute" ? panel.offsetWidth : 0;
    return page.mirrored ? { left: over, right: 0 } : { left: 0, right: over };
  };
  const close = () => {
    asked?.abort();
    panel.hidden = true;
    panel.replaceChildren();
  };
  const open = async (i, enter) => {
    asked?.abort();
    asked = new AbortController();
    const id = stage.scene.ids[i];
    const { mapPanel, mapPanelView } = section.dataset;
    const address = `${mapPanel}${id}${mapPanelView ? `?view=${encodeURIComponent(mapPanelView)}` : ""}`;
    const leave = make("button", { type: "button", class: "plain small shut", "aria-label": words.close }, "×");
    leave.addEventListener("click", () => {
      choose([]);
      stage.canvas.focus();
    });
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html", "HX-Request": "true" }, signal: asked.signal });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      const writeAgain = typed(panel);
      panel.replaceChildren(leave, ...(told.querySelector("#panel") ?? told.body).childNodes);
      writeAgain();
    } catch (error) {
      if (error.name === "AbortError") return;
      panel.replaceChildren(leave, make("p", { class: "problem" }, words.failed));
    }
    panel.hidden = false;
    window.htmx?.process(panel);
    stage.tell("camera"); // the panel stands over the picture now
    moves.reveal(i);
    if (!enter) return;
    const heading = panel.querySelector("h2, h3, a") ?? leave;
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  };

  /** Select organisations by their indices; `also` keeps those selected, `enter` moves the focus into the panel. */
  function choose(chosen, { also = false, enter = false, quiet = false } = {}) {
    const before = stage.selected;
    const next = new Set(also ? before : []);
    for (const i of chosen) {
      if (also && before.has(i)) next.delete(i);
      else next.add(i);
    }
    stage.selected = next;
    stage.hover = -1;
    rows.mark();
    const [alone] = next;
    readdress(page, { selected: next.size === 1 ? String(stage.scene.ids[alone]) : null });
    if (next.size === 1 && section.dataset.mapPanel) {
      stage.focus = alone;
      open(alone, enter);
    } else close();
    if (next.size > 1) say(page, counted(words.selected, next.size));
    else if (!quiet && next.size) say(page, spoken(page, alone));
    stage.tell("selected");
    stage.refresh();
  }

  panel.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    choose([]);
    stage.canvas.focus();
  });
  rows.pressed((i, shows) => {
    choose([i]);
    moves.reveal(i);
    if (shows) section.scrollIntoView({ block: "start" });
  });
  document.addEventListener("htmx:pushedIntoHistory", () => readdressAgain(page), { signal });
  stage.listeners.add((what) => {
    if (what !== "shown") return;
    const left = [...stage.selected].filter((i) => stage.shown[i]);
    if (left.length !== stage.selected.size) choose(left);
  });
  return { choose, close, rows };
}
