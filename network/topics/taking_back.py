"""Taking back what was done to topics: for thirty days, and nothing that was changed since."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import ListingTopic, OrganizationTopic, Task, Topic, TopicLabel
from network.extensions import touched
from network.merging.reversal import Reversal
from network.text import gettext as _
from network.topics.concerned import catch_up, concerned, follow, sayers
from network.topics.joining import tell_history
from network.topics.models import TopicChange
from network.topics.words import gather
from network.waiting import Refused

WINDOW = timedelta(days=30)


def undoable(change: TopicChange) -> bool:
    """Whether something can be taken back, as far as one sees without looking at the rows."""
    return change.undone_at is None and change.steps is not None and now() - change.at <= WINDOW


def later(session: Session, change: TopicChange) -> TopicChange | None:
    """A later merge of the topic that a merge or a split led to, which has to be undone first."""
    topics = change.said.get("topics") or ([change.topic_id] if change.topic_id else [])
    after = (TopicChange.id > change.id, TopicChange.act == "merged", TopicChange.undone_at.is_(None))
    found = session.scalars(select(TopicChange).where(*after).order_by(TopicChange.id.desc()))
    return next((one for one in found if one.said["topics"][0] in topics), None)


def take_back(session: Session, change: TopicChange, by: int | None) -> int:
    """Let everything be as it was before; gives how many rows could not be put back. Raises Refused."""
    session.refresh(change, with_for_update=True)
    if not undoable(change):
        raise Refused(_("This can't be taken back any more."))
    if other := later(session, change):
        raise Refused(_("“%(topic)s” was merged later: take that back first.", topic=other.said["goes"]))
    steps: Sequence[dict[str, Any]] = change.steps or ()
    topics = set(change.said.get("topics") or ([change.topic_id] if change.topic_id else []))
    labels = change.said.get("labels", [])
    ids = concerned(session, topics) | sayers(session, labels)
    ids |= asked(session, steps)
    reversal = Reversal(session, change.at, 0)
    made = {step["row"]["id"] for step in steps if step["did"] == "added" and step["table"] == "topic"}
    reversal.back([step for step in steps if not (step["did"] == "added" and step["table"] == "topic")])
    for id in made:
        if in_use(session, id):
            reversal.leave("topic", "changed")
        else:
            change.topic_id = None if change.topic_id == id else change.topic_id
            session.flush()
            reversal.back([step for step in steps if step["did"] == "added" and step["table"] == "topic"])
    tell_history(session, list(steps))
    change.undone_at, change.undone_by_id, change.left = now(), by, len(reversal.left)
    change.steps = None
    session.flush()
    behind = follow(session, topics, ids, nearness=bool(change.said.get("topics")) or change.act in ("placed", "added"))
    change.behind = behind
    session.flush()
    return change.left


def asked(session: Session, steps: Sequence[dict[str, Any]]) -> set[int]:
    """The organisations whose tasks a journal changed."""
    tasks = [step["key"][0] for step in steps if step["did"] == "changed" and step["table"] == "task"]
    return set(session.scalars(select(Task.organization_id).where(Task.id.in_(tasks)))) if tasks else set()


def in_use(session: Session, id: int) -> bool:
    """Whether anything stands by a topic: somebody has it, it has a name, or others stand under it."""
    having = (
        select(OrganizationTopic.topic_id).where(OrganizationTopic.topic_id == id),
        select(ListingTopic.topic_id).where(ListingTopic.topic_id == id),
        select(TopicLabel.topic_id).where(TopicLabel.topic_id == id),
        select(Topic.id).where((Topic.broader_id == id) | (Topic.merged_into_id == id)),
    )
    return any(session.scalar(query.limit(1)) is not None for query in having)


def settled(session: Session) -> set[tuple[int, str]]:
    """What staff decided of topics and stands: loading what ships leaves it."""
    rows = session.scalars(select(TopicChange.settled).where(TopicChange.undone_at.is_(None)))
    return {(id, part) for parts in rows for id, part in parts}


def tick(session: Session) -> str:
    """Write anew what large changes left, and forget how to go back once the time for that is over."""
    left = 0
    for change in session.scalars(select(TopicChange).where(func.json_array_length(TopicChange.behind) > 0)).all():
        while change.behind:
            change.behind = catch_up(session, change.behind)
            session.commit()  # a tick that is stopped goes on there the next time
            left += 1
    gather(session)  # of tasks that were opened before words were gathered
    old = (TopicChange.steps.is_not(None), TopicChange.at < now() - WINDOW)
    final = touched(session, update(TopicChange).where(*old).values(steps=None))
    return f"{left} batches of a large change caught up, {final} changes are final"
