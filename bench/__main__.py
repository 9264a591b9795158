"""Every benchmark, as one table with ratios, and as JSON in build/bench.json.

python -m bench [--organizations 100000] [--documents 1000000] [--rounds 5] [--prototype FILE] [--again]
"""

import argparse
import json
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.desk import WITHIN
from bench.pages import FLOORS, ROOT, build

BUILD = ROOT / "build"
ENGINE_MS = {"100k": 0.5, "1M": 2.5}
ASKED = "word within 50 km"
MATCHER_MS = {"10000": 1.5, "100000": 12.0}
PROTOTYPE_MS = {"10000": 1.5, "100000": 13.8}  # what the matcher's prototype took on the machine of its figures
FIRST_FRAME_MS = {"2000": 250, "10000": 350}
HAND_MS = {"pan": 25, "zoom": 25, "drag": 20}
LAYOUT_SECONDS = {"150": 0.3, "2000": 2.0, "10000": 6.0}


def run(name: str, *arguments: str) -> dict[str, Any]:
    """Run one benchmark, showing what it says; its figures."""
    file = BUILD / f"bench-{name.replace('.', '-')}.json"
    print(f"\n== {name} {' '.join(arguments)}", flush=True)
    subprocess.run([sys.executable, "-m", f"bench.{name}", *arguments, "--json", str(file)], check=True, cwd=ROOT)
    return json.loads(file.read_text("utf-8"))


def instance(organizations: int, again: bool) -> Path:
    """An instance with a generated network of that size, made once and kept in build/."""
    folder = BUILD / f"bench-{organizations}"
    if again or not (folder / "made").exists():
        print(f"Making a network of {organizations} organisations in {folder.relative_to(ROOT)}", flush=True)
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        folder.mkdir(parents=True)
        (folder / "made").write_text(f"{build(folder, organizations):.1f} s\n")
    return folder


def rows(found: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    """Each figure to hold: what, measured, bound, whether it holds."""
    for size, bound in ENGINE_MS.items():
        if size in found["engine"]:
            by = found["engine"][size]["milliseconds"][ASKED]
            sqlite = by["sqlite"]["median"]
            yield f"engine, {size}, SQLite: {ASKED}", f"{sqlite:.2f} ms", f"<= {bound} ms", sqlite <= bound
            if "postgresql" in by:
                ratio = by["postgresql"]["median"] / sqlite
                yield f"engine, {size}, PostgreSQL beside SQLite", f"{ratio:.2f} x", "<= 3 x", ratio <= 3
    pages = found["pages"]
    for name, floor in FLOORS.items():
        ratio, rate = pages["ratio"][name], pages["requests_per_second"][name]
        yield f"{name} page, {rate} requests/s, of the empty page", f"{ratio:.2f}", f">= {floor}", ratio >= floor
    yield "finder page over the wire", f"{pages['finder_kilobytes']} kB", "<= 60 kB", pages["finder_kilobytes"] <= 60
    yield "a worker's memory", f"{pages['worker_megabytes']} MB", "<= 150 MB", pages["worker_megabytes"] <= 150
    for size, bound in MATCHER_MS.items():
        figures = found["matching"][size]
        top, edit, takes = figures["top_ms"], figures["edit_ms"], figures["index_megabytes"]
        yield f"matcher, {size} organisations: the top 20", f"{top:.2f} ms", f"<= {bound} ms", top <= bound
        yield f"matcher, {size}: an edit", f"{edit:.2f} ms", "<= 1 ms", edit <= 1
        most, built = int(size) / 1000, figures["build_seconds"]
        yield f"matcher, {size}: its index", f"{takes} MB", f"<= {most:.0f} MB", takes <= most
        yield f"matcher, {size}: built in", f"{built} s", f"<= {most / 10:.0f} s", built <= most / 10
    for size, figures in found.get("beside", {}).items():
        ratio, bound = figures["ratio"], MATCHER_MS[size] / PROTOTYPE_MS[size]
        yield f"matcher, {size}: beside its prototype", f"{ratio:.2f} x", f"<= {bound:.2f} x", ratio <= bound
    for size, bound in LAYOUT_SECONDS.items():
        takes = found["maps"][size]["layout_seconds"]
        yield f"map, {size} organisations: laid out", f"{takes} s", f"<= {bound} s", takes <= bound
    yield from map_rows(found["map_page"])
    for name, ratio in found["desk"]["ratio"].items():
        yield f"staff's {name}, of the directory page", f"{ratio:.2f} x", f"<= {WITHIN:.0f} x", ratio <= WITHIN
    lists = found["lists"]
    yield (
        f"import of {lists['rows']:.0f} rows",
        f"{lists['import_seconds']} s",
        "<= 90 s",
        lists["import_seconds"] <= 90,
    )


def map_rows(page: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    """The figures of the map in a browser."""
    for size, bound in FIRST_FRAME_MS.items():
        took = page[size]["first_frame_ms"]
        yield f"map, {size} organisations: first frame", f"{took} ms", f"<= {bound} ms", took <= bound
    many = page["10000"]
    for turn, bound in HAND_MS.items():
        took = many[f"{turn}_ms"]
        yield f"map, 10000: a frame of {turn}", f"{took} ms", f"<= {bound} ms", took <= bound
    takes = many["scene_kilobytes"]
    yield f"map, 10000 and {many['ties']} ties: over the wire", f"{takes} kB", "<= 170 kB", takes <= 170
    before, after = many["heap_megabytes"]
    yield "drawing table: memory after 1000 edits", f"{after / before:.2f} x", "<= 1.1 x", after <= 1.1 * before
    largest = page["tiles"]["largest_kilobytes"]
    yield "large map: the largest tile", f"{largest} kB", "<= 40 kB", largest <= 40


def main() -> None:
    parser = argparse.ArgumentParser(description="Every benchmark, as a table and as build/bench.json")
    parser.add_argument("--organizations", type=int, default=100_000, help="for the pages and the lists")
    parser.add_argument("--documents", type=int, default=1_000_000, help="for the large engine; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--prototype", type=Path, help="of the matcher, to be asked beside it (bench/beside.py)")
    parser.add_argument("--again", action="store_true", help="make the generated network anew")
    options = parser.parse_args()
    BUILD.mkdir(exist_ok=True)
    engine = {"100k": run("engine", "--documents", "100000")}
    if options.documents:
        engine["1M"] = run("engine", "--documents", str(options.documents), "--questions", "100")
    made = str(instance(options.organizations, options.again))
    size = ("--organizations", str(options.organizations))
    found = {
        "on": time.strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "engine": engine,
        "matching": run("matching"),
        "beside": run("beside", str(options.prototype.resolve())) if options.prototype else {},
        "maps": run("maps"),
        "map_page": run("map_page", "--large", str(options.organizations), "--rounds", str(options.rounds)),
        "pages": run("pages", "--instance", made, *size, "--rounds", str(options.rounds)),
        "desk": run("desk", "--instance", made),
        "lists": run("lists", "--instance", made),
    }
    (BUILD / "bench.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    print(f"\n{'figure':58}{'measured':>12}{'to hold':>12}")
    for what, measured, bound, holds in rows(found):
        print(f"{what:58}{measured:>12}{bound:>12}{'' if holds else '   not held'}")


if __name__ == "__main__":
    main()
