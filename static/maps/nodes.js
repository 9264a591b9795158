/** Organisations, drawn in few strokes: one path for each colour, shape and standing. */
import { growsEvenly, reachOf, traceOf } from "./marks.js";

const PIECE = 40; // marks in one path: a longer one is slow to fill
const SPECK = 1.5; // pixels of the screen: of smaller dots nobody sees the corners
const DOT = 2.7; // pixels: smaller marks are dots, whatever their shape
const RIM = 1.3; // pixels of paper around a mark
const RINGED = 5.5; // pixels: from here on a ring tells how fresh a mark is

/** How a standing looks: how full the mark is, and what goes around it. */
const STANDINGS = {
  desired: { full: 0.1, line: 1.4, dash: [2.6, 2.4] },
  in_conversation: { full: 0.32, line: 1.5, dash: [] },
  current: { full: 1, line: 0, dash: [] },
  paused: { full: 0.5, line: 0, dash: [] },
  ended: { full: 0, line: 1.1, dash: [] },
};
const STALE = new Set(["stale", "never"]);

export const standingLook = (standing) => STANDINGS[standing] ?? STANDINGS.current;

/**
 * The organisations of a scene by how they are drawn, what gathers others on top: [{ colour, shape, look, nodes }]. Its
 * `of` says in which place each organisation is.
 */
export function markBatches(scene, { of, key }, shapes) {
  const batches = new Map();
  for (let i = 0; i < scene.count; i += 1) {
    const signature = (scene.category[i] * 64 + of[i]) * 8 + scene.standing[i];
    let batch = batches.get(signature);
    if (!batch) {
      const shape = shapes[scene.category[i]];
      const look = standingLook(scene.standings[scene.standing[i]]);
      batch = {
        colour: key[of[i]]?.colour ?? "gray",
        shape,
        look,
        nodes: [],
        order: scene.category[i] * 8 + (look.full ? 1 : 0),
      };
      batches.set(signature, batch);
    }
    batch.nodes.push(i);
  }
  const sorted = [...batches.values()].sort((a, b) => a.order - b.order);
  sorted.of = new Uint16Array(scene.count);
  sorted.forEach(({ nodes }, place) => nodes.forEach((i) => (sorted.of[i] = place)));
  return sorted;
}

export class MarkPen {
  constructor(paint, { k, x, y }, place, radii, { scale, least, ratio }, width, height) {
    Object.assign(this, { paint, k, x, y, place, radii, scale, least, width, height, speck: SPECK / ratio });
  }

  radius = (i) => Math.max(this.least, this.radii[i] * this.scale);

  /** Call `draw(x, y, radius)` for the marks of a batch that are in view, and `close` after so many and at the end. */
  each(nodes, shows, wanted, draw, close) {
    const { k, x, y, place, width, height } = this;
    let pending = 0;
    for (const i of nodes) {
      if (!shows(i)) continue;
      const radius = this.radius(i);
      if (!wanted(radius, i)) continue;
      const px = place.x[i] * k + x;
      const py = place.y[i] * k + y;
      if (px < -radius || py < -radius || px > width + radius || py > height + radius) continue;
      draw(px, py, radius);
      pending += 1;
      if (close && pending === PIECE) {
        close();
        pending = 0;
      }
    }
    if (close && pending) close();
  }

  /** Dots for the marks of a batch that are too small for a shape; gives the others. */
  dots({ nodes, colour, look }, shows) {
    const { paint, speck } = this;
    const large = [];
    paint.fillStyle = colour;
    paint.globalAlpha = look.full > 0.4 ? look.full : 0.45;
    this.each(
      nodes,
      shows,
      (radius, i) => radius < DOT || !large.push(i),
      (x, y, radius) => {
        const half = radius * (radius < speck ? 0.79 : 0.875);
        const inset = radius < speck ? 0 : half * 0.44;
        paint.fillRect(x - half + inset, y - half, 2 * (half - inset), 2 * half);
        if (inset) paint.fillRect(x - half, y - half + inset, 2 * half, 2 * (half - inset));
      },
    );
    paint.globalAlpha = 1;
    return large;
  }

