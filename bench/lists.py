"""How fast a list is read: a generated network, exported and then imported into an empty instance."""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.pages import ROOT


def flask(folder: Path, *arguments: str) -> float:
    """Run a command of the application on the instance in `folder`; the seconds it took."""
    began = time.perf_counter()
    environment = {**os.environ, "INSTANCE_PATH": str(folder), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(source: Path, folder: Path) -> dict[str, float]:
    """Export the instance in `source`, import the list into a new one in `folder`, and import it once more."""
    file = folder / "list.csv"
    figures = {"export_seconds": flask(source, "interchange", "export", "--format", "csv", "--out", str(file))}
    with file.open(newline="", encoding="utf-8-sig") as rows:
        figures["rows"] = sum(1 for _ in csv.reader(rows)) - 1
    for command in (("db", "upgrade"), ("directory", "topics"), ("places", "load")):
        flask(folder, *command)
    figures["import_seconds"] = flask(folder, "interchange", "import", str(file))
    figures["again_seconds"] = flask(folder, "interchange", "import", str(file), "--update")
    return {name: round(value, 1) for name, value in figures.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", type=Path, required=True, help="the instance whose list is taken")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        figures = measure(options.instance.resolve(), folder)
    finally:
        shutil.rmtree(folder)
    print("{rows:.0f} rows: exported in {export_seconds} s, imported in {import_seconds} s".format(**figures), end="")
    print(", the same list once more in {again_seconds} s".format(**figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
