"""One topic becomes two: some of its names, and some of those that use it, go to a new one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import Listing, ListingTopic, Organization, OrganizationTopic, Topic
from network.directory.thesaurus import thesaurus
from network.merging.rows import rows_where, table
from network.places.folding import fold
from network.text import gettext as _
from network.topics.concerned import concerned, sayers
from network.topics.joining import tell_history
from network.topics.journalling import Doing
from network.topics.labelling import alike, give, names, take
from network.topics.models import TopicChange
from network.topics.placing import made
from network.waiting import Refused

SHOWN = 200  # users of a topic that can be ticked one by one
Label = tuple[str, str]


@dataclass(frozen=True)
class User:
    """What has a topic: an organisation, or one of its listings; `says` whether a text of its says a label."""

    key: str  # "organization-7", "listing-9"
    organization: str
    title: str
    says: bool


def users(session: Session, topic_id: int, labels: Sequence[Label]) -> list[User]:
    """All that has a topic, those first that say one of some labels."""
    own = Organization.id, Organization.name, Organization.summary, Organization.description
    stated = select(*own).join(OrganizationTopic, OrganizationTopic.organization_id == Organization.id)
    found = []
    for one in session.execute(stated.where(OrganizationTopic.topic_id == topic_id).order_by(Organization.name)):
        texts = (one.name, one.summary, one.description)
        found.append(User(f"organization-{one.id}", one.name, "", says(texts, labels)))
    listed = select(Listing.id, Listing.title, Listing.detail, Organization.name)
    listed = listed.join(ListingTopic, ListingTopic.listing_id == Listing.id)
    listed = listed.join(Organization, Organization.id == Listing.organization_id)
    for row in session.execute(listed.where(ListingTopic.topic_id == topic_id).order_by(Organization.name)):
        found.append(User(f"listing-{row.id}", row.name, row.title, says((row.title, row.detail), labels)))
    return sorted(found, key=lambda one: not one.says)


def says(texts: Sequence[str], labels: Sequence[Label]) -> bool:
    """Whether a text says one of some labels, in any letters, at the beginnings of words."""
    said = f" {fold(' '.join(texts))}"
    return any(f" {fold(label)}" in said for _locale, label in labels)


def with_alike(session: Session, topic_id: int, labels: Sequence[Label]) -> list[Label]:
    """Some names of a topic with those that are read as they are: the two topics could not be told apart else."""
    known = thesaurus(session)
    both = [(locale, one) for locale, label in labels for one in (label, *alike(known, topic_id, locale, label))]
    return list({(locale, fold(label)): (locale, label) for locale, label in reversed(both)}.values())[::-1]


def check(session: Session, topic: Topic, labels: Sequence[Label]) -> None:
    """Raises Refused for what is no split."""
    if not labels:
        raise Refused(_("Tick the names that go to the new topic."))
    if len(labels) >= sum(len(one.labels) for one in names(session, topic.id)):
        raise Refused(_("Leave the topic one name at least."))


def split(
    session: Session, topic: Topic, labels: Sequence[Label], chosen: Collection[str], under: bool, by: int | None
) -> TopicChange:
    """Make a topic of some labels of one, with those chosen of who uses it: beside it, or under it. Raises Refused."""
    labels = with_alike(session, topic.id, labels)
    check(session, topic, labels)
    touched = concerned(session, [topic.id]) | sayers(session, labels)
    first = next((label for locale, label in labels if locale == "en"), labels[0][1])
    doing, new = made(session, first, topic.facet, topic.kind, topic.id if under else topic.broader_id, by)
    for locale, label in labels:
        take(doing, topic.id, locale, label)
        give(doing, new.id, locale, label)
    move_users(doing, topic.id, new.id, chosen)
    tell_history(session, doing.journal.steps)
    said = {"goes": new.slug, "into": topic.slug, "labels": [list(one) for one in labels], "topics": [topic.id, new.id]}
    return doing.done("split", said, [topic.id, new.id], touched, nearness=True)


def move_users(doing: Doing, start: int, end: int, chosen: Collection[str]) -> None:
    """Let what was chosen of those that have one topic have another."""
    for thing in ("organization", "listing"):
        of = table(f"{thing}_topic")
        rows = rows_where(doing.journal.connection, of, of.c.topic_id == start)
        rows = [row for row in rows if f"{thing}-{row[f'{thing}_id']}" in chosen]
        doing.journal.point(of.c.topic_id, rows, start, end)