  /** The shapes of a batch: a rim of paper, the colour as full as the standing says, and its line. */
  shapes({ nodes, colour, shape, look }, shows, paper) {
    const { paint } = this;
    const trace = traceOf(shape);
    const large = (radius) => radius >= DOT;
    const pass = (grown, finish) => {
      paint.beginPath();
      this.each(
        nodes,
        shows,
        large,
        (x, y, radius) => trace(paint, x, y, radius + grown),
        () => {
          finish();
          paint.beginPath();
        },
      );
    };
    paint.lineJoin = "round";
    paint.setLineDash([]);
    paint.fillStyle = paper;
    paint.strokeStyle = paper;
    paint.lineWidth = 2 * RIM;
    if (growsEvenly(shape)) pass(RIM, () => paint.fill());
    else
      pass(0, () => {
        paint.stroke();
        if (look.full < 1) paint.fill();
      });
    if (look.full) {
      paint.fillStyle = colour;
      paint.globalAlpha = look.full;
      pass(look.line ? -look.line / 2 : 0, () => paint.fill());
      paint.globalAlpha = 1;
    }
    if (look.line) {
      paint.strokeStyle = colour;
      paint.lineWidth = look.line;
      paint.setLineDash(look.dash);
      pass(-look.line / 2, () => paint.stroke());
      paint.setLineDash([]);
    }
  }

  /** A dotted ring around what nobody confirmed for long. */
  staleness(scene, nodes, shape, shows, colour) {
    const { paint } = this;
    const old = scene.freshnesses.map((name) => STALE.has(name));
    paint.strokeStyle = colour;
    paint.lineWidth = 1.3;
    paint.lineCap = "round";
    paint.setLineDash([0.1, 3.6]);
    paint.globalAlpha = 0.8;
    paint.beginPath();
    const wanted = (radius, i) => radius >= RINGED && old[scene.freshness[i]];
    this.each(nodes, shows, wanted, (x, y, radius) => {
      const ring = reachOf(shape, radius) + 3.6;
      paint.moveTo(x + ring, y);
      paint.arc(x, y, ring, 0, 2 * Math.PI);
    });
    paint.stroke();
    paint.setLineDash([]);
    paint.lineCap = "butt";
    paint.globalAlpha = 1;
  }

  /** Marks that are hidden by hand, where they are shown nevertheless: faint, with a stroke through them. */
  struck({ nodes, shape }, shows, hidden, { paper, quiet }) {
    const { paint } = this;
    const each = (draw, close) => this.each(nodes, (i) => hidden[i] && shows(i), () => true, draw, close);
    paint.fillStyle = paper;
    paint.globalAlpha = 0.7;
    paint.beginPath();
    each((x, y, radius) => {
      paint.moveTo(x + reachOf(shape, radius) + 1.5, y);
      paint.arc(x, y, reachOf(shape, radius) + 1.5, 0, 2 * Math.PI);
    });
    paint.fill();
    paint.globalAlpha = 1;
    paint.strokeStyle = quiet;
    paint.lineWidth = 1.8;
    paint.setLineDash([]);
    paint.beginPath();
    each((x, y, radius) => {
      const reach = reachOf(shape, radius) * 0.8 + 2;
      paint.moveTo(x - reach, y + reach);
      paint.lineTo(x + reach, y - reach);
    });
    paint.stroke();
  }

  /** A small hole in each mark that is pinned. */
  pins(nodes, shows, pinned, paper) {
    this.paint.fillStyle = paper;
    this.paint.beginPath();
    this.each(
      nodes,
      shows,
      (radius, i) => radius >= RINGED && pinned[i],
      (x, y, radius) => {
        this.paint.moveTo(x + radius * 0.28, y);
        this.paint.arc(x, y, radius * 0.28, 0, 2 * Math.PI);
      },
    );
    this.paint.fill();
  }
}
