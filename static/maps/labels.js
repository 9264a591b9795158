/** Names that never overlap: the most important first, each beside its mark where it covers the least. */

const CELL = 8; // pixels: how finely it is known what marks cover
const BUCKET = 64; // pixels: how coarsely names are sorted by where they stand
const NONE = [];
const LINE = 17;
const GAP = 4;
const LONGEST = 30; // letters
const LETTER = 5.6; // pixels: rather less than most letters take
export const TRIED = 900; // names in view that are tried, most important first

const LEFTWARD = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** The way in which a text runs, whatever the page's. */
export const wayOf = (text) => (LEFTWARD.test(text) ? "rtl" : "ltr");

const shortened = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name);

export class Labels {
  constructor(font) {
    this.font = font;
    this.widths = new Map();
    this.placed = [];
  }

  measure(paint, text, font) {
    const key = font + text;
    if (!this.widths.has(key)) {
      paint.font = font;
      this.widths.set(key, paint.measureText(text).width);
    }
    return this.widths.get(key);
  }

  /** Start anew on a canvas of so many pixels: nothing is taken. */
  clear(width, height) {
    this.width = width;
    this.height = height;
    this.columns = Math.ceil(width / CELL);
    this.rows = Math.ceil(height / CELL);
    this.cells = new Uint8Array(this.columns * this.rows);
    this.taken = [];
    this.buckets = new Map();
    this.placed = [];
  }

  /** Take boxes that stand over the picture: no name stands under them. */
  avoid(boxes) {
    for (const box of boxes) this.take(box);
  }

  /** Mark what a mark covers, so that names rather stand elsewhere. */
  cover(x, y, radius) {
    const [left, right] = [
      Math.max(0, Math.floor((x - radius) / CELL)),
      Math.min(this.columns - 1, Math.floor((x + radius) / CELL)),
    ];
    const [top, bottom] = [
      Math.max(0, Math.floor((y - radius) / CELL)),
      Math.min(this.rows - 1, Math.floor((y + radius) / CELL)),
    ];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) this.cells[row * this.columns + column] = 1;
    }
  }

  covered([left, top, right, bottom]) {
    const [first, last] = [Math.max(0, Math.floor(left / CELL)), Math.min(this.columns - 1, Math.floor(right / CELL))];
    const lowest = Math.min(this.rows - 1, Math.floor(bottom / CELL));
    let sum = 0;
    for (let row = Math.max(0, Math.floor(top / CELL)); row <= lowest; row += 1) {
      for (let column = first; column <= last; column += 1) sum += this.cells[row * this.columns + column];
    }
    return sum;
  }

  /** The buckets that a box touches. */
  near([left, top, right, bottom]) {
    const [first, last] = [Math.floor(left / BUCKET), Math.floor(right / BUCKET)];
    const lowest = Math.floor(bottom / BUCKET);
    const keys = [];
    for (let row = Math.floor(top / BUCKET); row <= lowest; row += 1) {
      for (let column = first; column <= last; column += 1) keys.push(row * 4096 + column);
    }
    return keys;
  }

  free(box) {
    const [left, top, right, bottom] = box;
    for (const key of this.near(box)) {
      for (const other of this.buckets.get(key) ?? NONE) {
        if (left < other[2] && right > other[0] && top < other[3] && bottom > other[1]) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.near(box)) {
      if (!this.buckets.has(key)) this.buckets.set(key, []);
      this.buckets.get(key).push(box);
    }
  }

  /** Find a place for a text beside a mark; false when there is none. `must` takes one even over other marks. */
  put(paint, { text, x, y, radius, font, colour, must = false, whole = false, tag }) {
    const said = whole ? text : shortened(text);
    const about = this.spot({ x, y, radius, must }, said.length * LETTER);
    if (!about) return false; // measuring is slow: not even a rough box fits
    const width = this.measure(paint, said, font);
    const best = this.spot({ x, y, radius, must }, width);
    if (!best) return false;
    this.take(best.box);
    this.placed.push({ text: said, x: best.left, y: best.top + LINE / 2, font, colour, tag });
    return true;
  }

  /** The best of four boxes beside a mark for a text of a width, or null. */
  spot({ x, y, radius, must }, width) {
    let best = null;
    for (let side = 0; side < 4; side += 1) {
      const left = side > 1 ? x - width / 2 : side ? x - radius - GAP - width : x + radius + GAP;
      const top = side < 2 ? y - LINE / 2 : side < 3 ? y + radius + 2 : y - radius - LINE - 1;
      if (left < 2 || top < 2 || left + width + 2 > this.width || top + LINE > this.height) continue;
      const box = [left - 2, top, left + width + 2, top + LINE];
      if (!this.free(box)) continue;
      const cost = this.covered(box);
      if (!best || cost < best.cost) best = { cost, box, left, top };
      if (!cost) break;
    }
    return best && (must || best.cost <= 1 + width / 28) ? best : null;
  }

  /** A name at a point of its own, such as that of a hull; false when there is no room. */
  name(paint, { text, x, y, font, colour, spacing }) {
    const width = this.measure(paint, text, font) + (spacing ? text.length * spacing : 0);
    const box = [x - width / 2 - 3, y - LINE / 2, x + width / 2 + 3, y + LINE / 2];
    if (box[0] < 0 || box[1] < 0 || box[2] > this.width || box[3] > this.height || !this.free(box)) return false;
    this.take(box);
    this.placed.push({ text, x: x - width / 2, y, font, colour, spacing });
    return true;
  }

  /** Draw what found a place, each with a halo of paper. */
  draw(paint, halo) {
    paint.textBaseline = "middle";
    paint.textAlign = "left";
    paint.lineJoin = "round";
    paint.strokeStyle = halo;
    paint.lineWidth = 3.5;
    for (const { text, x, y, font, colour, spacing } of this.placed) {
      paint.font = font;
      paint.direction = wayOf(text);
      if ("letterSpacing" in paint) paint.letterSpacing = spacing ? `${spacing}px` : "0px";
      paint.strokeText(text, x, y);
      paint.fillStyle = colour;
      paint.fillText(text, x, y);
    }
    if ("letterSpacing" in paint) paint.letterSpacing = "0px";
  }
}
