/** Three equal views of one scene: by ties, by place, and as a table; the address says which. */
import { readdress } from "./address.js";
import { fitted, boxOf } from "./camera.js";
import { geography } from "./geography.js";
import { glide } from "./gliding.js";
import { RICH } from "./links.js";
import { say } from "./saying.js";

const FAINT = { few: 0.55, many: 0.25 }; // how strong links are over the world
const LEAST_WORLD = 0.12; // how much of the world is shown at least

export function views(page, moves) {
  const { stage, section, frame, words } = page;
  const links = [...section.querySelectorAll("a[data-map-view]")];
  let world = null;
  const faint = stage.scene.tieCount > RICH ? FAINT.many : FAINT.few;

  const bare = () => ({ x: stage.scene.x, y: stage.scene.y });
  const wholeOf = (place, least) => {
    const box = boxOf(place.x, place.y, stage.scene.count, stage.shown);
    if (!box || !least) return fitted(box, stage.width, stage.height);
    const wide = Math.max(0, (least[2] - least[0]) * LEAST_WORLD - (box[2] - box[0])) / 2;
    return fitted([box[0] - wide, box[1] - wide / 2, box[2] + wide, box[3] + wide / 2], stage.width, stage.height, {
      margin: 28,
      nearest: 60,
    });
  };
  const arrive = () => {
    settle(); // who came meanwhile
    moves.limits();
    stage.tell("places");
    stage.reshape();
    const [alone, ...more] = stage.selected;
    if (alone !== undefined && !more.length) moves.reveal(alone);
  };

  async function toGeography() {
    world ??= await geography(page);
    page.earth = world;
    const there = world.arranged();
    stage.hullsShown = false;
    stage.apart = there.apart;
    stage.whole = () => wholeOf(stage.place, world.world);
    await glide(stage, there, wholeOf(there, world.world), moves, (share) => {
      stage.ground = (paint, camera) => world.paint(paint, camera, share);
      stage.tieStrength = 1 - (1 - faint) * share;
    });
  }
  async function toGraph() {
    const there = bare();
    stage.apart = null;
    stage.whole = () => wholeOf(stage.place);
    await glide(stage, there, wholeOf(there), moves, (share) => {
      stage.ground = share < 1 && world ? (paint, camera) => world.paint(paint, camera, 1 - share) : null;
      stage.tieStrength = faint + (1 - faint) * share;
    });
    if (stage.hulls) stage.hulls.begun = null;
    stage.hullsShown = true;
  }

  /** Go to a view; without moving when nothing is to be seen of it. */
  async function go(view, { step = true } = {}) {
    const before = stage.view;
    stage.view = view;
    section.dataset.mapView = view;
    for (const link of links) {
      if (link.dataset.mapView === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (step) readdress(page, { view }, { step: true });
    frame.hidden = view === "table";
    if (view === "table") return;
    const sized = stage.width;
    stage.measure();
    if (!sized) moves.to(stage.whole(), true);
    if (view === before && stage.painted) return;
    try {
      await (view === "geography" ? toGeography() : stage.ground ? toGraph() : null);
      arrive();
    } catch (error) {
      console.info(error);
      say(page, words.failed);
      if (view === "geography") go("graph", { step: false });
    }
  }

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(link.dataset.mapView);
    });
  }
  const shownFirst = section.dataset.mapView;
  const back = () => go(new URL(location.href).searchParams.get("view") ?? shownFirst, { step: false });
  if (shownFirst === "geography") go("geography", { step: false });
  /** Take up the columns of the scene again: they are others once it has grown. */
  const settle = () => {
    if (stage.gliding) return;
    if (stage.view !== "geography") {
      stage.place = bare();
    } else if (world) {
      stage.place = world.arranged();
      stage.apart = stage.place.apart;
    }
  };
  return { go, back, settle };
}
