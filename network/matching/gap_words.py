"""Gaps as a page tells them: what is missing in words, who seeks it, and where one may look further."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from network.directory.models import Listing, Organization
from network.directory.queries import PUBLIC
from network.directory.saying import country
from network.directory.thesaurus import Thesaurus, thesaurus
from network.directory.vocabulary import KINDS
from network.locales import chosen
from network.matching import score
from network.matching.desired import Wanted
from network.matching.suggestions import Gap
from network.text import gettext as _

NAMED = 5  # of those who seek


@dataclass(frozen=True)
class Told:
    """A gap in words, with the first of those who seek, each with what."""

    gap: Gap
    what: str
    topic: str
    place: str
    best: str
    seekers: Sequence[tuple[Organization, str]]
    more: int
    query: str  # of the addresses about this gap: kind, topic and country
    looked_at: bool = False


def told(session: Session, gaps: Sequence[Gap], looked_at: Collection[Wanted] = ()) -> list[Told]:
    """Gaps in words, without those whose seeks are not there for everyone to see."""
    known = thesaurus(session)
    firsts = seeks(session, [id for gap in gaps for id in gap.seeks])
    found = []
    for gap in gaps:
        by = {firsts[id].organization_id: firsts[id] for id in reversed(gap.seeks) if id in firsts}
        if not by:
            continue
        first = list(reversed(by.values()))
        wanted = Wanted(gap.kind, gap.topic, gap.region)
        found.append(
            Told(
                gap,
                kind_words(gap.kind),
                topic_words(known, gap.topic),
                place_words(gap.region),
                best_words(gap.best),
                [(one.organization, one.title) for one in first[:NAMED]],
                len(first) - len(first[:NAMED]),
                query(known, wanted),
                wanted in looked_at,
            )
        )
    return found


def seeks(session: Session, ids: Iterable[int]) -> dict[int, Listing]:
    """The listings with some ids that everyone can see and that are sought today."""
    stands = or_(Listing.until.is_(None), Listing.until >= date.today())
    asked = (
        select(Listing)
        .join(Listing.organization)
        .where(Listing.id.in_(set(ids)), Listing.side == "seek", Listing.state == "open", stands, PUBLIC)
        .options(joinedload(Listing.organization))
    )
    return {one.id: one for one in session.scalars(asked)}


def kind_words(kind: str) -> str:
    return str(KINDS[kind].label) if kind in KINDS else _("Any kind of help")


def topic_words(known: Thesaurus, topic: int | None) -> str:
    return known.label(topic, chosen()) if topic in known.concepts else ""


def place_words(region: str) -> str:
    return country(region) if region else _("place not known")


def best_words(points: float) -> str:
    """How near the best offer comes. That nobody offers something is for people to say."""
    if points <= 0:
        return _("no match found")
    return _("a good fit exists") if points >= score.GOOD else _("something near")


def gap_words(session: Session, wanted: Wanted) -> str:
    """A gap in one line."""
    topic = topic_words(thesaurus(session), wanted.topic_id)
    parts = [kind_words(wanted.kind), topic, country(wanted.region) if wanted.region else ""]
    return " · ".join(part for part in parts if part)


def query(known: Thesaurus, wanted: Wanted) -> str:
    """The query string of the addresses about a gap."""
    slug = known.concepts[wanted.topic_id].slug if wanted.topic_id in known.concepts else ""
    pairs = {"kind": wanted.kind, "topic": slug, "country": wanted.region}
    return urlencode({name: value for name, value in pairs.items() if value})
