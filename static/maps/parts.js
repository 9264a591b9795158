/** A part of a map, drawn above the picture: what is pointed at, or carried. */
import { RICH } from "./links.js";

/** The marks in `lit`, and the links that start or end at one of `centres`, as batches to draw. */
export function partsOf(painter, lit, centres = lit) {
  const { stage, batches, linkBatches } = painter;
  const { scene, shown, tieShown } = stage;
  const nodes = batches.map(() => []);
  for (const i of lit) if (shown[i] && batches.of[i] !== undefined) nodes[batches.of[i]].push(i);
  const ties = linkBatches.map(() => new Set());
  for (const i of centres) {
    if (i < scene.degree.length)
      for (const tie of scene.tiesOf(i)) if (tieShown[tie]) ties[linkBatches.of[tie]].add(tie);
  }
  return {
    marks: batches.map((batch, place) => ({ ...batch, nodes: nodes[place] })).filter((batch) => batch.nodes.length),
    links: linkBatches
      .map(({ style }, place) => ({ style, ties: [...ties[place]] }))
      .filter((batch) => batch.ties.length),
    count: lit.size,
  };
}

const all = () => true;

/** Draw such a part at the camera, its links in one colour. */
export function paintParts(painter, paint, camera, { marks, links, count }, colour, strength) {
  const pens = painter.pens(paint, camera);
  const { scene, ratio } = painter.stage;
  const rich = count < RICH;
  for (const batch of links) {
    pens.links.stroke(scene, batch, { colour, rich, shows: all, pixel: 1 / ratio, strength });
    if (rich) pens.links.arrows(scene, batch, { colour, shows: all });
  }
  for (const batch of marks) {
    pens.marks.dots(batch, all);
    pens.marks.shapes(batch, all, painter.tokens.paper);
    if (painter.stage.hiddenToo) pens.marks.struck(batch, all, scene.hidden, painter.tokens);
  }
}
