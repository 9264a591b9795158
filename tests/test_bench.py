"""The benchmarks run: their figures are measured elsewhere, on a quiet machine."""

import subprocess
import sys

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
