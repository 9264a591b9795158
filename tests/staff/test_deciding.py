"""Deciding at the desk does what deciding elsewhere does, and can be taken back for thirty days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network import clock
from network.accounts.models import Role
from network.clock import now
from network.directory.tasks import CLOSED, STALE
from network.profiles.models import Departure
from network.staff import deciding, queue
from network.staff.models import Charge, Decision
from network.waiting import By, Refused


@pytest.fixture
def decide(app, session):
    """A function that lets somebody at a desk decide about a card, as a request does."""

    def act(at, kind, thing, key, *chosen, words=""):
        desk, who = at
        with app.test_request_context():
            row = queue.one_row(session, desk, kind, thing.id)
            made = deciding.decide(session, who, desk, row, key, By(who.person_id, words, chosen))
            session.commit()
        return made

    return act


@pytest.fixture
def take_back(app, session):
    def undo(at, made):
        with app.test_request_context():
            deciding.take_back(session, at[1], at[0], made)
            session.commit()

    return undo


def admins(session, of):
    return [role.person_id for role in session.scalars(select(Role).where(Role.organization_id == of.id))]


def test_granting_a_claim_makes_an_admin_and_taking_it_back_unmakes_them_and_tells_them(
    session, staff, claim, lab, person, decide, take_back, letters
):
    amara = person("amara@example.org")
    asked = claim(lab, by=amara)
    made = decide(staff, "claim", asked, "grant", words="Welcome")
    assert (asked.state, admins(session, lab)) == ("granted", [amara.id])
    take_back(staff, made)
    assert (asked.state, admins(session, lab), asked.decided_at) == ("asked", [], None)
    assert [one.kind for one in letters()] == ["claim_decided", "claim_reopened"]
    assert made.undone_by_id == staff[1].person_id


def test_a_representative_whose_claim_was_granted_is_one_again(session, staff, claim, lab, person, decide, take_back):
    amara = person("amara@example.org", representative=lab)
    asked = claim(lab, by=amara, state="waiting", objections_until=now() - timedelta(days=1))
    made = decide(staff, "claim", asked, "grant")
    take_back(staff, made)
    assert [role.role for role in amara.roles] == ["representative"]
    assert asked.state == "waiting"


def test_nobody_decides_about_a_claim_of_their_own(staff, claim, lab, farida, decide):
    with pytest.raises(Refused, match="of their own"):
        decide(staff, "claim", claim(lab, by=farida), "grant")


def test_what_is_taken_over_of_a_correction_goes_back_with_it(session, staff, suggestion, lab, decide, take_back):
    wrong = suggestion(lab, summary="We mend bicycles", website="https://b.org")
    made = decide(staff, "suggestion", wrong, "accept", "summary")
    assert (lab.summary, lab.website, wrong.accepted) == ("We mend bicycles", "https://a.org", ["summary"])
    take_back(staff, made)
    assert (lab.summary, wrong.state, wrong.accepted) == ("We mend radios", "waiting", [])


def test_a_correction_that_was_changed_again_since_is_not_taken_back_over_it(
    session, staff, suggestion, lab, decide, take_back
):
    made = decide(staff, "suggestion", suggestion(lab, summary="We mend bicycles"), "accept", "summary")
    lab.summary = "We mend everything"
    session.commit()
    with pytest.raises(Refused, match="changed again since"):
        take_back(staff, made)
    assert lab.summary == "We mend everything"


def test_only_its_own_edits_go_back_with_a_decision(session, staff, suggestion, lab, decide, take_back):
    lab.phone = "0113 496 0000"
    session.commit()
    made = decide(staff, "suggestion", suggestion(lab, summary="We mend bicycles"), "accept", "summary")
    take_back(staff, made)
    assert (lab.summary, lab.phone) == ("We mend radios", "0113 496 0000")


def test_accepting_nothing_is_not_accepting(staff, suggestion, lab, decide):
    with pytest.raises(Refused, match="Tick what is right"):
        decide(staff, "suggestion", suggestion(lab, summary="We sing"), "accept")


def test_confirming_a_stale_profile_is_taken_back_to_the_day_it_had(session, staff, task, hill, decide, take_back):
    hill.confirmed_on, stale = date(2024, 5, 1), task(hill, STALE)
    made = decide(staff, "stale", stale, "confirm")
    assert (hill.confirmed_on, stale.done_at is None) == (now().date(), False)
    take_back(staff, made)
    assert (hill.confirmed_on, stale.done_at) == (date(2024, 5, 1), None)


def test_one_that_rests_stays_public_and_comes_back(session, staff, task, hill, decide, take_back):
    made = decide(staff, "stale", task(hill, STALE), "rest")
    assert (hill.standing, hill.public) == ("paused", True)
    take_back(staff, made)
    assert hill.standing == "current"


def test_one_that_has_ended_is_public_no_more_and_comes_back(session, staff, task, hill, decide, take_back):
    made = decide(staff, "closed", task(hill, CLOSED), "end")
    assert hill.standing == "ended"
    assert session.scalars(select(Departure)).one().standing == "current"
    take_back(staff, made)
    assert hill.standing == "current"


def test_a_coordinator_confirms_and_does_not_end(coordinator, task, lab, decide):
    stale = task(lab, STALE)
    with pytest.raises(Refused, match="not decide"):
        decide(coordinator, "stale", stale, "rest")
    decide(coordinator, "stale", stale, "confirm")
    assert lab.confirmed_on == now().date()


def test_a_task_that_is_done_is_opened_again(staff, task, lab, decide, take_back):
    lost = task(lab)
    made = decide(staff, "place", lost, "done")
    assert lost.done_at
    take_back(staff, made)
    assert lost.done_at is None


def test_a_mail_that_waits_is_tried_again_at_once_which_nothing_takes_back(staff, message, hill, decide):
    late = message(hill, "waiting", attempts=5, due_at=now() + timedelta(days=1), problem="451 later")
    made = decide(staff, "mail", late, "again")
    assert late.due_at <= now()
    assert not deciding.undoable(made)


def charge(session):
    return session.scalars(select(Charge)).one()


def test_a_card_is_taken_handed_over_and_given_back(session, staff, claim, lab, farida, ines, decide, take_back):
    asked = claim(lab)
    decide(staff, "claim", asked, "take")
    assert charge(session).owner_id == farida.id
    made = decide(staff, "claim", asked, "hand", str(ines.id))
    assert charge(session).owner_id == ines.id
    take_back(staff, made)
    assert charge(session).owner_id == farida.id
    decide(staff, "claim", asked, "release")
    assert charge(session).owner_id is None


def test_a_card_goes_only_to_those_who_see_it(staff, claim, hill, ines, person, decide):
    for somebody in (ines, person("stranger@example.org")):
        with pytest.raises(Refused, match="from the list"):
            decide(staff, "claim", claim(hill), "hand", str(somebody.id))


def test_nobody_takes_what_somebody_else_looks_after(staff, coordinator, claim, lab, decide):
    asked = claim(lab)
    decide(coordinator, "claim", asked, "take")
    with pytest.raises(Refused, match="Somebody else"):
        decide(staff, "claim", asked, "take")


@pytest.mark.parametrize("wrong", ["", "soon", "2020-01-01", "2999-01-01"])
def test_a_card_rests_until_a_day_to_come(staff, claim, lab, decide, wrong):
    with pytest.raises(Refused):
        decide(staff, "claim", claim(lab), "later", wrong)


def test_what_somebody_changed_since_is_not_taken_back_over_it(
    session, staff, coordinator, claim, lab, decide, take_back
):
    asked = claim(lab)
    made = decide(staff, "claim", asked, "take")
    decide(staff, "claim", asked, "release")
    decide(coordinator, "claim", asked, "take")
    with pytest.raises(Refused, match="changed since"):
        take_back(staff, made)


def test_a_decision_is_taken_back_once_and_within_thirty_days(session, staff, task, lab, decide, take_back):
    made = decide(staff, "place", task(lab), "done")
    with clock.set_to(now() + timedelta(days=31)):
        assert not deciding.undoable(made)
        with pytest.raises(Refused):
            take_back(staff, made)
    take_back(staff, made)
    with pytest.raises(Refused):
        take_back(staff, made)


def test_what_is_kept_of_a_decision_names_nobody(session, staff, claim, suggestion, lab, person, decide):
    amara = person("amara@example.org", "Amara Mensah")
    decide(staff, "claim", claim(lab, by=amara), "grant", words="Dear Amara")
    decide(staff, "suggestion", suggestion(lab, phone="0113 496 0000"), "accept", "phone")
    for made in session.scalars(select(Decision)):
        assert not any(word in repr(made.before) for word in ("Amara", "amara", "0113"))
