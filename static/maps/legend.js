/** The legend is the filter: what is unticked goes at once. It also shows how each thing is drawn. */
import { make } from "../islands.js";
import { readdress, withArguments } from "./address.js";
import { styleOf } from "./links.js";
import { dress } from "./main.js";
import { standingLook } from "./nodes.js";
import { counted, say } from "./saying.js";
import { sift } from "./scene.js";

const SVG = "http://www.w3.org/2000/svg";

/** A small drawing, 28 by 12, of elements given as [tag, attributes]. */
function sample(...parts) {
  const drawing = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 28 12", class: "sample", "aria-hidden": "true" }))
    drawing.setAttribute(name, value);
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    drawing.append(part);
  }
  return drawing;
}
const line = ({ width, dash, arrow }) => {
  const parts = [
    [
      "path",
      {
        d: "M1 6h26",
        fill: "none",
        stroke: "currentColor",
        "stroke-width": width * 1.2,
        "stroke-dasharray": dash.join(" "),
        "stroke-linecap": dash.length ? "round" : "butt",
      },
    ],
  ];
  if (arrow) parts.push(["path", { d: "M21 6l-7-4v8z", fill: "currentColor" }]);
  return sample(...parts);
};
const standing = (key) => {
  const { full, line: width, dash } = standingLook(key);
  return sample([
    "circle",
    {
      cx: 14,
      cy: 6,
      r: 4.6,
      fill: "currentColor",
      "fill-opacity": full,
      stroke: "currentColor",
      "stroke-width": width,
      "stroke-dasharray": dash.join(" "),
    },
  ]);
};
const SAMPLES = { type: (key) => line(styleOf(key)), standing };

/** The keys that each part of the legend lets through: a Set, or null when all are ticked. */
function ticked(form) {
  const parts = {};
  for (const part of form.querySelectorAll("[data-map-legend]")) {
    const boxes = [...part.querySelectorAll("input[type=checkbox]")];
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    parts[part.dataset.mapLegend] = chosen.length === boxes.length ? null : new Set(chosen);
  }
  return parts;
}

/** What is coloured how, when it is not by category: that stands in the legend itself. */
function showKey(page) {
  page.keyList?.remove();
  if (page.stage.scene.colour === "category") return;
  page.keyList = make("ul", { class: "key" });
  for (const { colour, label } of page.key) {
    page.keyList.append(make("li", {}, sample(["circle", { cx: 14, cy: 6, r: 5, fill: colour }]), label));
  }
  page.frame.append(page.keyList);
}

export function legend(page) {
  const { stage, section, words } = page;
  const form = section.querySelector("form.legend");
  showKey(page);
  if (!form) return { ticked: () => ({}), resift: () => {}, redress: () => dress(stage, page) };
  form.querySelector("button:not([type=button])")?.setAttribute("hidden", "");
  for (const [field, drawn] of Object.entries(SAMPLES)) {
    for (const box of form.querySelectorAll(`[data-map-legend="${field}"] input`)) box.after(drawn(box.value));
  }
  const loaded = ticked(form); // what the server left out cannot be shown without asking it

  const resift = () => {
    Object.assign(stage, sift(stage.scene, ticked(form), stage.hiddenToo));
    stage.tell("shown");
    stage.reshape();
  };
  const told = () =>
    say(
      page,
      counted(
        words.organisations,
        stage.shown.reduce((sum, one) => sum + one, 0),
      ),
    );
  form.addEventListener("change", ({ target }) => {
    const look = target.dataset.mapLook;
    if (look) {
      stage.scene[look] = target.value;
      section.dataset[look === "colour" ? "mapColour" : "mapSize"] = target.value;
      readdress(page, { [look]: target.value });
      dress(stage, page);
      showKey(page);
      stage.tell("look");
      return;
    }
    const parts = ticked(form);
    const changes = Object.fromEntries(Object.entries(parts).map(([name, keys]) => [name, keys && [...keys]]));
    const more = Object.entries(parts).some(
      ([name, keys]) => loaded[name] && (!keys || [...keys].some((key) => !loaded[name].has(key))),
    );
    if (more) {
      // of a saved map, all of them is said by an empty argument: without any, its own filter holds
      const all = section.dataset.mapSaved === undefined ? null : "";
      const asked = Object.entries(changes).map(([name, keys]) => [name, keys ?? (loaded[name] ? all : null)]);
      location.assign(withArguments(location.href, Object.fromEntries(asked)));
      return;
    }
    readdress(page, changes);
    resift();
    told();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const redress = () => {
    dress(stage, page);
    showKey(page);
  };
  return { ticked: () => ticked(form), resift, redress };
}
