/** Opening what stands on a large map: a cluster by coming nearer, an organisation in the panel. */
import { make } from "../islands.js";
import { say } from "./saying.js";

const ASIDE = 2.2; // how much farther something seems for each bit that it lies aside

/** What lies next in a direction from what the keyboard is on; where it is on nothing yet, the largest in view. */
export function nextThing(map, [across, down]) {
  const seen = map.spots.filter(({ x, y }) => x > 0 && y > 0 && x < map.width && y < map.height);
  const from = seen.find(({ thing }) => thing.number === map.focus?.number);
  if (!from) return seen[0]?.thing ?? null;
  let best = { away: Infinity, thing: null };
  for (const { x, y, thing } of seen) {
    const ahead = (x - from.x) * across + (y - from.y) * down;
    const aside = Math.abs((x - from.x) * down) + Math.abs((y - from.y) * across);
    if (ahead <= 0 || aside > ahead * 1.5) continue;
    const away = ahead + aside * ASIDE;
    if (away < best.away) best = { away, thing };
  }
  return best.thing;
}

/** What opens things and closes the panel again. */
export function shower(map, moves) {
  const { section, words } = map;
  const panel = section.querySelector("aside.panel");
  let asked = null;
  const close = () => {
    asked?.abort();
    panel.hidden = true;
    panel.replaceChildren();
  };
  const show = (entered, ...inside) => {
    const leave = make("button", { type: "button", class: "plain small shut", "aria-label": words.close }, "×");
    leave.addEventListener("click", () => {
      close();
      map.canvas.focus();
    });
    panel.replaceChildren(leave, ...inside);
    panel.hidden = false;
    window.htmx?.process(panel);
    if (!entered) return;
    const heading = panel.querySelector("h2, h3, a") ?? leave;
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  };
  const cluster = (thing) => {
    const only = thing.address ? make("p", {}, make("a", { href: thing.address }, section.dataset.mapOnly)) : "";
    const told = map.spoken(thing);
    show(false, make("section", {}, make("h2", {}, thing.name || told), make("p", {}, told), only));
    say(map, told);
    moves.into(thing);
  };
  const organization = async (thing, entered) => {
    asked?.abort();
    asked = new AbortController();
    say(map, map.spoken(thing));
    try {
      const address = `${section.dataset.mapPanel}${thing.id}`;
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asked.signal });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(entered, page.querySelector("section.of-node") ?? page.body);
    } catch (error) {
      if (error.name !== "AbortError") show(false, make("p", { class: "problem" }, words.failed));
    }
  };
  panel.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    close();
    map.canvas.focus();
  });
  const open = (thing, entered = false) => {
    map.focus = thing;
    map.refresh();
    if (thing.count > 1) cluster(thing);
    else organization(thing, entered);
  };
  return { open, close };
}
