/** What clusters look like: soft discs with their numbers, a ring of their categories, and lines between them. */
import { markScale } from "./camera.js";
import { standingLook } from "./nodes.js";
import { reachOf, traceOf } from "./marks.js";

const ROOM = 0.6; // map units: an organisation's share of the radius of a circle of them, as the server places them
const [LEAST, MOST] = [6, 34]; // pixels: the radius of a cluster on the world
const HEAVIEST = { graph: 260, geography: 140 }; // ties in view
const NUMBERED = 9; // pixels: a smaller disc has no number inside
const NAMES = 90;
const TURN = 2 * Math.PI;

/** How large a thing is drawn, in pixels. */
export function radiusOf({ count }, k, view) {
  if (count === 1) return Math.max(3.4, Math.min(9, 0.5 * markScale(k)));
  const packed = ROOM * Math.sqrt(count) * 0.94 * k;
  return view === "graph" ? Math.max(4.5, packed) : Math.max(LEAST, Math.min(MOST, 4.5 + 0.55 * Math.sqrt(count)));
}

/** A number in few letters: 3.3K. */
const short = new Intl.NumberFormat(document.documentElement.lang || "en", { notation: "compact", maximumFractionDigits: 1 });

function ring(paint, x, y, radius, shares, colours) {
  const whole = shares.reduce((sum, share) => sum + share, 0) || 1;
  let angle = -TURN / 4;
  paint.lineWidth = Math.max(1.5, Math.min(4, radius * 0.14));
  shares.forEach((share, place) => {
    if (!share) return;
    const next = angle + (TURN * share) / whole;
    paint.strokeStyle = colours[place];
    paint.beginPath();
    paint.arc(x, y, radius, angle, next);
    paint.stroke();
    angle = next;
  });
}

function disc(paint, thing, { x, y, radius }, look) {
  const main = thing.shares.indexOf(Math.max(...thing.shares));
  paint.fillStyle = look.tokens.paper;
  paint.globalAlpha = 0.72;
  paint.beginPath();
  paint.arc(x, y, radius, 0, TURN);
  paint.fill();
  paint.fillStyle = look.colours[main];
  paint.globalAlpha = look.system ? 0 : 0.14;
  paint.fill();
  paint.globalAlpha = 1;
  ring(paint, x, y, radius, thing.shares, look.colours);
}

function mark(paint, thing, { x, y, radius }, look) {
  const shape = look.shapes[thing.category];
  const { full, line, dash } = standingLook(look.standings[thing.standing]);
  paint.beginPath();
  traceOf(shape)(paint, x, y, radius);
  paint.strokeStyle = look.tokens.paper;
  paint.lineWidth = 2.4;
  paint.stroke();
  paint.fillStyle = look.colours[thing.category];
  paint.globalAlpha = full;
  paint.fill();
  paint.globalAlpha = 1;
  if (!line) return;
  paint.strokeStyle = look.colours[thing.category];
  paint.lineWidth = line;
  paint.setLineDash(dash);
  paint.stroke();
  paint.setLineDash([]);
}

function lines(paint, ties, at, { tokens }, view) {
  paint.strokeStyle = tokens.link;
  const heaviest = [...ties].sort((a, b) => b.weight - a.weight).slice(0, HEAVIEST[view]);
  for (const { from, to, weight } of heaviest) {
    const [ax, ay] = at(from);
    const [bx, by] = at(to);
    paint.lineWidth = Math.min(5, 0.5 + Math.log2(weight) * 0.5);
    paint.globalAlpha = Math.min(0.24, 0.1 + 0.02 * Math.log2(weight));
    paint.beginPath();
    paint.moveTo(ax, ay);
    paint.quadraticCurveTo((ax + bx) / 2 + (by - ay) * 0.08, (ay + by) / 2 - (bx - ax) * 0.08, bx, by);
    paint.stroke();
  }
  paint.globalAlpha = 1;
}

/** Draw all of it: `spots` are the things with {x, y, radius} in pixels, the largest first. */
export function paintDiscs(paint, { spots, ties, at, look, labels, width, height, focus, hover, view }) {
  lines(paint, ties, at, look, view);
  for (const spot of spots) (spot.thing.count > 1 ? disc : mark)(paint, spot.thing, spot, look);
  for (const [thing, colour] of [[hover, look.tokens.ink], [focus, look.tokens.ring]]) {
    const spot = thing && spots.find((one) => one.thing.number === thing.number);
    if (!spot) continue;
    paint.strokeStyle = colour;
    paint.lineWidth = 2.5;
    paint.beginPath();
    paint.arc(spot.x, spot.y, reachOf(look.shapes[spot.thing.category], spot.radius) + 4, 0, TURN);
    paint.stroke();
  }
  labels.clear(width, height);
  const seen = spots.filter(({ x, y }) => x > -40 && y > -40 && x < width + 40 && y < height + 40);
  const said = new Set();
  let named = 0;
  for (const { x, y, radius, thing } of seen) {
    if (thing.count > 1 && radius >= NUMBERED) {
      labels.name(paint, { text: short.format(thing.count), x, y, font: `600 ${radius > 22 ? 13 : 11}px ${look.sans}`, colour: look.tokens.ink });
    }
    labels.cover(x, y, radius);
  }
  for (const { x, y, radius, thing } of seen) {
    if (named >= NAMES || !thing.name || (thing.count > 1 && said.has(thing.name))) continue;
    said.add(thing.name);
    const font = thing.count > 1 ? `600 13.5px ${look.serif}` : `500 12.5px ${look.serif}`;
    const below = { text: thing.name, x, y: y + (radius > 26 ? 15 : 0), font, colour: look.tokens.ink };
    const inside = thing.count > 1 && radius > 26 && labels.measure(paint, thing.name, font) < 1.7 * radius;
    if (inside ? labels.name(paint, below) : labels.put(paint, { ...below, y, radius, must: thing.count > 1 })) named += 1;
  }
  labels.draw(paint, look.tokens.halo);
}
