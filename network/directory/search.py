"""From a filter to a question that the index can answer: what the words mean, where the place is."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from network import index
from network.directory import queries
from network.directory.documents import PUBLIC, plain
from network.directory.filter import LIMIT, Filter
from network.directory.models import Organization
from network.directory.thesaurus import Understood, thesaurus
from network.index import Answer, Query
from network.index.documents import Order
from network.locales import chosen
from network.places import queries as places
from network.places.folding import fold
from network.places.queries import Found

Seen = tuple[tuple[str, ...], ...]

EVERYONE: Seen = ((PUBLIC,),)
"""What everyone sees, as tokens of the index of which each group needs one: public organisations."""
EXPANSIONS = 10
PLACES = 256


@dataclass(frozen=True)
class Asked:
    """A filter as it was understood."""

    filter: Filter
    query: Query
    place: Found | None = None
    understood: tuple[Understood, ...] = ()
    nothing: bool = False  # a network or topic that doesn't exist: nothing can match
    corrected: str = ""  # the words that were searched instead of those typed

    @property
    def unknown_place(self) -> bool:
        return self.place is not None and self.place.place is None


@dataclass(frozen=True)
class Results:
    """What was asked, and what the index answered."""

    asked: Asked
    answer: Answer = field(default_factory=lambda: Answer(0, (), {}))


def search(session: Session, filter: Filter, limit: int = LIMIT, seen: Seen = EVERYONE) -> Results:
    """The organisations that fit `filter` among those `seen`; misspelt words are tried again as what they resemble."""
    asked = understand(session, filter, limit, seen=seen)
    if asked.nothing:
        return Results(asked)
    connection = session.connection()
    answer = index.ask(connection, asked.query)
    if answer.total == 0 and filter.q and filter.page == 1:
        for words in respelt(session, filter.q):
            second = understand(session, filter, limit, words, seen)
            answer = index.ask(connection, second.query)
            if answer.total:
                return Results(second, answer)
    return Results(asked, answer)


def understand(session: Session, filter: Filter, limit: int = LIMIT, instead: str = "", seen: Seen = EVERYONE) -> Asked:
    """The question behind a filter; `instead` stands for its words where they were misspelt."""
    require: list[tuple[str, ...]] = list(seen)
    nothing = False
    require += [tuple("k" + plain(key) for key in filter.category)] if filter.category else []
    require += [tuple("z" + plain(key) for key in filter.country)] if filter.country else []
    require += [tuple("l" + plain(key) for key in filter.language)] if filter.language else []
    require += [("wonline",)] if filter.online else []
    require += [("wnewcomers",)] if filter.newcomers else []
    if filter.kind:
        sides = {"offer": "o", "seek": "s"}.get(filter.side, "os")
        require.append(tuple(side + key for key in filter.kind for side in sides))
    elif filter.side:
        require.append(("w" + filter.side,))
    if filter.topic:
        known = thesaurus(session).by_slug
        ids = list(dict.fromkeys(known[slug].id for slug in filter.topic if slug in known))
        prefix = {"offer": "u", "seek": "v"}.get(filter.side, "t")
        require.append(tuple(f"{prefix}{id}" for id in ids))
        nothing = not ids
    if filter.network:
        id = session.scalar(select(Organization.id).where(Organization.slug == filter.network, queries.PUBLIC))
        require.append((f"n{id}",))
        nothing = nothing or id is None
    place = placed(session, filter.near) if filter.near else None
    spot = place.place if place else None
    words, understood = meanings(session, instead or filter.q, filter.exact)
    query = Query(
        words=words,
        require=tuple(require),
        near=(spot.latitude, spot.longitude) if spot else None,
        radius_km=filter.radius,
        order=order(filter, spot is not None),
        limit=limit,
        offset=(filter.page - 1) * limit,
    )
    return Asked(filter, query, place, understood, nothing, instead)


def placed(session: Session, near: str) -> Found:
    """The place that is meant: many ask for the same towns."""
    shelf = index.shelf(session.connection(), "place", PLACES)
    found: Found | None = shelf.get(near)
    if found is None:
        found = places.find(near)
        if found.place:
            shelf.keep(near, found)
    return found


def order(filter: Filter, placed: bool) -> Order:
    """The order that is asked for, or the one that fits: by distance from a place, else by relevance, else by day."""
    chosen: dict[str, Order] = {"name": "name", "confirmed": "confirmed"}
    if filter.sort in chosen:
        return chosen[filter.sort]
    if placed and (filter.sort == "distance" or not (filter.q or filter.sort)):
        return "distance"
    return "relevance" if filter.q else "confirmed"


def meanings(session: Session, text: str, exact: bool) -> tuple[tuple[tuple[str, ...], ...], tuple[Understood, ...]]:
    """Groups of alternatives, one for each word or understood phrase of `text`, and what was understood.

    A word stands for itself and for what begins with it; a phrase of the thesaurus for everything that mentions its
    concept in any language (`=y7`, `=t7` are index tokens).
    """
    folded = fold(text)
    understood = () if exact else tuple(thesaurus(session).searched(text, chosen().partition("_")[0]))
    groups: list[tuple[str, ...]] = []
    rest = f" {folded} "
    for one in understood:
        phrase = fold(one.phrase)
        rest = rest.replace(f" {phrase} ", " ", 1)
        meant = (f"=y{one.concept.id}", f"=t{one.concept.id}")
        single = () if " " in phrase else begun(session, phrase)
        groups.append((*single, *meant))
    groups += [begun(session, word) for word in rest.split()]
    return tuple(groups), understood


def begun(session: Session, word: str) -> tuple[str, ...]:
    """A word and the indexed words that begin with it; short words stand for themselves."""
    if len(word) < 3 and word.isascii():
        return (word,)
    return tuple(dict.fromkeys((word, *index.expand(session.connection(), word, EXPANSIONS))))


def respelt(session: Session, text: str) -> list[str]:
    """`text` with each unknown word replaced by what it resembles, likeliest first."""
    connection = session.connection()
    attempts = [""]
    for word in fold(text).split():
        alternatives = (word,) if index.expand(connection, word, 1) else index.spelling(connection, word)[:3]
        attempts = [f"{attempt} {one}".strip() for attempt in attempts for one in alternatives or (word,)][:9]
    return [attempt for attempt in attempts if attempt != fold(text)]
