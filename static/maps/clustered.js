/** A large map: clusters that open where one zooms. What it says stands in the table below it, too. */
import { still } from "../frame.js";
import { island, liveRegion, make, wordsOf } from "../islands.js";
import { fitted, seenBox } from "./camera.js";
import { forced, reader } from "./colours.js";
import { paintDiscs, radiusOf } from "./discs.js";
import { Labels } from "./labels.js";
import { nextThing, shower } from "./opening.js";
import { Tiles } from "./tiles.js";
import { counted, say } from "./saying.js";
import { ENGLISH } from "./words.js";

const NEAREST = { graph: 60, geography: 20000 }; // pixels to a map unit
const GLIDE = 320; // milliseconds
const REACH = { mouse: 4, pen: 8, touch: 14 }; // pixels around a mark that still count as the mark
const OPENED = 3.2; // how much nearer a step into a cluster comes

class Clustered {
  constructor(section) {
    const { dataset } = section;
    this.section = section;
    this.view = dataset.mapView;
    this.words = wordsOf(section, ENGLISH);
    this.frame = section.querySelector(".canvas");
    this.canvas = make("canvas", { tabindex: "0", role: "application", "aria-label": this.words.map, "aria-describedby": "map-howto" });
    this.paint = this.canvas.getContext("2d");
    this.said = liveRegion();
    this.frame.append(this.canvas, this.said, make("p", { class: "visually-hidden", id: "map-howto" }, this.words.howto));
    this.frame.hidden = false;
    this.labels = new Labels();
    this.camera = { k: 1, x: 0, y: 0 };
    this.side = Number(dataset.mapSide);
    this.box = dataset.mapBox.split(" ").map(Number);
    const drawnAs = JSON.parse(dataset.categories || "{}");
    this.categories = dataset.mapOrder.split(" ").map((key) => drawnAs[key]); // as tiles number them
    this.tiles = new Tiles({
      source: dataset.mapTiles,
      side: this.side,
      deepest: Number(dataset.mapDeepest),
      came: () => this.refresh(),
      failed: () => say(this, this.words.failed),
    });
    this.spots = [];
  }

  /** Read colours and shapes as the stylesheet says them now. */
  dress() {
    const { section } = this;
    const { tokens, system, read, done } = reader(section);
    const colours = this.categories.map(({ colour }) => read(`var(--${colour})`));
    done();
    const style = getComputedStyle(section);
    const fonts = { serif: style.getPropertyValue("--serif") || "serif", sans: style.getPropertyValue("--sans") || "sans-serif" };
    const shapes = this.categories.map(({ shape }) => shape);
    this.look = { tokens, system: system || forced(), colours, shapes, standings: section.dataset.mapStandingOrder.split(" "), ...fonts };
    this.refresh();
  }

