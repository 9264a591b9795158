/** What a map shows, as columns: an organisation is an index, and what is drawn of it stands in typed arrays. */

const FIRST = 48; // the character that stands for the first key
const ROOM = 64; // how many organisations can be added before the columns are copied

const running = (differences) => {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
};
const letters = (text, Column, length) => {
  const column = new Column(length);
  for (let i = 0; i < text.length; i += 1) column[i] = text.charCodeAt(i) - FIRST;
  return column;
};
const filled = (Column, length, values, unit = 1) => {
  const column = new Column(length);
  column.set(values);
  if (unit !== 1) for (let i = 0; i < values.length; i += 1) column[i] /= unit;
  return column;
};
const flags = (length, indices = []) => {
  const column = new Uint8Array(length);
  for (const index of indices) column[index] = 1;
  return column;
};

/** The indices of counts, the largest first, equal ones in their order; counted out, as comparing thousands is slow. */
function mostFirst(counts) {
  const starts = new Uint32Array(counts.reduce((most, count) => Math.max(most, count), 0) + 2);
  for (const count of counts) starts[count] += 1;
  for (let count = starts.length - 2; count >= 0; count -= 1) starts[count] += starts[count + 1];
  const order = new Uint32Array(counts.length);
  counts.forEach((count, index) => (order[starts[count + 1]++] = index));
  return order;
}

const NODE_COLUMNS = "category standing freshness country offers seeks x y gone hidden pinned".split(" ");
const TIE_COLUMNS = "source target type since proposed lost".split(" ");

export class Scene {
  /** The scene that scene.json holds. */
  constructor(wire) {
    const { ties, names, named } = wire;
    this.title = wire.title;
    this.total = wire.total;
    this.count = wire.ids.length;
    this.ids = running(wire.ids);
    this.names = new Array(this.count).fill("");
    if (named) named.forEach((index, place) => (this.names[index] = names[place]));
    else names.forEach((name, index) => (this.names[index] = name));
    this.allNamed = !named && names.length === this.count;

    const room = this.count + ROOM;
    for (const key of ["categories", "standings", "freshnesses", "countries"]) this[key] = wire[key] ?? [];
    for (const key of ["category", "standing", "freshness"]) this[key] = letters(wire[key], Uint8Array, room);
    this.country = filled(Uint16Array, room, wire.country);
    this.offers = filled(Uint16Array, room, wire.offers);
    this.seeks = filled(Uint16Array, room, wire.seeks);
    this.x = filled(Float32Array, room, wire.x, 10);
    this.y = filled(Float32Array, room, wire.y, 10);
    this.gone = flags(room);
    this.hidden = flags(room, wire.hidden);
    this.pinned = flags(room, wire.pinned);

    this.types = ties.types;
    this.tieCount = ties.target.length;
    const span = this.tieCount + ROOM;
    this.source = new Uint32Array(span);
    this.target = new Uint32Array(span);
    this.ends(ties);
    this.type = letters(ties.type, Uint8Array, span);
    this.since = filled(Uint16Array, span, ties.since);
    this.proposed = flags(span, ties.proposed);
    this.lost = flags(span);
    this.tieIds = ties.ids ? running(ties.ids) : null;
    this.tieIndices = new Map((this.tieIds ?? []).map((id, tie) => [id, tie]));

    this.notes = wire.notes;
    this.colour = wire.colour;
    this.size = wire.size;
    this.last = wire.last ?? 0;
    this.since = wire.since ?? 0;
    this.weigh();
    this.groups = wire.groups.map((group) => ({ ...group, members: group.members ?? this.membersOf(group.of) }));
  }

  /** The index of each organisation by its id; made when first asked for, as drawing asks for none. */
  get indices() {
    this.known ??= new Map(this.ids.map((id, index) => [id, index]));
    return this.known;
  }

  /** Where each tie starts, as differences from tie to tie, and how far from there it ends. */
  ends(wire) {
    const { source, target } = this;
    let from = 0;
    for (let tie = 0; tie < wire.target.length; tie += 1) {
      from += wire.source[tie];
      source[tie] = from;
      target[tie] = from + wire.target[tie];
    }
  }

  /** A network and all that belong to it. */
  membersOf(i) {
    const { starts, around, source, target, proposed, type } = this;
    const belonging = this.types.indexOf("member_of");
    const members = [i];
    for (let place = starts[i]; place < starts[i + 1]; place += 1) {
      const tie = around[place];
      if (target[tie] === i && type[tie] === belonging && !proposed[tie]) members.push(source[tie]);
    }
    return members;
  }

