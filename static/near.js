/** Asks for the browser's location when, and only when, the button is pressed; sends it rounded, keeps nothing. */
import { island, liveRegion, wordsOf } from "./islands.js";

const ENGLISH = {
  asking: "Asking your browser",
  refused: "Your browser keeps your place to itself. Type a town instead.",
  failed: "Your browser could not tell where you are. Type a town instead.",
};
const PATIENCE = { timeout: 10_000, maximumAge: 600_000 }; // milliseconds

/** A position to two decimals, about a kilometre: "53.80,-1.55". */
export const roughly = ({ latitude, longitude }) => `${latitude.toFixed(2)},${longitude.toFixed(2)}`;

/** Whether this page may ask at all: a partner's page that frames it may not have passed the right on. */
const allowed = () =>
  "geolocation" in navigator && isSecureContext && (document.featurePolicy?.allowsFeature("geolocation") ?? true);

island("[data-near-me]", (button) => {
  if (!allowed() || !button.form) return;
  const words = wordsOf(button, ENGLISH);
  const said = liveRegion(true);
  const box = button.form.elements.namedItem("near");
  const say = (text, busy) => {
    said.textContent = text;
    button.setAttribute("aria-busy", busy);
  };
  button.form.append(said);
  button.hidden = false;
  button.addEventListener("click", () => {
    say(words.asking, true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        say("", false);
        box.value = roughly(coords);
        button.form.requestSubmit();
      },
      (problem) => {
        say(problem.code === problem.PERMISSION_DENIED ? words.refused : words.failed, false);
        box.focus();
      },
      PATIENCE,
    );
  });
});
