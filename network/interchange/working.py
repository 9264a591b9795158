"""Long work outside the request: a process of its own, told to stop by a file, telling how far it is by another.

While an import is written, SQLite lets nobody else write, so neither of the two is in the database.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from network import ticking
from network.clock import now
from network.config import ROOT
from network.interchange.folders import LOG, PROGRESS, STOP, folder_of, read_json, write_json

EVERY = 0.5  # seconds between two notes of how far it is
BEGINNING = timedelta(seconds=15)
TRIES, BETWEEN = 40, 0.25  # seconds: whoever only asks whether somebody works holds the lock for a moment
children: list[subprocess.Popen[bytes]] = []


class Stopped(Exception):
    """Somebody asked to stop: what was begun is to be taken back."""


class Progress:
    """Told what is done and how many rows more, notes it in a folder; raises Stopped once somebody asked for that."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done: dict[str, int] = {}
        self.noted = 0.0

    def __call__(self, what: str, more: int) -> None:
        begins = what not in self.done
        self.done[what] = self.done.get(what, 0) + more
        self.look()
        if begins or time.monotonic() - self.noted >= EVERY:
            self.noted = time.monotonic()
            write_json(self.folder / PROGRESS, {"doing": what, "done": self.done[what]})

    def look(self) -> None:
        """Raise Stopped if somebody asked for it."""
        if (self.folder / STOP).exists():
            raise Stopped


def progress_of(name: object) -> dict[str, Any]:
    """How far the work in a folder is: what is being `doing`, and how many rows of it are `done`."""
    try:
        return read_json(folder_of(name) / PROGRESS) or {}
    except json.JSONDecodeError:
        return {}


def ask_to_stop(name: object) -> None:
    """Tell the process that works in a folder to take back what it began."""
    (folder_of(name) / STOP).touch()


def forget_stop(name: object) -> None:
    """Let the work in a folder begin anew."""
    for file in (STOP, PROGRESS):
        (folder_of(name) / file).unlink(missing_ok=True)


def is_stopping(name: object) -> bool:
    return (folder_of(name) / STOP).exists()


def begins(ordered_at: datetime | None) -> bool:
    """Whether something was ordered so lately that its process may not have begun."""
    return ordered_at is not None and now() - ordered_at < BEGINNING


def is_worked_on(name: object) -> bool:
    """Whether a process works in a folder at this moment; one that was killed doesn't."""
    with ticking.alone(f"import {name}") as free:
        return not free


@contextmanager
def alone(name: object) -> Iterator[bool]:
    """Whether nobody else works in the folder; nobody does until the end."""
    for left in reversed(range(TRIES)):
        with ticking.alone(f"import {name}") as free:
            if free or not left:
                yield free
                return
        time.sleep(BETWEEN)


def start(name: object, command: str, number: int) -> subprocess.Popen[bytes]:
    """Begin a command of the group in a process of its own, which outlives the request; what it says goes to a log."""
    children[:] = [child for child in children if child.poll() is None]
    where = {"DATABASE_URL": str(current_app.config["DATABASE_URL"]), "INSTANCE_PATH": current_app.instance_path}
    with (folder_of(name) / LOG).open("ab") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "interchange", command, str(number)],
            cwd=ROOT,
            env=os.environ | where,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    children.append(child)
    return child
