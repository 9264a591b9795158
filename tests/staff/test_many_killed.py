"""A change of many, or its undo, that is killed in the middle leaves nothing half done."""

import pytest
from sqlalchemy import select

from network.directory.models import Organization
from network.hats import Hat, Worn
from network.history.models import Edit
from network.matching.looking import Desk
from network.staff import together
from network.staff.changing import Doing
from network.staff.kinds import KINDS
from network.staff.models import Decision, DecisionPart

KIND = KINDS["standing"]


def change(session):
    """Pause everyone, in batches of two."""
    together.BATCH = 2
    doing = Doing(session, Desk(Worn(Hat.STAFF), None), "paused")
    plan = together.plan(doing, KIND, list(session.scalars(select(Organization.id))))
    together.carry_out(doing, KIND, {step.id: step.mark for step in plan.steps}, None)


def undo(session):
    """Take it back, in batches of two."""
    together.BATCH = 2
    doing = Doing(session, Desk(Worn(Hat.STAFF), None), "paused")
    together.take_back(doing, KIND, session.scalars(select(Decision.id)).one())


def state(session):
    session.expire_all()
    found = [sorted(session.execute(select(Organization.id, Organization.standing, Organization.version)).all())]
    found += [len(session.scalars(select(table.id)).all()) for table in (Decision, DecisionPart, Edit)]
    return found


@pytest.mark.parametrize("do", [change, undo])
def test_a_kill_in_the_middle_leaves_everything_as_it_was(do, session, organization, prepared, monkeypatch):
    monkeypatch.setattr(together, "BATCH", together.BATCH)
    for number in range(5):
        organization(f"Workshop {number}")
    if do == undo:
        change(session)
        session.commit()
    before = state(session)
    for last in (1, 5, 9, 14):
        assert prepared.do(session, do, killed_after=last) == [-9]
        assert state(session) == before, f"killed after {last} writes"
    assert prepared.do(session, do)[0] == 0
    standings = {standing for _id, standing, _version in state(session)[0]}
    assert standings == ({"paused"} if do == change else {"current"})
