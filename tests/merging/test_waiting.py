"""Look-alikes and merges stand in the queue."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from network.clock import now
from network.directory import alike
from network.directory.models import Alike, Apart, Comparing
from network.merging import actions
from network.staff.models import Decision
from tests.markup import read
from tests.merging.conftest import asked
from tests.staff.test_pages import press

QUEUE = "/staff/queue"


@pytest.fixture
def pair(two, session):
    """The two, found to be probably one."""
    two.stays.website = two.goes.website
    session.commit()
    made = Alike(one_id=two.stays.id, other_id=two.goes.id, evidence=[["name", 5.0, "weltladen", "weltladen ev"]])
    session.add(made)
    session.commit()
    return made


def words(answer):
    return read(answer.text)[0].first(lambda element: element.tag == "main").text


def decide(browser, pair, act="two"):
    return press(browser, f"{QUEUE}/alike/{pair.id}", act=act)


def test_a_pair_stands_with_its_evidence_and_the_way_to_merge(pair, two, signed_in):
    page = signed_in(two.asker).get(QUEUE)
    assert "It may be the same as weltladen aachen e.V." in words(page)
    assert "The names share their words" in words(page)
    assert f'href="/organizations/{two.stays.slug}/merge?with={two.goes.slug}"' in page.text


def test_two_that_are_two_are_never_asked_about_again_unless_that_is_taken_back(pair, two, signed_in, session):
    browser = signed_in(two.asker)
    assert decide(browser, pair).status_code == 303
    assert "It may be the same" not in words(browser.get(QUEUE))
    session.delete(session.get(Alike, pair.id))
    session.commit()
    again = Alike(one_id=two.stays.id, other_id=two.goes.id, evidence=[])
    session.add(again)
    session.commit()
    assert "It may be the same" not in words(browser.get(QUEUE))
    made = session.scalars(select(Decision)).one()
    browser.send("/staff/decisions", f"/staff/decisions/{made.id}/undo")
    assert session.scalars(select(Apart)).all() == []
    assert "It may be the same" in words(browser.get(QUEUE))


def test_many_are_said_to_be_two_at_once(pair, two, signed_in, session):
    session.add(Alike(one_id=two.stays.id, other_id=two.third.id, evidence=[]))
    session.commit()
    browser = signed_in(two.asker)
    cards = [f"alike-{one.id}" for one in session.scalars(select(Alike))]
    press(browser, f"{QUEUE}/several?kind=alike", f"{QUEUE}?kind=alike", act="two", card=cards)
    assert len(session.scalars(select(Apart)).all()) == 2


def test_a_pair_for_which_a_merge_is_asked_waits_there_alone(pair, two, signed_in, session):
    merge = asked(session, two)
    mine, theirs = signed_in(two.asker).get(QUEUE), signed_in(two.decider).get(QUEUE)
    for page in (mine, theirs):
        assert "It may be the same" not in words(page)
        assert "Ada Asker asks to merge weltladen aachen e.V. into it" in words(page)
        assert f'href="/organizations/{two.stays.slug}/merges/{merge.id}"' in page.text
    assert "somebody else decides" in words(mine)
    assert "somebody else decides" not in words(theirs)
    actions.carry_out(session, merge, actions.seen(two.stays, two.goes), two.decider.id)
    session.commit()
    assert "asks to merge" not in words(signed_in(two.asker).get(QUEUE))
    assert session.scalars(select(Alike)).all() == []


def test_coordinators_see_neither(pair, two, person, signed_in, session):
    asked(session, two)
    coordinator = person("cora@example.org", coordinator=two.stays)
    page = words(signed_in(coordinator).get(QUEUE))
    assert "It may be the same" not in page
    assert "asks to merge" not in page


def test_a_merge_and_its_undo_keep_what_was_said_of_others(two, merged, session):
    alike.say_apart(session, two.goes.id, two.third.id)
    session.commit()
    merge = merged(two)
    said = session.scalars(select(Apart)).one()
    assert {said.one_id, said.other_id} == {two.stays.id, two.third.id}
    gone = merge.gone_id
    actions.undo(session, merge, two.decider.id)
    session.commit()
    said = session.scalars(select(Apart)).one()
    assert {said.one_id, said.other_id} == {gone, two.third.id}
    assert merge.left == []


def test_a_search_after_a_merge_leaves_nothing_behind(two, merged, session):
    alike.search(session)
    session.commit()
    merged(two)
    session.get(Comparing, 1).rests_until = now() - timedelta(seconds=1)
    session.commit()
    alike.search(session)
    session.commit()
    assert session.scalars(select(Alike)).all() == []
