/** What opens over the picture for a moment: a menu of choices, or a card with a few fields. */
import { make } from "../islands.js";

const MARGIN = 8;

/** Put an element at a point of the picture, so that all of it is seen, also when it grows. */
function put(page, element, [x, y]) {
  const { frame, stage } = page;
  frame.append(element);
  const settle = () => {
    const { offsetWidth, offsetHeight } = element;
    element.style.left = `${Math.max(MARGIN, Math.min(x, stage.width - offsetWidth - MARGIN))}px`;
    element.style.top = `${Math.max(MARGIN, Math.min(y, stage.height - offsetHeight - MARGIN))}px`;
  };
  settle();
  new ResizeObserver(settle).observe(element);
}

/** Close whatever is open over the picture. */
export function closeOpen(page, refocus = true) {
  const { opened } = page;
  if (!opened) return;
  page.opened = null;
  opened.element.remove();
  opened.gone?.();
  if (refocus) page.stage.canvas.focus({ preventScroll: true });
}

function open(page, element, at, gone) {
  closeOpen(page, false);
  page.opened = { element, gone };
  put(page, element, at);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      closeOpen(page);
    }
  });
}

/** Let somebody choose one of `items`, [{ label, does, now }], at a point of the picture. */
export function menu(page, at, title, items, gone) {
  const buttons = items.map(({ label, does }) => {
    const button = make("button", { type: "button", role: "menuitem", tabindex: "-1" }, label);
    button.addEventListener("click", () => {
      closeOpen(page);
      does();
    });
    return button;
  });
  const list = make(
    "div",
    { class: "menu", role: "menu", "aria-label": title },
    make("p", { class: "menu-title", role: "presentation" }, title),
    ...buttons,
  );
  list.addEventListener("keydown", (event) => {
    const now = buttons.indexOf(document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length).focus();
  });
  open(page, list, at, gone);
  buttons[0]?.focus();
}

/**
 * Open a card with fields at a point of the picture; gives its form. `taken(fields, form)` when it is sent: the card
 * closes unless that gives false.
 */
export function card(page, at, { title, inside, button, taken, gone }) {
  const form = make(
    "form",
    { class: "map-card", "aria-label": title },
    make("p", { class: "menu-title" }, title),
    ...inside,
    make("p", { class: "steps" }, make("button", { class: "small" }, button), cancel(page)),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if ((await taken(fields, form)) !== false && page.opened?.element === form) closeOpen(page);
  });
  open(page, form, at, gone);
  form.querySelector("input, textarea, select, button")?.focus();
  return form;
}

function cancel(page) {
  const button = make("button", { type: "button", class: "plain small" }, page.words.cancel);
  button.addEventListener("click", () => closeOpen(page));
  return button;
}

/** A labelled field for a card. */
export const field = (label, element) => make("label", {}, make("span", {}, label), element);
