"""Two topics that mean the same become one; the address of the other leads there."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, func, insert, select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import AWAY, Listing, ListingTopic, OrganizationTopic, Topic, TopicRelation
from network.directory.thesaurus import LANGUAGES, PLACE
from network.history.models import Edit
from network.history.recording import author, save
from network.merging.journal import Step
from network.merging.moves import Move
from network.merging.rows import pointing, rows_where, table
from network.places.folding import fold
from network.text import gettext as _
from network.topics.concerned import concerned
from network.topics.journalling import Doing
from network.topics.labelling import names
from network.topics.models import TopicChange
from network.topics.placing import above, below
from network.waiting import Refused

BY_HAND = ("topic", "topic_label", "topic_change")
"""Tables that point to topics and aren't simply led elsewhere."""
SORTED = "topics"  # what the history of an organisation calls it


@dataclass(frozen=True)
class Moving:
    """What a merge would move: how many, and the names."""

    organizations: int
    listings: int
    labels: tuple[tuple[str, tuple[str, ...]], ...]
    narrower: tuple[str, ...]
    relations: int


def moving(session: Session, goes: Topic, into: Topic) -> Moving:
    """What would move if one topic were merged into another."""
    counted = select(func.count())
    organizations = session.scalar(counted.where(OrganizationTopic.topic_id == goes.id)) or 0
    listings = session.scalar(counted.where(ListingTopic.topic_id == goes.id)) or 0
    related = counted.where(TopicRelation.topic_id == goes.id, TopicRelation.related_id != into.id)
    labels = tuple((one.locale, one.labels) for one in names(session, goes.id) if one.labels)
    narrower = tuple(one.slug for one in below(session, [goes.id]) if one.id != into.id)
    return Moving(organizations, listings, labels, narrower, session.scalar(related) or 0)


def check(goes: Topic, into: Topic) -> None:
    """Raises Refused where two topics can't be one."""
    if goes.id == into.id:
        raise Refused(_("That is the same topic. Choose another one."))
    if goes.facet != into.facet:
        raise Refused(_("Only topics of the same kind can be one."))


def merge(session: Session, goes: Topic, into: Topic, by: int | None) -> TopicChange:
    """Let all that is one topic's be another's. Raises Refused."""
    check(goes, into)
    touched = concerned(session, [goes.id, into.id] if into.broader_id == goes.id else [goes.id])
    doing = Doing(session, into, by)
    journal, topics = doing.journal, table("topic")
    if goes.id in above(session, into.id):
        journal.change("topic", [into.id], {"broader_id": goes.broader_id})
        doing.settled.append([into.id, PLACE])
    narrower = rows_where(journal.connection, topics, topics.c.broader_id == goes.id)
    doing.settled += [[row["id"], PLACE] for row in narrower]
    for name in ("broader_id", "merged_into_id"):
        journal.lead_column(topics.c[name], goes.id, into.id, Move())
    pass_names(doing, goes.id, into.id)
    for column in pointing("topic"):
        if column.table.name not in BY_HAND:
            journal.lead_column(column, goes.id, into.id, Move(other=other_end(column)))
    journal.change("topic", [goes.id], {"merged_into_id": into.id, "broader_id": None})
    said = {"goes": goes.slug, "into": into.slug, "topics": [goes.id, into.id]}
    tell_history(session, journal.steps)
    return doing.done("merged", said, [goes.id, into.id], touched, nearness=True)


def other_end(column: Column[int]) -> str:
    """The column by which a row would join the topic with itself."""
    ends = {"topic_id": "related_id", "related_id": "topic_id"}
    return ends[column.name] if column.table.name == "topic_relation" else ""


def pass_names(doing: Doing, goes: int, into: int) -> None:
    """Let the names of one topic be synonyms of another: behind its own, those alike but once."""
    column = table("topic_label").c.topic_id
    for locale in LANGUAGES:
        own = {fold(row["label"]): row for row in doing.labels(into, locale)}
        last = max((row["position"] for row in own.values()), default=AWAY)
        for row in doing.labels(goes, locale):
            if twin := own.get(fold(row["label"])):
                if twin["position"] == AWAY != row["position"]:
                    last += 1
                    doing.journal.change("topic_label", [twin["id"]], {"position": last})
                doing.journal.replace("topic_label", row, twin)
                continue
            if row["position"] != AWAY:
                last += 1
                doing.journal.change("topic_label", [row["id"]], {"position": last})
            doing.journal.point(column, [row], goes, into)


def owners(steps: list[Step], session: Session) -> Iterator[int]:
    """The organisations whose topics, or whose listings' topics, a journal changed."""
    listings: set[int] = set()
    for step in steps:
        if step["table"] == "organization_topic":
            yield from (key[0] for key in step.get("keys", ()))
            yield from ([step["row"]["organization_id"]] if "row" in step else ())
        elif step["table"] == "listing_topic":
            listings.update(key[0] for key in step.get("keys", ()))
            listings.update([step["row"]["listing_id"]] if "row" in step else ())
    known = sorted(listings)
    for start in range(0, len(known), 500):
        some = Listing.id.in_(known[start : start + 500])
        yield from session.scalars(select(Listing.organization_id).where(some).distinct())


def headline() -> str:
    return _("The network's staff sorted its topics")


def tell_history(session: Session, steps: list[Step]) -> None:
    """Keep in the history of the organisations that their topics were sorted anew by staff."""
    ids = sorted(set(owners(steps, session)))
    shared = author(session) | {"save": save(session), "at": now(), "fields": "", "thing": "organization"}
    rows = [{"organization_id": id, "thing_id": id, "action": SORTED, **shared} for id in ids]
    if rows:
        session.execute(insert(Edit), rows)
