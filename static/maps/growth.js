/** Plays the growth of the network: the next month every second, until the last, or until somebody stops it. */
import { island, make, wordsOf } from "../islands.js";

const PACE = 1000; // milliseconds

island("[data-growth]", (element) => {
  const words = wordsOf(element, { play: "Play", stop: "Stop" });
  const button = make("button", { type: "button", class: "plain" }, words.play);
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    button.textContent = words.play;
  };
  const step = () => {
    const later = element.querySelector("#month-after");
    if (later) later.click();
    else stop();
  };
  button.addEventListener("click", () => {
    if (timer) return stop();
    button.textContent = words.stop;
    if (!element.querySelector("#month-after")) element.querySelector("#month-first")?.click();
    timer = setInterval(step, PACE);
  });
  element.parentElement.querySelector("header").append(button);
  return stop;
});
