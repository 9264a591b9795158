/** The forms of the panel, on the drawing table: each is a step: it can be undone, and waits when nothing answers. */

/**
 * Take what is sent from the panel: `<form data-map-step="facts" data-map-id="17">`, the same with "standing",
 * and `<button data-map-step="untie" data-map-tie="5">`.
 */
export function panelForms(page, send, refuse) {
  const { section, stage } = page;
  const panel = section.querySelector("aside.panel");
  panel.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-map-step]");
    if (!form) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    for (const name of ["csrf_token", "kind", "id"]) delete fields[name]; // those of the form without script
    const id = Number(form.dataset.mapId);
    const kind = form.dataset.mapStep;
    const settled = { ...fields, owner: Number(fields.owner) || null, due_on: fields.due_on || null };
    const own = kind === "facts" ? { fields } : { ...settled, sure: Boolean(fields.sure) };
    const { refused } = await send({ kind, id, ...own }, { tells: true });
    if (refused && !form.isConnected) {
      refuse({ kind, id, ...own }, refused);
      return;
    }
    form.querySelector(".problem")?.remove();
    if (refused) {
      const problem = document.createElement("p");
      problem.className = "problem";
      problem.textContent = refused.why || page.words.failed;
      problem.setAttribute("role", "alert");
      form.prepend(problem);
      const sure = form.querySelector("[name=sure]");
      if (refused.sure && sure) {
        sure.closest("label").hidden = false;
        sure.focus();
      }
      return;
    }
    form.dataset.sent = "";
    if (stage.selected.has(stage.scene.indices.get(id))) page.choose([...stage.selected], { quiet: true });
  });
  panel.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-map-step=untie]");
    if (!button) return;
    event.preventDefault();
    await send({ kind: "untie", tie: Number(button.dataset.mapTie) });
    page.choose([...stage.selected], { quiet: true });
  });
}
