/** The address says what is shown: the island writes it as the page's own links would. */

const OURS = ["view", "colour", "size", "category", "standing", "type", "selected"];

/** Put arguments (a text, several texts, or null for none) into a web address; gives the new one. */
export function withArguments(address, changes) {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.delete(name);
    for (const one of value === null || value === undefined ? [] : [value].flat()) url.searchParams.append(name, one);
  }
  return url;
}

/** Change the page's address, and the links that carry it on; `step` makes Back lead to where one was. */
export function readdress(page, changes, { step = false } = {}) {
  const url = withArguments(location.href, changes);
  if (url.href !== location.href) history[step ? "pushState" : "replaceState"](history.state, "", url);
  const said = Object.fromEntries(OURS.map((name) => [name, url.searchParams.getAll(name)]));
  page.addressed = said;
  for (const link of page.section.querySelectorAll("a[data-map-keep], a[data-map-view]")) {
    const own = link.dataset.mapView ? { view: link.dataset.mapView } : {};
    link.href = withArguments(link.href, { ...said, ...own });
  }
}

/** Say in the address what it said before a link of the table, which doesn't know of it, led to another. */
export const readdressAgain = (page) => page.addressed && readdress(page, page.addressed);
