"""Asking, answering and what follows: in suggestions, ties, listings, histories and mails."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.clock import now
from network.directory.models import Link, Listing
from network.hats import Hat
from network.history.models import Edit
from network.introductions import actions, allowing, queries
from network.introductions.models import Inbox, Introduction
from network.introductions.openness import standing_aside
from network.introductions.states import Refused
from network.matching import hooks
from network.matching.models import Dismissal, Shown
from tests.introductions.conftest import WORDS


def refused(why: str):
    return pytest.raises(Refused, match=f"^{why}$")


def act(session, introduction, action, organization, by, said="", words=""):
    actions.act(session, introduction, action, organization, by, said, words)
    session.commit()


def test_who_asks_has_consented_and_the_other_is_asked(asked, lab, club, bob, letters):
    assert [(party.organization_id, party.answer) for party in asked.parties] == [
        (lab.id, "accepted"),
        (club.id, "waiting"),
    ]
    (letter,) = letters("introduction_asked")
    assert letter.address == bob.email
    assert WORDS in letter.text
    assert "amara" not in letter.text.lower()


def test_once_the_other_accepts_each_gets_the_others_contact(session, asked, club, amara, kofi, bob, letters):
    act(session, asked, "accept", club, bob)
    assert asked.state == "accepted"
    sent = {letter.address: letter.text for letter in letters("introduction_accepted")}
    assert set(sent) == {amara.email, kofi.email, bob.email}
    assert bob.email in sent[amara.email]
    assert bob.email in sent[kofi.email]
    assert amara.email in sent[bob.email]
    assert kofi.email not in sent[bob.email]


def test_an_exchange_waits_for_three(session, exchange, club, fund, bob, carla, letters):
    act(session, exchange, "accept", club, bob)
    assert exchange.state == "asked"
    assert letters("introduction_accepted") == []
    act(session, exchange, "accept", fund, carla)
    assert exchange.state == "accepted"
    sent = {letter.address: letter.text for letter in letters("introduction_accepted")}
    assert "amara@lab.example.org" in sent[carla.email]
    assert bob.email in sent[carla.email]


def test_what_a_coordinator_proposes_both_must_accept_and_not_the_coordinator(session, lab, club, kofi, bob, person):
    carol = person(coordinator=lab, staff=True)
    made = actions.ask(session, lab, club, carol, WORDS, Hat.COORDINATOR)
    assert (made.origin, made.asker_id) == ("staff", None)
    with refused("own"):
        actions.act(session, made, "accept", lab, carol)
    act(session, made, "accept", lab, kofi)
    assert made.state == "asked"
    act(session, made, "accept", club, bob)
    assert made.state == "accepted"


def test_nobody_consents_for_two_sides(session, asked, club, amara):
    with refused("own"):
        actions.act(session, asked, "accept", club, amara)


def test_three_wait_at_most(session, organization, person, lab, club, amara):
    for number in range(3):
        one = organization(f"Club {number}")
        actions.ask(session, one, club, person(admin=one), WORDS)
    with refused("full"):
        actions.ask(session, lab, club, amara, WORDS)
    assert club.id in standing_aside(session, lab.id)


def test_the_same_pair_is_not_asked_twice_at_a_time(session, asked, lab, club, amara, bob):
    with refused("twice"):
        actions.ask(session, lab, club, amara, WORDS)
    with refused("twice"):
        actions.ask(session, club, lab, bob, WORDS)
    assert club.id in standing_aside(session, lab.id)
    assert lab.id in standing_aside(session, club.id)


def test_the_blocked_and_who_blocked_them_read_the_same(session, lab, club, amara, bob):
    allowing.block(session, club, lab, bob)
    session.commit()
    for one, other, by in ((lab, club, amara), (club, lab, bob)):
        with refused("impossible"):
            actions.ask(session, one, other, by, WORDS)
        assert other.id in standing_aside(session, one.id)
    allowing.unblock(session, club, lab)
    assert actions.ask(session, lab, club, amara, WORDS).state == "asked"


def test_blocking_ends_what_waits_and_gives_no_reason(session, asked, lab, club, bob, letters):
    allowing.block(session, club, lab, bob)
    session.commit()
    assert asked.state == "declined"
    assert asked.parties[1].reason == ""
    assert all("block" not in letter.text.lower() for letter in letters("introduction_declined"))


def test_a_closed_inbox_is_not_asked(session, lab, club, amara):
    session.add(Inbox(organization_id=club.id, open=False))
    with refused("closed_inbox"):
        actions.ask(session, lab, club, amara, WORDS)
    assert club.id in standing_aside(session, lab.id)


def test_prospects_are_neither_asked_nor_do_they_ask(session, lab, organization, amara, person):
    dream = organization("Dream Partner", standing="desired")
    for one, other, by in ((lab, dream, amara), (dream, lab, person(admin=dream))):
        with refused("not_public"):
            actions.ask(session, one, other, by, WORDS)


@pytest.mark.parametrize("reason", ["no_capacity", "not_now"])
def test_no_room_and_not_now_pause_and_never_count_against_the_fit(session, asked, lab, club, amara, bob, reason):
    act(session, asked, "decline", club, bob, reason)
    assert session.scalars(select(Dismissal)).all() == []
    with refused("paused"):
        actions.ask(session, lab, club, amara, WORDS)
    assert club.id in standing_aside(session, lab.id)
    assert lab.id not in standing_aside(session, club.id)
    asked.parties[1].answered_at = now() - timedelta(days=91)
    assert actions.ask(session, lab, club, amara, WORDS).state == "asked"


@pytest.mark.parametrize("reason", ["wrong_kind", "wrong_place", "know_them"])
def test_the_other_reasons_are_remembered_for_the_one_who_declined(session, asked, lab, club, bob, reason):
    act(session, asked, "decline", club, bob, reason)
    (dismissal,) = session.scalars(select(Dismissal)).all()
    assert (dismissal.organization_id, dismissal.other_id, dismissal.reason) == (club.id, lab.id, reason)


def test_a_decline_is_told_kindly_with_the_reason_and_what_to_do(session, asked, club, amara, bob, letters):
    act(session, asked, "decline", club, bob, "not_now")
    letter = next(one for one in letters("introduction_declined") if one.address == amara.email)
    assert "perhaps later" in letter.text
    assert "three months" in letter.text
    assert bob.name not in letter.text


def test_a_question_and_its_reply_reach_the_other_side(session, asked, lab, club, amara, bob, letters):
    act(session, asked, "question", club, bob, words="How many children come?")
    assert {one.address for one in letters("introduction_question")} == {amara.email, "kofi@lab.example.org"}
    with refused("no_question"):
        actions.act(session, asked, "reply", club, bob)
    act(session, asked, "reply", lab, amara, words="About twenty of them.")
    (letter,) = letters("introduction_reply")
    assert (letter.address, "About twenty of them." in letter.text) == (bob.email, True)


def test_only_who_knows_both_and_allows_it_introduces(session, lab, club, fund, amara, link):
    link(lab, fund, "funds", confirmed_on=date.today())
    link(fund, club, "works_with", confirmed_on=date.today())
    with refused("introducer"):
        actions.ask(session, lab, club, amara, WORDS, introducer=fund)
    session.add(Inbox(organization_id=fund.id, introduces=True))
    assert actions.ask(session, lab, club, amara, WORDS, introducer=fund).introducer_id == fund.id


def test_the_listing_is_open_and_of_one_of_them(session, lab, club, fund, amara, listing):
    with refused("listing"):
        actions.ask(session, lab, club, amara, WORDS, listing=listing(fund))
    with refused("listing"):
        actions.ask(session, lab, club, amara, WORDS, listing=listing(club, state="paused"))
    assert actions.ask(session, lab, club, amara, WORDS, listing=listing(club)).listing_id


def test_working_together_becomes_a_tie_once_both_say_so(session, asked, lab, club, amara, bob, letters):
    act(session, asked, "accept", club, bob)
    act(session, asked, "outcome", lab, amara, "together")
    (link,) = session.scalars(select(Link)).all()
    assert (link.type, link.from_id, link.proposed_by, link.confirmed_on) == ("works_with", lab.id, "from", None)
    act(session, asked, "outcome", club, bob, "together")
    assert link.shown
    assert (link.confirmed_by, asked.state) == ("to", "closed")
    assert {one.address for one in letters("introduction_together")} >= {amara.email, bob.email}


def test_working_together_can_be_confirmed_in_the_profile_too(session, asked, lab, club, amara, bob, signed_in):
    act(session, asked, "accept", club, bob)
    act(session, asked, "outcome", lab, amara, "together")
    (link,) = session.scalars(select(Link)).all()
    browser, edit = signed_in(bob), "/organizations/club/edit"
    assert browser.send(edit, f"{edit}/ties/{link.id}/confirm#ties").status_code == 303
    assert link.shown


def test_one_side_alone_makes_no_tie_however_often_it_says_so(session, asked, lab, club, amara, kofi, bob):
    act(session, asked, "accept", club, bob)
    for by in (amara, kofi):
        act(session, asked, "outcome", lab, by, "together")
    (link,) = session.scalars(select(Link)).all()
    assert not link.shown


def test_a_need_that_was_met_closes_the_listing_of_its_own_organization(session, lab, club, amara, bob, listing):
    room: Listing = listing(lab, "seek", "A room")
    made = actions.ask(session, lab, club, amara, WORDS, listing=room)
    actions.act(session, made, "accept", club, bob)
    act(session, made, "outcome", club, bob, "met")
    assert room.state == "open"
    act(session, made, "outcome", lab, amara, "met")
    assert room.state == "met"


def test_every_step_stands_in_both_histories_and_names_nobody_of_the_other_side(session, asked, lab, club, amara, bob):
    act(session, asked, "question", club, bob, words="How many children come?")
    act(session, asked, "reply", lab, amara, words="About twenty of them.")
    act(session, asked, "accept", club, bob)
    for organization, own in ((lab, amara), (club, bob)):
        mine = (Edit.organization_id == organization.id, Edit.thing == "introduction")
        found = session.scalars(select(Edit).where(*mine).order_by(Edit.id)).all()
        assert [edit.action for edit in found] == ["asked", "question", "reply", "accepted"]
        assert {edit.person_id for edit in found} <= {None, own.id}
        assert {edit.thing_id for edit in found} == {asked.id}


def test_the_matcher_is_told_who_stands_aside(app):
    assert standing_aside in hooks.aside
    assert hooks.aside.count(standing_aside) == 1


def test_the_numbers_say_how_many_and_no_share_of_few(session, asked, lab, club, amara, bob):
    session.add(Shown(organization_id=lab.id, other_id=club.id, first_on=date.today(), last_on=date.today()))
    act(session, asked, "accept", club, bob)
    act(session, asked, "outcome", lab, amara, "once")
    found = queries.numbers(session)
    assert (found.shown, found.asked, found.accepted, found.helped) == (1, 1, 1, 1)
    assert found.share("accepted", "asked") is None
    assert queries.Numbers(0, 20, 5, 0).share("accepted", "asked") == 25
    assert queries.numbers(session, now() + timedelta(days=2)) == queries.Numbers(0, 0, 0, 0)


def test_a_new_version_comes_of_every_step(session, exchange, club, bob):
    before = exchange.version
    act(session, exchange, "accept", club, bob)
    assert session.get_one(Introduction, exchange.id).version > before
