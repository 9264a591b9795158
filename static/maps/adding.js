/** A desired partner is added where one clicks; what it resembles is shown first, so that none is there twice. */
import { fill, make } from "../islands.js";
import { named } from "./finding.js";
import { card, closeOpen, field } from "./menus.js";
import { inOrder, say } from "./saying.js";

export function adding(page, send, refuse) {
  const { stage, words, labels } = page;
  let ghost = null;

  stage.overlays.push((paint, camera) => {
    if (!ghost) return;
    paint.beginPath();
    paint.arc(ghost[0] * camera.k + camera.x, ghost[1] * camera.k + camera.y, 8, 0, 2 * Math.PI);
    paint.setLineDash([3, 3]);
    paint.lineWidth = 1.8;
    paint.strokeStyle = stage.painter.tokens.tent;
    paint.stroke();
    paint.setLineDash([]);
  });

  const goTo = (i) => {
    closeOpen(page);
    page.unhide?.(i);
    page.choose([i]);
    page.moves.reveal(i);
  };
  const told = (name, ...more) => make("li", {}, name, ...more);

  /** Open the form at a point of the map. */
  return function add(at) {
    const earth = stage.view === "geography" ? page.earth.under(at) : undefined;
    if (earth === null) {
      say(page, words.besideTheWorld);
      return;
    }
    const round = (value) => Math.round(value * 10) / 10;
    const place = earth ? { where: earth } : { at: at.map(round) };
    ghost = at;
    stage.refresh();
    const name = make("input", { name: "name", required: "", maxlength: "200", autocomplete: "off" });
    const category = make(
      "select",
      { name: "category" },
      ...inOrder(page, "category", "categories").map((key) => make("option", { value: key }, labels.categories[key] ?? key)),
    );
    if (labels.categories.partner) category.value = "partner";
    const alike = make("ul", { class: "alike", "aria-live": "polite" });
    name.addEventListener("input", () => {
      const found = name.value.trim().length > 2 ? named(stage.scene, name.value, 4) : [];
      alike.replaceChildren(
        ...found.map((i) => {
          const button = make("button", { type: "button", class: "link" }, stage.scene.names[i]);
          button.addEventListener("click", () => goTo(i));
          return told(button);
        }),
      );
      if (found.length) alike.prepend(told(words.there));
    });
    let anyway = false;
    card(page, [at[0] * stage.camera.k + stage.camera.x + 16, at[1] * stage.camera.k + stage.camera.y - 20], {
      title: words.addTitle,
      inside: [field(words.name, name), alike, field(words.category, category)],
      button: words.add,
      gone: () => {
        ghost = null;
        stage.refresh();
      },
      async taken(fields, form) {
        const { name, category } = fields;
        const step = { kind: "add", name, category, ...place, country: "", anyway };
        const answer = await send(step, { tells: true });
        if (answer.refused && !form.isConnected) {
          refuse(step, answer.refused);
          return false;
        }
        if (answer.refused?.like?.length) {
          anyway = true;
          alike.replaceChildren(told(words.alike), ...answer.refused.like.map((one) => resembling(one)));
          form.querySelector("button:not([type])").textContent = fill(words.addAnyway, { name: fields.name });
          say(page, words.alike);
          return false;
        }
        if (answer.refused) {
          alike.replaceChildren(told(answer.refused.why || words.failed));
          return false;
        }
        const i = stage.scene.indices.get(answer.id);
        if (i !== undefined) page.choose([i]);
        return true;
      },
    });
    /** Have somebody on this map who is in the network already. */
    async function putThere(id) {
      closeOpen(page);
      if (place.at) send({ kind: "place", positions: { [id]: place.at } });
      await send({ kind: "pin", ids: [id], on: true });
      const i = stage.scene.indices.get(id);
      if (i !== undefined) goTo(i);
    }
    function resembling({ id, name: called, category: kind, town }) {
      const known = stage.scene.indices.get(id);
      const i = stage.scene.gone[known] ? undefined : known;
      const about = [labels.categories[kind], town].filter(Boolean).join(", ");
      const shown =
        i === undefined
          ? make("button", { type: "button", class: "link" }, fill(words.putThere, { name: called }))
          : make("button", { type: "button", class: "link" }, called);
      shown.addEventListener("click", () => (i === undefined ? putThere(id) : goTo(i)));
      return told(shown, about ? ` · ${about}` : "");
    }
  };
}
