"""Making one organisation of two, and two of it again: in the caller's transaction, written down to the last row."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from network.directory.models import Organization, Task
from network.directory.tasks import RULE
from network.history.models import Edit
from network.history.recording import happened
from network.merging import inside
from network.merging.choosing import facts_of, outcome
from network.merging.journal import Journal
from network.merging.models import Merge
from network.merging.reversal import CHANGED, Reversal
from network.merging.rows import plain, rows_where, table, typed
from network.profiles.contacts import NOBODY
from network.profiles.editing import topics, touch

MARKS = ("version", "changed_at")
MERGED, PARTED = "merged", "parted"  # what the history calls it


def locked(session: Session, ids: Sequence[int]) -> dict[int, Organization]:
    """Organisations as they are now; whoever else wants to change them waits for this transaction."""
    query = select(Organization).where(Organization.id.in_(ids)).order_by(Organization.id).with_for_update()
    return {one.id: one for one in session.scalars(query.execution_options(populate_existing=True))}


def unite(session: Session, merge: Merge, stays: Organization, goes: Organization) -> dict[str, Any]:
    """Let all that is one organisation's be another's; gives what it takes to go back, as JSON can hold it."""
    before = own_row(session, stays.id)
    last_edit = session.scalar(select(func.max(Edit.id))) or 0
    rules = rows_where(session.connection(), table("task"), Task.organization_id == stays.id, Task.key.startswith(RULE))
    about = facts_of(stays)["topics"]
    speak(session, stays, outcome(merge.choices, facts_of(stays), facts_of(goes)))
    touch(stays)
    happened(session, stays.id, MERGED, said={"name": goes.name, "slug": goes.slug})
    session.flush()
    after = own_row(session, stays.id)
    said = {name: [before[name], after[name]] for name in before if name in MARKS or before[name] != after[name]}
    journal = Journal(session.connection())
    carry(journal, stays.id, goes.id, stays.slug, goes.slug)
    session.expunge(goes)
    session.expire_all()
    followed(session, {stays.id, *journal.met} - {goes.id}, {goes.id})
    return {
        "said": said,
        "topics": [about, facts_of(stays)["topics"]],
        "tasks": [plain(row) for row in rules],
        "steps": journal.steps,
        "last_edit": last_edit,
    }


def carry(journal: Journal, stays: int, goes: int, slug: str, gone_slug: str) -> None:
    """Let every row that names one organisation name the other, and take its own row away."""
    tasks, people = table("task"), table("contact_person")
    for row in rows_where(journal.connection, tasks, tasks.c.organization_id == goes, tasks.c.key.startswith(RULE)):
        journal.drop("task", row)  # what isn't met is found out anew
    known = {row["email"] for row in rows_where(journal.connection, people, people.c.organization_id == stays)}
    for row in rows_where(journal.connection, people, people.c.organization_id == goes):
        if row["email"] in known:
            journal.change("contact_person", [row["id"]], {"visible": NOBODY})  # they chose already who sees them here
    inside.imported(journal, goes, stays)
    journal.lead("organization", goes, stays)
    alone(journal, stays)
    inside.members(journal, goes, stays)
    inside.ends(journal, goes, stays)
    inside.asked(journal, gone_slug, slug)
    (own,) = rows_where(journal.connection, table("organization"), table("organization").c.id == goes)
    journal.drop("organization", own)
    former = table("former_slug")
    if rows_where(journal.connection, former, former.c.slug == gone_slug):
        journal.change("former_slug", [gone_slug], {"organization_id": stays})
    else:
        journal.add("former_slug", {"slug": gone_slug, "organization_id": stays})


def alone(journal: Journal, stays: int) -> None:
    """Take away introductions in which nobody is left to meet, and nobody introduces to themselves."""
    parties, introductions = table("party"), table("introduction")
    for id in dict.fromkeys(row["introduction_id"] for row in journal.dropped("party")):
        if len(rows_where(journal.connection, parties, parties.c.introduction_id == id)) < 2:
            for row in rows_where(journal.connection, introductions, introductions.c.id == id):
                journal.drop("introduction", row)
    mine = select(parties.c.introduction_id).where(parties.c.organization_id == stays)
    both = (introductions.c.introducer_id == stays, introductions.c.id.in_(mine))
    for row in rows_where(journal.connection, introductions, *both):
        journal.change("introduction", [row["id"]], {"introducer_id": None})


def own_row(session: Session, id: int) -> dict[str, Any]:
    """The row of an organisation, as JSON can hold it."""
    (row,) = rows_where(session.connection(), table("organization"), table("organization").c.id == id)
    return plain(row)


def speak(session: Session, organization: Organization, values: Mapping[str, Any]) -> None:
    """Write fields of a page, so that its history tells of it."""
    with session.no_autoflush:
        for name, value in values.items():
            setattr(organization, name, topics(session, value) if name == "topics" else value)


def followed(session: Session, written: set[int], gone: set[int]) -> None:
    """Let the index, and all that follows it, be written anew with the commit."""
    session.info.setdefault("touched", set()).update(written)
    session.info.setdefault("gone", set()).update(gone)


def part(session: Session, merge: Merge, stays: Organization) -> list[list[str]]:
    """Let the two be as they were; what was changed since stays. Gives what could not be put back, as (table, why)."""
    moved: dict[str, Any] = merge.moved or {}
    assert merge.decided_at is not None
    marks = own_row(session, stays.id)
    untouched = all(marks[name] == moved["said"][name][1] for name in MARKS)
    reversal = Reversal(session, merge.decided_at, moved["last_edit"])
    speak(session, stays, taken_back(session, stays, moved, reversal))
    session.flush()
    settle_rules(session, stays.id, moved["tasks"])  # before: they may have the numbers of those that come back
    reversal.back(moved["steps"])
    if untouched:
        said = {name: moved["said"][name][0] for name in MARKS}
        own = table("organization")
        session.execute(update(own).where(own.c.id == stays.id).values(typed(own, said)))
    session.expire_all()
    gone = reversal.number("organization", merge.gone_id)
    for id, other in ((stays.id, merge.gone_name), (gone, stays.name)):
        happened(session, id, PARTED, said={"name": other})
    followed(session, {stays.id, gone, *reversal.met}, set())
    return reversal.left


def taken_back(session: Session, stays: Organization, moved: Mapping[str, Any], reversal: Reversal) -> dict[str, Any]:
    """The fields of the page that stayed that say what the merge made of them, with what they said before."""
    own = table("organization")
    now = own_row(session, stays.id)
    back: dict[str, Any] = {}
    for name, (before, after) in moved["said"].items():
        if name in MARKS:
            continue
        if now[name] == after:
            back |= typed(own, {name: tuple(before) if isinstance(before, list) else before})
        elif now[name] != before:
            reversal.leave("organization", CHANGED)
    before, after = (list(slugs) for slugs in moved["topics"])
    now_topics = list(facts_of(stays)["topics"])
    if before != after and now_topics == after:
        back["topics"] = before
    elif now_topics not in (before, after):
        reversal.leave("organization_topic", CHANGED)
    return back


def settle_rules(session: Session, id: int, known: Sequence[Mapping[str, Any]]) -> None:
    """Let the tasks of rules stand as they stood; what isn't met now is found out with the commit."""
    tasks = table("task")
    before = {row["id"]: row for row in known}
    for row in rows_where(session.connection(), tasks, tasks.c.organization_id == id, tasks.c.key.startswith(RULE)):
        if row["id"] in before:
            values = typed(tasks, before[row["id"]])
            session.execute(update(tasks).where(tasks.c.id == row["id"]).values(values))
        else:
            session.execute(tasks.delete().where(tasks.c.id == row["id"]))