  measure() {
    const { clientWidth, clientHeight } = this.frame;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    if (!clientWidth || (clientWidth === this.width && clientHeight === this.height && ratio === this.ratio)) return;
    Object.assign(this, { width: clientWidth, height: clientHeight, ratio });
    [this.canvas.width, this.canvas.height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    this.refresh();
  }

  /** The camera that shows everything. */
  whole = () => fitted(this.box, this.width, this.height, { margin: 40, nearest: 26 });

  refresh() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  at = ({ x, y }) => [x * this.camera.k + this.camera.x, y * this.camera.k + this.camera.y];

  draw() {
    const { paint, camera, ratio, width, height, look, labels, focus, hover, view } = this;
    if (!width || !look) return;
    const { things, ties, complete } = this.tiles.within(seenBox(camera, width, height, 60), camera.k);
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.fillStyle = look.tokens.paper;
    paint.fillRect(0, 0, width, height);
    this.land?.(paint, camera, { tokens: look.tokens, ratio, width, height });
    this.spots = things
      .map((thing) => {
        const [x, y] = this.at(thing);
        return { thing, x, y, radius: radiusOf(thing, camera.k, view) };
      })
      .sort((a, b) => b.thing.count - a.thing.count || a.thing.number - b.thing.number);
    paintDiscs(paint, { spots: this.spots, ties, at: this.at, look, labels, width, height, focus, hover, view });
    if (things.length && !this.painted) performance.mark("map-painted");
    this.painted ||= things.length > 0;
    if (complete && this.listens) this.section.dataset.mapReady = "";
  }

  /** What is at a pixel: the smallest that is there, or nothing. */
  find(px, py, pointer = "mouse") {
    let best = null;
    for (const spot of this.spots) {
      const away = Math.hypot(spot.x - px, spot.y - py);
      if (away < spot.radius + REACH[pointer] && (!best || spot.radius <= best.radius)) best = spot;
    }
    return best?.thing ?? null;
  }

  /** One thing in words: "Germany, 3,265 organisations". */
  spoken(thing) {
    return [thing.name || "…", thing.count > 1 ? counted(this.words.organisations, thing.count) : this.categories[thing.category].label].join(", ");
  }
}

function moving(map) {
  const chosen = window.d3.select(map.canvas);
  const zoom = window.d3
    .zoom()
    .clickDistance(5)
    .on("zoom", ({ transform: { k, x, y } }) => {
      map.camera = { k, x, y };
      map.refresh();
    });
  const to = ({ k, x, y }, quick) => {
    const there = window.d3.zoomIdentity.translate(x, y).scale(k);
    (quick || still() ? chosen : chosen.transition().duration(GLIDE)).call(zoom.transform, there);
  };
  const limit = () => {
    const half = map.side / 2;
    const { k } = map.whole();
    zoom.scaleExtent([k * 0.7, NEAREST[map.view]]).translateExtent([[-half * 1.4, -half * 1.4], [half * 1.4, half * 1.4]]);
  };
  const by = (factor) => (still() ? chosen : chosen.transition().duration(GLIDE)).call(zoom.scaleBy, factor);
  const around = (thing, k) => to({ k, x: map.width / 2 - thing.x * k, y: map.height / 2 - thing.y * k });
  chosen.call(zoom).on("dblclick.zoom", null);
  return { limit, to, around, nearer: () => by(2), farther: () => by(0.5), whole: () => to(map.whole()), into: (thing) => around(thing, Math.min(NEAREST[map.view], map.camera.k * OPENED)) }; // prettier-ignore
}

function pointed(map, open) {
  const spot = (event) => {
    const box = map.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top, event.pointerType || "mouse"];
  };
  let began = null;
  map.canvas.addEventListener("pointerdown", (event) => (began = [event.clientX, event.clientY]), { capture: true });
  map.canvas.addEventListener("pointerup", (event) => {
    if (!began || event.button || Math.hypot(event.clientX - began[0], event.clientY - began[1]) > 5) return;
    const thing = map.find(...spot(event));
    if (thing) open(thing);
  });
  map.canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return;
    const hover = map.find(...spot(event));
    map.canvas.classList.toggle("over", Boolean(hover));
    if (hover?.number === map.hover?.number) return;
    map.hover = hover;
    map.refresh();
  });
}

function typed(map, moves, open, close) {
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const known = {
    "+": moves.nearer,
    "=": moves.nearer,
    "-": moves.farther,
    Home: moves.whole,
    Enter: () => map.focus && open(map.focus, true),
    Escape: close,
  };
  map.canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (!way && !known[event.key]) return;
    event.preventDefault();
    if (!way) return known[event.key]();
    const next = nextThing(map, way);
    if (!next) return;
    map.focus = next;
    say(map, map.spoken(next));
    map.refresh();
  });
}

async function begin(section, signal) {
  const map = new Clustered(section);
  map.measure();
  map.dress();
  map.camera = map.whole();
  map.draw(); // asks for the first tiles
  if (map.view === "geography") {
    const { world } = await import("./world.js");
    map.land = await world(() => map.refresh());
  }
  const moves = moving(map);
  moves.limit();
  moves.to(map.camera, true);
  const { open, close } = shower(map, moves);
  pointed(map, open);
  typed(map, moves, open, close);
  map.listens = true;
  map.refresh();
  const button = (sign, label, does) => {
    const made = make("button", { type: "button", "aria-label": label, title: label }, sign);
    made.addEventListener("click", does);
    return made;
  };
  const { closer, farther, whole } = map.words;
  map.frame.append(make("div", { class: "controls" }, button("+", closer, moves.nearer), button("−", farther, moves.farther), button("⤢", whole, moves.whole)));
  const watch = new ResizeObserver(() => {
    map.measure();
    moves.limit();
  });
  watch.observe(map.frame);
  signal.addEventListener("abort", () => watch.disconnect());
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => map.dress(), { signal });
  }
}

const ready = () => (window.d3?.zoom ? Promise.resolve() : new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true })));

island(".partner-map[data-map-tiles]", (section) => {
  if (!section.querySelector(".canvas")) return undefined;
  const stop = new AbortController();
  ready()
    .then(() => stop.signal.aborted || begin(section, stop.signal))
    .catch((error) => {
      console.info(error);
      section.querySelector(".canvas").remove(); // the table says the same
    });
  return () => stop.abort();
});
