"""Where topics stand in the tree: a broader one for a topic, and new topics."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import Topic
from network.directory.slugs import slug_of
from network.directory.thesaurus import PLACE
from network.directory.vocabulary import KINDS
from network.text import gettext as _
from network.topics.concerned import concerned, sayers
from network.topics.journalling import Doing
from network.topics.labelling import bearer, check, give, take_from
from network.topics.models import TopicChange
from network.waiting import Refused

FACETS = ("kind", "topic", "audience")
LONGEST = 60


def above(session: Session, topic_id: int) -> list[int]:
    """The topics above one, the next one first."""
    broader = {row.id: row.broader_id for row in session.execute(select(Topic.id, Topic.broader_id))}
    found: list[int] = []
    at = broader.get(topic_id)
    while at is not None and at not in found:
        found.append(at)
        at = broader.get(at)
    return found


def put_under(session: Session, topic: Topic, broader: Topic | None, by: int | None) -> TopicChange:
    """Put a topic under a broader one, or under none. Raises Refused for circles."""
    if broader is not None:
        if broader.facet != topic.facet:
            raise Refused(_("A topic can only stand under one of the same kind."))
        if broader.id == topic.id or topic.id in above(session, broader.id):
            raise Refused(_("That would be a circle: the broader topic stands under this one."))
    if topic.broader_id == (broader.id if broader else None):
        raise Refused(_("It stands there already."))
    touched = concerned(session, [topic.id])
    doing = Doing(session, topic, by)
    doing.journal.change("topic", [topic.id], {"broader_id": broader.id if broader else None})
    doing.settled.append([topic.id, PLACE])
    return doing.done("placed", {"under": broader.slug if broader else ""}, [topic.id], touched, nearness=True)


def free_slug(session: Session, label: str) -> str:
    """An address for a new topic that none has or had."""
    wanted, number = slug_of(label)[: LONGEST - 4].rstrip("-"), 1
    slug = wanted
    while session.scalar(select(Topic.id).where(Topic.slug == slug)) is not None or slug in RESERVED:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


RESERVED = frozenset({"new", "changes", "words"})


def new(
    session: Session,
    locale: str,
    typed: str,
    facet: str,
    broader: Topic | None,
    by: int | None,
    kind: str = "",
    move: bool = False,
) -> TopicChange:
    """Make a topic with a name. Under a broader one it is of the same kind. Raises Refused, or Elsewhere."""
    facet, kind = kind_of(facet, kind, broader)
    label = check(session, Topic(id=0), locale, typed, move)
    other = bearer(session, locale, label)
    doing, topic = made(session, label, facet, kind, broader.id if broader else None, by)
    take_from(doing, other, locale, label)
    give(doing, topic.id, locale, label)
    said = {"labels": [[locale, label]], "under": broader.slug if broader else "", "slug": topic.slug}
    return doing.done("added", said, [topic.id], sayers(session, [(locale, label)]), nearness=broader is not None)


def kind_of(facet: str, kind: str, broader: Topic | None) -> tuple[str, str]:
    """What a new topic is, and the kind of help: as the broader one, if there is any. Raises Refused."""
    facet = broader.facet if broader else facet
    kind = (broader.kind if broader else kind) if facet == "kind" else ""
    if facet not in FACETS:
        raise Refused(_("Say what it is: a kind of help, a topic or an audience."))
    if facet == "kind" and kind not in KINDS:
        raise Refused(_("Choose the kind of help that it belongs to."))
    return facet, kind


def made(
    session: Session, label: str, facet: str, kind: str, broader_id: int | None, by: int | None
) -> tuple[Doing, Topic]:
    """A new topic without names, and what is being done."""
    session.flush()
    doing = Doing(session, Topic(), by)
    slug = free_slug(session, label)
    id = doing.add("topic", slug=slug, facet=facet, kind=kind, broader_id=broader_id, merged_into_id=None)
    doing.topic = session.get_one(Topic, id)
    return doing, doing.topic


def below(session: Session, topic_ids: Collection[int]) -> list[Topic]:
    """The topics that stand directly under some."""
    return list(session.scalars(select(Topic).where(Topic.broader_id.in_(topic_ids), Topic.merged_into_id.is_(None))))
