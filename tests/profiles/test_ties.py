"""Ties: proposed by one side, answered by the other or by staff, never by who proposed them."""

from datetime import date

import pytest
from sqlalchemy import select

from network.directory.models import Link
from network.profiles.ties import others
from tests.markup import read


@pytest.fixture
def lab(organization):
    return organization("Accra Open Lab", category="partner")


@pytest.fixture
def club(organization):
    return organization("Leeds Tinker Club")


@pytest.fixture
def amara(person, signed_in, lab):
    return signed_in(person("amara@example.org", admin=lab))


@pytest.fixture
def bob(person, signed_in, club):
    return signed_in(person("bob@example.org", representative=club))


def address(organization, part: str = "") -> str:
    return f"/organizations/{organization.slug}/edit" + (f"/{part}" if part else "")


def propose(browser, organization, other, way: str):
    return browser.send(
        address(organization, f"others?q={other.name}"),
        f"{address(organization, 'ties')}#ties",
        other=other.slug,
        way=way,
    )


def press(browser, organization, link, what: str):
    """Press a button beside a tie; its status when there is no such button."""
    action = f"{address(organization, f'ties/{link.id}/{what}')}#ties"
    return browser.send(address(organization), action)


def offered(browser, organization, link, what: str) -> bool:
    page = read(browser.get(address(organization)).text)[0]
    return any(
        (one.get("action") or "").startswith(address(organization, f"ties/{link.id}/{what}"))
        for one in page.all("form")
    )


def force(browser, organization, link, what: str):
    """Send what no button of the page sends."""
    page = read(browser.get(address(organization)).text)[0]
    token = page.first(lambda one: one.get("name") == "csrf_token").get("value")
    return browser.post(address(organization, f"ties/{link.id}/{what}"), data={"csrf_token": token})


def only(session) -> Link:
    return session.scalars(select(Link)).one()


def test_a_tie_is_shown_once_the_other_side_confirmed_it(amara, bob, client, lab, club, session, letters):
    assert propose(amara, lab, club, "in:hosted_by").status_code == 303
    link = only(session)
    assert (link.from_id, link.to_id, link.type, link.proposed_by) == (club.id, lab.id, "hosted_by", "to")
    assert [letter.address for letter in letters("tie_proposed")] == []  # the club has no admin
    assert club.name not in client.get(f"/organizations/{lab.slug}").text
    assert press(bob, club, link, "confirm").status_code == 303
    assert (link.confirmed_on, link.confirmed_by) == (date.today(), "from")
    assert club.name in client.get(f"/organizations/{lab.slug}").text


def test_the_admins_of_the_other_side_are_told(amara, person, lab, club, letters):
    person("bob@example.org", admin=club)
    propose(amara, lab, club, "out:works_with")
    (letter,) = letters("tie_proposed")
    assert letter.address == "bob@example.org"
    assert f"/organizations/{club.slug}/edit#ties" in letter.text


def test_nobody_confirms_a_proposal_of_their_own(amara, lab, club, session):
    propose(amara, lab, club, "out:works_with")
    assert not offered(amara, lab, only(session), "confirm")
    assert force(amara, lab, only(session), "confirm").status_code == 403


def test_not_even_with_the_hat_of_the_other_side(person, signed_in, lab, club, session):
    both = person("both@example.org", admin=lab, representative=club)
    browser = signed_in(both)
    propose(browser, lab, club, "out:works_with")
    assert force(browser, club, only(session), "confirm").status_code == 403


def test_a_colleague_doesnt_confirm_what_their_own_side_proposed(amara, person, signed_in, lab, club, session):
    propose(amara, lab, club, "out:works_with")
    colleague = signed_in(person(representative=lab))
    assert force(colleague, lab, only(session), "confirm").status_code == 403


def test_staff_confirm_for_either_side_but_not_what_they_proposed(amara, person, signed_in, lab, club, session):
    propose(amara, lab, club, "out:works_with")
    staff = signed_in(person(staff=True))
    assert press(staff, lab, only(session), "confirm").status_code == 303
    assert only(session).confirmed_by == "staff"


def test_what_staff_propose_is_marked_and_waits_for_somebody_else(person, signed_in, bob, lab, club, session):
    staff, other_staff = signed_in(person(staff=True)), signed_in(person(staff=True))
    propose(staff, lab, club, "out:funds")
    assert only(session).proposed_by == "staff"
    assert force(staff, lab, only(session), "confirm").status_code == 403
    assert "proposed by the network" in bob.get(address(club)).text
    assert press(other_staff, lab, only(session), "confirm").status_code == 303


def test_a_coordinator_proposes_memberships_alone(person, signed_in, organization, link, lab, club, session):
    net = organization("Harbour Net", category="core_network")
    link(lab, net, confirmed_on=date.today())
    coordinator = signed_in(person(coordinator=net))
    assert propose(coordinator, lab, club, "out:funds").status_code == 422
    assert propose(coordinator, net, club, "in:member_of").status_code == 303


def test_a_proposal_can_be_declined_and_taken_back(amara, bob, lab, club, session):
    for browser, organization in ((bob, club), (amara, lab)):
        propose(amara, lab, club, "out:works_with")
        assert press(browser, organization, only(session), "end").status_code == 303
        assert session.scalars(select(Link)).all() == []


def test_a_tie_that_ended_stays_ended_until_both_stand_by_it_again(amara, bob, client, lab, club, link, session):
    tie = link(lab, club, "works_with", confirmed_on=date.today())
    press(amara, lab, tie, "end")
    assert tie.ended_on == date.today()
    assert club.name not in client.get(f"/organizations/{lab.slug}").text
    session.expunge(tie)
    propose(bob, club, lab, "out:works_with")
    again = only(session)
    assert (again.ended_on, again.confirmed_on, again.proposed_by) == (None, None, "from")


def test_what_stands_or_was_proposed_already_is_not_proposed_twice(amara, bob, lab, club, session):
    propose(amara, lab, club, "out:works_with")
    propose(amara, lab, club, "out:works_with")
    propose(bob, club, lab, "out:works_with")
    assert len(session.scalars(select(Link)).all()) == 1


def test_prospects_are_found_and_named_nowhere(amara, lab, organization, link, session):
    dream = organization("Dream Partner", standing="desired")
    link(lab, dream, "works_with", confirmed_on=date.today())
    assert "Dream Partner" not in amara.get(address(lab)).text
    assert list(others(session, lab, "Dream Partner")) == []
    assert propose_unseen(amara, lab, dream).status_code == 422


def propose_unseen(browser, organization, other):
    page = read(browser.get(address(organization)).text)[0]
    token = page.first(lambda one: one.get("name") == "csrf_token").get("value")
    sent = {"csrf_token": token, "other": other.slug, "way": "out:works_with"}
    return browser.post(address(organization, "ties"), data=sent)


def test_an_organisation_is_found_by_its_name_however_it_is_misspelt(lab, club, session):
    assert [one.name for one in others(session, lab, "Leeds Tinker")] == [club.name]
    assert [one.name for one in others(session, lab, "leds tinker")] == [club.name]
    assert list(others(session, lab, "Accra Open Lab")) == []
