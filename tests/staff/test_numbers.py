"""The answers to what the network asks of itself."""

from datetime import date, timedelta

import pytest

from network.clock import now
from network.introductions.models import Introduction, Party, ValueCheck
from network.introductions.unevenness import uneven_by_round
from network.staff import numbers

LONG_AGO = date.today() - timedelta(days=500)
AUTUMN, SPRING = date(2025, 9, 2), date(2026, 3, 4)


def test_partners_count_by_their_standing(session, staff, organization):
    for name, standing in (
        ("A", "current"),
        ("B", "paused"),
        ("C", "desired"),
        ("D", "desired"),
        ("E", "in_conversation"),
    ):
        organization(name, category="partner", standing=standing)
    found = numbers.partners(session, staff[0])
    assert (found.current, found.desired, found.talking) == (1, 2, 1)
    assert found.grown.values[-1] == 1


def test_a_new_number_stands_there_at_once(session, staff, organization):
    organization("A", category="partner")
    assert numbers.partners(session, staff[0]).current == 1
    organization("B", category="partner")
    assert numbers.partners(session, staff[0]).current == 2


def test_a_coordinator_counts_their_network(session, coordinator, lab, hill, listing):
    listing(lab, "offer", in_return="A visit")
    listing(hill, "seek")
    found = numbers.wishes(session, coordinator[0])
    assert (found.seeking, found.offering, found.offers, found.returned) == (0, 1, 1, 1)
    lab.category = "partner"
    session.commit()
    assert numbers.partners(session, coordinator[0]).current == 1
    assert numbers.quiet(session, coordinator[0]).clubs == 0


def test_clubs_are_quiet_that_nobody_confirmed_for_a_year(session, staff, organization):
    organization("Fresh", confirmed_on=date.today())
    organization("Quiet", confirmed_on=LONG_AGO)
    organization("New", confirmed_on=None)
    organization("Never", confirmed_on=None, created_at=now() - timedelta(days=500))
    organization("Paused", confirmed_on=LONG_AGO, standing="paused")
    organization("Partner", confirmed_on=LONG_AGO, category="partner")
    found = numbers.quiet(session, staff[0])
    assert (found.clubs, found.quiet) == (4, 2)


def test_the_clubs_behind_the_number_are_listed(session, signed_in, farida, organization):
    organization("Fresh Club", confirmed_on=date.today())
    organization("Quiet Club", confirmed_on=LONG_AGO)
    organization("Never Club", created_at=now() - timedelta(days=500))
    page = signed_in(farida).get("/staff/quiet").text
    assert "Fresh Club" not in page
    assert page.index("Never Club") < page.index("Quiet Club")


@pytest.fixture
def said(session):
    """A function that stores what one said of another, or of our programmes."""

    def store(of, about=None, on=SPRING, **answers):
        session.add(
            ValueCheck(
                organization_id=of.id, partner_id=about.id if about else None, asked_on=on, answered_at=now(), **answers
            )
        )
        session.commit()

    return store


def test_what_an_organisation_said_last_of_our_programmes_counts(session, staff, coordinator, said, lab, hill):
    assert numbers.worth(session, staff[0]).answered == 0
    said(lab, on=AUTUMN, worth="no")
    said(lab, on=SPRING, worth="yes")
    said(hill, on=SPRING, worth="unsure")
    found = numbers.worth(session, staff[0])
    assert (found.answered, found.worth) == (2, {"yes": 1, "unsure": 1, "no": 0})
    assert found.rounds.values == [0, 50]
    assert numbers.worth(session, coordinator[0]).answered == 1


def test_partnerships_are_one_sided_from_the_second_round_on_and_while_they_stand(
    session, staff, said, link, lab, hill
):
    tie = link(lab, hill, "works_with", confirmed_on=date(2025, 1, 1))
    said(lab, hill, AUTUMN, got="nothing", gave="much")
    assert numbers.one_sided(session, staff[0]).values == [0]
    said(lab, hill, SPRING, got="little", gave="much")
    assert uneven_by_round(session, 6) == [(date(2025, 9, 1), 0), (date(2026, 3, 1), 1)]
    assert numbers.one_sided(session, staff[0]).values == [0, 1]
    tie.ended_on = date.today()
    session.commit()
    assert numbers.one_sided(session, staff[0]).values == [0, 0]


def test_introductions_of_a_year_count_and_those_that_led_to_something(session, staff, coordinator, lab, hill):
    for state, outcome, days in (("closed", "together", 10), ("declined", "", 20), ("closed", "met", 400)):
        one = Introduction(state=state, asked_at=now() - timedelta(days=days), asker_id=hill.id)
        one.parties = [Party(organization_id=hill.id, outcome=outcome)]
        session.add(one)
    session.commit()
    found = numbers.meetings(session, staff[0])
    assert (found.asked, found.accepted, found.helped) == (2, 1, 1)
    assert sum(found.helping.values) == 2
    assert numbers.meetings(session, coordinator[0]).asked == 0


def test_needs_are_the_gaps_of_the_network_or_of_ones_own(session, staff, coordinator, listing, lab, hill):
    for of in (lab, hill):
        of.country = "GB"
    listing(lab, "seek", title="A room for radio evenings", kind="venue")
    listing(hill, "seek", title="Ropes and harnesses", kind="software")
    found = numbers.unmet(session, staff[0])
    assert (found.needs, found.unmet, {gap.kind for gap in found.barest}) == (2, 2, {"venue", "software"})
    own = numbers.unmet(session, coordinator[0])
    assert (own.needs, [gap.kind for gap in own.barest]) == (1, ["venue"])


def test_the_desk_answers_all_eight_questions_with_a_list_behind_each(signed_in, farida, ines, lab, hill, listing):
    listing(lab, "seek")
    for somebody in (farida, ines):
        page = signed_in(somebody).get("/staff/").text
        for asked in (
            "Who are our current and desired partners?",
            "What value do they seek from us, and what do they offer?",
            "Do they see value in our programmes?",
            "What do they want to contribute, and what do they want in return?",
            "Which partnerships are one-sided?",
            "Which clubs have gone quiet?",
            "Which needs does nobody meet?",
            "Which introductions led to something?",
        ):
            assert asked in page
            assert "<a href" in page.partition(asked)[2].partition("</section>")[0]
