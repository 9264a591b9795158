"""Words that no topic covers: gathered from the tasks of all organisations, and decided once for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, event, func, insert, select, update
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import Task, Topic
from network.directory.tasks import UNKNOWN
from network.extensions import db
from network.merging.rows import rows_where, table
from network.places.folding import fold
from network.topics.concerned import sayers
from network.topics.joining import tell_history
from network.topics.journalling import Doing
from network.topics.labelling import bearer, check, give, take_from
from network.topics.models import TopicChange, TopicWord, TopicWordUse
from network.topics.placing import kind_of, made

LONGEST = 200
BATCH = 500
Said = dict[str, list[tuple[int, str]]]
"""Folded words, each with the organisations that use it and what they typed."""


@event.listens_for(db.session, "after_flush")
def remember(session: Session, context: object) -> None:
    """Let a task about such words count as a write of its organisation, which `gather` follows."""
    written = {one.organization_id for one in (*session.new, *session.dirty, *session.deleted) if about_words(one)}
    session.info.setdefault("touched", set()).update(written)


def about_words(thing: object) -> bool:
    return isinstance(thing, Task) and thing.key == UNKNOWN


def gather(session: Session, ids: Sequence[int] | None = None) -> None:
    """Let the words be those of the open tasks of some organisations, or of all. It follows every write of them."""
    query = select(Task.organization_id, Task.facts, Task.opened_at).where(Task.key == UNKNOWN, Task.done_at.is_(None))
    uses = select(TopicWordUse.organization_id, TopicWordUse.word_id)
    for some in [None] if ids is None else [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]:
        tasks = query if some is None else query.where(Task.organization_id.in_(some))
        used = uses if some is None else uses.where(TopicWordUse.organization_id.in_(some))
        said: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        since: dict[str, datetime] = {}
        for id, facts, opened in session.execute(tasks).all():
            for word in facts.get("topics", ()):
                key = fold(word)[:LONGEST].strip()
                if key:
                    said[key].append((id, word[:LONGEST]))
                    since[key] = min(opened, since.get(key, opened))
        there = {(row.organization_id, row.word_id) for row in session.execute(used)}
        if said or there:
            settle(session, said, since, there)


def settle(session: Session, said: Said, since: dict[str, datetime], there: set[tuple[int, int]]) -> None:
    """Write the words that are said, and by whom, in place of who said them before."""
    known: dict[str, int] = {}
    keys = list(said)
    for start in range(0, len(keys), BATCH):
        query = select(TopicWord.folded, TopicWord.id).where(TopicWord.folded.in_(keys[start : start + BATCH]))
        known |= {row.folded: row.id for row in session.execute(query)}
    for key in keys:
        if key not in known:
            row = {"folded": key, "word": said[key][0][1], "since": since[key], "used": 0}
            known[key] = session.execute(insert(TopicWord).values(row).returning(TopicWord.id)).scalar_one()
    wanted = {(id, known[key]) for key, some in said.items() for id, _word in some}
    for id, word in there - wanted:
        session.execute(delete(TopicWordUse).where(TopicWordUse.organization_id == id, TopicWordUse.word_id == word))
    if new := wanted - there:
        session.execute(insert(TopicWordUse), [{"organization_id": id, "word_id": word} for id, word in sorted(new)])
    for word in {word for _id, word in wanted ^ there}:
        count = select(func.count()).where(TopicWordUse.word_id == word).scalar_subquery()
        session.execute(update(TopicWord).where(TopicWord.id == word).values(used=count))


def users(session: Session, word: TopicWord) -> list[int]:
    """The organisations that use a word."""
    query = select(TopicWordUse.organization_id).where(TopicWordUse.word_id == word.id)
    return list(session.scalars(query.order_by(TopicWordUse.organization_id)))


def name_of(
    session: Session, word: TopicWord, topic: Topic, locale: str, apply: bool, move: bool, by: int | None
) -> TopicChange:
    """Let a word be a name of a topic, and give the topic to those who used it. Raises Refused, or Elsewhere."""
    other = bearer(session, locale, word.word)
    label = word.word if other is not None and other.id == topic.id else check(session, topic, locale, word.word, move)
    doing = Doing(session, topic, by)
    if other is None or other.id != topic.id:
        take_from(doing, other, locale, label)
        give(doing, topic.id, locale, label)
    return answered(doing, word, locale, label, apply, "named")


def make(
    session: Session,
    word: TopicWord,
    locale: str,
    facet: str,
    kind: str,
    broader: Topic | None,
    apply: bool,
    by: int | None,
) -> TopicChange:
    """Make a topic of a word, and give it to those who used it. Raises Refused, or Elsewhere."""
    facet, kind = kind_of(facet, kind, broader)
    label = check(session, Topic(id=0), locale, word.word)
    doing, topic = made(session, label, facet, kind, broader.id if broader else None, by)
    give(doing, topic.id, locale, label)
    return answered(doing, word, locale, label, apply, "added")


def answered(doing: Doing, word: TopicWord, locale: str, label: str, apply: bool, act: str) -> TopicChange:
    """Give the topic to those who used the word, which waits no more, and note what was done."""
    session, ids, topic = doing.session, users(doing.session, word), doing.topic
    concerned = {*ids, *sayers(session, [(locale, label)])}
    if apply:
        of = table("organization_topic")
        having = {row["organization_id"] for row in rows_where(doing.journal.connection, of, of.c.topic_id == topic.id)}
        for id in ids:
            if id not in having:
                doing.add("organization_topic", organization_id=id, topic_id=topic.id)
    drop(doing, word, ids)
    tell_history(session, doing.journal.steps)
    said = {"labels": [[locale, label]], "word": word.word, "users": len(ids)}
    return doing.done(act, said, [topic.id], concerned, nearness=act == "added" and topic.broader_id is not None)


def nothing(session: Session, word: TopicWord, by: int | None) -> TopicChange:
    """Let a word mean nothing here: it is not asked about again."""
    ids, doing = users(session, word), Doing(session, Topic(), by)
    drop(doing, word, ids)
    doing.journal.change("topic_word", [word.id], {"refused_at": now()})
    return doing.done("nothing", {"word": word.word, "users": len(ids)}, [], set(ids))


def drop(doing: Doing, word: TopicWord, ids: Sequence[int]) -> None:
    """Take a word out of the tasks of those who used it; a task without any is done."""
    of = table("task")
    for start in range(0, len(ids), BATCH):
        some = (of.c.organization_id.in_(ids[start : start + BATCH]), of.c.key == UNKNOWN, of.c.done_at.is_(None))
        for row in rows_where(doing.journal.connection, of, *some):
            words = row["facts"].get("topics", [])
            left = [one for one in words if fold(one)[:LONGEST].strip() != word.folded]
            values = {"facts": {"topics": left}} if left else {"done_at": now()}
            if left != words:
                doing.journal.change("task", [row["id"]], values)
