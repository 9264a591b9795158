"""The way of an introduction, walked at random: no contact before every consent, no way back, and always an end."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.introductions import states
from network.introductions.states import Refused, Side, allowed, begin, step, tick

START = datetime(2026, 11, 21, 12)
ACTIONS = ("accept", "decline", "question", "reply", "withdraw", "outcome")
SAID = st.sampled_from(("", *states.REASONS, *states.OUTCOMES, "nonsense"))
BY = st.one_of(st.none(), st.integers(0, 2))
STEPS = st.lists(st.tuples(st.sampled_from((*ACTIONS, "tick")), BY, SAID, st.integers(0, 30)), max_size=40)
BEGINNINGS = st.tuples(st.sampled_from(states.PARTIES), st.sampled_from((None, 0)))


def walk(beginning, steps):
    """Every position of a walk with its moment; what is refused changes nothing."""
    parties, asker = beginning
    at, here = START, begin(parties, asker, START)
    yield here, at
    for action, by, said, days in steps:
        at += timedelta(days)
        if by is not None and by >= parties:
            continue
        try:
            here = tick(here, at)[0] if action == "tick" else step(here, action, by, at, said)
        except Refused:
            continue
        yield here, at


@given(BEGINNINGS, STEPS)
def test_nobody_sees_a_contact_before_everyone_accepted(beginning, steps):
    for position, _at in walk(beginning, steps):
        if position.contacts:
            assert all(side.answer == states.ACCEPTED for side in position.sides)
            assert position.state in (states.ACCEPTED, states.CLOSED)


@given(BEGINNINGS, STEPS)
def test_contacts_that_were_shown_stay_shown(beginning, steps):
    shown = [position.contacts for position, _at in walk(beginning, steps)]
    assert shown == sorted(shown)


@given(BEGINNINGS, STEPS)
def test_no_step_leaves_an_ended_state(beginning, steps):
    found = list(walk(beginning, steps))
    for (before, _then), (after, _at) in zip(found, found[1:], strict=False):
        assert not before.ended or after == before
    last, at = found[-1]
    if last.ended:
        assert not any(allowed(last, by) for by in (None, 0, 1, 2))
        assert tick(last, at + timedelta(days=1000)) == (last, "")


@given(BEGINNINGS, STEPS)
def test_every_way_ends_though_nobody_does_anything_more(beginning, steps):
    position, at = list(walk(beginning, steps))[-1]
    for _time in range(6):
        if position.ended:
            break
        assert position.due is not None
        at = max(at, position.due)
        position, told = tick(position, at)
        assert told
    assert position.ended
    assert position.due is None


@given(BEGINNINGS, STEPS)
def test_the_timer_says_nothing_twice(beginning, steps):
    for position, at in walk(beginning, steps):
        after, _told = tick(position, at)
        assert tick(after, at) == (after, "")


@given(BEGINNINGS, STEPS)
def test_one_who_declines_ends_it_for_all(beginning, steps):
    for position, _at in walk(beginning, steps):
        declined = any(side.answer == states.DECLINED for side in position.sides)
        assert declined == (position.state == states.DECLINED)


@given(BEGINNINGS, STEPS, st.sampled_from(ACTIONS), BY, SAID)
def test_what_may_be_done_can_be_done_and_nothing_else(beginning, steps, action, by, said):
    position, at = list(walk(beginning, steps))[-1]
    if by is not None and by >= len(position.sides):
        return
    fitting = said in {"decline": ("", *states.REASONS), "outcome": states.OUTCOMES}.get(action, (said,))
    if action in allowed(position, by) and fitting:
        assert step(position, action, by, at, said)
    else:
        with pytest.raises(Refused, match="."):
            step(position, action, by, at, said)


def test_two_consents_are_enough_for_two():
    position = step(begin(2, 0, START), "accept", 1, START)
    assert (position.state, position.contacts, position.due) == ("accepted", True, START + timedelta(weeks=3))


def test_an_exchange_needs_three_consents():
    position = step(begin(3, 0, START), "accept", 1, START)
    assert (position.state, position.contacts) == ("asked", False)
    assert step(position, "accept", 2, START).contacts


def test_who_accepted_may_still_decline_while_another_is_waited_for():
    position = step(begin(3, 0, START), "accept", 1, START)
    assert step(position, "decline", 1, START, "not_now").state == "declined"


def test_what_staff_propose_both_must_accept():
    position = begin(2, None, START)
    assert position.sides == (Side(), Side())
    assert not step(position, "accept", 0, START).contacts
    assert step(position, "withdraw", None, START).state == "withdrawn"


@pytest.mark.parametrize(
    ("action", "by", "said", "why"),
    [
        ("accept", 0, "", "not_yours"),
        ("outcome", 1, "met", "too_early"),
        ("reply", 0, "", "no_question"),
        ("withdraw", 1, "", "not_yours"),
        ("withdraw", None, "", "not_yours"),
        ("decline", 1, "ugly", "reason"),
    ],
)
def test_what_cannot_be_done_yet_is_refused_with_the_reason(action, by, said, why):
    with pytest.raises(Refused, match=f"^{why}$"):
        step(begin(2, 0, START), action, by, START, said)


def test_the_timer_reminds_twice_and_then_lets_it_go():
    position, told = begin(2, 0, START), []
    for day in range(40):
        position, said = tick(position, START + timedelta(day))
        told += [(day, said)] if said else []
    assert told == [(7, "remind"), (21, "remind"), (35, "expire")]
    assert position.state == "expired"


def test_it_asks_twice_how_it_went_and_then_closes():
    position, told = step(begin(2, 0, START), "accept", 1, START), []
    for week in range(20):
        position, said = tick(position, START + timedelta(weeks=week))
        told += [(week, said)] if said else []
    assert told == [(3, "follow_up"), (10, "follow_up"), (16, "close")]


def test_a_timer_that_comes_late_speaks_once():
    assert tick(begin(2, 0, START), START + timedelta(days=30))[1] == "remind"
    assert tick(begin(2, 0, START), START + timedelta(days=300))[1] == "expire"


def test_it_is_closed_once_every_party_said_something_final():
    position = step(begin(2, 0, START), "accept", 1, START)
    position = step(position, "outcome", 0, START, "together")
    position = step(position, "outcome", 1, START, "talking")
    assert position.state == "accepted"
    assert step(position, "outcome", 1, START, "met").state == "closed"
