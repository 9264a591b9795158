/** What a map looks like: the picture (land, hulls, links, marks), what is lit above it, names and rings. */
import { RICH, LinkPen, linkBatches } from "./links.js";
import { TRIED } from "./labels.js";
import { MarkPen, markBatches } from "./nodes.js";
import { reachOf } from "./marks.js";
import { leastRadius, markScale, seenBox } from "./camera.js";
import { hullOf } from "./hulls.js";
import { paintParts, partsOf } from "./parts.js";

const COVERING = 3.2; // pixels: smaller marks may stand under a name
const LATER = 1000; // organisations: in a larger scene the hulls come with the second frame
const NAMES = 120; // at most so many at once
const NAMED_HULL = 70; // pixels: a smaller hull is not named

/** Everything about how a scene is drawn that changes less often than the camera. */
export class Painter {
  constructor(stage) {
    this.stage = stage;
    this.hulls = null;
  }

  /** Read colours, sizes and shapes anew. */
  dress({ tokens, colouring, radii, shapes, serif }) {
    const { scene } = this.stage;
    Object.assign(this, { tokens, colouring, radii, shapes, least: leastRadius(scene.count, this.stage) });
    this.batches = markBatches(scene, colouring, shapes);
    this.linkBatches = linkBatches(scene);
    this.fonts = { usual: `500 12.5px ${serif}`, large: `600 14.5px ${serif}`, hull: `italic 600 14px ${serif}`, note: `italic 500 14px ${serif}` };
  }

  /** The hulls of the groups that have two members in view, made when first needed and after things moved. */
  groupHulls() {
    const { scene, place, shown } = this.stage;
    this.hulls ??= scene.groups
      .map((group, order) => {
        const members = group.members.filter((i) => shown[i]);
        const hull = members.length > 1 ? hullOf(place.x, place.y, members) : null;
        return hull && { ...hull, group, colour: this.tokens.hues[order % this.tokens.hues.length] };
      })
      .filter(Boolean)
      .sort((a, b) => b.group.members.length - a.group.members.length);
    return this.hulls;
  }

  pens(paint, camera) {
    const { place, width, height } = this.stage;
    return {
      links: new LinkPen(paint, camera, place, width, height),
      marks: new MarkPen(paint, camera, place, this.radii, { scale: markScale(camera.k), least: this.least }, width, height),
    };
  }

  /** Draw the whole picture at the camera; gives how much there was in view. */
  picture(paint, camera, { moving = false } = {}) {
    const { stage, tokens } = this;
    const { scene, shown, tieShown, width, height, without, apart, ratio } = stage;
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.clearRect(0, 0, width, height);
    stage.ground?.(paint, camera);
    if (stage.hullsShown) this.paintHulls(paint, camera);

    const shows = without.size ? (i) => shown[i] && !without.has(i) : (i) => shown[i];
    const { source, target } = scene;
    const left = without.size || apart;
    const out = (i) => without.has(i) || apart?.[i];
    const tied = (tie) => tieShown[tie] && !(left && (out(source[tie]) || out(target[tie])));
    const { links, marks } = this.pens(paint, camera);
    const inView = this.linksInView(camera);
    const rich = inView <= RICH;
    const pixel = 1 / ratio;
    if (!(moving && inView > RICH * 3)) {
      const crowded = rich ? 1 : Math.min(1.5, Math.max(0.75, 9000 / (inView + 3000))) * (ratio > 1 ? 1.5 : 1);
      for (const batch of this.linkBatches) {
        const strength = crowded * stage.tieStrength;
        links.stroke(scene, batch, { colour: tokens.link, rich, shows: tied, pixel, strength });
        if (rich) links.arrows(scene, batch, { colour: tokens.link, shows: tied, strength: stage.tieStrength });
      }
    }
    for (const batch of this.batches) marks.dots(batch, shows);
    for (const batch of this.batches) {
      marks.shapes(batch, shows, tokens.paper);
      marks.staleness(scene, batch.nodes, batch.shape, shows, tokens.quiet);
      if (stage.drawing) marks.pins(batch.nodes, shows, scene.pinned, tokens.paper);
    }
    return inView + scene.count;
  }

  /** About how many links are in view. */
  linksInView(camera) {
    const { scene, place, tieShown, width, height } = this.stage;
    const [left, top, right, bottom] = seenBox(camera, width, height);
    let sum = 0;
    for (let tie = 0; tie < scene.tieCount; tie += 1) {
      if (!tieShown[tie]) continue;
      const [from, to] = [scene.source[tie], scene.target[tie]];
      const [ax, ay, bx, by] = [place.x[from], place.y[from], place.x[to], place.y[to]];
      if ((ax < left && bx < left) || (ax > right && bx > right) || (ay < top && by < top) || (ay > bottom && by > bottom)) continue;
      sum += 1;
    }
    return sum;
  }

