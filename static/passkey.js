/** Makes a passkey, or shows one to sign in: asks the server what for, the device for its answer, and sends that back. */
import { island, liveRegion, wordsOf } from "./islands.js";

const ENGLISH = {
  asking: "Your device asks you now",
  refused: "Your device showed no passkey. Try again, or take another way.",
  elsewhere: "Passkeys work only at another address of this directory.",
  known: "This device holds a passkey of yours already.",
  failed: "That did not work. Reload the page and try again.",
};

/** Whether this browser has passkeys, in the form that speaks JSON. */
const able = () =>
  isSecureContext && typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === "function";

/** Whether passkeys of a site may be used on the page of a host. */
export const belongs = (host, site) => host === site || host.endsWith(`.${site}`);

/** Send JSON with the form's token; the answer's JSON. What went wrong is thrown in the server's words. */
async function send(form, address, facts, words) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(facts) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.problem ?? words.failed);
  return said;
}

const DEVICE = {
  make: (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  show: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

/** What the device says of a refusal, in words. */
const why = (problem, words) => {
  if (problem.name === "InvalidStateError") return words.known;
  if (problem instanceof DOMException) return words.refused;
  return problem instanceof TypeError ? words.failed : problem.message;
};

island("[data-passkey]", (form) => {
  if (!able()) return;
  const words = wordsOf(form, ENGLISH);
  const { passkey, options, answer, site } = form.dataset;
  const button = form.querySelector("button");
  const said = liveRegion(true);
  const say = (text, busy = false) => {
    said.textContent = text;
    button.setAttribute("aria-busy", busy);
  };
  form.append(said);
  form.hidden = button.hidden = false;
  form.querySelector("[data-without]")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!belongs(location.hostname, site)) return say(words.elsewhere);
    say(words.asking, true);
    try {
      const name = form.elements.namedItem("name")?.value;
      const asked = await send(form, options, { name }, words);
      const credential = await DEVICE[passkey](asked);
      const { next } = await send(form, answer, { name, credential: credential.toJSON() }, words);
      location.assign(next);
    } catch (problem) {
      say(why(problem, words));
    }
  });
});
