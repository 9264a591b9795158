/** One function that brings a scene up to date with a step of the drawing, whoever made it. */

function applyNode(scene, node) {
  if (node.gone && !scene.indices.has(node.id)) return;
  const index = scene.indices.get(node.id) ?? scene.addNode(node.id);
  for (const flag of ["gone", "pinned", "hidden"]) {
    if (node[flag] !== undefined) scene[flag][index] = node[flag] ? 1 : 0;
  }
  if (node.name !== undefined) scene.names[index] = node.name;
  if (node.category) scene.category[index] = scene.keyed(scene.categories, node.category);
  if (node.standing) scene.standing[index] = scene.keyed(scene.standings, node.standing);
  if (node.freshness) scene.freshness[index] = scene.keyed(scene.freshnesses, node.freshness);
  if (node.country !== undefined) {
    const place = scene.countries.findIndex(([code]) => code === node.country);
    scene.country[index] = place < 0 ? scene.countries.push([node.country, node.country]) - 1 : place;
  }
  for (const column of ["offers", "seeks", "x", "y"]) {
    if (node[column] !== undefined && node[column] !== null) scene[column][index] = node[column];
  }
  for (const column of ["latitude", "longitude"]) {
    if (scene.places && node[column] !== undefined) scene.places[column][index] = node[column];
  }
}

function applyTie(scene, tie) {
  const [source, target] = [scene.indices.get(tie.source), scene.indices.get(tie.target)];
  if (tie.gone) {
    const lost = scene.tieIndices.get(tie.id);
    if (lost !== undefined) scene.lost[lost] = 1;
    return;
  }
  if (source === undefined || target === undefined) return;
  const index = scene.tieIndices.get(tie.id) ?? scene.addTie(tie.id);
  scene.source[index] = source;
  scene.target[index] = target;
  scene.type[index] = scene.keyed(scene.types, tie.type);
  scene.proposed[index] = tie.proposed ? 1 : 0;
  scene.lost[index] = 0;
}

const each = (scene, ids, column, on) => {
  for (const id of ids) {
    const index = scene.indices.get(id);
    if (index !== undefined) scene[column][index] = on ? 1 : 0;
  }
};

const KINDS = {
  place(scene, { positions }) {
    for (const [id, point] of Object.entries(positions ?? {})) {
      const index = scene.indices.get(Number(id));
      if (index !== undefined && point) [scene.x[index], scene.y[index]] = point;
    }
  },
  pin: (scene, { ids, on }) => each(scene, ids ?? [], "pinned", on),
  hide: (scene, { ids, on }) => each(scene, ids ?? [], "hidden", on),
  group(scene, { group, name, ids = [] }) {
    scene.groups = scene.groups.filter(({ key }) => key !== group);
    const members = ids.map((id) => scene.indices.get(id)).filter((index) => index !== undefined);
    if (members.length) scene.groups.push({ key: group, name, members, drawn: true });
  },
  note(scene, { key, note, text, at, size, staff_only }) {
    // until the server has named a new one, it goes by the key of its step
    scene.notes = scene.notes.filter((one) => (note ? one.id !== note : true) && (key ? one.key !== key : true));
    if (!text && !size) return;
    const [x, y] = at;
    const [width, height] = size ?? [];
    scene.notes.push({ id: note ?? undefined, key, text, x, y, width, height, staff_only });
  },
  untie: (scene, { tie }) => applyTie(scene, { id: tie, gone: true }),
  look(scene, { colour, size }) {
    if (colour) scene.colour = colour;
    if (size) scene.size = size;
  },
};

/**
 * Bring the scene up to date with what was written elsewhere: organisations, with all ties that each has now; `here` are
 * the ids of everybody on the map, as differences. Where they stand, and who is hidden, only steps say.
 */
export function applyElsewhere(scene, { nodes = [], ties = [], here }) {
  const tied = new Set(ties.map(({ id }) => id));
  for (const { x, y, pinned, hidden, ...facts } of nodes) {
    const known = scene.indices.get(facts.id);
    applyNode(scene, known === undefined ? { ...facts, x, y, pinned, hidden } : facts);
    if (known === undefined || known + 1 >= scene.starts.length) continue;
    for (const tie of scene.tiesOf(known)) if (!tied.has(scene.tieIds[tie])) scene.lost[tie] = 1;
  }
  for (const tie of ties) applyTie(scene, tie);
  if (here) {
    let id = 0;
    const present = new Set(here.map((difference) => (id += difference)));
    for (let i = 0; i < scene.count; i += 1) if (!present.has(scene.ids[i])) scene.gone[i] = 1;
  }
  scene.weigh();
}

/** Let stand again what a step took away here, and take away what it wrote here: the server refused it. */
export function takeBack(scene, { kind, key, note, tie }) {
  if (kind === "untie" && scene.tieIndices.has(tie)) {
    scene.lost[scene.tieIndices.get(tie)] = 0;
    scene.weigh();
  }
  if (kind === "note") scene.notes = scene.notes.filter((one) => one.key !== key && (!note || one.id !== note));
}

/** Bring the scene up to date with a step; gives whether it is another shape now: other ties or organisations. */
export function apply(scene, step) {
  const before = scene.count + scene.tieCount;
  for (const one of step.now ?? []) KINDS[one.kind]?.(scene, one);
  for (const node of step.nodes ?? []) applyNode(scene, node);
  for (const tie of step.ties ?? []) applyTie(scene, tie);
  if (!step.undone) KINDS[step.kind]?.(scene, step); // what was taken back since only says how things are now
  const reshaped = Boolean(step.ties?.length || step.nodes?.length) || before !== scene.count + scene.tieCount;
  if (reshaped || step.kind === "untie") scene.weigh();
  return reshaped;
}
