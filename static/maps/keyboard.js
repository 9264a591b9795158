/** The map by keyboard: arrows go from one organisation to the next in that direction, and a voice follows. */
import { make } from "../islands.js";
import { say, spoken } from "./saying.js";

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const ASIDE = 2.2; // how much farther something seems for each bit that it lies aside

/** The organisation that lies next in a direction, from an organisation; -1 when there is none. */
export function nextInDirection(stage, from, [across, down]) {
  const { place, shown, scene } = stage;
  let best = { i: -1, away: Infinity };
  for (let i = 0; i < scene.count; i += 1) {
    if (!shown[i] || i === from) continue;
    const [dx, dy] = [place.x[i] - place.x[from], place.y[i] - place.y[from]];
    const ahead = dx * across + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * across);
    if (ahead <= 0 || aside > ahead * 1.5) continue;
    const away = ahead + aside * ASIDE;
    if (away < best.away) best = { i, away };
  }
  return best.i;
}

/** Where the keyboard begins: at what is selected, else at the most important that is in view, else anywhere. */
function first(stage) {
  const [selected] = stage.selected;
  if (selected !== undefined) return selected;
  const seen = (i) => {
    const [x, y] = stage.at(i);
    return stage.shown[i] && x > 0 && y > 0 && x < stage.width && y < stage.height;
  };
  const { important } = stage.scene;
  return important.find(seen) ?? important.find((i) => stage.shown[i]) ?? -1;
}

/** Attach the keyboard; `keys` are more of them, by name, and may be added to later: what gives false is not taken. */
export function keyboard(page, moves, choose, { keys, signal }) {
  const { stage, words } = page;
  const { canvas } = stage;
  const explained = make("p", { class: "visually-hidden", id: "map-howto" }, words.howto);
  page.frame.append(explained);
  const described = { tabindex: "0", role: "application", "aria-label": words.map, "aria-describedby": "map-howto" };
  for (const [name, value] of Object.entries(described)) canvas.setAttribute(name, value);

  let keyed = true;
  const by = (keys) => () => {
    keyed = keys;
    page.frame.classList.toggle("keyed", keys);
    if (!keys) stage.focusSeen = false;
  };
  document.addEventListener("keydown", by(true), { capture: true, signal });
  document.addEventListener("pointerdown", by(false), { capture: true, signal });

  const rest = (i) => {
    if (i < 0) return;
    stage.focus = i;
    stage.focusSeen = true;
    stage.hover = -1;
    moves.reveal(i);
    say(page, spoken(page, i));
    stage.tell("focus");
    stage.refresh();
  };
  const known = {
    "+": moves.nearer,
    "=": moves.nearer,
    "-": moves.farther,
    Home: moves.whole,
    Enter: () => stage.focus >= 0 && choose([stage.focus], { enter: true, quiet: true }),
    Escape: () => choose([]),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const way = WAYS[event.key];
    if (way && !event.altKey && !event.shiftKey) {
      const from = stage.focus >= 0 && stage.shown[stage.focus] ? stage.focus : -1;
      rest(from < 0 || !stage.focusSeen ? (from < 0 ? first(stage) : from) : nextInDirection(stage, from, way));
    } else {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const does = keys[key] ?? known[key];
      if (!does || event.altKey || does(event) === false) return;
    }
    event.preventDefault();
  });
  canvas.addEventListener("focus", () => {
    if (!keyed) return;
    if (stage.focus < 0) stage.focus = first(stage);
    stage.focusSeen = true;
    if (stage.focus >= 0) say(page, spoken(page, stage.focus));
    stage.refresh();
  });
  canvas.addEventListener("blur", () => {
    stage.focusSeen = false;
    stage.refresh();
  });
  return { rest };
}
