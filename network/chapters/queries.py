"""The finder's question: what is near, what covers the place, what is online. Never nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from network import index
from network.directory.documents import plain
from network.directory.filter import LIMIT, Filter
from network.directory.queries import Card, cards
from network.directory.search import Asked, understand
from network.index import Query
from network.places.queries import Found, Spot

BESIDE = 6


@dataclass(frozen=True)
class Section:
    """One part of the finder's answer: how many there are in all, and the first of them."""

    total: int = 0
    cards: Sequence[Card] = ()


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
        found = section(session, named.query)
        return Chapters(replace(asked, query=named.query), found, online=online(session, asked.query), named=True)
    spot = asked.place.place if asked.place else None
    if spot is None:
        return Chapters(asked, section(session, asked.query), online=online(session, asked.query))
    return around(session, asked, spot)


def around(session: Session, asked: Asked, spot: Spot) -> Chapters:
    """The sections around a place. A country asks within itself first, then beyond."""
    query = asked.query
    here = (("z" + plain(spot.country),),)
    near = replace(query, require=query.require + here) if spot.kind == "country" else query
    beyond = replace(query, exclude=here[0], limit=BESIDE, offset=0) if spot.kind == "country" else None
    first = query.offset == 0
    return Chapters(
        asked,
        section(session, near),
        covering=beside(
            session, query, tuple("g" + plain(code) for code in (spot.region_code, spot.country, "world") if code)
        )
        if first
        else Section(),
        unplaced=beside(session, query, here[0], ("wunplaced",)) if first else Section(),
        online=online(session, query) if first else Section(),
        beyond=section(session, beyond) if beyond and first else Section(),
    )


def online(session: Session, query: Query) -> Section:
    """Those that meet online, wherever they are."""
    return beside(session, query, ("wonline",))


def beside(session: Session, query: Query, *tokens: tuple[str, ...]) -> Section:
    """The most recently confirmed that have the tokens, whatever their distance."""
    return section(
        session, replace(query, require=query.require + tokens, near=None, order="confirmed", limit=BESIDE, offset=0)
    )


def section(session: Session, query: Query) -> Section:
    answer = index.ask(session.connection(), query)
    return Section(answer.total, cards(session, answer.hits, titles=0))
