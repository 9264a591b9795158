/** How many of each there are, as title and legend say: counted anew from the scene, since drawing changes it. */
import { counted } from "./saying.js";

const FIELDS = { category: "categories", standing: "standings" };

/** How many organisations of each category and standing, and how many links of each type, are on a map. Pure. */
export function countsOf(scene) {
  const counts = { organisations: 0, ties: 0, category: {}, standing: {}, type: {} };
  const add = (field, key) => (counts[field][key] = (counts[field][key] ?? 0) + 1);
  for (let i = 0; i < scene.count; i += 1) {
    if (scene.gone[i]) continue;
    counts.organisations += 1;
    for (const [field, keys] of Object.entries(FIELDS)) add(field, scene[keys][scene[field][i]]);
  }
  for (let tie = 0; tie < scene.tieCount; tie += 1) {
    if (scene.lost[tie] || scene.gone[scene.source[tie]] || scene.gone[scene.target[tie]]) continue;
    counts.ties += 1;
    add("type", scene.types[scene.type[tie]]);
  }
  return counts;
}

/** Gives what writes the counts of a page anew. */
export function counting({ section, stage, words }) {
  const { scene } = stage;
  const left = scene.total - countsOf(scene).organisations; // who fits, and had no room on the map
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");
  const write = (element, text) => element.textContent !== text && (element.textContent = text);
  return () => {
    const counts = countsOf(scene);
    const titles = { organisations: counts.organisations + left, ties: counts.ties };
    for (const [name, count] of Object.entries(titles)) {
      const title = document.querySelector(`[data-map-count=${name}]`);
      if (title) write(title, counted(words[name], count));
    }
    for (const part of section.querySelectorAll("[data-map-legend]")) {
      for (const box of part.querySelectorAll("input[type=checkbox]")) {
        const count = box.closest("label").querySelector(".count");
        if (count) write(count, number.format(counts[part.dataset.mapLegend][box.value] ?? 0));
      }
    }
  };
}
