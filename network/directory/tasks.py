"""What staff should look at: opened and closed by rules and imports, hiding nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from network.clock import now
from network.directory.categories import CATEGORIES
from network.directory.models import Organization, Task
from network.text import lazy_gettext as _l

RULE = "rule:"
STALE = "stale"
CLOSED = "closed"
SAID = {
    STALE: _l("Nobody answers whether this is still right: ask in another way, then confirm it or let it rest."),
    CLOSED: _l("It has closed, as somebody suggested and those who look after it agreed: let it rest."),
}
BATCH = 500
LOOKED_AT = (Organization.listings, Organization.links_in)
"""What rules look at beside the organisation itself: asked for a batch at a time."""


def check_rules(session: Session, ids: Sequence[int]) -> None:
    """Open a task for every rule of its category that an organisation doesn't meet, and close those it meets by now."""
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        tasks: defaultdict[int, list[Task]] = defaultdict(list)
        for task in session.scalars(select(Task).where(Task.organization_id.in_(some), Task.key.startswith(RULE))):
            tasks[task.organization_id].append(task)
        checked = select(Organization).where(Organization.id.in_(some))
        missing: list[dict[str, Any]] = []
        for organization in session.scalars(checked.options(*(selectinload(part) for part in LOOKED_AT))):
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
    """What to do, in words."""
    key = task.key.removeprefix(RULE)
    for rule in CATEGORIES[category].rules:
        if rule.key == key:
            return str(rule.task)
    if task.key in SAID:
        return str(SAID[task.key])
    facts = ", ".join(f"{name}: {value}" for name, value in (task.facts or {}).items())
    return f"{task.key} ({facts})" if facts else task.key
