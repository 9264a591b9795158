"""A sheet of paper in small squares, on which one finds the free place nearest to the middle. Pure."""

import numpy as np

from network.maps.graph import Floats, Indices

CORNER = 3.0  # how far what is laid out looks from an ellipse (2) to a box (infinity)
TILT = 0.04  # rather to the lower right
DIAGONAL = 1.415  # of a cell


class Sheet:
    """Square cells around a middle, of which some are taken."""

    def __init__(self, wide: float, high: float, cell: float) -> None:
        self.cell = cell
        self.half = np.array([int(wide / cell) + 2, int(high / cell) + 2])
        self.taken = np.zeros(2 * self.half + 1, dtype=bool)
        across, down = np.mgrid[-self.half[0] : self.half[0] + 1, -self.half[1] : self.half[1] + 1]
        cost = np.abs(across / self.half[0] - TILT) ** CORNER + np.abs(down / self.half[1] - TILT) ** CORNER
        self.places = np.argsort(cost.ravel(), kind="stable")
        self.looked: dict[bytes, int] = {}  # how many places have no room for a shape, as they had none before

    def cells(self, points: Floats) -> Indices:
        """The cells that points lie in, as (cells, 2) from the middle, each once."""
        cells = np.round(points / self.cell).astype(np.int64)
        low, size = cells.min(axis=0), np.ptp(cells, axis=0) + 1
        held = np.zeros(size, dtype=bool)
        held[tuple((cells - low).T)] = True
        return np.argwhere(held) + low

    def take(self, cells: Indices, reach: float) -> None:
        """Take some cells, and all that may hold a point within reach of a point in them."""
        size = int(np.ceil(reach / self.cell + DIAGONAL))
        across, down = np.mgrid[-size : size + 1, -size : size + 1]
        near = np.hypot(across, down) < reach / self.cell + DIAGONAL
        for step in np.stack([across[near], down[near]], axis=1):
            at = np.clip(cells + self.half + step, 0, 2 * self.half)
            self.taken[at[:, 0], at[:, 1]] = True

    def fill(self) -> None:
        """Take what is enclosed from all four sides."""
        before = [np.logical_or.accumulate(self.taken, axis=axis) for axis in (0, 1)]
        behind = [np.flip(np.logical_or.accumulate(np.flip(self.taken, axis), axis=axis), axis) for axis in (0, 1)]
        self.taken |= before[0] & before[1] & behind[0] & behind[1]

    def place(self, cells: Indices) -> Indices | None:
        """How far to move a shape of cells for the free place nearest to the middle; None when there is no room."""
        anchor = cells[(cells**2).sum(axis=1).argmin()]
        around, size = cells - anchor, self.taken.shape
        low, high, shape = around.min(axis=0), around.max(axis=0), around.tobytes()
        begin = self.looked.get(shape, 0)
        free = begin + np.flatnonzero(~self.taken.ravel()[self.places[begin:]])
        many = max(64, min(4096, 400_000 // len(cells)))
        for part in range(0, len(free), many):
            numbers = free[part : part + many]
            at = np.stack(np.unravel_index(self.places[numbers], size), axis=1)
            fits = ((at + low >= 0) & (at + high < size)).all(axis=1)
            spots = at[fits][:, None] + around
            fits[fits] = ~self.taken[spots[..., 0], spots[..., 1]].any(axis=1)
            if fits.any():
                first = int(fits.argmax())
                self.looked[shape] = int(numbers[first])
                return at[first] - self.half - anchor
        return None
