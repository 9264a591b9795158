/** What could not be done, told above the map until it is put away, also after a reload: which step, of whom, and why. */
import { fill, make } from "../islands.js";

/** The organisations and words that a step was about. */
function about({ scene }, step) {
  const ids = [step.id, step.source, step.target, ...(step.ids ?? []), ...Object.keys(step.positions ?? {}).map(Number)];
  const tie = step.kind === "untie" ? scene.tieIndices.get(step.tie) : undefined;
  const ends = tie === undefined ? [] : [scene.source[tie], scene.target[tie]];
  const called = [...ids.map((id) => scene.indices.get(id)), ...ends].map((i) => scene.names[i]);
  return [step.name ?? step.text, ...called].filter(Boolean).slice(0, 4).join(", ");
}

/** Gives the box to show, and `refuse(step, { why, like, fields })`; `send` does a step again that was meant as it is. */
export function refusals(page, send) {
  const { stage, words, section } = page;
  const kept = `map-refused ${new URL(section.dataset.mapSteps, location.href).pathname}`;
  let all = JSON.parse(sessionStorage.getItem(kept) ?? "[]");
  const keep = () => {
    try {
      sessionStorage.setItem(kept, JSON.stringify(all));
    } catch {
      // without room to keep it, it is told while the page is open
    }
  };
  const list = make("ul", {});
  const shut = make("button", { type: "button", class: "plain small", "aria-label": words.close }, "×");
  const told = make("div", { role: "alert" });
  const box = make("div", { class: "problem refusals", hidden: "" }, told, shut);
  const close = () => {
    all = [];
    keep();
    list.replaceChildren();
    told.replaceChildren();
    box.hidden = true;
  };
  shut.addEventListener("click", () => {
    close();
    stage.canvas.focus({ preventScroll: true });
  });

  function tell(step, { why, like = [], fields = {} }) {
    const reasons = [why || words.failed, ...Object.values(fields).flat()];
    const names = like.map(({ name }) => name).join(", ");
    const line = make("li", {}, make("strong", {}, words.steps[step.kind] ?? step.kind), ` ${about(stage, step)}: `);
    line.append(reasons.join(" "), names && ` ${names}. `);
    if (like.length) {
      const anyway = make("button", { type: "button", class: "link" }, fill(words.addAnyway, { name: step.name }));
      anyway.addEventListener("click", () => {
        const { key, ...again } = step; // under a key of its own: that one was answered
        line.remove();
        all = all.filter(([one]) => one.key !== key);
        keep();
        if (!list.children.length) close();
        send({ ...again, anyway: true });
      });
      line.append(anyway);
    }
    if (!list.isConnected) told.append(make("p", {}, words.notDone), list);
    list.append(line);
    box.hidden = false;
  }
  for (const [step, why] of all) tell(step, why);
  return {
    box,
    refuse(step, why) {
      all.push([step, why]);
      keep();
      tell(step, why);
    },
  };
}
