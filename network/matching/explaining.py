"""The pairs that suggestions stand on, with the parts of their fit by the definition, and the words as written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import Listing
from network.matching import score
from network.matching.gaining import Found, Gains
from network.matching.index import Index
from network.matching.possible import bar
from network.matching.suggestions import Barred, Pair
from network.matching.values import STATED, Item, Profile
from network.matching.words import number_of, words

BARRED = 2  # of what is impossible, as many are told

MEANT = 3  # concepts that are told


class Met(NamedTuple):
    """A seek and an offer that fit, by their listings, and the points."""

    seek: int
    offer: int
    points: float


def explained(index: Index, seeker: Profile, giver: Profile, met: Met, texts: Mapping[int, str]) -> Pair | None:
    """A seek and an offer with the parts of their fit; the best, where several have the number."""
    best: Pair | None = None
    for seek in seeker.items:
        if seek.offer or seek.id != met.seek:
            continue
        for offer in giver.items:
            if offer.offer and offer.id == met.offer:
                fit = score.fit(index.counts, seek, offer, giver.themes, giver.words)
                said = written(texts.get(met.seek, ""), fit.shared)
                about, inferred = meant(fit), offer.origin != STATED
                parts = (fit.kind, fit.topic, fit.words, fit.kinds, fit.topics)
                made = Pair(met.seek, met.offer, *parts, said, about, inferred)
                if best is None or made.points > best.points:
                    best = made
    return best


def barred(pairs: Iterable[tuple[Profile, Profile, Met]]) -> tuple[Barred, ...]:
    """Why some pairs (who seeks, who offers, and what) are impossible, those that would fit best first."""
    found = []
    for seeker, giver, met in sorted(pairs, key=lambda one: -one[2].points):
        seek = next((item for item in seeker.items if not item.offer and item.id == met.seek), None)
        offer = next((item for item in giver.items if item.offer and item.id == met.offer), None)
        if seek and offer and (said := bar(seek, seeker.context, offer, giver.context)):
            by = said.by
            found.append(Barred(said.why, by.id, by.organization, by.reach_km, by.countries, by.languages))
    return tuple(dict.fromkeys(found))[:BARRED]


def meant(fit: score.Fit) -> tuple[int, ...]:
    """The concepts that both texts are probably about, without those that the fit names."""
    named = {*(fit.kinds or ()), *(one for two in fit.topics for one in two)}
    return tuple(one for one in fit.meanings if one not in named)[:MEANT]


def ordered(pairs: Iterable[Pair | None]) -> tuple[Pair, ...]:
    """Pairs by their points, the best first."""
    return tuple(sorted((pair for pair in pairs if pair), key=lambda pair: (-pair.points, pair.seek, pair.offer)))


def texts(session: Session, met: Iterable[Met]) -> dict[int, str]:
    """What the listings of some pairs say."""
    ids = {id for one in met for id in (one.seek, one.offer) if id > 0}
    rows = session.execute(select(Listing.id, Listing.title, Listing.detail).where(Listing.id.in_(ids)))
    return {row.id: f"{row.title}\n{row.detail}" for row in rows}


def pairs_of(
    index: Index, items: Sequence[Item], found: Found, rows: Mapping[int, int]
) -> tuple[dict[int, list[Met]], dict[int, list[Met]]]:
    """What items found, for the organisations in some rows what is got and what is given: of each seek the best."""
    got: defaultdict[int, dict[int, Met]] = defaultdict(dict)
    given: defaultdict[int, dict[int, Met]] = defaultdict(dict)
    for of, slot, row, points in zip(*(one.tolist() for one in found), strict=True):
        if row in rows:
            mine, other = items[of], int(index.items["id"][slot])
            met = Met(other, mine.id, points) if mine.offer else Met(mine.id, other, points)
            into = (given if mine.offer else got)[rows[row]]
            if met.seek not in into or points > into[met.seek].points:
                into[met.seek] = met
    return {id: list(of.values()) for id, of in got.items()}, {id: list(of.values()) for id, of in given.items()}


def needs_of(index: Index, gains: Gains) -> dict[int, set[int]]:
    """Which of one's own seeks each organisation meets."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    ids = index.rows["id"]
    for of, row in set(zip(gains.found.of.tolist(), gains.found.rows.tolist(), strict=True)):
        if not gains.items[of].offer:
            found[int(ids[row])].add(gains.items[of].id)
    return dict(found)


def written(text: str, numbers: Collection[int], most: int = 6) -> tuple[str, ...]:
    """The words of a text that have some numbers, as they are written, in the order of the numbers."""
    said: dict[int, str] = {}
    for token in text.split():
        for stem in words(token):
            said.setdefault(number_of(stem), token.strip(".,;:!?()[]\"'“”«»"))
    return tuple(dict.fromkeys(said[number] for number in numbers if number in said))[:most]


def steps_of(
    index: Index,
    steps: Sequence[tuple[int, int]],
    known: Mapping[int, Profile],
    between: Mapping[tuple[int, int], Met],
    texts: Mapping[int, str],
) -> list[Pair]:
    """The pairs by which each of some organisations gives to another, explained."""
    made = (explained(index, known[taker], known[giver], between[giver, taker], texts) for giver, taker in steps)
    return [one for one in made if one]