  paintHulls(paint, { k, x, y }) {
    if (!this.stage.painted && this.stage.scene.count > LATER) return void setTimeout(() => this.stage.redraw());
    const { ratio } = this.stage;
    paint.save();
    paint.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    paint.lineJoin = "round";
    for (const { path, colour, group } of this.groupHulls()) {
      paint.fillStyle = colour;
      paint.strokeStyle = colour;
      paint.globalAlpha = this.tokens.hullStrength;
      paint.fill(path);
      paint.globalAlpha = this.tokens.hullStrength * 0.55;
      paint.lineWidth = Math.min(12, 1.2 * k) / k;
      paint.stroke(path);
      paint.globalAlpha = group.drawn ? 0.6 : 0.3;
      paint.lineWidth = 1 / k;
      if (group.drawn) paint.setLineDash([6 / k, 4 / k]);
      paint.stroke(path);
      paint.setLineDash([]);
    }
    paint.restore();
  }

  /** Fade all but a part of the map: what is lit, with the links that start or end at one of `centres`. */
  emphasis(paint, camera, standing, strength) {
    const { width, height, ground } = this.stage;
    paint.globalAlpha = strength;
    paint.fillStyle = ground ? this.tokens.sea : this.tokens.paper;
    paint.fillRect(0, 0, width, height);
    paint.globalAlpha = 1;
    standing.parts ??= partsOf(this, standing.lit, standing.centres);
    paintParts(this, paint, camera, standing.parts, this.tokens.ink, 1.25);
  }

  /** The part of the map that is carried: some organisations with their links. */
  parts = (chosen) => partsOf(this, chosen);

  lifted(paint, camera, parts) {
    if (parts) paintParts(this, paint, camera, parts, this.tokens.link, 1);
  }

  /** Find places for the names: `first` whatever it takes, then hulls, then by importance, or only what is `lit`. */
  placeNames(paint, camera, labels, { first = [], lit = null } = {}) {
    const { stage, fonts, tokens } = this;
    const { scene, place, shown, width, height, gathers } = stage;
    labels.clear(width, height);
    const seen = [];
    const at = (i) => [place.x[i] * camera.k + camera.x, place.y[i] * camera.k + camera.y];
    for (const i of scene.important) {
      if (!shown[i] || (lit && !lit.has(i))) continue;
      const [x, y] = at(i);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const radius = stage.radiusOf(i);
      if (radius >= COVERING) labels.cover(x, y, radius);
      if (seen.length < TRIED) seen.push([i, x, y, radius]);
    }
    const put = (i, x, y, radius, must) => {
      const text = scene.names[i];
      if (!text) return;
      const large = gathers.has(scene.categories[scene.category[i]]) || must;
      const reach = reachOf(this.shapes[scene.category[i]], radius);
      const desired = scene.standings[scene.standing[i]] === "desired";
      const colour = desired && !must ? tokens.quiet : tokens.ink;
      labels.put(paint, { text, x, y, radius: reach, font: large ? fonts.large : fonts.usual, colour, whole: must, must: large, tag: i });
    };
    for (const i of first) put(i, ...at(i), stage.radiusOf(i), true);
    if (stage.hullsShown && !lit) this.nameHulls(paint, camera, labels);
    for (const [i, x, y, radius] of seen) {
      if (!first.includes(i)) put(i, x, y, radius, false);
      if (labels.placed.length > NAMES) break;
    }
  }

  nameHulls(paint, { k, x, y }, labels) {
    const { scene, shown } = this.stage;
    for (const { group, box, top, colour } of this.groupHulls()) {
      const spoken = group.members.some((i) => shown[i] && scene.names[i] === group.name);
      if (spoken || (box[2] - box[0]) * k < NAMED_HULL) continue;
      labels.name(paint, { text: group.name, x: top[0] * k + x, y: top[1] * k + y - 3, font: this.fonts.hull, colour, spacing: 0.3 });
    }
  }

  /** A ring around an organisation's mark. */
  ring(paint, i, { away = 4, line = 2.5, colour = this.tokens.ring, dash = [] } = {}) {
    const { stage, shapes } = this;
    const reach = reachOf(shapes[stage.scene.category[i]], stage.radiusOf(i));
    paint.beginPath();
    paint.arc(...stage.at(i), reach + away, 0, 2 * Math.PI);
    paint.setLineDash(dash);
    paint.lineWidth = line;
    paint.strokeStyle = colour;
    paint.stroke();
    paint.setLineDash([]);
  }
}