  /** Gather the networks anew, those of `gathering` categories, the largest first: their ties are others by now. */
  regroup(gathering) {
    const found = [];
    const names = new Map(this.groups.map(({ key, name }) => [key, name])); // those of many come late
    for (let i = 0; i < this.count; i += 1) {
      if (this.gone[i] || !gathering.has(this.categories[this.category[i]])) continue;
      const members = this.membersOf(i).filter((member) => !this.gone[member]);
      const key = `network-${this.ids[i]}`;
      if (members.length > 1) found.push({ key, name: this.names[i] || names.get(key) || "", of: i, members });
    }
    found.sort((a, b) => b.members.length - a.members.length || (a.key < b.key ? -1 : 1));
    this.groups = [...found, ...this.groups.filter(({ drawn }) => drawn)];
  }

  /** Count the ties of each organisation, list them, and order the organisations by how much there is to them. */
  weigh() {
    const { count, tieCount, source, target, lost } = this;
    const starts = new Uint32Array(count + 1);
    for (let tie = 0; tie < tieCount; tie += 1) {
      if (lost[tie]) continue;
      starts[source[tie] + 1] += 1;
      starts[target[tie] + 1] += 1;
    }
    for (let i = 0; i < count; i += 1) starts[i + 1] += starts[i];
    const next = starts.slice();
    const around = new Uint32Array(starts[count]);
    for (let tie = 0; tie < tieCount; tie += 1) {
      if (lost[tie]) continue;
      around[next[source[tie]]++] = tie;
      around[next[target[tie]]++] = tie;
    }
    Object.assign(this, { starts, around });
    this.degree = new Uint16Array(count);
    const seen = new Int32Array(count).fill(-1);
    for (let i = 0; i < count; i += 1) {
      let others = 0;
      for (let place = starts[i]; place < starts[i + 1]; place += 1) {
        const tie = around[place];
        const other = source[tie] === i ? target[tie] : source[tie];
        if (seen[other] !== i) others += 1;
        seen[other] = i;
      }
      this.degree[i] = others;
    }
    this.important = mostFirst(this.degree);
  }

  /** The ties of an organisation, as indices. */
  tiesOf = (i) => this.around.subarray(this.starts[i], this.starts[i + 1]);

  /** The organisation at the other end of a tie. */
  across = (tie, i) => (this.source[tie] === i ? this.target[tie] : this.source[tie]);

  /** The organisation itself and all that it is tied to. */
  neighbourhood(i) {
    const found = new Set([i]);
    for (const tie of this.tiesOf(i)) found.add(this.across(tie, i));
    return found;
  }

  /** The place of `key` in one of the lists of keys, which it joins when it is new. */
  keyed(list, key) {
    const place = list.indexOf(key);
    return place < 0 ? list.push(key) - 1 : place;
  }

  /** Make room for one more, copying columns when they are full; gives its index. */
  grow(columns, count) {
    if (count >= this[columns[0]].length) {
      for (const name of columns) {
        const larger = new this[name].constructor(count * 2);
        larger.set(this[name]);
        this[name] = larger;
      }
    }
    return count;
  }

  addNode(id) {
    const index = this.grow(NODE_COLUMNS, this.count);
    this.count += 1;
    this.indices.set(id, index);
    this.ids.push(id);
    this.names.push("");
    return index;
  }

  addTie(id) {
    const tie = this.grow(TIE_COLUMNS, this.tieCount);
    this.tieCount += 1;
    this.tieIds ??= Array.from({ length: tie }, () => null);
    this.tieIds[tie] = id;
    this.tieIndices.set(id, tie);
    return tie;
  }
}

const FIELDS = { category: "categories", standing: "standings" };

/**
 * What of a scene is shown: { shown, tieShown }, a 1 for each organisation and link. `letThrough` gives for "category",
 * "standing" and "type" a Set of keys, or nothing for all; what is hidden by hand is shown only with `hiddenToo`.
 */
export function sift(scene, letThrough, hiddenToo = false) {
  const { count, tieCount, gone, hidden, source, target, type, lost, types } = scene;
  const asked = Object.entries(FIELDS).filter(([field]) => letThrough[field]);
  const allowed = asked.map(([field, keys]) => [scene[field], scene[keys].map((key) => letThrough[field].has(key))]);
  const shown = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) {
    shown[i] = !gone[i] && (!hidden[i] || hiddenToo) && allowed.every(([column, open]) => open[column[i]]) ? 1 : 0;
  }
  const open = types.map((key) => !letThrough.type || letThrough.type.has(key));
  const tieShown = new Uint8Array(tieCount);
  for (let tie = 0; tie < tieCount; tie += 1) {
    tieShown[tie] = !lost[tie] && open[type[tie]] && shown[source[tie]] && shown[target[tie]] ? 1 : 0;
  }
  return { shown, tieShown };
}
