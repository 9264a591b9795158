"""The map under the hand: its frames while one pans, zooms and drags, and its memory before and after many edits."""

import statistics
from typing import Any

from playwright.sync_api import Browser, Page

EDITS = 1000
FRAMES = 60
READY = "section[data-map-ready]"
RUN = """async (turn) => {
  const { maps } = await import('/static/maps/main.js');
  const { stage } = maps.get(document.querySelector('#map'));
  const { canvas } = stage;
  const box = canvas.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const pressed = { buttons: 1, pointerId: 1, pointerType: 'mouse', isPrimary: true };
  const tell = (Kind, name, more) => canvas.dispatchEvent(
    new Kind(name, { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, ...more }));
  const around = (n) => ({ clientX: x + 160 * Math.sin(n / 9), clientY: y + 90 * Math.cos(n / 9) });
  const turns = {
    pan: (n) => tell(MouseEvent, 'mousemove', { buttons: 1, ...around(n) }),
    zoom: (n) => tell(WheelEvent, 'wheel', { deltaY: n % 40 < 20 ? -40 : 40 }),
    drag: (n) => tell(PointerEvent, 'pointermove', { ...pressed, ...around(n) }),
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const times = [];
  let before = await frame();
  for (let n = 1; n <= FRAMES; n += 1) {
    turns[turn](n);
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return times;
}""".replace("FRAMES", str(FRAMES))
GRASP = """async () => {
  const { maps } = await import('/static/maps/main.js');
  const { stage } = maps.get(document.querySelector('#map'));
  const box = stage.canvas.getBoundingClientRect();
  const [x, y] = stage.at(stage.scene.important[3]);
  return [box.left + x, box.top + y];
}"""
EDIT = """async (edits) => {
  const { maps } = await import('/static/maps/main.js');
  const { stage, exchange } = maps.get(document.querySelector('#map'));
  const { ids, x, y } = stage.scene;
  for (let n = 0; n < edits; n += 40) {
    const some = Array.from({ length: Math.min(40, edits - n) }, (none, at) => (n + at) * 7 % ids.length);
    await Promise.all(some.map((i) => exchange.send({ kind: 'place', positions: { [ids[i]]: [x[i] + 0.5, y[i]] } })));
  }
}"""


def frames(page: Page, turn: str) -> float:
    """The median time of a frame, in milliseconds, while a hand moves."""
    if turn == "pan":
        box = page.locator("#map canvas").bounding_box()
        assert box, "the map is not to be seen"
        page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
        page.mouse.down()
    if turn == "drag":
        page.mouse.move(*page.evaluate(GRASP))
        page.mouse.down()
    times = page.evaluate(RUN, turn)
    if turn != "zoom":
        page.mouse.up()
    return round(statistics.median(times), 1)


def heap(page: Page) -> float:
    """The memory that scripts use, in MB, after what is not needed was let go."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return round(session.send("Runtime.getHeapUsage")["usedSize"] / 2**20, 2)


def under_the_hand(browser: Browser, base: str, table: tuple[str, str, str]) -> dict[str, Any]:
    """Frames of pan and zoom on the map, of dragging on the drawing table, and memory before and after many edits."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{base}/maps/")
    page.wait_for_selector(READY, timeout=60_000)
    found: dict[str, Any] = {f"{turn}_ms": frames(page, turn) for turn in ("pan", "zoom")}
    path, name, value = table
    context.add_cookies([{"name": name, "value": value, "url": base}])
    page.goto(base + path)
    page.wait_for_selector(READY, timeout=60_000)
    found["drag_ms"] = frames(page, "drag")
    page.evaluate(EDIT, 40)
    found["heap_megabytes"] = [heap(page)]
    page.evaluate(EDIT, EDITS)
    found["heap_megabytes"].append(heap(page))
    context.close()
    return found
