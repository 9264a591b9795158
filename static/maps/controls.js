/** The buttons over the picture: nearer, farther, all of it; and the box that finds. */
import { make } from "../islands.js";
import { finding } from "./finding.js";

export function controls(page, moves) {
  const { words } = page;
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
  page.frame.append(group);
  if (page.stage.drawing) return;
  const found = finding(page);
  found.classList.add("over");
  page.frame.prepend(found);
}
