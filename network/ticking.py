"""What happens by itself: jobs that a timer runs every few minutes, each alone and in a transaction of its own."""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy.orm import Session

from network.extensions import db

Job = Callable[[Session], str]
"""Does what is due and says in a line what it did. Whoever runs it commits; it may be run at any time, and again."""

log = logging.getLogger(__name__)


def every_tick(app: Flask, name: str, job: Job) -> None:
    """Let `flask ops tick` run a job, after those that were given before."""
    app.extensions.setdefault("jobs", {})[name] = job


def tick(say: Callable[[str], None]) -> list[str]:
    """Run every job that nobody else is running; gives the names of those that failed. One doesn't stop the others."""
    failed = []
    for name, job in current_app.extensions.get("jobs", {}).items():
        with alone(name) as free:
            try:
                said = job(db.session()) if free else "is being done by another tick"
                db.session.commit()
            except Exception:
                db.session.rollback()
                log.exception("the job %s failed", name)
                failed.append(name)
            else:
                say(f"{name}: {said}")
            finally:
                db.session.remove()
    return failed


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether this is the only process that does a thing; nobody else is until the end, and a crash frees it."""
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(sha256(f"tick {name}".encode()).digest()[:8], signed=True)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            free = bool(connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s)", (number,)).scalar())
            try:
                yield free
            finally:
                if free:
                    connection.exec_driver_sql("SELECT pg_advisory_unlock(%s)", (number,))
        return
    folder = Path(current_app.instance_path) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name.replace(' ', '-')}.lock").open("w") as lock:  # SQLite lives on one machine
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
