"""The partner map in a browser without a graphics card: its first frame, its frames under the hand, bytes and memory.

python -m bench.map_page [--organizations 2000 10000] [--large 100000] [--rounds 5] [--json FILE]
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import ROOT, environment, fetch, wait
from tests.journeys.browser import launch

TIES = 2.4  # for each organisation
EDITS = 1000
FRAMES = 60
MARK = "() => performance.getEntriesByName('map-painted')[0]?.startTime"
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


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server of one worker over an instance; gives where it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "--threads", "4", "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--log-level", "warning", "bench.wsgi:app"], cwd=ROOT, env=environment(folder))
    try:
        wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def tied(made: Path, folder: Path) -> int:
    """Copy a generated network, make everyone public and tie them to those nearby; gives how many ties there are."""
    for name in ("network.db", "secret_key"):
        shutil.copy(made / name, folder / name)
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"],
        check=True,
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
    )
    chance = random.Random(7)
    with sqlite3.connect(folder / "network.db") as database:
        database.execute("UPDATE organization SET standing = 'current'")
        ids = [id for (id,) in database.execute("SELECT id FROM organization ORDER BY country, region, id")]
        shown = "SELECT count(*) FROM link WHERE confirmed_on IS NOT NULL AND ended_on IS NULL"
        missing = int(TIES * len(ids)) - database.execute(shown).fetchone()[0]
        new = (
            "INSERT OR IGNORE INTO link (from_id, to_id, type, proposed_by, proposed_at, confirmed_by, confirmed_on)"
            " VALUES (?, ?, 'works_with', 'to', '2026-01-01', 'to', '2026-01-02')"
        )
        while missing > 0:
            at = chance.randrange(len(ids))
            one, other = ids[at], ids[(at + chance.randrange(1, 40)) % len(ids)]
            missing -= database.execute(new, (min(one, other), max(one, other))).rowcount
        return database.execute(shown).fetchone()[0]


def drawing(folder: Path) -> tuple[str, str, str]:
    """Begin the staff's map of an instance; gives its address, and name and value of the cookie of one of them."""
    os.environ["INSTANCE_PATH"] = str(folder)
    from flask.sessions import SecureCookieSessionInterface

    from network import create_app
    from network.accounts.models import Person, Role, SignedIn
    from network.accounts.present import hashed
    from network.clock import now
    from network.extensions import db
    from network.hats import Hat, Identity, Worn
    from network.maps import kept
    from network.maps.asked import Asked
    from network.maps.eyes import Eyes

    app = create_app({"LOG_LEVEL": "WARNING"})
    with app.test_request_context():
        person = Person(email="bench@lantern-and-loom.example", name="Bench", locale="en", handle=os.urandom(32))
        person.roles = [Role(role="staff")]
        db.session.add(person)
        db.session.flush()
        row = SignedIn(token_hash=hashed("bench"), person_id=person.id, strong=True)
        row.started_at = row.seen_at = row.proved_at = now()
        db.session.add(row)
        who = Identity(person.id, (Worn(Hat.STAFF),), True)
        slug = kept.make(db.session(), who, "Bench", "", "staff", Asked(), Eyes(None)).slug
        db.session.commit()
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer, "the instance has no secret key"
        return f"/maps/{slug}/draw", app.config["SESSION_COOKIE_NAME"], serializer.dumps({"_user_id": "bench"})


def first_frames(browser: Browser, address: str, rounds: int) -> dict[str, float]:
    """Milliseconds from navigation to the first frame: with an empty cache, and on coming back."""
    found: dict[str, list[float]] = {"first": [], "again": []}
    for _round in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        for when in found:
            page.goto(address)
            page.wait_for_function(MARK, timeout=60_000)
            found[when].append(page.evaluate(MARK))
            page.goto("about:blank")
        context.close()
    return {when: round(statistics.median(times), 1) for when, times in found.items()}


def frames(page: Page, turn: str) -> float:
    """The median time of a frame, in milliseconds, while a hand moves."""
    if turn == "pan":
        box = page.locator("#map canvas").bounding_box() or {}
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


def tile_sizes(base: str) -> dict[str, Any]:
    """How large tiles are over the wire: all of the first depths, then those where most stand."""
    sizes: list[int] = []
    for view in ("graph", "geography"):
        spots = [(0, 0, 0)]
        while spots:
            weighed = []
            for z, x, y in spots:
                try:
                    told, raw = fetch(f"{base}/maps/tiles/{view}/{z}/{x}/{y}.json")
                except urllib.error.HTTPError:
                    continue  # deeper than the deepest
                sizes.append(len(raw))
                told = json.loads(told)
                weighed.append((sum(told["count"]), z + 1, 2 * x, 2 * y))
            best = sorted(weighed, reverse=True)[:6]
            spots = [(z, x + right, y + down) for much, z, x, y in best if much for right in (0, 1) for down in (0, 1)]
    first = fetch(f"{base}/maps/")
    return {
        "tiles": len(sizes),
        "median_kilobytes": round(statistics.median(sizes) / 1024, 1),
        "largest_kilobytes": round(max(sizes) / 1024, 1),
        "page_kilobytes": round(len(first[1]) / 1024, 1),
    }


def measured(browser: Browser, made: Path, rounds: int, hand: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        found: dict[str, Any] = {"ties": tied(made, folder)}
        table = drawing(folder) if hand else None
        with served(folder) as base:
            fetch(f"{base}/maps/")
            found["scene_kilobytes"] = round(len(fetch(f"{base}/maps/scene.json")[1]) / 1024, 1)
            found["page_kilobytes"] = round(len(fetch(f"{base}/maps/")[1]) / 1024, 1)
            found |= {f"{when}_frame_ms": took for when, took in first_frames(browser, f"{base}/maps/", rounds).items()}
            if table:
                found |= under_the_hand(browser, base, table)
    return found


def main() -> None:
    from bench.__main__ import instance

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, nargs="+", default=[2_000, 10_000])
    parser.add_argument("--large", type=int, default=100_000, help="for the tiles; 0 leaves them out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="where the figures go")
    options = parser.parse_args()
    found: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for size in options.organizations:
            hand = size == max(options.organizations)
            found[str(size)] = measured(browser, instance(size, False), options.rounds, hand)
            print(size, found[str(size)], flush=True)
        browser.close()
    if options.large:
        with served(instance(options.large, False)) as base:
            found["tiles"] = tile_sizes(base)
        print(options.large, found["tiles"], flush=True)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
