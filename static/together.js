/** The map and the list as one: what is pointed at in the one lights up in the other; and the keyboard on the map. */

const LIT = "lit";
const ITEM = "li[data-slug]";

/** Tie a map's pins to the list items with the same slug; gives what unties them. */
export function listen(map, clusters, pins, words) {
  const container = map.getContainer();
  const bySlug = new Map(pins.map((marker) => [marker.feature.properties.slug, marker]));
  const stop = new AbortController();
  let lit = [];
  let opened = null;

  const dim = () => {
    for (const element of lit) element.classList.remove(LIT);
    lit = [];
  };
  const light = (...elements) => {
    dim();
    lit = elements.filter(Boolean);
    for (const element of lit) element.classList.add(LIT);
  };
  const point = ({ target }) => {
    const item = target.closest?.(ITEM);
    const marker = item && bySlug.get(item.dataset.slug);
    if (marker) light(item, clusters.getVisibleParent(marker)?.getElement());
    else if (!container.contains(target)) dim();
  };
  for (const event of ["pointerover", "focusin"]) document.addEventListener(event, point, { signal: stop.signal });

  clusters.on("mouseover", ({ propagatedFrom, layer = propagatedFrom }) => {
    const { slug } = layer.feature.properties;
    light(layer.getElement(), slug && document.querySelector(`${ITEM}[data-slug="${CSS.escape(slug)}"]`));
  });
  clusters.on("mouseout", dim);

  map.on("popupopen", ({ popup }) => {
    const card = popup.getElement();
    card.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
    opened = popup._source?.getElement() ?? null;
    if (opened?.matches(":focus-visible")) card.querySelector("a").focus();
  });
  container.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !opened) return;
    const within = map.getPane("popupPane").contains(document.activeElement);
    map.closePopup();
    if (within) opened.focus();
    opened = null;
  });
  map.on("zoomend", () => {
    const lost = document.activeElement === document.body && container.dataset.keyboard;
    if (lost) container.focus({ preventScroll: true }); // the cluster that was pressed is no more
  });
  container.addEventListener("keydown", () => (container.dataset.keyboard = "on"));
  container.addEventListener("pointerdown", () => delete container.dataset.keyboard);

  return () => stop.abort();
}
