"""Which pairs are impossible, however well they fit: the definition. Pure.

A seek and an offer can't come together when

    one of them is in person only and out of reach:
        within so many kilometres, and the points of both organisations are further apart; or
        in some countries ("this country" is that of its own organisation), and the other's country is none of them;
    or a language is missing: both say in which languages, and have none in common.

A listing is in person only when it says where: "anywhere online" is everywhere, and so is what says nothing. What is
unknown, a point, a country, a distance, rules nothing out. What was inferred has no reach and no languages of its own.
"""

from collections.abc import Sequence
from typing import NamedTuple

from network.matching.distances import apart
from network.matching.values import STATED, Context, Item

FAR, ELSEWHERE, LANGUAGE = "far", "elsewhere", "language"


class Bar(NamedTuple):
    """Why a pair is impossible, and the listing that says so."""

    why: str
    by: Item


def reached(reach: str, km: int | None, countries: Sequence[str], home: str) -> tuple[int, tuple[str, ...]]:
    """The reach of a listing, as its form says it, in kilometres and in countries; 0 and () for everywhere."""
    of = {"country": (home,), "countries": countries}.get(reach, ())
    return (km or 0) if reach == "here" else 0, tuple(dict.fromkeys(one for one in of if one))


def base(languages: Sequence[str]) -> tuple[str, ...]:
    """Languages without their region or script, each once."""
    return tuple(dict.fromkeys(one.split("-")[0].lower() for one in languages))


def bar(seek: Item, seeker: Context, offer: Item, giver: Context) -> Bar | None:
    """What makes a pair impossible, if anything does."""
    for item, own, other in ((offer, giver, seeker), (seek, seeker, giver)):
        if item.origin != STATED:
            continue
        if item.reach_km and beyond(own, other, item.reach_km):
            return Bar(FAR, item)
        if item.countries and other.country and other.country not in item.countries:
            return Bar(ELSEWHERE, item)
    if seek.languages and offer.languages and {seek.origin, offer.origin} == {STATED}:
        return None if set(base(seek.languages)) & set(base(offer.languages)) else Bar(LANGUAGE, offer)
    return None


def possible(seek: Item, seeker: Context, offer: Item, giver: Context) -> bool:
    """Whether an offer can be of use to a seek at all."""
    return bar(seek, seeker, offer, giver) is None


def beyond(own: Context, other: Context, km: int) -> bool:
    """Whether two organisations are known to be further apart than some kilometres."""
    between = apart(own, other)
    return between is not None and between > km
