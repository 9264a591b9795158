"""A change of many, or its undo, that is killed in the middle leaves nothing half done."""

import subprocess
import sys

import pytest
from sqlalchemy import select

from network.config import ROOT
from network.directory.models import Organization
from network.extensions import db
from network.history.models import Edit
from network.matching.looking import Desk
from network.staff import together
from network.staff.changing import Doing
from network.staff.kinds import KINDS
from network.staff.models import Decision, DecisionPart

DO = """
import os, signal, sys
from sqlalchemy import event, select
from network import create_app
from network.directory.models import Organization
from network.extensions import db
from network.hats import Hat, Worn
from network.matching.looking import Desk
from network.staff import together
from network.staff.changing import Doing
from network.staff.kinds import KINDS
from network.staff.models import Decision
url, what, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
together.BATCH = 2
app = create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})
with app.app_context():
    session, done = db.session(), [0]
    doing, kind = Doing(session, Desk(Worn(Hat.STAFF), None), "paused"), KINDS["standing"]
    ids = list(session.scalars(select(Organization.id)))
    plan = together.plan(doing, kind, ids)
    session.rollback()

    @event.listens_for(db.engine, "after_cursor_execute")
    def count(connection, cursor, statement, *more):
        done[0] += statement.startswith(("INSERT", "UPDATE", "DELETE"))
        if last and done[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    if what == "change":
        together.carry_out(doing, kind, {step.id: step.mark for step in plan.steps}, None)
    else:
        together.take_back(doing, kind, session.scalars(select(Decision.id)).one())
    session.commit()
    print(done[0])
"""


def run(session, what, last=0):
    url = db.engine.url.render_as_string(hide_password=False)
    session.rollback()
    command = [sys.executable, "-c", DO, url, what, str(last)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def state(session):
    session.expire_all()
    found = [sorted(session.execute(select(Organization.id, Organization.standing, Organization.version)).all())]
    found += [len(session.scalars(select(table.id)).all()) for table in (Decision, DecisionPart, Edit)]
    return found


@pytest.mark.parametrize("what", ["change", "undo"])
def test_a_kill_in_the_middle_leaves_everything_as_it_was(what, session, organization, staff):
    for number in range(5):
        organization(f"Workshop {number}")
    if what == "undo":
        kind, doing = KINDS["standing"], Doing(session(), Desk(staff[0].worn, None), "paused")
        plan = together.plan(doing, kind, list(session.scalars(select(Organization.id))))
        together.carry_out(doing, kind, {step.id: step.mark for step in plan.steps}, None)
        session.commit()
    before = state(session)
    for last in (1, 5, 9, 14):
        killed = run(session, what, last)
        assert killed.returncode == -9, killed.stderr
        assert state(session) == before, f"killed after {last} writes"
    done = run(session, what)
    assert done.returncode == 0, done.stderr
    standings = {standing for _id, standing, _version in state(session)[0]}
    assert standings == ({"paused"} if what == "change" else {"current"})
