/** The tiles of a large map: fetched as they come into view, the nearest larger one standing in until they have come. */

const AHEAD = 512; // pixels that a tile takes, about
const KEPT = 160; // tiles
const FINE = 4096; // steps across a tile
const FIRST = 48; // the character that stands for the first key

const running = (differences) => {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
};

/** The things of a tile as the server says it, each where it stands on the map. */
function read(told, z, left, top, size) {
  const scale = size / FINE;
  const clusters = told.count.length;
  const ids = running(told.ids);
  const things = running(told.things).map((number, i) => {
    const thing = { number, x: left + told.x[i] * scale, y: top + told.y[i] * scale, z };
    if (i >= clusters) {
      const at = i - clusters;
      const [category, standing] = [told.category, told.standing].map((column) => column.charCodeAt(at) - FIRST);
      return { ...thing, count: 1, id: ids[at], name: told.names[at], category, standing };
    }
    const [name, address] = told.labels[told.label[i]] ?? ["", ""];
    const width = told.shares.length / clusters;
    const shares = [...told.shares.slice(i * width, (i + 1) * width)].map(Number);
    return { ...thing, count: told.count[i], name, address, shares };
  });
  const ties = told.ties.map(([i, other, weight, x, y]) => ({
    key: [things[i].number, other].sort((a, b) => a - b).join(" "),
    from: things[i],
    to: { x: left + x * scale, y: top + y * scale },
    weight,
  }));
  return { things, ties };
}

export class Tiles {
  /** `source` is an address with {z}, {x} and {y}; `came` is called after each tile that came. */
  constructor({ source, side, deepest, came, failed }) {
    Object.assign(this, { source, side, deepest, came, failed, known: new Map(), coming: new Map() });
  }

  /** The depth that fits a scale in pixels to the map unit. */
  depth(k) {
    return Math.max(0, Math.min(this.deepest, Math.round(Math.log2((this.side * k) / AHEAD))));
  }

  fetch(z, x, y) {
    const key = `${z}/${x}/${y}`;
    if (this.known.has(key) || this.coming.has(key)) return;
    const stop = new AbortController();
    this.coming.set(key, stop);
    const address = this.source.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    fetch(address, { headers: { Accept: "application/json" }, signal: stop.signal })
      .then(async (answer) => {
        if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
        const size = this.side / 2 ** z;
        this.known.set(key, read(await answer.json(), z, x * size - this.side / 2, y * size - this.side / 2, size));
        if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value);
      })
      .catch((error) => {
        if (error.name !== "AbortError") this.failed(error);
      })
      .finally(() => {
        this.coming.delete(key);
        this.came();
      });
  }

  /** What a box of the map shows at a scale: its things and the ties between them; asks for the tiles that are missing. */
  within([left, top, right, bottom], k) {
    const z = this.depth(k);
    const size = this.side / 2 ** z;
    const place = (value) => Math.max(0, Math.min(2 ** z - 1, Math.floor((value + this.side / 2) / size)));
    const found = { things: [], ties: new Map(), complete: true };
    const wanted = new Set();
    for (let x = place(left); x <= place(right); x += 1) {
      for (let y = place(top); y <= place(bottom); y += 1) {
        wanted.add(`${z}/${x}/${y}`);
        this.fetch(z, x, y);
        this.add(found, z, x, y);
      }
    }
    for (const [key, stop] of this.coming) if (!wanted.has(key) && !key.startsWith("0/")) stop.abort();
    return { ...found, ties: [...found.ties.values()] };
  }

  /** Add what stands on a tile, or on that part of a larger one that has come. */
  add(found, z, x, y) {
    for (let up = 0; up <= z; up += 1) {
      const key = `${z - up}/${x >> up}/${y >> up}`;
      const tile = this.known.get(key);
      if (!tile) {
        found.complete = false;
        continue;
      }
      this.known.delete(key); // what is looked at goes last
      this.known.set(key, tile);
      const size = this.side / 2 ** z;
      const inside = (thing) => Math.floor((thing.x + this.side / 2) / size) === x && Math.floor((thing.y + this.side / 2) / size) === y;
      found.things.push(...(up ? tile.things.filter(inside) : tile.things));
      for (const tie of tile.ties) if (!up || inside(tie.from)) found.ties.set(tie.key, tie);
      return;
    }
  }
}
