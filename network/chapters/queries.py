"""The finder's question: what is near, what covers the place, what is online. Never nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from network import index
from network.directory.documents import plain
from network.directory.filter import LIMIT, Filter
from network.directory.queries import Card, cards
from network.directory.search import Asked, understand
from network.index import Query
from network.places.queries import Found, Spot

BESIDE = 6
ONLINE = ("wonline",)


@dataclass(frozen=True)
class Section:
    """One part of the finder's answer: how many there are in all, and the first of them."""

    total: int = 0
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Chapters:
    """The finder's whole answer; `named` says that the words were taken as a name because no such place is known."""

    asked: Asked
    near: Section
    covering: Section = Section()
    unplaced: Section = Section()
    online: Section = Section()
    beyond: Section = Section()
    named: bool = False

    @property
    def place(self) -> Found | None:
        return self.asked.place

    @property
    def spot(self) -> Spot | None:
        return self.asked.place.place if self.asked.place else None


def chapters(session: Session, filter: Filter, limit: int = LIMIT) -> Chapters:
    """The chapters for a filter: nearest first, with no cut-off; then what covers the place, and what meets online."""
    filter = replace(filter, category=("club",), radius=None)
    asked = understand(session, filter, limit)
    if asked.unknown_place and not filter.q:
        named = understand(session, replace(filter, q=filter.near, near=""), limit)
        found = sections(session, {"near": named.query, "online": online(asked.query)})
        return replace(Chapters(replace(asked, query=named.query), **found), named=True)
    spot = asked.place.place if asked.place else None
    first = asked.query.offset == 0
    queries = around(asked.query, spot) if spot else {"near": asked.query, "online": online(asked.query)}
    return Chapters(asked, **sections(session, queries if first else {"near": queries["near"]}))


def around(query: Query, spot: Spot) -> dict[str, Query]:
    """The question of each section around a place. A country asks within itself first, then beyond."""
    here = ("z" + plain(spot.country),)
    codes = tuple("g" + plain(code) for code in (spot.region_code, spot.country, "world") if code)
    questions = {
        "near": query,
        "covering": replace(beside(query, codes), exclude=ONLINE),
        "unplaced": beside(query, here, ("wunplaced",)),
        "online": online(query),
    }
    if spot.kind == "country":
        questions["near"] = replace(query, require=(*query.require, here))
        questions["beyond"] = replace(query, exclude=here, limit=BESIDE, offset=0)
    return questions


def online(query: Query) -> Query:
    """The question for those that meet online, wherever they are."""
    return beside(query, ONLINE)


def beside(query: Query, *tokens: tuple[str, ...]) -> Query:
    """The question for the most recently confirmed that have the tokens, whatever their distance."""
    return replace(query, require=(*query.require, *tokens), near=None, order="confirmed", limit=BESIDE, offset=0)


def sections(session: Session, queries: Mapping[str, Query]) -> dict[str, Any]:
    """The answer to each question, the cards of all fetched at once."""
    connection = session.connection()
    answers = {name: index.ask(connection, replace(query, facets=False)) for name, query in queries.items()}
    hits = [hit for answer in answers.values() for hit in answer.hits]
    found = iter(cards(session, hits, titles=0))
    return {name: Section(answer.total, tuple(islice(found, len(answer.hits)))) for name, answer in answers.items()}
