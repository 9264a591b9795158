/** Writing on the map: a text where one clicks, an outline with a name where one drags; either can be changed. */
import { make } from "../islands.js";
import { card, closeOpen, field } from "./menus.js";

const tenth = (value) => Math.round(value * 10) / 10;

export function noting(page, send) {
  const { stage, words } = page;
  let region = null;
  let moved = null;

  stage.tops.push((paint, { k, x, y }) => {
    if (!region?.to) return;
    const [left, top] = [Math.min(region.from[0], region.to[0]), Math.min(region.from[1], region.to[1])];
    const [width, height] = [Math.abs(region.to[0] - region.from[0]), Math.abs(region.to[1] - region.from[1])];
    paint.strokeStyle = stage.painter.tokens.tent;
    paint.lineWidth = 1.5;
    paint.setLineDash([7, 5]);
    paint.strokeRect(left * k + x, top * k + y, width * k, height * k);
    paint.setLineDash([]);
  });

  const sent = (note, changes) =>
    send({
      kind: "note",
      note: note.id ?? null,
      text: note.text ?? "",
      at: [tenth(note.x), tenth(note.y)],
      size: note.width ? [tenth(note.width), tenth(note.height)] : null,
      staff_only: Boolean(note.staff_only),
      ...changes,
    });

  /** Open the form of a note, a new one or one that is there. */
  function write(note) {
    const text = make("textarea", { name: "text", rows: "2", maxlength: "500" });
    text.value = note.text ?? "";
    const only = make("input", { type: "checkbox", name: "staff_only" });
    only.checked = note.staff_only ?? true;
    const inside = [
      field(note.width ? words.regionName : words.noteText, text),
      make("label", { class: "tick" }, only, words.staffOnly),
    ];
    if (note.id !== undefined) {
      const away = make("button", { type: "button", class: "plain small" }, words.remove);
      away.addEventListener("click", () => {
        closeOpen(page);
        sent(note, { text: "", size: null });
      });
      inside.push(away);
    }
    card(page, [note.x * stage.camera.k + stage.camera.x + 12, note.y * stage.camera.k + stage.camera.y + 12], {
      title: note.width ? words.region : words.note,
      inside,
      button: words.keep,
      taken: (fields) => {
        if (!fields.text.trim() && !note.width) return;
        sent(note, { text: fields.text.trim(), staff_only: Boolean(fields.staff_only) });
      },
    });
  }

  return {
    write,
    writeAt: ([x, y]) => write({ x, y }),
    begin: (point) => (region = { from: point, to: null }),
    move(point) {
      region.to = point;
      stage.refresh();
    },
    /** End outlining: a region when one dragged, a text when one only pressed. */
    end() {
      const { from, to } = region;
      region = null;
      stage.refresh();
      const [width, height] = to ? [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])] : [0, 0];
      if (Math.min(width, height) * stage.camera.k < 14) write({ x: from[0], y: from[1] });
      else write({ x: Math.min(from[0], to[0]), y: Math.min(from[1], to[1]), width, height });
    },
    lift: (note, point) => (moved = { note, point, x: note.x, y: note.y }),
    drag(point) {
      moved.note.x = moved.x + point[0] - moved.point[0];
      moved.note.y = moved.y + point[1] - moved.point[1];
      stage.refresh();
    },
    drop() {
      const { note, x, y } = moved;
      moved = null;
      if (Math.hypot(note.x - x, note.y - y) * stage.camera.k < 4) write(note);
      else sent(note, {});
    },
  };
}
