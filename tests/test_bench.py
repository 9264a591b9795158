"""The benchmarks run: their figures are measured elsewhere, on a quiet machine."""

import json
import subprocess
import sys

import pytest

from bench.__main__ import map_rows
from network.config import ROOT


def test_the_engine_is_measured_on_a_small_network():
    few = ("--documents", "2000", "--questions", "10", "--engine", "sqlite")
    done = subprocess.run([sys.executable, "-m", "bench.engine", *few], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "word within 50 km" in done.stdout


def test_the_matcher_is_measured_on_a_small_network():
    done = subprocess.run(
        [sys.executable, "-m", "bench.matching", "--organizations", "300"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "top_ms" in done.stdout


PROTOTYPE = """
import numpy as np

def stats(items):
    return len(items)

class Engine:
    def __init__(self, organizations, relations, items):
        assert items == 6 * organizations
        self.mutuals = np.zeros(organizations)
        self.relations = relations

    def put(self, organization, offers, seeks):
        assert len(offers) == len(seeks) == 3
        assert all(self.relations[kind][kind] == 1 for one in offers for kind in one["k"])
        self.mutuals[organization] = len(offers[0]["w"])

    def mutual(self, organization):
        return self.mutuals, None, None
"""


def test_the_matcher_is_measured_beside_its_prototype(tmp_path):
    (tmp_path / "prototype.py").write_text(PROTOTYPE)
    asked = (str(tmp_path / "prototype.py"), "--organizations", "60", "--json", str(tmp_path / "found.json"))
    done = subprocess.run([sys.executable, "-m", "bench.beside", *asked], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "found.json").read_text())["60"]
    assert figures["ratio"] == pytest.approx(figures["top_ms"] / figures["prototype_ms"], rel=0.2)


def test_the_layout_is_measured_on_a_small_network():
    done = subprocess.run(
        [sys.executable, "-m", "bench.maps", "--organizations", "200"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "layout_seconds" in done.stdout


def test_every_figure_of_the_map_has_its_bound():
    size = {"first_frame_ms": 200, "ties": 24000, "scene_kilobytes": 160, "heap_megabytes": [4.0, 4.1]}
    hand = {"pan_ms": 17, "zoom_ms": 17, "drag_ms": 17}
    told = list(map_rows({"2000": size, "10000": size | hand, "tiles": {"largest_kilobytes": 14}}))
    assert len(told) == 8
    assert all(holds for _what, _measured, _bound, holds in told)
