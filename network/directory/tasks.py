"""What staff should look at: opened and closed by rules and imports, hiding nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from network.clock import now
from network.directory.categories import CATEGORIES
from network.directory.models import Organization, Task
from network.extensions import IDS
from network.text import lazy_gettext as _l

RULE = "rule:"
STALE = "stale"
CLOSED = "closed"
MENTIONED = "person:mentioned"
UNKNOWN = "topic:unknown"
LOST = "link:not_found"
GONE_WEBSITE = "website:gone"
MOVED_WEBSITE = "website:moved"
SAID = {
    STALE: _l("Nobody answers whether this is still right: ask in another way, then confirm it or let it rest."),
    CLOSED: _l("It has closed, as somebody suggested and those who look after it agreed: let it rest."),
    MENTIONED: _l("Its own words still name somebody who was erased: ask the organisation to change them."),
    LOST: _l("A list ties it to somebody who was not found"),
    UNKNOWN: _l("It works on something that no topic covers yet"),
    GONE_WEBSITE: _l("Its website doesn't answer"),
    MOVED_WEBSITE: _l("Its website has moved to another address"),
    "place:town_not_found": _l("Its town was not found: correct the name, or put a point on the map"),
    "place:ambiguous": _l("Several towns are called so: say which one it is"),
    "place:other_country": _l("Its point lies in another country than it says"),
    "place:far": _l("Its point lies far from any town: look whether it is right"),
}
"""What is to be done, by the key of the task; what it is about stands in its facts."""
BATCH = 500
LOOKED_AT = (Organization.listings, Organization.links_in)
"""What rules look at beside the organisation itself: asked for a batch at a time."""
OF_RULES = select(Task).where(Task.organization_id.in_(IDS), Task.key.startswith(RULE))  # built once, as what follows
CHECKED = select(Organization).where(Organization.id.in_(IDS)).options(*(selectinload(part) for part in LOOKED_AT))


def check_rules(session: Session, ids: Sequence[int]) -> None:
    """Open a task for every rule of its category that an organisation doesn't meet, and close those it meets by now."""
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        tasks: defaultdict[int, list[Task]] = defaultdict(list)
        for task in session.scalars(OF_RULES, {"ids": some}):
            tasks[task.organization_id].append(task)
        missing: list[dict[str, Any]] = []
        for organization in session.scalars(CHECKED, {"ids": some}):
            unmet = {RULE + rule.key for rule in CATEGORIES[organization.category].rules if not rule.met(organization)}
            missing += settle(organization.id, unmet, tasks[organization.id])
        if missing:
            session.execute(insert(Task), missing)


def settle(organization_id: int, unmet: set[str], tasks: Iterable[Task]) -> list[dict[str, Any]]:
    """Make the open rule tasks of an organisation exactly `unmet`; gives those that have to be added."""
    known = {task.key: task for task in tasks}
    for key, task in known.items():
        if key not in unmet and task.done_at is None:
            task.done_at = now()
        elif key in unmet and task.done_at is not None:
            task.done_at = None
    return [{"organization_id": organization_id, "key": key} for key in sorted(unmet - known.keys())]


def settle_task(session: Session, organization_id: int, key: str, facts: dict[str, Any] | None) -> None:
    """Let an organisation's task of a key stand with these facts; None says that it is done."""
    which = (Task.organization_id == organization_id, Task.key == key)
    task = session.scalar(select(Task).where(*which))
    if facts is None:
        if task and task.done_at is None:
            task.done_at = now()
    elif task is None:
        session.add(Task(organization_id=organization_id, key=key, facts=facts))
    elif task.done_at or task.facts != facts:
        task.facts, task.done_at = facts, None


def open_tasks(session: Session) -> Iterator[tuple[str, str]]:
    """Every open task, as the organisation's slug and a sentence."""
    query = (
        select(Task, Organization.slug, Organization.category)
        .join(Organization, Organization.id == Task.organization_id)
        .where(Task.done_at.is_(None))
        .order_by(Organization.slug, Task.key)
    )
    for task, slug, category in session.execute(query):
        yield slug, sentence(task, category)


def sentence(task: Task, category: str) -> str:
    """What to do, in words, with what it is about."""
    key = task.key.removeprefix(RULE)
    for rule in CATEGORIES[category].rules:
        if rule.key == key:
            return str(rule.task)
    words = str(SAID.get(task.key, task.key))
    about = facts_said(task.facts or {})
    return f"{words.removesuffix('.')}: {about}" if about else words


def facts_said(value: Any) -> str:
    """What a task is about, as it was typed: a town with its region and country, a point, some words."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list):
        return str(value or "")
    return "; ".join(dict.fromkeys(filter(None, map(facts_said, value))))


def finish(session: Session, id: int) -> bool:
    """Look no more at a task; False when that was so already, or there is none."""
    task = session.get(Task, id, with_for_update=True)
    if task is None or task.done_at is not None:
        return False
    task.done_at = now()
    session.flush()
    return True


def reopen(session: Session, id: int) -> None:
    """Look at a task again."""
    task = session.get(Task, id, with_for_update=True)
    if task is not None:
        task.done_at = None
        session.flush()
