"""The tasks that an import leaves to staff: places that were not found, references and topics that mean nothing."""

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from network.clock import now
from network.directory.models import Task
from network.directory.sites import PLACE_TASKS
from network.directory.tasks import LOST, UNKNOWN

KEYS = (*PLACE_TASKS, LOST, UNKNOWN)


def note_tasks(connection: Connection, wanted: dict[int, dict[str, dict[str, Any]]]) -> None:
    """Make the open import tasks of these organisations exactly those; what is solved by now is done."""
    query = select(Task.id, Task.organization_id, Task.key, Task.facts, Task.done_at)
    there = connection.execute(query.where(Task.organization_id.in_(wanted), Task.key.in_(KEYS)))
    known = {(task.organization_id, task.key): task for task in there}
    for (organization_id, key), task in known.items():
        facts = wanted[organization_id].get(key)
        done = None if facts is not None else task.done_at or now()
        if (done, facts or task.facts) != (task.done_at, task.facts):
            connection.execute(update(Task).where(Task.id == task.id).values(done_at=done, facts=facts or task.facts))
    new = [
        {"organization_id": id, "key": key, "facts": facts, "opened_at": now()}
        for id, tasks in wanted.items()
        for key, facts in tasks.items()
        if (id, key) not in known
    ]
    if new:
        connection.execute(insert(Task), new)
