"""The partner map in a browser without a graphics card: its first frame, its frames under the hand, bytes and memory.

python -m bench.map_page [--organizations 2000 10000] [--large 100000] [--rounds 5] [--json FILE]
"""

import argparse
import json
import statistics
import tempfile
import urllib.error
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.map_hand import under_the_hand
from bench.map_network import drawing, served, tied
from bench.pages import fetch
from tests.journeys.browser import launch

MARK = "() => performance.getEntriesByName('map-painted')[0]?.startTime"


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
