/** What somebody wrote or outlined on the map, as it is drawn. */
import { wayOf } from "./labels.js";

const PADDING = 8;

/** Draw the notes of a scene: regions as outlines with a name, texts where they stand. */
export function paintNotes(paint, { k, x, y }, { notes }, { tokens, fonts }) {
  paint.font = fonts.note;
  paint.textAlign = "left";
  paint.lineJoin = "round";
  for (const note of notes) {
    const [left, top] = [note.x * k + x, note.y * k + y];
    paint.strokeStyle = tokens.quiet;
    paint.fillStyle = tokens.quiet;
    if (note.width) {
      paint.lineWidth = 1.3;
      paint.setLineDash([7, 5]);
      paint.globalAlpha = 0.75;
      paint.beginPath();
      paint.roundRect(left, top, note.width * k, note.height * k, Math.min(14, k));
      paint.stroke();
      paint.setLineDash([]);
      paint.globalAlpha = 1;
    }
    paint.textBaseline = note.width ? "bottom" : "middle";
    paint.strokeStyle = tokens.halo;
    paint.lineWidth = 3.5;
    const lines = (note.text ?? "").split("\n");
    lines.forEach((line, order) => {
      const at = note.width
        ? [left + PADDING / 2, top - 3 - (lines.length - 1 - order) * 17]
        : [left, top + order * 17];
      paint.direction = wayOf(line);
      paint.strokeText(line, ...at);
      paint.fillText(line, ...at);
    });
  }
}

/** The note at a pixel: on its text, or on the outline of its region; null when there is none. */
export function noteAt({ notes }, { k, x, y }, [px, py], paint, font) {
  paint.font = font;
  for (const note of notes.filter(({ id }) => id !== undefined).reverse()) {
    const [left, top] = [note.x * k + x, note.y * k + y];
    const wide = Math.max(30, ...(note.text ?? "").split("\n").map((line) => paint.measureText(line).width));
    const textTop = note.width ? top - 20 : top - 9;
    if (px > left - 4 && px < left + wide + 6 && py > textTop && py < textTop + 20) return note;
    if (!note.width) continue;
    const [right, bottom] = [left + note.width * k, top + note.height * k];
    const near = (value, edge) => Math.abs(value - edge) < 6;
    const across = px > left - 6 && px < right + 6;
    const down = py > top - 6 && py < bottom + 6;
    if ((across && (near(py, top) || near(py, bottom))) || (down && (near(px, left) || near(px, right)))) return note;
  }
  return null;
}
