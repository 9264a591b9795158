"""The benchmarks run: their figures are measured elsewhere, on a quiet machine."""

import subprocess
import sys

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
