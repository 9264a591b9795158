/** What a map looks like: the picture (land, hulls, links, marks), the names and the rings. */
import { RICH, LinkPen, linkBatches } from "./links.js";
import { TRIED } from "./labels.js";
import { MarkPen, markBatches } from "./nodes.js";
import { reachOf } from "./marks.js";
import { leastRadius, markScale, seenBox } from "./camera.js";

const COVERING = 3.2; // pixels: smaller marks may stand under a name
const NAMES = 120; // at most so many at once
const APART_NAMED = 14; // pixels to the unit, from which those without a place are named

/** Everything about how a scene is drawn that changes less often than the camera. */
export class Painter {
  constructor(stage) {
    this.stage = stage;
  }

  /** Read colours, sizes and shapes anew. */
  dress({ tokens, colouring, radii, shapes, serif }) {
    const { scene } = this.stage;
    Object.assign(this, { tokens, colouring, radii, shapes });
    this.batches = markBatches(scene, colouring, shapes);
    this.linkBatches = linkBatches(scene);
    this.fonts = {
      usual: `500 12.5px ${serif}`,
      large: `600 14.5px ${serif}`,
      hull: `italic 600 14px ${serif}`,
      note: `italic 500 14px ${serif}`,
    };
  }

  get least() {
    return leastRadius(this.stage.scene.count, this.stage);
  }

  pens(paint, camera) {
    const { place, width, height, ratio } = this.stage;
    return {
      links: new LinkPen(paint, camera, place, width, height),
      marks: new MarkPen(
        paint,
        camera,
        place,
        this.radii,
        { scale: markScale(camera.k), least: this.least, ratio },
        width,
        height,
      ),
    };
  }

  /** Draw the whole picture at the camera; gives how much there was in view. */
  picture(paint, camera, { moving = false } = {}) {
    const { stage, tokens } = this;
    const { scene, shown, tieShown, width, height, without, apart, ratio } = stage;
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.clearRect(0, 0, width, height);
    stage.ground?.(paint, camera);
    if (stage.hullsShown) stage.hulls?.paint(paint, camera);

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
      const crowded = rich ? 1 : Math.min(1.4, Math.max(0.45, 6500 / (inView + 2500))) * (ratio > 1 ? 1.5 : 1);
      for (const batch of this.linkBatches) {
        const strength = crowded * stage.tieStrength;
        links.stroke(scene, batch, { colour: tokens.link, rich, shows: tied, pixel, strength });
        if (rich) links.arrows(scene, batch, { colour: tokens.link, shows: tied, strength: stage.tieStrength });
      }
    }
    const large = this.batches.map((batch) => ({ ...batch, nodes: marks.dots(batch, shows) }));
    for (const batch of large) {
      marks.shapes(batch, shows, tokens.paper);
      marks.staleness(scene, batch.nodes, batch.shape, shows, tokens.quiet);
      if (stage.drawing) marks.pins(batch.nodes, shows, scene.pinned, tokens.paper);
      if (stage.hiddenToo) marks.struck(batch, shows, scene.hidden, tokens);
    }
    return inView + scene.count;
  }

  /** About how many links are in view. */
  linksInView(camera) {
    const { scene, place, tieShown, width, height } = this.stage;
    const { source, target, tieCount } = scene;
    const [left, top, right, bottom] = seenBox(camera, width, height);
    let sum = 0;
    for (let tie = 0; tie < tieCount; tie += 1) {
      if (!tieShown[tie]) continue;
      const from = source[tie];
      const to = target[tie];
      const ax = place.x[from];
      const bx = place.x[to];
      if ((ax < left && bx < left) || (ax > right && bx > right)) continue;
      const ay = place.y[from];
      const by = place.y[to];
      if ((ay < top && by < top) || (ay > bottom && by > bottom)) continue;
      sum += 1;
    }
    return sum;
  }

  /** Find places for the names: `first` whatever it takes, then hulls, then by importance, or only what is `lit`. */
  placeNames(paint, camera, labels, { first = [], lit = null } = {}) {
    const { stage, fonts, tokens } = this;
    const { scene, place, shown, width, height, gathers } = stage;
    labels.clear(width, height);
    labels.avoid(stage.obstacles);
    const seen = [];
    const at = (i) => [place.x[i] * camera.k + camera.x, place.y[i] * camera.k + camera.y];
    const { least, radii } = this;
    const scale = markScale(camera.k);
    for (const i of scene.important) {
      if (!shown[i] || (lit && !lit.has(i))) continue;
      const radius = Math.max(least, radii[i] * scale);
      if (radius < COVERING && seen.length >= TRIED) continue;
      const x = place.x[i] * camera.k + camera.x;
      const y = place.y[i] * camera.k + camera.y;
      if (x < 0 || y < 0 || x > width || y > height) continue;
      if (radius >= COVERING) labels.cover(x, y, radius);
      if (seen.length < TRIED) seen.push([i, x, y, radius]);
    }
    const put = (i, x, y, radius, must) => {
      const text = scene.names[i];
      if (!text || (!must && stage.apart?.[i] && camera.k < APART_NAMED)) return true;
      const large = gathers.has(scene.categories[scene.category[i]]) || (must && first.length < 3);
      const ringed = stage.selected.has(i) || (must && stage.focusSeen);
      const reach = reachOf(this.shapes[scene.category[i]], radius);
      const desired = scene.standings[scene.standing[i]] === "desired";
      const colour = (desired && !must) || scene.hidden[i] ? tokens.quiet : tokens.ink;
      return labels.put(paint, {
        text,
        x,
        y,
        radius: ringed ? reach + 6 : reach,
        font: large ? fonts.large : fonts.usual,
        colour,
        whole: must,
        must: must || large,
        tag: i,
      });
    };
    for (const i of first) put(i, ...at(i), stage.radiusOf(i), true);
    const hulls = stage.hullsShown && !lit ? stage.hulls : null;
    hulls?.name(paint, camera, labels, new Set(seen.map(([i]) => i)));
    for (const [i, x, y, radius] of seen) {
      if (!first.includes(i) && !put(i, x, y, radius, false)) hulls?.instead(paint, camera, labels, i);
      if (labels.placed.length > NAMES) break;
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
