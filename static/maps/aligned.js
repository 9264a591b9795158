/** Values that came with the ids that they belong to (differences), in the order of a scene; without ids as they came. */
export function aligned(scene, ids, values) {
  if (!ids) return values;
  const found = [];
  let id = 0;
  ids.forEach((difference, at) => {
    id += difference;
    const i = scene.indices.get(id);
    if (i !== undefined) found[i] = values[at];
  });
  return found;
}
