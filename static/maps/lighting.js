/** What is not needed for the first frame: hulls, notes, and what stands out when it is pointed at. */
import { still } from "../frame.js";
import { hullOf } from "./hulls.js";
import { paintNotes } from "./notes.js";
import { LIGHT } from "./stage.js";
import { paintParts, partsOf } from "./parts.js";

const NAMED = 70; // pixels: a smaller hull is not named
const FADE = 130; // milliseconds
const COMES = 280; // milliseconds in which the hulls come, in a map that is light enough for it
const VEIL = { hover: 0.8, selected: 0.74, abroad: 0.5, drawing: 0.45 };

/** The soft hulls of a stage's groups, made when first needed and after things moved. */
class Hulls {
  constructor(stage) {
    this.stage = stage;
    this.made = null;
    this.begun = null;
  }

  /** How much there is of them yet. */
  strength() {
    if (still() || this.stage.weight > LIGHT) return 1;
    this.begun ??= performance.now();
    const share = Math.min(1, (performance.now() - this.begun) / COMES);
    if (share < 1) requestAnimationFrame(() => this.stage.redraw());
    return share;
  }

  list() {
    const { scene, place, shown, painter } = this.stage;
    const { hues } = painter.tokens;
    this.made ??= scene.groups
      .map((group, order) => {
        const members = group.members.filter((i) => shown[i]);
        const hull = members.length > 1 ? hullOf(place.x, place.y, members) : null;
        return hull && { ...hull, group, hue: order % hues.length };
      })
      .filter(Boolean)
      .sort((a, b) => b.group.members.length - a.group.members.length);
    return this.made;
  }

  paint(paint, { k, x, y }) {
    const { ratio, painter } = this.stage;
    const { hues } = painter.tokens;
    const come = this.strength();
    const hullStrength = painter.tokens.hullStrength * come;
    paint.save();
    paint.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    paint.lineJoin = "round";
    for (const { path, hue, group } of this.list()) {
      paint.fillStyle = hues[hue];
      paint.strokeStyle = hues[hue];
      paint.globalAlpha = hullStrength;
      paint.fill(path);
      paint.globalAlpha = hullStrength * 0.55;
      paint.lineWidth = Math.min(12, 1.2 * k) / k;
      paint.stroke(path);
      paint.globalAlpha = (group.drawn ? 0.6 : 0.3) * come;
      paint.lineWidth = 1 / k;
      if (group.drawn) paint.setLineDash([6 / k, 4 / k]);
      paint.stroke(path);
      paint.setLineDash([]);
    }
    paint.restore();
  }

  /** Name the hulls, unless an organisation in view says the same name. */
  name(paint, camera, labels, seen) {
    for (const hull of this.list()) {
      const said = hull.group.members.some((i) => seen.has(i) && this.says(i, hull));
      if (!said) this.put(paint, camera, labels, hull);
    }
  }

  /** Name the hulls whose name an organisation was to say, and had no room for. */
  instead(paint, camera, labels, i) {
    for (const hull of this.list()) if (this.says(i, hull)) this.put(paint, camera, labels, hull);
  }

  says = (i, { group }) => this.stage.scene.names[i] === group.name && group.members.includes(i);

  /** Write the name of a hull that is large enough: above it, else below or within. */
  put(paint, camera, labels, hull) {
    const { group, box, hue } = hull;
    const { fonts, tokens } = this.stage.painter;
    if (Math.max(box[2] - box[0], box[3] - box[1]) * camera.k < NAMED && !group.drawn) return;
    const looks = { text: group.name, font: fonts.hull, colour: tokens.hues[hue], spacing: 0.3 };
    spots(hull, camera, labels).some(([x, y]) => labels.name(paint, { x, y, ...looks }));
  }
}

/** Where the name of a hull may stand, in pixels: above, below, and in the middle of what is seen of it. */
function spots({ box, top }, { k, x, y }, { width, height }) {
  const [left, right] = [Math.max(0, box[0] * k + x), Math.min(width, box[2] * k + x)];
  const [upper, lower] = [Math.max(0, box[1] * k + y), Math.min(height, box[3] * k + y)];
  const [across, down] = [(left + right) / 2, (upper + lower) / 2];
  return [
    [top[0] * k + x, top[1] * k + y - 3],
    [across, box[3] * k + y + 3],
    [across, upper + 12],
    [across, lower - 12],
    [across, down],
  ];
}

/** What stands out of all the rest, and how much the rest fades. */
class Lights {
  constructor(stage) {
    this.stage = stage;
    this.veil = 0;
    this.stood = null;
  }

  /** What stands out now: { centres, lit, strength }; null when nothing does. */
  standing() {
    const { hover, busy, carrying, selected, drawing, ground, scene } = this.stage;
    const pointed = hover >= 0 && !busy && !carrying;
    if (!pointed && (!selected.size || drawing)) return null;
    const centres = pointed ? new Set([hover]) : selected;
    const known = this.stood;
    if (known && known.centres.size === centres.size && [...centres].every((i) => known.centres.has(i))) return known;
    const lit = new Set();
    for (const i of centres) for (const other of scene.neighbourhood(i)) lit.add(other);
    return { centres, lit, strength: VEIL[ground ? "abroad" : drawing ? "drawing" : pointed ? "hover" : "selected"] };
  }

  /** Go on fading towards a strength; asks for another frame until it is there. */
  fade(time, wanted) {
    const passed = Math.min(48, time - (this.fadedAt ?? time));
    this.fadedAt = time;
    if (still()) this.veil = wanted;
    else this.veil += Math.max(-passed / FADE, Math.min(passed / FADE, wanted - this.veil));
    if (Math.abs(this.veil - wanted) > 0.01) this.stage.refresh();
    else {
      this.veil = wanted;
      this.fadedAt = undefined;
    }
  }

  /** Paint it; gives what is lit, once the rest has faded enough that only its names are to be seen. */
  paint(paint, camera, time) {
    const { stage } = this;
    const { painter, width, height, ground } = stage;
    const standing = this.standing();
    this.fade(time, standing?.strength ?? 0);
    if (standing) this.stood = standing;
    if (this.stood && this.veil) {
      paint.globalAlpha = this.veil;
      paint.fillStyle = ground ? painter.tokens.sea : painter.tokens.paper;
      paint.fillRect(0, 0, width, height);
      paint.globalAlpha = 1;
      this.stood.parts ??= partsOf(painter, this.stood.lit, this.stood.centres);
      paintParts(painter, paint, camera, this.stood.parts, painter.tokens.ink, 1.25);
    }
    if (!ground && stage.scene.notes.length) paintNotes(paint, camera, stage.scene, painter);
    return standing && this.veil > 0.35 ? standing.lit : null;
  }

  forget() {
    this.stood = null;
  }
}

/** Light a stage whose first frame is painted. */
export function lighting(stage) {
  stage.hulls = new Hulls(stage);
  stage.lights = new Lights(stage);
  stage.redraw();
}
