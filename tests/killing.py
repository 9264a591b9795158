"""Doing something in a process that is killed in the middle of it, as often as a test asks."""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import cache
from importlib import import_module

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session, configure_mappers

from network import create_app
from network.config import ROOT
from network.directory import letters
from network.extensions import db


class Prepared:
    """A process that has the application loaded, and forks for everything that is to be killed."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, session: Session, do: Callable[..., None], *arguments: object, killed_after: int = 0) -> list[int]:
        """Do and commit `do(session, *arguments)` in a fork that kills itself after so many writes; 0 is never.

        Gives how it ended and, where it came to its end, how many writes it was.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        session.rollback()
        url = db.engine.url.render_as_string(hide_password=False)
        order = [url, do.__module__, do.__name__, killed_after, *arguments]
        print(json.dumps(order), file=self.process.stdin, flush=True)
        ended = [int(word) for word in self.process.stdout.readline().split()]
        session.expire_all()
        return ended[::-1]

    def end(self) -> None:
        with self.process:
            assert self.process.stdin is not None
            self.process.stdin.close()


def serve() -> None:
    """Fork for every order that comes in, and say how each fork ended."""
    application("sqlite:///:memory:")  # which imports everything
    configure_mappers()
    letters.learnt()
    for order in map(json.loads, sys.stdin):
        application(order[0])
        import_module(order[1])
        child = os.fork()
        if not child:
            try:
                print(once(*order), end=" ", flush=True)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


@cache
def application(url: str) -> Flask:
    """The application over a database; nothing is connected with that yet, so that every fork connects for itself."""
    return create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})


def once(url: str, module: str, name: str, last: int, *arguments: object) -> int:
    """Do something, commit, and give how many writes it was; after `last` of them this process is killed."""
    do, done = getattr(import_module(module), name), 0
    with application(url).app_context():

        @event.listens_for(db.engine, "after_cursor_execute")
        def count(connection, cursor, statement, *more):
            nonlocal done
            done += statement.startswith(("INSERT", "UPDATE", "DELETE"))
            if last and done == last:
                os.kill(os.getpid(), signal.SIGKILL)

        do(db.session(), *arguments)
        db.session.commit()
    return done


if __name__ == "__main__":
    serve()
