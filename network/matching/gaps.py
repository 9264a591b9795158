"""What is sought more than offered: seeks counted by kind of help, topic and country. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from network.matching.suggestions import Gap

LOOKED_AT = 4  # seeks of a cell whose offers are looked for


@dataclass(frozen=True)
class Seek:
    """An open seek: its kind of help, its topics and audiences, and the country of who seeks."""

    id: int
    kind: str
    topics: tuple[int, ...]
    country: str


def cells(
    seeks: Iterable[Seek],
    supply: Callable[[int], list[tuple[int, float]]],
    region: str = "",
    kind: str = "",
    topic: int | None = None,
    most: int = 200,
) -> list[Gap]:
    """The gaps, those without any fitting offer first, then by how many seek, then by how little the best offer fits.

    `supply` gives the organisations that fit a seek, with points; of many alike seeks a few are asked about.
    """
    found: dict[tuple[str, int | None, str], list[int]] = defaultdict(list)
    for seek in seeks:
        if (region and seek.country != region) or (kind and seek.kind != kind):
            continue
        if topic is not None and topic not in seek.topics:
            continue
        for one in (topic,) if topic is not None else seek.topics or (None,):
            found[seek.kind, one, seek.country].append(seek.id)
    largest = sorted(found, key=lambda cell: (-len(found[cell]), cell[0], cell[1] or 0, cell[2]))[:most]
    gaps = []
    for cell in largest:
        fitting: dict[int, float] = {}
        for id in found[cell][:LOOKED_AT]:
            for organization, points in supply(id):
                fitting[organization] = max(fitting.get(organization, 0.0), points)
        best = max(fitting.values(), default=0.0)
        gaps.append(Gap(*cell, len(found[cell]), len(fitting), best, tuple(found[cell])))
    return sorted(gaps, key=lambda gap: (gap.supply > 0, -gap.demand / (1 + gap.supply), gap.best, gap.kind))
