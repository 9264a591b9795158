/** Suggests places while one types into the finder's box; the form works the same without it. */
import { fill, island, liveRegion, make, wordsOf } from "./islands.js";

const ENGLISH = {
  places: "Places",
  one: "1 place suggested",
  many: "{count} places suggested",
  none: "No place begins like that",
};
const PAUSE = 150; // milliseconds without a key
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u; // one letter says much

let made = 0;

/** Whether what is typed is enough to ask with. */
export const enough = (typed) => typed.length >= 2 || WORD.test(typed);

class Suggestions {
  constructor(input) {
    this.input = input;
    this.words = wordsOf(input, ENGLISH);
    this.items = [];
    this.chosen = -1;
    made += 1;
    this.list = make("ul", { role: "listbox", id: `places-${made}`, "aria-label": this.words.places, class: "suggestions", hidden: "" });
    this.said = liveRegion();
    input.after(this.list, this.said);
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    this.listen();
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", (event) => event.isComposing || this.askSoon());
    input.addEventListener("compositionend", () => this.askSoon());
    input.addEventListener("keydown", (event) => event.isComposing || this.press(event));
    input.addEventListener("blur", () => this.close());
    input.form?.addEventListener("submit", () => this.close());
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the keyboard
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.pick([...list.children].indexOf(option));
    });
  }

  askSoon() {
    clearTimeout(this.timer);
    this.asked?.abort();
    const typed = this.input.value.trim();
    if (!enough(typed)) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(typed), PAUSE);
  }

  async ask(typed) {
    this.asked = new AbortController();
    const { signal } = this.asked;
    const address = new URL(this.input.dataset.places, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show((await answer.json()).items);
    } catch {
      // asked again already, or no network: typing and Enter still search
    }
  }

  show(items) {
    this.close();
    this.items = items;
    this.list.replaceChildren(
      ...items.map(({ label }, place) =>
        make("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" }, label),
      ),
    );
    const { one, many, none } = this.words;
    this.said.textContent = items.length > 1 ? fill(many, { count: items.length }) : items.length ? one : none;
    if (items.length) this.open();
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.choose(-1);
    this.list.hidden = true;
    this.said.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
  }

  choose(place) {
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = place;
    const option = this.list.children[place];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  /** One place on, round and round; before the first and after the last stands what was typed. */
  move(step) {
    const stops = this.items.length + 1;
    this.choose(((this.chosen + 1 + step + stops) % stops) - 1);
  }

  press(event) {
    const { key } = event;
    if (this.list.hidden) {
      if (key === "ArrowDown" && this.items.length && enough(this.input.value.trim())) {
        event.preventDefault();
        this.open();
        this.move(1);
      }
      return;
    }
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.pick(this.chosen);
    }
  }

  pick(place) {
    this.input.value = this.items[place].label;
    this.items = [];
    this.close();
    this.input.form.requestSubmit();
  }
}

island("[data-places]", (input) => {
  const suggestions = new Suggestions(input);
  return () => suggestions.close();
});
