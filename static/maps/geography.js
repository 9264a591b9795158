/* global d3, topojson */
/** The same organisations where they are: on an equal-area world without bars, those at one place spread around it. */

import { aligned } from "./aligned.js";
import { script, vendor } from "./vendor.js";

export const SCRIPTS = [
  "d3-array/dist/d3-array.min.js",
  "d3-geo/dist/d3-geo.min.js",
  "topojson-client/dist/topojson-client.min.js",
];
export const ATLAS = { coarse: "world-atlas/countries-110m.json", fine: "world-atlas/countries-50m.json" };
export const TURNED = -11; // degrees: the world is cut through the Bering Strait, where it severs no land
const INHABITED = -60; // latitude
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const APART = 0.78; // map units between those that share a place
const FINE = 2.6; // how much nearer than the whole world the fine outlines are drawn

export async function json(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

/** The countries of an atlas as paths in map units, each with the box around it. */
export function outlines(atlas, projection) {
  return topojson.feature(atlas, atlas.objects.countries).features.flatMap((country) => {
    const bounds = d3.geoBounds(country);
    if (bounds[1][1] < INHABITED) return [];
    const path = new Path2D();
    const pen = d3.geoPath(projection, path);
    pen(country);
    const [[left, top], [right, bottom]] = d3.geoPath(projection).bounds(country);
    return [{ path, box: [left, top, right, bottom] }];
  });
}

/** Where each organisation stands: at its place, in a sunflower when many share it, else in rows below the world. */
function stand(scene, { latitude, longitude }, projection, world) {
  const x = new Float32Array(scene.x.length);
  const y = new Float32Array(scene.y.length);
  const sharing = new Map();
  const nowhere = [];
  for (const i of scene.important) {
    if (latitude[i] === null || latitude[i] === undefined) {
      nowhere.push(i);
      continue;
    }
    const key = `${latitude[i]} ${longitude[i]}`;
    const before = sharing.get(key) ?? 0;
    sharing.set(key, before + 1);
    const [px, py] = projection([longitude[i] / 100, latitude[i] / 100]);
    const away = APART * Math.sqrt(before);
    x[i] = px + away * Math.cos(before * GOLDEN);
    y[i] = py + away * Math.sin(before * GOLDEN);
  }
  const [left, , right, bottom] = world;
  const step = 2.4;
  const inRow = Math.max(1, Math.floor((right - left) / step));
  const top = bottom + 7;
  nowhere.forEach((i, order) => {
    x[i] = left + ((order % inRow) + 0.5) * step;
    y[i] = top + Math.floor(order / inRow) * step;
  });
  const strip = nowhere.length
    ? { count: nowhere.length, left, top: top - 3.2, right: left + Math.min(nowhere.length, inRow) * step }
    : null;
  const apart = new Uint8Array(x.length);
  for (const i of nowhere) apart[i] = 1;
  return { x, y, strip, apart };
}

/**
 * Load what geography needs, once. Gives `arranged()`: where all stand now, and who stands `apart` for want of a place;
 * and `paint(paint, camera, strength)`.
 */
export async function geography(page) {
  const { section, stage, words } = page;
  const [places, coarse] = await Promise.all([
    json(section.dataset.mapPlaces),
    json(vendor(ATLAS.coarse)),
    ...SCRIPTS.map(script),
  ]);
  for (const name of ["latitude", "longitude"]) places[name] = aligned(stage.scene, places.ids, places[name]);
  const size = Math.max(160, Math.min(800, 13 * Math.sqrt(stage.scene.count)));
  stage.scene.places = places; // which drawing keeps up to date
  const projection = d3.geoEqualEarth().rotate([TURNED, 0]).translate([0, 0]);
  projection.scale((projection.scale() * size) / (d3.geoPath(projection).bounds({ type: "Sphere" })[1][0] * 2));
  const south = projection([0, -56])[1];
  const north = projection([0, 78])[1];
  const world = [-size / 2, north, size / 2, south];
  let countries = outlines(coarse, projection);
  let finer = null;
  const refine = () => {
    finer ??= json(vendor(ATLAS.fine))
      .then((atlas) => {
        finer.countries = outlines(atlas, projection);
        stage.redraw();
      })
      .catch(() => {}); // without the finer one, the coarse one stays
    return finer.countries;
  };
  let strip = null;
  return {
    world,
    /** Degrees of latitude and longitude under a point of the map; null beside the world. */
    under(point) {
      const [longitude, latitude] = projection.invert(point);
      const [x, y] = projection([longitude, latitude]);
      const off = !(Math.hypot(x - point[0], y - point[1]) < 1e-3); // what lies beside it is no number, or elsewhere
      return off || Math.abs(latitude) > 90 ? null : [latitude, longitude];
    },
    arranged() {
      const stood = stand(stage.scene, places, projection, world);
      ({ strip } = stood);
      return stood;
    },
    paint(paint, { k, x, y }, strength) {
      const { tokens } = stage.painter;
      const { ratio, width, height } = stage;
      const near = k > (FINE * width) / size && !stage.gliding;
      const drawn = (near && refine()) || countries;
      paint.save();
      paint.globalAlpha = strength;
      paint.fillStyle = tokens.sea;
      paint.fillRect(0, 0, width, height);
      paint.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
      paint.fillStyle = tokens.land;
      paint.strokeStyle = tokens.border;
      paint.lineWidth = 0.7 / k;
      paint.lineJoin = "round";
      const [left, top, right, bottom] = [-x / k, -y / k, (width - x) / k, (height - y) / k];
      for (const { path, box } of drawn) {
        if (box[0] > right || box[2] < left || box[1] > bottom || box[3] < top) continue;
        paint.fill(path);
        paint.stroke(path);
      }
      paint.restore();
      if (strip) paintStrip(paint, { k, x, y }, strip, words.nowhere, stage.painter, strength);
    },
  };
}

function paintStrip(paint, { k, x, y }, { left, top, right, count }, text, { tokens, fonts }, strength) {
  const [start, end, line] = [left * k + x, Math.max(right * k + x, left * k + x + 150), top * k + y];
  paint.globalAlpha = strength;
  paint.strokeStyle = tokens.edge;
  paint.lineWidth = 1;
  paint.setLineDash([2, 4]);
  paint.beginPath();
  paint.moveTo(start, line);
  paint.lineTo(end, line);
  paint.stroke();
  paint.setLineDash([]);
  paint.font = fonts.hull;
  paint.fillStyle = tokens.quiet;
  paint.textAlign = "left";
  paint.textBaseline = "alphabetic";
  paint.fillText(`${text} (${count})`, start, line - 5);
  paint.globalAlpha = 1;
}
