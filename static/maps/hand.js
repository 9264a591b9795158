/** The hand on the drawing table: what pressing, dragging and letting go mean with each tool. */

/** Attach it. `tool()` says which is taken up; `finished()` when a tool that is used once has been used. */
export function hand(page, { acts, pens, signal, noteUnder, tool, finished }) {
  const { stage, moves } = page;
  const { canvas } = stage;
  let doing = null; // { move(pixel, point, over), end(pixel, point, over), stop() }
  let box = null;

  stage.tops.push((paint) => {
    if (!box) return;
    const [[ax, ay], [bx, by]] = box;
    const { tokens } = stage.painter;
    paint.strokeStyle = tokens.tent;
    paint.fillStyle = tokens.tent;
    paint.globalAlpha = 0.08;
    paint.fillRect(ax, ay, bx - ax, by - ay);
    paint.globalAlpha = 1;
    paint.lineWidth = 1.2;
    paint.setLineDash([4, 3]);
    paint.strokeRect(ax, ay, bx - ax, by - ay);
    paint.setLineDash([]);
  });
  stage.overlays.push((paint) => {
    const ringed = !doing && stage.hover >= 0 && (tool() === "move" || tool() === "link");
    if (ringed) stage.painter.ring(paint, stage.hover, { away: 7, line: 5, colour: stage.painter.tokens.faint });
  });

  const rectangle = (pixel, also) => ({
    move(to) {
      box = [pixel, to];
      stage.refresh();
    },
    end(to) {
      box = null;
      const [left, right] = [Math.min(pixel[0], to[0]), Math.max(pixel[0], to[0])];
      const [top, bottom] = [Math.min(pixel[1], to[1]), Math.max(pixel[1], to[1])];
      if (right - left < 4 && bottom - top < 4) return also ? null : page.choose([]);
      const inside = [];
      for (let i = 0; i < stage.scene.count; i += 1) {
        const [x, y] = stage.at(i);
        if (stage.shown[i] && x >= left && x <= right && y >= top && y <= bottom) inside.push(i);
      }
      const kept = also ? [...stage.selected].filter((i) => !inside.includes(i)) : [];
      return page.choose([...kept, ...inside]);
    },
    stop: () => (box = null),
  });
  const link = {
    move: (pixel, point, over) => pens.link.move(pixel, over),
    end: (pixel, point, over) => {
      pens.link.end(over);
      finished();
    },
    stop: () => pens.link.stop(),
  };

  /** What is done once when the hand is lifted; then the tool is laid down. */
  const once = (does) => ({
    move() {},
    end() {
      finished();
      does();
    },
    stop() {},
  });

  /** What a press begins: nothing (it pans, or selects), or something that goes on until the hand is lifted. */
  function begin(event, i, pixel) {
    const point = stage.under(...pixel);
    const earth = stage.view === "geography"; // where things stand is no matter of drawing there
    const now = tool();
    if (now === "add") return once(() => pens.add(point));
    if (now === "note" && !earth) {
      pens.note.begin(point);
      return { ...once(() => pens.note.end()), move: (to, at) => pens.note.move(at) };
    }
    if (now === "link" && pens.link.begun) return link;
    if (
      i >= 0 &&
      !event.shiftKey &&
      (now === "link" || (now === "move" && event.pointerType === "mouse" && pens.link.onRim(i, pixel)))
    ) {
      pens.link.begin(i);
      return { ...link, end: (to, at, over) => (over === i && now === "link" ? null : link.end(to, at, over)) };
    }
    if (i >= 0 && now === "move" && !event.shiftKey && !earth) {
      pens.move.begin(i, point);
      return {
        move: (to, at) => pens.move.move(at),
        end: () => pens.move.end() || page.choose([i]),
        stop: () => pens.move.end(true),
      };
    }
    const note = i < 0 && !event.shiftKey && !earth && noteUnder(pixel);
    if (note) {
      pens.note.lift(note, point);
      return { move: (to, at) => pens.note.drag(at), end: () => pens.note.drop(), stop() {} };
    }
    if (i < 0 && (event.shiftKey || now === "several")) return rectangle(pixel, event.shiftKey);
    return null;
  }

  acts.takes = (event, i, pixel) => {
    doing = begin(event, i, pixel);
    if (!doing) return false;
    stage.carrying = true;
    stage.hover = -1;
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    return true;
  };
  canvas.addEventListener(
    "pointermove",
    (event) => {
      if (!doing) return;
      const pixel = moves.spot(event);
      const seeks = pens.link.begun;
      doing.move(pixel, stage.under(...pixel), seeks ? page.find(...pixel, event.pointerType) : -1);
    },
    { signal },
  );
  const lift = (event, stopped) => {
    if (!doing) return;
    const pixel = moves.spot(event);
    const done = doing;
    doing = null;
    stage.carrying = false;
    if (stopped) done.stop();
    else done.end(pixel, stage.under(...pixel), page.find(...pixel, event.pointerType));
    stage.refresh();
  };
  canvas.addEventListener("pointerup", (event) => lift(event, false), { signal });
  canvas.addEventListener("pointercancel", (event) => lift(event, true), { signal });
}
