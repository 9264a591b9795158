"""Where ties draw organisations: tied ones pull, all push each other away, and the middle holds them loosely. Pure.

After ForceAtlas2 (Jacomy and others, 2014): who has many ties pushes harder, so that networks stand apart. Each goes
to where the forces would balance if nobody else moved, in steps that grow shorter. Sums are taken in one order, and no
product of matrices is taken (its order may depend on threads), so that the same start gives the same end.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from network.maps.graph import Floats, Ties

GRAVITY = 0.05
FAINTEST = 0.01  # the weight of a tie
STEP = 0.5  # of the way to the balance, as the others move too
FIRST, LAST = 2.0, 0.016  # the longest step, for a drawing of one organisation; a drawing grows with their root
SMOOTH, JITTER = 150, 0.1  # rounds, at most, of moving to the middle of one's ties; chance added after them
CELLS = (64, 128, 256)  # of the grid each way: coarse while all is far from its place


def loosened(ties: Ties, count: int) -> Ties:
    """A tie to someone who has very many says little about where one belongs: it draws less."""
    degrees = ties.degrees(count)
    most = np.maximum(degrees[ties.source], degrees[ties.target])
    return ties._replace(weight=np.maximum(ties.weight, FAINTEST) / np.sqrt(most))


def drawn(values: Floats, ties: Ties) -> Floats:
    """For each organisation (row), the sum of what its ties' other ends have, by the ties' weights."""
    found = np.empty_like(values)
    for axis in range(values.shape[1]):
        one, other = values[ties.source, axis] * ties.weight, values[ties.target, axis] * ties.weight
        found[:, axis] = np.bincount(ties.target, one, len(values)) + np.bincount(ties.source, other, len(values))
    return found


def start(count: int, ties: Ties, seed: int) -> Floats:
    """Scattered by chance, then everyone towards the middle of its ties, so that who belongs together starts near."""
    chance = np.random.default_rng(seed)
    points = chance.normal(size=(count, 2))
    strength = drawn(np.ones((count, 1)), ties)
    for _round in range(min(SMOOTH, 10 + 2 * count)):
        points = 0.5 * points + drawn(points, ties) / (2 * strength)
        points -= points.mean(axis=0)
        x, y = points.T
        points[:, 1] -= x * ((x * y).sum() / max((x * x).sum(), 1e-9))  # or both axes would come to say the same
        points /= np.maximum(points.std(axis=0), 1e-9)
    # those with the same ties have come to the same point
    return (points + JITTER * chance.normal(size=(count, 2))) * 2 * np.sqrt(count)


def step(points: Floats, force: Floats, stiffness: Floats, longest: float) -> Floats:
    """Everyone a step towards where its own forces balance."""
    move = force * (STEP / stiffness)[..., None]
    length = np.sqrt(move[..., 0] ** 2 + move[..., 1] ** 2)
    return points + move * np.minimum(1, longest / np.maximum(length, 1e-12))[..., None]


def longest_steps(count: int, rounds: int) -> Floats:
    """The longest step of each round."""
    return np.sqrt(count) * FIRST * (LAST / FIRST) ** (np.arange(rounds) / max(rounds - 1, 1))


def settled(points: Floats, ties: Ties, rounds: int) -> Floats:
    """Many organisations (count, 2) where forces balance: what is far pushes by way of a grid."""
    count = len(points)
    mass = np.sqrt(ties.degrees(count) + 1)
    strength = drawn(np.ones((count, 1)), ties)
    stiffness = strength[:, 0] + GRAVITY * mass
    fine = [cells for cells in CELLS if cells <= max(CELLS[0], 4 * np.sqrt(count))]
    for number, longest in enumerate(longest_steps(count, rounds)):
        cells = fine[min(max(0, int(4 * number / rounds) - 1), len(fine) - 1)]
        force = mass[:, None] * pushes(points, mass, cells)
        force += drawn(points, ties) - strength * points
        force -= GRAVITY * mass[:, None] * (points - points.mean(axis=0))
        points = step(points, force, stiffness, longest)
    return points


def pushes(points: Floats, mass: Floats, cells: int) -> Floats:
    """How each point is pushed away by all masses, as mass / distance: on a grid, by a convolution."""
    low = points.min(axis=0)
    cell = max(float((points - low).max()), 1e-9) / (cells - 1.001)
    place = (points - low) / cell
    corner = place.astype(np.int64)
    x, y = (place - corner).T
    at = corner[:, 0] * cells + corner[:, 1]
    corners = ((at, (1 - x) * (1 - y)), (at + 1, (1 - x) * y), (at + cells, x * (1 - y)), (at + cells + 1, x * y))
    masses = sum(np.bincount(where, share * mass, cells * cells) for where, share in corners)
    spectrum = np.fft.fft(np.fft.rfft(np.reshape(masses, (cells, cells)), 2 * cells, axis=1), 2 * cells, axis=0)
    found = np.zeros_like(points)
    for axis, kernel in enumerate(kernels(cells)):
        field = np.fft.irfft(np.fft.ifft(spectrum * kernel, axis=0)[:cells], axis=1)[:, :cells].ravel()
        for where, share in corners:
            found[:, axis] += share * field[where]
    return found / cell


@lru_cache(maxsize=len(CELLS))
def kernels(cells: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The push of one cell's mass along each axis, as spectra; softened within a cell."""
    line = np.concatenate([np.arange(cells), np.arange(-cells, 0)]).astype(float)
    x, y = np.meshgrid(line, line, indexing="ij")
    squared = x * x + y * y + 0.5
    first, second = (np.fft.fft(np.fft.rfft(part / squared, axis=1), axis=0) for part in (x, y))
    return first, second


def settled_exactly(points: Floats, graphs: Sequence[Ties], rounds: int) -> Floats:
    """Several graphs of equal size at once (graphs, count, 2), every pair of organisations by itself."""
    count = points.shape[1]
    pull = np.zeros((len(graphs), count, count))
    for at, (source, target, weight) in enumerate(graphs):
        pull[at, source, target] = pull[at, target, source] = weight
    mass = np.sqrt((pull > 0).sum(axis=2) + 1)
    strength = pull.sum(axis=2)
    stiffness, held = strength + GRAVITY * mass, GRAVITY * mass
    push = mass[:, :, None] * mass[:, None, :]
    for longest in longest_steps(points.shape[1], rounds):
        x = points[:, :, None, 0] - points[:, None, :, 0]
        y = points[:, :, None, 1] - points[:, None, :, 1]
        away = push / (x * x + y * y + 0.01) - pull
        force = np.stack([(away * x).sum(axis=2), (away * y).sum(axis=2)], axis=-1)
        force -= held[:, :, None] * (points - points.mean(axis=1, keepdims=True))
        points = step(points, force, stiffness, longest)
    return points
