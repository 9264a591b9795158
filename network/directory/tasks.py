"""What staff should look at: opened and closed by rules and imports, hiding nothing."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.categories import CATEGORIES
from network.directory.models import Organization, Task, now

RULE = "rule:"


def check_rules(session: Session, ids: Sequence[int]) -> None:
    """Open a task for every rule of its category that an organisation doesn't meet, and close those it meets by now."""
    for organization in session.scalars(select(Organization).where(Organization.id.in_(ids))):
        unmet = {RULE + rule.key for rule in CATEGORIES[organization.category].rules if not rule.met(organization)}
        settle(session, organization.id, unmet)


def settle(session: Session, organization_id: int, unmet: Iterable[str]) -> None:
    """Make the open rule tasks of an organisation exactly `unmet`."""
    wanted = set(unmet)
    kept = session.scalars(select(Task).where(Task.organization_id == organization_id, Task.key.startswith(RULE)))
    known = {task.key: task for task in kept}
    for key, task in known.items():
        if key not in wanted and task.done_at is None:
            task.done_at = now()
        elif key in wanted and task.done_at is not None:
            task.done_at = None
    session.add_all(Task(organization_id=organization_id, key=key) for key in sorted(wanted - known.keys()))


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
    facts = ", ".join(f"{name}: {value}" for name, value in (task.facts or {}).items())
    return f"{task.key} ({facts})" if facts else task.key
