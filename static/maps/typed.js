/** What somebody is typing outlives that the form around it is made anew: fields that were changed, and where the keyboard is. */

const CONTROLS = "input:not([type=hidden]), select, textarea";
const changed = (control) =>
  control.options
    ? [...control.options].some((option) => option.selected !== option.defaultSelected) && control.selectedIndex >= 0
    : control.type === "checkbox"
      ? control.checked !== control.defaultChecked
      : control.value !== control.defaultValue;
const keyOf = (form) => `form[data-map-step="${form.dataset.mapStep}"][data-map-id="${form.dataset.mapId}"]`;

/** Remember it; gives what writes it into the new forms of the same organisation. A form that was sent is left as it comes. */
export function typed(panel) {
  const kept = [];
  let focus = null;
  for (const form of panel.querySelectorAll("form[data-map-step][data-map-id]")) {
    for (const control of form.querySelectorAll(`${CONTROLS}, button`)) {
      const selector = `${keyOf(form)} ${control.name ? `[name="${control.name}"]` : "button"}`;
      if (control === document.activeElement) focus = selector;
      if (control.name && form.dataset.sent === undefined && changed(control)) kept.push([selector, control]);
    }
  }
  return () => {
    for (const [selector, { value, checked }] of kept) {
      const control = panel.querySelector(selector);
      if (control) Object.assign(control, control.type === "checkbox" ? { checked } : { value });
    }
    if (focus) panel.querySelector(focus)?.focus({ preventScroll: true });
  };
}
