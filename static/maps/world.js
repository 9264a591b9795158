/* global d3 */
/** The land under a large map in geography, where the server placed everyone: an equal-area world, 800 units across. */
import { ATLAS, SCRIPTS, TURNED, json, outlines } from "./geography.js";
import { script, vendor } from "./vendor.js";

const WIDTH = 800; // map units
const FINE = 3.5; // pixels to the map unit, from which on the finer outlines are drawn

/** Load the land; gives what paints it at a camera. `finer` is called when better outlines have come. */
export async function world(finer) {
  const [coarse] = await Promise.all([json(vendor(ATLAS.coarse)), ...SCRIPTS.map(script)]);
  const projection = d3.geoEqualEarth().rotate([TURNED, 0]).translate([0, 0]);
  projection.scale((projection.scale() * WIDTH) / (d3.geoPath(projection).bounds({ type: "Sphere" })[1][0] * 2));
  let countries = outlines(coarse, projection);
  let asked = false;
  const refine = () => {
    if (asked) return;
    asked = true;
    json(vendor(ATLAS.fine))
      .then((atlas) => {
        countries = outlines(atlas, projection);
        finer();
      })
      .catch(() => {}); // without the finer ones, the coarse ones stay
  };
  return (paint, { k, x, y }, { tokens, ratio, width, height }) => {
    if (k > FINE) refine();
    const [left, top, right, bottom] = [-x / k, -y / k, (width - x) / k, (height - y) / k];
    paint.save();
    paint.fillStyle = tokens.sea;
    paint.fillRect(0, 0, width, height);
    paint.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    paint.fillStyle = tokens.land;
    paint.strokeStyle = tokens.border;
    paint.lineWidth = 0.7 / k;
    for (const { path, box } of countries) {
      if (box[0] > right || box[2] < left || box[1] > bottom || box[3] < top) continue;
      paint.fill(path);
      paint.stroke(path);
    }
    paint.restore();
  };
}
