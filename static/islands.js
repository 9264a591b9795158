/**
 * Begin an island: `attach(element)` once for each element that `selector` finds, now and after each swap.
 * What `attach` returns, if anything, is called when the element has left the page.
 */
export function island(selector, attach) {
  const attached = new Map();
  const look = () => {
    for (const [element, leave] of attached) {
      if (!element.isConnected) {
        attached.delete(element);
        leave?.();
      }
    }
    for (const element of document.querySelectorAll(selector)) {
      if (!attached.has(element)) attached.set(element, attach(element));
    }
  };
  look();
  for (const event of ["htmx:afterSwap", "htmx:historyRestore"]) document.addEventListener(event, look);
}

/** The texts of an island: those that the page gives in `data-words`, as JSON, over `english`. */
export const wordsOf = (element, english) => ({ ...english, ...JSON.parse(element.dataset.words ?? "{}") });

/** A text with its `{names}` filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** Make an element: attributes by name (null leaves one out), then what stands inside, as elements and texts. */
export function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

/** An empty place whose texts are read out as they change; `seen` says whether they are also shown. */
export const liveRegion = (seen = false) =>
  make("p", { role: "status", class: seen ? "said" : "visually-hidden" });
