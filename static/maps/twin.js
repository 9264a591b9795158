/** The table that says the same as the drawing: asked for again after something was drawn, once somebody comes near it. */

const REST = 500; // milliseconds after the last change
const NEAR = "600px";

/** Gives what is called after every change that the server has. */
export function twin(section, signal) {
  const table = section.querySelector("#nodes");
  let old = false;
  let near = false;
  let timer = 0;
  const renew = () => {
    if (!old || !near || signal.aborted) return;
    old = false;
    window.htmx?.ajax("GET", location.href, { target: table, swap: "innerHTML" });
  };
  const watch = new IntersectionObserver(
    ([seen]) => {
      near = seen.isIntersecting;
      renew();
    },
    { rootMargin: NEAR },
  );
  if (table) watch.observe(table);
  signal.addEventListener("abort", () => watch.disconnect());
  return () => {
    old = true;
    clearTimeout(timer);
    timer = setTimeout(renew, REST);
  };
}
