/** Steps of a drawing on their way to the server: kept in the browser until it has them; others' are asked for. */
import { withArguments } from "./address.js";
import { apply, applyElsewhere, takeBack } from "./applying.js";

const EVERY = 2000; // milliseconds between questions while the page is seen
const SLOWEST = 15_000;
const AT_ONCE = 40; // steps in one message
const BROKEN = new Set([400, 413, 422]);

/** A key that no other step has. */
function unique() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What waits, each step under a name of its own, so that two windows never overwrite one another's. */
export class Waiting {
  constructor(address, store = localStorage) {
    this.prefix = `map-step ${new URL(address, location.href).pathname} `;
    this.store = store;
    this.list = Object.keys(store)
      .filter((name) => name.startsWith(this.prefix))
      .map((name) => JSON.parse(store.getItem(name)))
      .sort((a, b) => a.at - b.at || a.order - b.order);
    this.order = 0;
  }

  add(step) {
    const entry = { at: Date.now(), order: (this.order += 1), step };
    this.list.push(entry);
    try {
      this.store.setItem(this.prefix + step.key, JSON.stringify(entry));
    } catch {
      // without room to keep it, it is still sent while the page is open
    }
  }

  drop(keys) {
    this.list = this.list.filter(({ step }) => !keys.has(step.key));
    for (const key of keys) this.store.removeItem(this.prefix + key);
  }

  get steps() {
    return this.list.map(({ step }) => step);
  }
}

/**
 * The exchange of steps with the server. `send(step)` applies a step here at once and has it sent; its promise gives
 * the answer: the step as the server knows it, or { refused } with why. `refuse(step, why)` is called with what was
 * refused, unless who sent it still waits and `tells` it. `changed(steps, elsewhere)` is called after
 * steps, and what was written elsewhere, were applied; `state` with "saved", "saving" or "apart".
 */
export class Exchange {
  constructor({ scene, address, token, changed, refuse, state }) {
    Object.assign(this, { scene, address, token, changed, refuse, state });
    this.waiting = new Waiting(address);
    this.promised = new Map();
    this.pause = EVERY;
    this.few = false;
    this.applyWaiting();
  }

  applyWaiting() {
    for (const step of this.waiting.steps) apply(this.scene, step);
  }

  send(step, { tells = false } = {}) {
    const whole = { key: unique(), ...step };
    this.waiting.add(whole);
    apply(this.scene, whole);
    this.changed([whole]);
    this.state("saving");
    const answer = new Promise((resolve) => this.promised.set(whole.key, { resolve, tells }));
    this.exchange();
    return answer;
  }

  begin(signal) {
    const seen = () => document.visibilityState === "visible" && this.exchange();
    document.addEventListener("visibilitychange", seen, { signal });
    window.addEventListener("online", () => this.exchange(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.timer));
    if (this.waiting.list.length) this.state("saving");
    this.exchange();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => (document.visibilityState === "visible" || this.waiting.list.length ? this.exchange() : this.later()),
      this.pause,
    );
  }

  async exchange() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.again = false;
    clearTimeout(this.timer);
    const sent = this.waiting.steps.slice(0, this.few ? 1 : AT_ONCE);
    const { last: after, since } = this.scene;
    try {
      const answer = sent.length
        ? await fetch(this.address, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" },
            body: JSON.stringify({ after, since, steps: sent }),
          })
        : await fetch(withArguments(this.address, { after: [after], since: [since] }), {
            headers: { Accept: "application/json" },
          });
      if (BROKEN.has(answer.status) && sent.length) this.broken(sent);
      else if (answer.ok) this.took(sent, await answer.json());
      else throw new Error(`${this.address} answered ${answer.status}`);
      this.pause = EVERY;
    } catch (error) {
      this.pause = Math.min(SLOWEST, this.pause * 1.7);
      this.state("apart", error);
    } finally {
      this.busy = false;
      if (this.again && this.pause === EVERY) this.exchange();
      else this.later();
    }
  }

  /** What the server cannot read at all: found by sending one at a time, and then given up. */
  broken(sent) {
    if (sent.length > 1) {
      this.few = true;
    } else {
      this.few = false;
      this.refused(sent[0], { why: "" });
      this.waiting.drop(new Set([sent[0].key]));
    }
    this.again = true;
  }

  took(sent, { last, steps = [], refused = [], again = false, elsewhere = null }) {
    const keys = new Set(sent.map(({ key }) => key));
    this.waiting.drop(keys);
    const answers = refused.map((one) => [sent.find(({ key }) => key === one.key), one]).filter(([step]) => step);
    if (again && !this.waiting.list.length) {
      for (const [step, why] of answers) this.refuse(step, why);
      location.reload(); // what happened meanwhile can't be told step by step
      return;
    }
    if (this.few && !this.waiting.list.length) this.few = false;
    for (const [step] of answers) takeBack(this.scene, step);
    for (const step of steps) {
      if (!step.undone || step.kind === "undone") apply(this.scene, step);
    }
    this.scene.last = Math.max(this.scene.last, last ?? 0);
    if (elsewhere?.nodes) applyElsewhere(this.scene, elsewhere);
    this.scene.since = elsewhere?.since ?? this.scene.since;
    if (steps.length || elsewhere?.nodes) this.applyWaiting(); // what was drawn meanwhile stays as drawn
    if (steps.length || refused.length || elsewhere?.nodes) this.changed(steps, elsewhere);
    for (const [step, why] of answers) this.refused(step, why);
    for (const step of steps) this.settle(step.key, step);
    for (const key of keys) this.settle(key, {});
    if (this.waiting.list.length || elsewhere?.more) this.again = true;
    else this.state("saved");
  }

  /** Have somebody told that a step was refused: who sent it, or whoever has the map before them by now. */
  refused(step, why) {
    if (!this.promised.get(step.key)?.tells) this.refuse(step, why);
    this.settle(step.key, { refused: why });
  }

  settle(key, answer) {
    this.promised.get(key)?.resolve(answer);
    this.promised.delete(key);
  }
}
