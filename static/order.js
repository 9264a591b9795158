/** Lets one drag what stands in an ordered list; dropping presses the same form as its buttons for up and down. */
import { island, make } from "./islands.js";

const middle = (element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

class Dragging {
  constructor(list, item) {
    Object.assign(this, { list, item, before: [...list.children] });
    item.classList.add("dragged");
  }

  /** Let the item stand where the pointer is: the others make way, as what is moved itself loses the pointer. */
  to(y) {
    const { item } = this;
    while (item.previousElementSibling && y < middle(item.previousElementSibling)) item.after(item.previousElementSibling);
    while (item.nextElementSibling && y > middle(item.nextElementSibling)) item.before(item.nextElementSibling);
  }

  drop() {
    this.item.classList.remove("dragged");
    const place = [...this.list.children].indexOf(this.item);
    if (place === this.before.indexOf(this.item)) return;
    const form = this.item.querySelector("form.moves");
    form.append(make("input", { type: "hidden", name: "place", value: String(place) }));
    form.requestSubmit();
  }

  giveUp() {
    this.item.classList.remove("dragged");
    this.list.append(...this.before);
  }
}

island("[data-order]", (list) => {
  if (list.children.length < 2) return;
  for (const item of list.children) {
    const grip = make("span", { class: "grip", "aria-hidden": "true" }, "⠿");
    let dragging = null;
    const press = ({ key }) => {
      if (key === "Escape") end("giveUp");
    };
    const end = (how) => {
      document.removeEventListener("keydown", press);
      dragging?.[how]();
      dragging = null;
    };
    grip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      document.addEventListener("keydown", press);
      dragging = new Dragging(list, item);
    });
    grip.addEventListener("pointermove", ({ clientY }) => dragging?.to(clientY));
    grip.addEventListener("pointerup", () => end("drop"));
    grip.addEventListener("pointercancel", () => end("giveUp"));
    item.querySelector("form.moves").prepend(grip);
  }
});
