"""A merge or its undo that is killed in the middle leaves nothing half done."""

import pytest

from network.merging import actions, queries
from tests.merging.conftest import asked, everything

KILLED = (1, 20, 45, 70)  # after so many writes


def carry_out(session, id, person):
    """What is killed."""
    merge = queries.merge_of(session, id, lock=True)
    stays, goes = actions.pair(session, merge)
    actions.carry_out(session, merge, actions.seen(stays, goes), person)


def undo(session, id, person):
    """What is killed, too."""
    actions.undo(session, queries.merge_of(session, id, lock=True), person)


@pytest.mark.parametrize("do", [carry_out, undo])
def test_a_kill_in_the_middle_leaves_everything_as_it_was(do, planted, session, merged, prepared):
    merge = (asked(session, planted) if do == carry_out else merged(planted)).id
    before = everything(session)
    for last in KILLED:
        assert prepared.do(session, do, merge, planted.decider.id, killed_after=last) == [-9]
        assert everything(session) == before, f"killed after {last} writes"
    ended, writes = prepared.do(session, do, merge, planted.decider.id)
    assert ended == 0
    assert writes > max(KILLED)
    assert everything(session) != before
