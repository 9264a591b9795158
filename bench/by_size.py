"""Figures of networks of several sizes: said, and written as JSON."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def asking(doc: str | None, sizes: Sequence[int]) -> argparse.ArgumentParser:
    """The arguments of such a benchmark, which measures these sizes when nobody names others."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organizations", type=int, nargs="+", default=sizes)
    parser.add_argument("--json", type=Path, help="where the figures go")
    return parser


def told(options: argparse.Namespace, measured: Callable[[int], Mapping[str, float]]) -> None:
    """Measure each size, say the figures in a line, and write all of them by size."""
    found = {str(size): measured(size) for size in options.organizations}
    for figures in found.values():
        print("  ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(found, indent=1) + "\n")
