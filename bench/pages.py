"""Requests per second of the pages, each beside the same server's empty page, in interleaved runs (needs wrk).

python -m bench.pages [--organizations 100000] [--rounds 5] [--seconds 4] [--json FILE]
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
WORDS = (
    "garden training translation coding library venue mentors youth science robots women radio repair teachers funding "
    "climate health maps data music"
).split() + ["legal home", "open knowledge"]
MIX = 200
DIFFERENT = ", all different"
FLOORS = {"directory": 0.25, "finder": 0.25, "profile": 0.40}


def environment(folder: Path) -> dict[str, str]:
    """The environment of an instance in `folder`."""
    return {**os.environ, "INSTANCE_PATH": str(folder)}


def build(folder: Path, organizations: int) -> float:
    """Make an instance with a generated network; returns how many seconds the generator took."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    for command in (["db", "upgrade"], ["places", "load"]):
        subprocess.run([*flask, *command], check=True, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    subprocess.run(
        [*flask, "demo", "load", "--organizations", str(organizations), "--seed", "7"],
        check=True,
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def addresses(base: str) -> dict[str, list[str]]:
    """The addresses of each page under load, the towns as people are spread.

    A page is asked for by a mix of two hundred addresses in turn, as the pages of a busy day are; and, under "all
    different", by so many that hardly one is remembered from the last time.
    """
    pick = random.Random(7)
    profiles, towns = [], []
    for page in range(1, 498, 7):
        with urllib.request.urlopen(f"{base}/api/organizations?limit=60&cursor={page}&sort=name") as answer:
            items = json.load(answer)["items"]
        profiles += ["/organizations/" + quote(one["slug"]) for one in items]
        towns += [one["place"]["town"] for one in items if one["place"]["town"]]
    near = [quote(town) for town in towns]
    words = [quote(word) for word in WORDS]
    pick.shuffle(profiles)
    different = {
        "directory": [
            f"/organizations/?q={pick.choice(words)}&near={town}&radius={pick.choice((50, 100))}" for town in near
        ],
        "finder": [f"/chapters/?near={town}" for town in dict.fromkeys(near)],
        "profile": profiles,
    }
    few = {name: pick.sample(paths, MIX) for name, paths in different.items()}
    return {"empty": ["/empty"], **few, **{f"{name}{DIFFERENT}": paths for name, paths in different.items()}}


def script(folder: Path, name: str, paths: list[str]) -> Path:
    """The wrk script that asks for `paths` in turn."""
    listed = ",\n".join(json.dumps(path) for path in paths)
    file = folder / f"{name.replace(' ', '-')}.lua"
    file.write_text(
        f"local paths = {{{listed}}}\nlocal at = 0\n"
        'request = function()\n  at = at % #paths + 1\n  return wrk.format("GET", paths[at])\nend\n'
    )
    return file


def requests_per_second(base: str, file: Path, seconds: int) -> float:
    """One run of wrk; raises RuntimeError when anything but success was answered."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(file), base]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{file.stem}: {said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found:
        raise RuntimeError(f"{file.stem}: {said}")
    return float(found[1])


def memory(pid: int) -> int:
    """The resident memory of a server's largest worker, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = [
        int(line.split()[1]) // 1024
        for child in children
        for line in Path(f"/proc/{child}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    ]
    return max(sizes, default=0)


def wire(base: str, path: str) -> int:
    """How many bytes a page and what it links in its head take, gzip accepted, without the map's files."""
    total = 0
    page = fetch(base + path)
    total += len(page[1])
    for address in set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))', page[0])):
        if "leaflet" not in address and "topojson" not in address and "map" not in address:
            total += len(fetch(base + address)[1])
    return total


def fetch(address: str) -> tuple[str, bytes]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        raw = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            import gzip

            return gzip.decompress(raw).decode(), raw
        return raw.decode(), raw


def measure(base: str, folder: Path, rounds: int, seconds: int) -> dict[str, float]:
    """Median requests per second of each page over interleaved rounds."""
    files = {name: script(folder, name, paths) for name, paths in addresses(base).items()}
    runs: dict[str, list[float]] = {name: [] for name in files}
    for file in files.values():
        requests_per_second(base, file, 2)
    for _ in range(rounds):
        for name, file in files.items():
            runs[name].append(requests_per_second(base, file, seconds))
    return {name: statistics.median(values) for name, values in runs.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--json")
    parser.add_argument("--instance", help="an instance that is already built")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("bench: the pages need wrk (apt-get install wrk)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.instance or temporary)
        generated = None if options.instance else build(folder, options.organizations)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        base = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}", "--log-level", "warning"]
            + ["bench.wsgi:app"],
            cwd=ROOT,
            env=environment(folder),
        )
        try:
            wait(base)
            rates = measure(base, Path(temporary), options.rounds, options.seconds)
            figures = {
                "organizations": options.organizations,
                "generated_in_seconds": generated and round(generated, 1),
                "requests_per_second": {name: round(rate) for name, rate in rates.items()},
                "ratio": {name: round(rate / rates["empty"], 3) for name, rate in rates.items()},
                "finder_kilobytes": round(wire(base, "/chapters/?near=Leeds") / 1024, 1),
                "worker_megabytes": memory(server.pid),
            }
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    for name, rate in rates.items():
        floor = f" (floor {FLOORS[name]})" if name in FLOORS else ""
        print(f"{name:26} {rate:8.0f} requests/s   {figures['ratio'][name]:.3f} of the empty page{floor}")
    print(f"finder page {figures['finder_kilobytes']} kB over the wire, worker {figures['worker_megabytes']} MB")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def wait(base: str) -> None:
    """Until the server answers; raises TimeoutError after 30 seconds."""
    for _ in range(300):
        try:
            urllib.request.urlopen(base + "/healthz").close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
