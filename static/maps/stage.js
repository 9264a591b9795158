/** The stage: what is shown, where, and what is pointed at; it is painted at most once in each frame. */
import { Painter } from "./painter.js";
import { Labels } from "./labels.js";
import { boxOf, fitted, markScale } from "./camera.js";

export const LIGHT = 4500; // marks and links in view that can be drawn anew in every frame
const REST = 150; // milliseconds without a gesture, after which a picture that was only moved is drawn anew
const BARED = 0.3; // how much of a side may stand bare until then
const STRETCH = 1.9; // how far a picture is enlarged or shrunk before it is drawn anew

export class Stage {
  constructor(canvas, scene) {
    Object.assign(this, { canvas, scene, view: "graph", ratio: 1, width: 0, height: 0 });
    this.paint = canvas.getContext("2d");
    this.film = document.createElement("canvas");
    this.filmPaint = this.film.getContext("2d");
    this.filmCamera = null;
    this.place = { x: scene.x, y: scene.y };
    this.camera = { k: 1, x: 0, y: 0 };
    this.hover = -1;
    this.focus = -1;
    this.selected = new Set();
    this.without = new Set(); // what something else draws while it moves
    this.overlays = []; // (paint, camera) drawn above the marks, below the names
    this.tops = []; // drawn above everything
    this.obstacles = []; // boxes in pixels that stand over the picture
    this.hullsShown = true;
    this.tieStrength = 1;
    this.hulls = null; // what is not needed at first comes with lighting.js
    this.lights = null;
    this.labels = new Labels();
    this.painter = new Painter(this);
    this.waiting = 0;
    this.weight = scene.count + scene.tieCount;
    this.listeners = new Set(); // called when what is shown or selected is another
  }

  /** Take the size of the element around the canvas; false when it has none. */
  measure() {
    const { clientWidth, clientHeight } = this.canvas.parentElement;
    if (!clientWidth || !clientHeight) return false;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    if (clientWidth === this.width && clientHeight === this.height && ratio === this.ratio) return true;
    Object.assign(this, { width: clientWidth, height: clientHeight, ratio });
    for (const canvas of [this.canvas, this.film]) {
      canvas.width = Math.round(clientWidth * ratio);
      canvas.height = Math.round(clientHeight * ratio);
    }
    this.redraw();
    return true;
  }

  /** The camera that shows all that is shown. */
  whole = (place = this.place) =>
    fitted(boxOf(place.x, place.y, this.scene.count, this.shown), this.width, this.height);

  /** Have the picture drawn anew in the next frame: something in it is another. */
  redraw() {
    this.filmCamera = null;
    this.refresh();
  }

  /** Have the frame composed anew: the camera, or what is lit, is another. */
  refresh() {
    this.waiting ||= requestAnimationFrame((time) => {
      this.waiting = 0;
      this.frame(time);
    });
  }

  /** Paint now, without waiting for the browser's next frame. */
  paintNow() {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.frame(performance.now());
  }

  /** Things moved or other things are shown: hulls are another, too. */
  reshape() {
    if (this.hulls) this.hulls.made = null;
    this.lights?.forget();
    this.redraw();
  }

  /** How much of the frame the picture that was moved there leaves bare, as a share of a side. */
  bared(stretch) {
    const { camera, filmCamera: film, width, height } = this;
    const [left, top] = [camera.x - film.x * stretch, camera.y - film.y * stretch];
    const [right, bottom] = [width - (left + width * stretch), height - (top + height * stretch)];
    return Math.max(left / width, right / width, top / height, bottom / height);
  }

  picture(time) {
    const { camera, filmCamera } = this;
    const same = filmCamera && filmCamera.k === camera.k && filmCamera.x === camera.x && filmCamera.y === camera.y;
    if (same) return;
    const stretch = camera.k / (filmCamera?.k ?? camera.k);
    const far = !filmCamera || stretch > STRETCH || stretch < 1 / STRETCH || this.bared(stretch) > BARED;
    const anew = !filmCamera || this.weight <= LIGHT || (far && time - this.drawnAt > 2 * REST);
    if (!anew) {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.redraw(), REST);
      return;
    }
    this.weight = this.painter.picture(this.filmPaint, camera, { moving: this.gliding });
    this.filmCamera = { ...camera };
    this.drawnAt = time;
  }

  frame(time) {
    if (!this.width || !this.painter.batches) return;
    const { paint, camera, ratio, painter, labels, width, height } = this;
    this.picture(time);
    const film = this.filmCamera;
    const stretch = camera.k / film.k;
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.fillStyle = this.ground ? painter.tokens.sea : painter.tokens.paper;
    paint.fillRect(0, 0, width, height);
    paint.imageSmoothingEnabled = stretch !== 1;
    paint.drawImage(
      this.film,
      camera.x - film.x * stretch,
      camera.y - film.y * stretch,
      width * stretch,
      height * stretch,
    );

    const lit = this.lights?.paint(paint, camera, time) ?? null;
    for (const overlay of this.overlays) overlay(paint, camera);
    for (const i of this.selected) painter.ring(paint, i);
    if (this.focus >= 0 && this.focusSeen) {
      painter.ring(paint, this.focus, { away: 7.5, line: 5.5, colour: painter.tokens.halo });
      painter.ring(paint, this.focus, { away: 7.5, line: 2.5, colour: painter.tokens.ink });
    }
    const first = [
      ...new Set([this.hover, this.focusSeen ? this.focus : -1, ...(this.selected.size < 25 ? this.selected : [])]),
    ];
    painter.placeNames(paint, camera, labels, { first: first.filter((i) => i >= 0 && this.shown[i]), lit });
    labels.draw(paint, this.ground ? painter.tokens.land : painter.tokens.halo);
    for (const top of this.tops) top(paint, camera);
    if (!this.painted) performance.mark("map-painted");
    this.painted = true;
  }

  /** Where an organisation stands, in pixels of the canvas. */
  at = (i) => [this.place.x[i] * this.camera.k + this.camera.x, this.place.y[i] * this.camera.k + this.camera.y];

  /** The point of the map under a pixel of the canvas. */
  under = (x, y) => [(x - this.camera.x) / this.camera.k, (y - this.camera.y) / this.camera.k];

  /** How large an organisation's mark is, in pixels. */
  radiusOf = (i) => Math.max(this.painter.least, this.painter.radii[i] * markScale(this.camera.k));

  /** Tell everyone that what is shown or selected is another. */
  tell(what) {
    for (const listener of this.listeners) listener(what);
  }
}
