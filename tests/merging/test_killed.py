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
url, id, person, what, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
app = create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})
with app.app_context():
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
    print(done[0])
"""


def run(session, merge, person, what: str, last: int = 0) -> subprocess.CompletedProcess[str]:
    url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", DO, url, str(merge), str(person), what, str(last)]
    session.rollback()
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("what", ["merge", "undo"])
def test_a_kill_in_the_middle_leaves_everything_as_it_was(what, planted, session, merged):
    merge = (asked(session, planted) if what == "merge" else merged(planted)).id
    person = planted.decider.id
    before = everything(session)
    for last in (1, 20, 45, 70):
        killed = run(session, merge, person, what, last)
        assert killed.returncode == -9, killed.stderr
        session.expire_all()
        assert everything(session) == before, f"killed after {last} writes"
    done = run(session, merge, person, what)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) > 70
    session.expire_all()
    assert everything(session) != before
