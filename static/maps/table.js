/** The table below the picture says the same: what is shown, what is selected, and what was drawn meanwhile. */

const RESTS = 1200; // milliseconds after the last step, when the table is asked for again

export function table(page, signal) {
  const { stage, section } = page;
  let timer = null;
  const all = () => section.querySelectorAll("#nodes tr[data-id]");
  const at = (row) => stage.scene.indices.get(Number(row.dataset.id));

  /** Mark the rows of what is selected, and leave out those of what is not shown. */
  function mark() {
    for (const row of all()) {
      const i = at(row);
      const chosen = stage.selected.has(i);
      row.classList.toggle("chosen", chosen);
      if (chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      row.hidden = i !== undefined && !stage.shown[i];
      row.classList.toggle("struck", Boolean(i !== undefined && stage.scene.hidden[i]));
    }
  }
  stage.listeners.add((what) => what === "shown" && mark());
  document.addEventListener("htmx:afterSwap", mark, { signal });

  async function fetchAgain() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, then] = [section.querySelector("#nodes"), whole.querySelector("#nodes")];
    if (!now || !then || now.contains(document.activeElement)) return;
    now.replaceChildren(...then.childNodes);
    window.htmx?.process(now);
    mark();
  }

  return {
    mark,
    /** Have `does(i, shows)` called when a row is pressed; `shows` when it was its link to the map. */
    pressed(does) {
      section.addEventListener("click", (event) => {
        const row = event.target.closest("#nodes tr[data-id]");
        if (!row || event.metaKey || event.ctrlKey) return;
        const shows = Boolean(event.target.closest("a[data-map-show]"));
        const i = at(row);
        if (i === undefined || (event.target.closest("a, button, input") && !shows)) return;
        event.preventDefault();
        does(i, shows);
      });
    },
    /** The table is another by now: ask for it once nothing more is drawn for a moment. */
    refresh() {
      clearTimeout(timer);
      timer = setTimeout(() => fetchAgain().catch(() => {}), RESTS); // the next step asks again
    },
  };
}
