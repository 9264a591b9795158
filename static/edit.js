/**
 * The edit page: what is typed while a save is under way stays, what became of a save is read out, the preview follows,
 * and nobody leaves with something unsaved. The page does all of its work without this as well.
 */
import { island } from "./islands.js";

const CONTROLS = "input:not([type=hidden]), select, textarea";
const saying = document.getElementById("said");
const sent = new WeakMap(); // of a part: what its controls said when its last request went out
const kept = new WeakMap(); // of a part: what has to be typed into it again after it is swapped

const controls = (within) => [...within.querySelectorAll(CONTROLS)];
const ticks = (control) => control.type === "checkbox" || control.type === "radio";
const says = (control) => (ticks(control) ? control.checked : control.value);
const said = (control) =>
  ticks(control)
    ? control.defaultChecked
    : control.options
      ? ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value
      : control.defaultValue;
const changed = (control) => says(control) !== said(control);
const parts = document.querySelector("[data-parts]");
let leaving = false;

/** What has to survive the answer to a request of `form`: all that was typed since, and all that other forms hold. */
function typedSince(part, form) {
  const before = sent.get(part) ?? new Map();
  return controls(part).filter((control) => {
    if (!control.id) return false;
    if (control.form === form) return before.has(control.id) && before.get(control.id) !== says(control);
    return changed(control) || control.form?.hasAttribute("data-unsaved");
  });
}

document.addEventListener("htmx:beforeRequest", ({ target, detail }) => {
  const part = detail.target;
  if (parts?.contains(target)) sent.set(part, new Map(controls(part).map((control) => [control.id, says(control)])));
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target: part, requestConfig } = detail;
  if (!parts?.contains(part)) return;
  const focus = document.activeElement;
  kept.set(part, {
    values: typedSince(part, requestConfig.elt).map((control) => [control.id, says(control)]),
    open: [...part.querySelectorAll("details[open]")].map(({ id }) => id).filter(Boolean),
    focus: part.contains(focus) && focus.id ? { id: focus.id, from: focus.selectionStart, to: focus.selectionEnd } : null,
  });
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const part = detail.target;
  const { values, open, focus } = kept.get(part) ?? { values: [], open: [], focus: null };
  kept.delete(part);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of values) {
    const control = document.getElementById(id);
    if (!control || says(control) === value) continue;
    if (ticks(control)) control.checked = value;
    else control.value = value;
    const save = () => control.dispatchEvent(new Event("change", { bubbles: true }));
    if (id === focus?.id) control.addEventListener("blur", save, { once: true });
    else save();
  }
  const focused = focus && document.getElementById(focus.id);
  if (focused && focused !== document.activeElement) focused.focus({ preventScroll: true });
  if (focused && typeof focus.from === "number") focused.setSelectionRange?.(focus.from, focus.to);
  const words = part.querySelector("[data-said]")?.textContent.trim();
  if (words && detail.requestConfig.verb === "post") saying.textContent = words;
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.verb !== "post" || !parts?.contains(detail.target)) return;
  if (detail.successful) document.body.dispatchEvent(new Event("saved"));
  if ([400, 401].includes(detail.xhr.status)) {
    leaving = true; // signed out meanwhile: the whole page that answers keeps what was typed
    detail.elt.submit();
  }
});

for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failed, ({ detail }) => {
    const status = detail.xhr?.status;
    if (status === 409 || status === 422 || !parts?.contains(detail.elt)) return;
    const place = detail.elt.querySelector("[data-said]") ?? detail.target.querySelector("[data-said]");
    const words = parts.dataset.failed;
    if (place) place.textContent = words;
    saying.textContent = words;
  });
}

document.addEventListener("submit", () => {
  leaving = true;
  setTimeout(() => (leaving = false), 1000);
});
addEventListener("beforeunload", (event) => {
  const unsaved = controls(parts ?? document.createElement("div")).some(
    (control) => changed(control) && control.form?.method === "post" && !control.closest(".decide"),
  );
  if (unsaved && !leaving) event.preventDefault();
});

island("[data-chooses]", (text) => {
  const choice = document.getElementById(text.dataset.chooses);
  text.addEventListener("input", () => (choice.checked = true));
});

island(".try", (form) => {
  form.hidden = true;
});
