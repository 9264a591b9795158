"""Whom a change of the topics concerns, and letting all that was understood of them be written anew."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from network import index
from network.directory.documents import reindex
from network.directory.models import Listing, ListingTopic, OrganizationTopic
from network.directory.plurals import stem
from network.directory.stemming import stemmed
from network.index import Query
from network.matching import keeping
from network.matching.models import Work
from network.places.folding import fold

AT_ONCE = 1000  # organisations written anew with the change itself; more of them by the next ticks
BEGUN = 200  # words that begin as a word of a label does
Label = Sequence[str]
"""A label: its language and its words."""


def sayers(session: Session, labels: Iterable[Label]) -> set[int]:
    """The organisations in whose texts all words of a label stand, as the index has them, in any form."""
    connection = session.connection()
    found: set[int] = set()
    for locale, label in labels:
        words = fold(label).split()
        groups = tuple(tuple(dict.fromkeys(forms(session, word, locale))) for word in words)
        if groups:
            found |= index.matching(connection, Query(words=groups))
            found |= aside(session, max(words, key=len))
    return found


def forms(session: Session, word: str, locale: str) -> Iterable[str]:
    """A word and the indexed words that begin as it does without its ending."""
    begun = min((one for one in (stem(word), stemmed(word, locale), word) if word.startswith(one)), key=len)
    return (word,) if len(begun) < 3 and word.isascii() else (word, *index.expand(session.connection(), begun, BEGUN))


def aside(session: Session, word: str) -> set[int]:
    """Who says a word in what the matcher reads beside the page: needs that were met, and works."""
    met = select(Listing.organization_id).where(Listing.state == "met")
    made = select(Work.organization_id)
    both = (met, Listing.title, Listing.detail), (made, Work.title, Work.detail)
    said = [
        query.where(or_(*(func.lower(one).contains(word[:5], autoescape=True) for one in texts)))
        for query, *texts in both
    ]
    return set(chain.from_iterable(session.scalars(query) for query in said))


def concerned(session: Session, topics: Collection[int]) -> set[int]:
    """The organisations that have some topics, name them, or were understood to be about them."""
    if not topics:
        return set()
    connection = session.connection()
    found = index.matching(connection, Query(words=(tuple(f"={kind}{id}" for kind in "yt" for id in topics),)))
    stated = select(OrganizationTopic.organization_id).where(OrganizationTopic.topic_id.in_(topics))
    listed = select(Listing.organization_id).join(ListingTopic).where(ListingTopic.topic_id.in_(topics))
    found |= {*session.scalars(stated), *session.scalars(listed)}
    packed, numbers = keeping.stored(connection), list(topics)
    items = packed.items
    said = np.column_stack((items["topics"], items["kinds"] >> 8, items["meanings"] >> 8))
    rows = np.unique(packed.of_items[np.isin(said, numbers).any(axis=1)])
    return found | set(packed.organizations[rows].tolist())


def follow(session: Session, topics: Iterable[int], ids: Collection[int], nearness: bool = False) -> list[int] | None:
    """Let every process read the topics anew, and write anew what was understood of organisations.

    Gives those that are left for the next ticks. With `nearness` what is near to what is weighed anew, too.
    """
    session.flush()
    index.note(session.connection(), "topic", topics)
    waiting = sorted(ids)
    first, rest = waiting[:AT_ONCE], waiting[AT_ONCE:]
    if first:
        reindex(session, first)
    if nearness:
        keeping.begin_epoch(session)
        index.note(session.connection(), "organization", [0])  # which lets every process build its index anew
    session.expire_all()
    return rest or None


def catch_up(session: Session, behind: Sequence[int]) -> list[int] | None:
    """Write some of those anew that were left; gives the others."""
    reindex(session, behind[:AT_ONCE])
    return list(behind[AT_ONCE:]) or None
