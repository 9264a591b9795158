/** What the map says aloud, in the page's language. */
import { fill } from "../islands.js";

/** A text with its number; `forms` is one text, or one for each plural category of the language. */
export function counted(forms, count, language = document.documentElement.lang || "en") {
  const written = new Intl.NumberFormat(language).format(count);
  if (typeof forms === "string") return fill(forms, { count: written });
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other ?? Object.values(forms)[0];
  return fill(form, { count: written });
}

/** The keys of a field in the order in which the legend has them; else as they come. */
export function inOrder({ section, labels }, field, all) {
  const boxes = [...section.querySelectorAll(`[data-map-legend="${field}"] input`)].map((box) => box.value);
  return boxes.length ? boxes : Object.keys(labels[all]);
}

/** One organisation in words: "Harbour Lab, partner, 5 ties". */
export function spoken(page, i) {
  const { stage, words, labels } = page;
  const { scene } = stage;
  const parts = [
    scene.names[i] || "…",
    (labels.categories[scene.categories[scene.category[i]]] ?? "").toLocaleLowerCase(
      document.documentElement.lang || "en",
    ),
    counted(words.ties, scene.degree[i]),
  ];
  const standing = scene.standings[scene.standing[i]];
  if (standing !== "current" && labels.standings[standing])
    parts.splice(2, 0, labels.standings[standing].toLocaleLowerCase());
  if (scene.hidden[i]) parts.push(words.leftOut);
  return parts.filter(Boolean).join(", ");
}

/** Have a text read out, also when it is the same as before. */
export function say(page, text) {
  page.said.textContent = page.said.textContent === text ? `${text}\u00a0` : text;
}
