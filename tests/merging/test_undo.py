"""Undoing a merge: everything is as it was, to the last row, and what was changed since stays."""

import pytest
from sqlalchemy import select

from network import clock
from network.directory.models import FormerSlug, Link, Listing, Organization, Task
from network.history.models import Edit
from network.index import check
from network.merging import actions, queries
from network.merging.moves import MOVES
from network.merging.rows import table
from tests.merging.conftest import asked, everything, later, undo


def without_new_edits(found, before):
    """The same without what the history tells of the merge and its undo."""
    known = {row[0] for row in before["edit"]}
    new = {row[0] for row in found["edit"]} - known
    kept = {name: list(rows) for name, rows in found.items()}
    kept["edit"] = [row for row in kept["edit"] if row[0] in known]
    for name in ("edit_value", "personal_value"):
        kept[name] = [row for row in kept[name] if row[1] not in new]
    return kept


def test_something_hangs_on_the_one_that_goes_in_every_table(planted, session):
    empty = []
    for name in MOVES:
        of, column = table(name.split(".")[0]), name.split(".")[1]
        if (
            name != "merge.organization_id"
            and not session.execute(select(of).where(of.c[column] == planted.goes.id)).first()
        ):
            empty.append(name)
    assert not empty, f"plant something in {empty}, so that the comparison sees it"


def test_after_an_undo_every_row_says_what_it_said_before(planted, session, merged):
    planted.goes.category = "club"  # of which more is asked: tasks are opened, that must be gone again
    session.commit()
    before = everything(session)
    with clock.set_to(later(2)):
        merge = merged(planted, category="goes", name="goes")
    assert everything(session) != before
    with clock.set_to(later(9)):
        assert undo(session, merge, planted) == []
    after = without_new_edits(everything(session), before)
    assert list(after) == list(before)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert check(session.connection()) == []


def test_after_a_merge_nothing_names_the_one_that_went(planted, session, merged):
    goes = planted.goes.id
    merged(planted)
    for name in MOVES:
        of, column = table(name.split(".")[0]), name.split(".")[1]
        assert session.execute(select(of).where(of.c[column] == goes)).first() is None, name
    assert session.get(Organization, goes) is None
    assert check(session.connection()) == []


def test_what_was_changed_since_stays_and_is_told(planted, session, merged):
    merge = merged(planted, summary="goes")
    stays = planted.stays
    stays.summary, stays.phone = "A shop, a school and a bakery.", "0241 1"
    (wish,) = session.scalars(select(Listing).where(Listing.side == "seek", Listing.organization_id == stays.id))
    session.delete(wish)
    session.add(Listing(organization_id=stays.id, side="offer", title="Bread"))
    session.commit()
    left = undo(session, merge, planted)
    assert (stays.summary, stays.phone) == ("A shop, a school and a bakery.", "0241 1")
    back = session.get(Organization, merge.gone_id)
    assert (back.name, back.summary, back.slug) == ("weltladen aachen e.V.", "A shop and a school.", "weltladen-ev")
    assert "Bread" in {one.title for one in stays.listings}
    assert left == [["organization", "changed"], ["listing", "removed"]]


def test_a_field_that_nobody_changed_since_says_again_what_it_said(two, session, merged):
    merge = merged(two, name="goes", summary="goes")
    assert two.stays.name == "weltladen aachen e.V."
    undo(session, merge, two)
    assert (two.stays.name, two.stays.summary) == ("Weltladen Aachen", "A shop.")


def test_the_number_of_one_that_went_is_never_given_to_another(two, session, merged, organization):
    newest = organization("weltladen", slug="newest")
    two.goes = newest
    session.commit()
    merge = merged(two)
    other = organization("Somebody else")
    assert other.id != merge.gone_id
    undo(session, merge, two)
    assert session.get(Organization, merge.gone_id).slug == "newest"


def test_a_dropped_row_comes_back_under_another_number_when_its_own_was_given_away(
    two, session, merged, link, organization
):
    first = link(two.stays, two.third, "works_with", confirmed_on=later(0).date())
    gone = link(two.goes, two.third, "works_with", confirmed_on=later(0).date())
    number = gone.id
    merge = merged(two)
    assert session.get(Link, number) is None
    other = Link(id=number, from_id=two.stays.id, to_id=organization("New").id, type="works_with", proposed_at=later(1))
    session.add(other)
    session.commit()
    assert undo(session, merge, two) == []
    ties = session.scalars(select(Link).order_by(Link.id)).all()
    assert {(one.from_id, one.to_id) for one in ties} >= {(merge.gone_id, two.third.id), (two.stays.id, two.third.id)}
    assert first in ties
    (back,) = [one for one in ties if one.from_id == merge.gone_id]
    told = select(Edit.thing_id).where(Edit.thing == "link", Edit.organization_id == merge.gone_id)
    assert set(session.scalars(told)) == {back.id}


def test_after_thirty_days_it_is_final_and_the_journal_is_forgotten(two, session, merged):
    merge = merged(two)
    with clock.set_to(later(29)):
        assert queries.undoable(merge, clock.now())
        assert actions.forget_moved(session) == "0 merges are final"
    with clock.set_to(later(31)):
        with pytest.raises(actions.Refused):
            actions.undo(session, merge, two.decider.id)
        assert actions.forget_moved(session) == "1 merges are final"
    session.refresh(merge)
    assert merge.moved is None


def test_a_later_merge_into_the_same_page_is_undone_first(two, session, merged):
    first, goes = merged(two), two.goes
    two.goes = two.third
    second = merged(two)
    with pytest.raises(actions.Refused, match="Hill Club was merged into it later"):
        actions.undo(session, first, two.decider.id)
    session.rollback()
    undo(session, second, two)
    undo(session, first, two)
    assert goes is not None
    assert session.scalars(select(Organization.slug).order_by(Organization.slug)).all() == [
        *("hill", "weltladen-aachen", "weltladen-ev")
    ]


def test_a_merge_of_what_was_merged_before_goes_back_step_by_step(two, session, merged):
    before = everything(session)
    first = merged(two)
    two.stays, two.goes = two.third, two.stays
    second = merged(two)
    assert first.organization_id == two.third.id
    assert session.get(FormerSlug, "weltladen-ev").organization_id == two.third.id
    undo(session, second, two)
    undo(session, first, two)
    after = without_new_edits(everything(session), before)
    for name in ("organization", "former_slug", "link", "role", "task"):
        assert after[name] == before[name], name


def test_undone_once_it_can_be_asked_and_merged_again(two, session, merged):
    undo(session, merged(two), two)
    two.goes = session.scalars(select(Organization).where(Organization.slug == "weltladen-ev")).one()
    again = asked(session, two)
    actions.carry_out(session, again, actions.seen(two.stays, two.goes), two.decider.id)
    session.commit()
    assert again.state == "merged"
    assert session.scalars(select(Task).where(Task.organization_id == again.gone_id)).first() is None
