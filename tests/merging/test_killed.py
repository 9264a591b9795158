"""A merge or its undo that is killed in the middle leaves nothing half done."""

import subprocess
import sys

import pytest

from network.config import ROOT
from network.extensions import db
from tests.merging.conftest import asked, everything

DO = """
import os, signal, sys
from sqlalchemy import event
from network import create_app
from network.extensions import db
from network.merging import actions, queries, uniting
url, id, person, what = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
app = create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})


def do(last):
    session, done = db.session(), [0]
    merge = queries.merge_of(session, id, lock=True)

    @event.listens_for(db.engine, "after_cursor_execute")
    def count(connection, cursor, statement, *more):
        done[0] += statement.startswith(("INSERT", "UPDATE", "DELETE"))
        if last and done[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    if what == "merge":
        stays, goes = actions.pair(session, merge)
        actions.carry_out(session, merge, actions.seen(stays, goes), person)
    else:
        actions.undo(session, merge, person)
    session.commit()
    return done[0]


with app.app_context():
    db.engine.dispose()
    for last in map(int, sys.argv[5:]):
        child = os.fork()
        if not child:
            do(last)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    if not sys.argv[5:]:
        print(do(0))
"""
KILLED = (1, 20, 45, 70)  # after so many writes


def run(session, merge, person, what: str, *killed: int) -> list[int]:
    """Do it: to the end, or killed after so many writes, once for each; gives how many writes, or how each ended."""
    url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", DO, url, *map(str, (merge, person)), what, *map(str, killed)]
    session.rollback()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    session.expire_all()
    assert done.returncode == 0, done.stderr
    return [int(line) for line in done.stdout.split()]


@pytest.mark.parametrize("what", ["merge", "undo"])
def test_a_kill_in_the_middle_leaves_everything_as_it_was(what, planted, session, merged):
    merge = (asked(session, planted) if what == "merge" else merged(planted)).id
    person = planted.decider.id
    before = everything(session)
    assert run(session, merge, person, what, *KILLED) == [-9] * len(KILLED)
    assert everything(session) == before
    (writes,) = run(session, merge, person, what)
    assert writes > max(KILLED)
    assert everything(session) != before
