"""In which order suggestions are shown: what two gain, times what makes it easier. Pure."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from network.matching.distances import apart, great_circles
from network.matching.gaining import Gains
from network.matching.index import Index
from network.matching.rows import Rows, Saying, saying
from network.matching.suggestions import Factor, Suggestion
from network.matching.values import Context

PLACE, LANGUAGE, NETWORK = 0.10, 0.05, 0.05
KNOWN, HEARD_OF = 0.08, 0.04  # known to somebody whom one knows; to somebody whom such a one knows
NEAR_KM = 50.0
YEAR = 365
STALE, FORGOTTEN = 0.9, 0.8  # confirmed more than a year ago, or two; never counts as more than one
ONE, NEARER, NEAR = np.array(1.0), np.array(PLACE), np.array(NEAR_KM)
FRESHNESS = np.array([STALE, FORGOTTEN, STALE, 1.0])  # for never, more than two years, more than one, and lately
TIRED = 0.3
PER_NEED, PER_HOST = 2, 2  # of the first ten
FACTORS: Mapping[str, float] = {
    "place": PLACE,
    "language": LANGUAGE,
    "network": NETWORK,
    "path": KNOWN,
    "freshness": 1 - FORGOTTEN,
    "shown": TIRED,
}
"""What each may change at most. Defaults that nobody has measured yet; `docs/matching.md` lists them."""

NO_PATH = Factor("path", 1.0)

Ties = Mapping[int, Collection[int]]


def place(own: Context, other: Context) -> Factor:
    """Near is easier: all of it up to NEAR_KM, less with the distance, half of it in one country without a point."""
    km = apart(own, other)
    if km is not None:
        return Factor("place", 1 + PLACE * min(1.0, NEAR_KM / max(km, 1.0)), {"km": km})
    if own.country and own.country == other.country:
        return Factor("place", 1 + PLACE / 2, {"country": own.country})
    return Factor("place", 1.0)


def language(own: Context, other: Context) -> Factor:
    """A language in common."""
    return speaking(own.languages, other.languages)


@lru_cache(maxsize=10_000)
def speaking(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Factor:
    spoken = {one.split("-")[0] for one in mine}
    common = tuple(dict.fromkeys(one.split("-")[0] for one in theirs if one.split("-")[0] in spoken))
    return Factor("language", 1 + LANGUAGE * bool(common), {"languages": common})


def network(own: Context, other: Context) -> Factor:
    """A network in common."""
    return belonging(own.networks, other.networks)


@lru_cache(maxsize=10_000)
def belonging(mine: frozenset[int], theirs: frozenset[int]) -> Factor:
    common = mine & theirs
    return Factor("network", 1 + NETWORK * bool(common), {"id": min(common)} if common else {})


def path(ties: Ties, own: int, other: int) -> Factor:
    """Somebody who knows both, or knows somebody who does."""
    if own not in ties or other not in ties:
        return NO_PATH
    mine, theirs = set(ties[own]) - {other}, set(ties[other]) - {own}
    if via := sorted(mine & theirs):
        return Factor("path", 1 + KNOWN, {"via": via[:3]})
    for one in sorted(mine):
        if between := sorted(set(ties.get(one, ())) & theirs - {own, other}):
            return Factor("path", 1 + HEARD_OF, {"via": [one, between[0]]})
    return NO_PATH


@lru_cache(maxsize=10_000)
def freshness(confirmed: date | None, today: date) -> Factor:
    """How lately somebody said that the profile is right."""
    days = (today - confirmed).days if confirmed else 2 * YEAR - 1
    value = 1.0 if days <= YEAR else STALE if days < 2 * YEAR else FORGOTTEN
    return Factor("freshness", value, {"confirmed_on": confirmed})


@lru_cache(maxsize=10_000)
def exposure(days: int, fair: float) -> Factor:
    """What was shown more than its share steps back, so that others are seen."""
    return Factor("shown", 1 - TIRED * math.tanh(max(0.0, days / max(fair, 1.0) - 1)), {"days": days})


def factors(own: Context, other: Context, ties: Ties, today: date, days: int, fair: float) -> tuple[Factor, ...]:
    """All that raises or lowers one organisation among the suggestions to another."""
    return (
        place(own, other),
        language(own, other),
        network(own, other),
        path(ties, own.id, other.id),
        freshness(other.confirmed, today),
        exposure(days, fair),
    )


@lru_cache(maxsize=10_000)
def said_of(mine: Saying, theirs: Saying) -> tuple[float, float]:
    """What languages and networks change together, and what the place does when no point is known."""
    own, other = (Context(0, country, None, None, spoken, joined) for country, spoken, joined in (mine, theirs))
    return language(own, other).value * network(own, other).value, place(own, other).value


def multipliers(
    rows: Rows, chosen: NDArray[np.int64], own: Context, ties: Ties, today: date, shown: Mapping[int, int]
) -> NDArray[np.float64]:
    """The product of all `factors` of the organisations in some rows."""
    ids = rows["id"].take(chosen)
    said = rows["said"].take(chosen).tolist()
    by_said = {one: said_of(saying(own), rows.sayings[one]) for one in set(said)}
    product, near = (np.array([by_said[one][place] for one in said]) for place in (0, 1))
    if own.latitude is not None and own.longitude is not None:
        km = great_circles(own.latitude, own.longitude, rows["point"].take(chosen, axis=0))
        near = np.where(np.isnan(km), near, ONE + NEARER * np.minimum(ONE, NEAR / np.maximum(km, ONE)))
    product *= near
    mine = ties.get(own.id, ())
    second = {two for one in mine for two in ties.get(one, ())} - {own.id}
    third = {three for two in second for three in ties.get(two, ())} - {own.id}
    if second or third:
        paths = np.where(np.isin(ids, list(third)), 1 + HEARD_OF, 1.0)
        paths[np.isin(ids, list(second))] = 1 + KNOWN
        for at in np.flatnonzero(np.isin(ids, list(mine))).tolist():  # the way to them is not around them
            paths[at] = path(ties, own.id, int(ids[at])).value
        product *= paths
    first_days = (1, today.toordinal() - 2 * YEAR + 1, today.toordinal() - YEAR)  # before the first: never confirmed
    product *= FRESHNESS.take(np.searchsorted(first_days, rows["confirmed"].take(chosen), side="right"))
    if shown:
        fair = sum(shown.values()) / len(shown)
        product *= np.array([exposure(shown.get(id, 0), fair).value for id in ids.tolist()])
    return product


def ranked(
    index: Index, own: Context, gains: Gains, ties: Ties, today: date, shown: Mapping[int, int], most: int
) -> list[Suggestion]:
    """The best by what both gain, weighed with all factors, the best first; equal ones in the order of their ids.

    `shown` says on how many days each was shown.
    """
    mutual = gains.mutual
    ids = index.rows["id"][gains.rows]
    ranks = mutual * multipliers(index.rows, gains.rows, own, ties, today, shown)
    fair = sum(shown.values()) / max(1, len(shown))

    def weighed(row: int, id: int) -> tuple[Factor, ...]:
        return factors(own, index.rows.context(row), ties, today, shown.get(id, 0), fair)

    first = np.lexsort((ids, -ranks))[:most]
    rows = gains.rows.take(first).tolist()
    numbers = np.array((gains.gets, gains.gives, mutual, ranks)).take(first, axis=1).tolist()
    return [
        Suggestion(id, gets, gives, both, rank, weigh=partial(weighed, row, id))
        for row, id, gets, gives, both, rank in zip(rows, ids.take(first).tolist(), *numbers, strict=True)
    ]


def varied(
    suggestions: Iterable[Suggestion],
    needs: Callable[[Suggestion], Collection[int]],
    host: Callable[[int], int],
    most: int,
) -> list[Suggestion]:
    """The first, with at most two for the same needs and two of the same host, as far as there are others."""
    chosen: list[Suggestion] = []
    put_off: list[Suggestion] = []
    met: Counter[int] = Counter()
    hosted: Counter[int] = Counter()
    for one in suggestions:
        mine, parent = needs(one), host(one.organization)
        enough = bool(mine) and all(met[need] >= PER_NEED for need in mine)
        if enough or (parent and hosted[parent] >= PER_HOST):
            put_off.append(one)
            continue
        met.update(mine)
        hosted[parent] += 1
        chosen.append(one)
    return [*chosen, *put_off][:most]
