"""Where each organisation of a map stands: laid out once for the same ties, and kept in files that may be deleted."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from flask import current_app
from numpy.typing import NDArray

from network.maps import layout, newcomers
from network.maps.scene import Node, Point, Tie

KEPT = 200  # layouts
VERSION = 1  # of how maps are laid out: another one lays all of them out anew


def positions(
    nodes: Sequence[Node], ties: Sequence[Tie], seed: int = 1, known: Mapping[int, Point] | None = None
) -> dict[int, Point]:
    """A point for every organisation. Those that stand somewhere already stay; new ones come near their ties."""
    place = {node.id: at for at, node in enumerate(nodes)}
    source, target = [place[tie.source] for tie in ties], [place[tie.target] for tie in ties]
    standing = {id: point for id, point in (known or {}).items() if id in place}
    if standing:
        present = np.full((len(nodes), 2), np.nan)
        for id, point in standing.items():
            present[place[id]] = point
        found = newcomers.placed_near(present, source, target, seed)
    else:
        found = remembered(len(nodes), source, target, seed)
    return {node.id: (x, y) for node, (x, y) in zip(nodes, found.round(2).tolist(), strict=True)}


def remembered(count: int, source: Sequence[int], target: Sequence[int], seed: int) -> NDArray[np.float64]:
    """The layout of a graph, from its file where it was laid out before."""
    said = sha256(repr((VERSION, count, seed, source, target)).encode()).hexdigest()
    file = Path(current_app.instance_path) / "layouts" / f"{said[:40]}.npy"
    try:
        found: NDArray[np.float64] = np.load(file, allow_pickle=False)
        return found
    except (OSError, ValueError):
        made = layout.laid_out(count, source, target, seed)
        keep(file, made)
        return made


def keep(file: Path, made: NDArray[np.float64]) -> None:
    """Write a layout, at once and whole; the oldest of too many go. That it can't be written keeps nobody waiting."""
    try:
        file.parent.mkdir(exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as opened:
            np.save(opened, made)
        os.replace(unfinished, file)
        files = sorted(file.parent.glob("*.npy"), key=lambda one: one.stat().st_mtime)
        for old in files[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        current_app.logger.warning("a layout could not be kept in %s", file.parent, exc_info=True)
