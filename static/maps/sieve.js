/** What is shown: what the legend lets through, and on a drawing what nobody hid. */

const FIELDS = { category: ["category", "categories"], standing: ["standing", "standings"] };

/** Decide what is shown. `let_through` gives for "category", "standing" and "type" the keys let through, or nothing for all. */
export function sift(stage, letThrough) {
  const { scene } = stage;
  const { count, tieCount, gone, hidden, source, target, type, lost } = scene;
  const shown = new Uint8Array(count);
  const allowed = Object.entries(FIELDS)
    .filter(([field]) => letThrough[field])
    .map(([field, [column, keys]]) => [scene[column], scene[keys].map((key) => letThrough[field].has(key))]);
  for (let i = 0; i < count; i += 1) {
    shown[i] = !gone[i] && (!hidden[i] || stage.hiddenToo) && allowed.every(([column, open]) => open[column[i]]) ? 1 : 0;
  }
  const open = scene.types.map((key) => !letThrough.type || letThrough.type.has(key));
  const tieShown = new Uint8Array(tieCount);
  for (let tie = 0; tie < tieCount; tie += 1) {
    tieShown[tie] = !lost[tie] && open[type[tie]] && shown[source[tie]] && shown[target[tie]] ? 1 : 0;
  }
  Object.assign(stage, { shown, tieShown });
}
