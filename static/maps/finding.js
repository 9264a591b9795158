/** Find an organisation on the map by its name. */
import { make } from "../islands.js";
import { say, counted } from "./saying.js";

const MOST = 8;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** The organisations whose names hold the words, those that begin with them first, as indices. */
export function named(scene, words, most = MOST) {
  const wanted = plain(words.trim());
  if (!wanted) return [];
  const found = [];
  for (const i of scene.important) {
    if (scene.gone[i]) continue;
    const name = plain(scene.names[i] ?? "");
    const at = name.indexOf(wanted);
    if (at >= 0) found.push({ i, rank: at === 0 ? 0 : name[at - 1] === " " ? 1 : 2 });
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ i }) => i);
}

/** Add the box that finds; what is chosen is selected and brought into view. */
export function finding(page) {
  const { stage, words } = page;
  const list = make("ul", {
    class: "suggestions",
    role: "listbox",
    id: "map-found",
    "aria-label": words.find,
    hidden: "",
  });
  const box = make("input", {
    type: "search",
    placeholder: words.find,
    "aria-label": words.find,
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "map-found",
    "aria-autocomplete": "list",
    autocomplete: "off",
  });
  let at = -1;
  const show = (found) => {
    at = found.length ? 0 : -1;
    list.replaceChildren(
      ...found.map((i, place) =>
        make(
          "li",
          { role: "option", id: `map-found-${place}`, "aria-selected": String(place === at), "data-at": i },
          stage.scene.names[i],
        ),
      ),
    );
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(Boolean(found.length)));
    if (at >= 0) box.setAttribute("aria-activedescendant", "map-found-0");
    else box.removeAttribute("aria-activedescendant");
  };
  const go = (i) => {
    show([]);
    box.value = "";
    page.unhide?.(i);
    page.choose([i]);
    page.moves.reveal(i);
    stage.canvas.focus({ preventScroll: true });
  };
  box.addEventListener("input", () => {
    const found = named(stage.scene, box.value);
    show(found);
    if (box.value.trim()) say(page, counted(words.organisations, found.length));
  });
  box.addEventListener("keydown", (event) => {
    const options = [...list.children];
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show([]);
    } else if (event.key === "Enter" && options[at]) {
      event.preventDefault();
      go(Number(options[at].dataset.at));
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      box.setAttribute("aria-activedescendant", `map-found-${at}`);
    }
  });
  box.addEventListener("blur", () => setTimeout(() => show([]), 150));
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    event.preventDefault();
    go(Number(option.dataset.at));
  });
  return make("div", { class: "find" }, box, list);
}
