/** The buttons over the picture: nearer, farther, all of it; and the box that finds. Names keep clear of them. */
import { make } from "../islands.js";
import { finding } from "./finding.js";

const OVER = ".controls, .find.over, .key, .selection-bar:not([hidden]), aside.panel:not([hidden])";
const WHEN = new Set(["camera", "selected", "look", "shown", "steps"]);

export function controls(page, moves) {
  const { frame, stage, words } = page;
  const button = (sign, label, does) => {
    const made = make("button", { type: "button", "aria-label": label, title: label }, sign);
    made.addEventListener("click", does);
    return made;
  };
  const group = make(
    "div",
    { class: "controls" },
    button("+", words.closer, moves.nearer),
    button("−", words.farther, moves.farther),
    button("⤢", words.whole, moves.whole),
  );
  frame.append(group);
  if (!stage.drawing) {
    const found = finding(page);
    found.classList.add("over");
    frame.prepend(found);
  }
  const look = () => {
    const around = frame.getBoundingClientRect();
    stage.obstacles = [...page.section.querySelectorAll(OVER)].map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return [left - around.left, top - around.top, right - around.left, bottom - around.top];
    });
  };
  stage.listeners.add((what) => WHEN.has(what) && look());
  look();
}
