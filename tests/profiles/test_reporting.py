"""Anybody may report a page; those who look after the network decide, and the organisation doesn't read it."""

import pytest
from sqlalchemy import select

from network.profiles.models import Departure, Suggestion
from network.staff.models import Decision
from tests.markup import read
from tests.profiles.sending import send
from tests.staff.test_pages import press

QUEUE = "/staff/queue"


@pytest.fixture
def lab(organization):
    return organization("Harbour Lab", slug="lab")


@pytest.fixture
def staff(signed_in, person):
    return signed_in(person("farida@example.org", "Farida", staff=True))


def words(answer):
    return read(answer.text)[0].first(lambda element: element.tag == "main").text


def report(client, **fields):
    return client.send("/organizations/lab/report", **fields)


def reported(session) -> Suggestion:
    return session.scalars(select(Suggestion)).one()


def test_a_visitor_finds_the_way_and_reports_in_one_step(session, client, lab, letters):
    assert 'href="/organizations/lab/report"' in client.get("/organizations/lab").text
    answer = report(client, reason="harm", note="It names my neighbour", answer_to="")
    assert (answer.status_code, answer.location) == (303, "/organizations/lab")
    made = reported(session)
    assert (made.reason, made.note, made.fields, made.email) == ("harm", "It names my neighbour", {}, "")


@pytest.mark.parametrize("fields", [{}, {"reason": "nonsense"}, {"reason": "wrong", "answer_to": "nobody"}])
def test_what_cannot_be_kept_comes_back_with_everything_typed(session, client, lab, fields):
    answer = report(client, note="I was there", **fields)
    assert answer.status_code == 422
    assert "I was there" in answer.text
    assert session.scalars(select(Suggestion)).all() == []


def test_the_organisations_own_people_neither_read_nor_decide_it(session, client, lab, person, signed_in, letters):
    report(client, reason="spam")
    browser = signed_in(person(admin=lab))
    assert "suggestions" not in browser.get("/organizations/lab").text.replace("/suggest", "")
    assert "Nothing waits" in browser.get("/organizations/lab/suggestions").text
    path = f"/organizations/lab/suggestions/{reported(session).id}/decide"
    assert send(browser, path).status_code == 404
    assert not letters()


def test_the_same_report_twice_is_kept_once_beside_a_correction(session, client, lab):
    for _ in range(2):
        report(client, reason="closed")
    client.send("/organizations/lab/suggest", closed="1")
    assert len(session.scalars(select(Suggestion)).all()) == 2


def test_reports_and_corrections_of_one_network_count_together(client, lab):
    for number in range(12):
        path = "/organizations/lab/" + ("report" if number % 2 else "suggest")
        client.send(path, reason="other", note=f"note {number}")
    assert report(client, reason="other").status_code == 429


def test_staff_hide_the_page_and_take_that_back(session, client, lab, staff):
    report(client, reason="spam", note="It sells watches")
    made = reported(session)
    page = words(staff.get(QUEUE))
    assert "Somebody reports this page: It is advertising" in page
    assert "It sells watches" in page
    press(staff, f"{QUEUE}/report/{made.id}", act="hide")
    assert (lab.standing, made.state) == ("ended", "decided")
    assert client.get("/organizations/lab").status_code in (404, 410)
    decision = session.scalars(select(Decision)).one()
    staff.send(QUEUE, f"/staff/decisions/{decision.id}/undo")
    assert (lab.standing, made.state) == ("current", "waiting")
    assert session.scalars(select(Departure)).one().returned_at
    assert client.get("/organizations/lab").status_code == 200


def test_a_page_that_is_fine_stays_and_whoever_asked_hears_of_it(session, client, lab, staff, letters):
    report(client, reason="wrong", answer_to="amara@example.org")
    made = reported(session)
    press(staff, f"{QUEUE}/report/{made.id}", act="fine")
    assert (lab.standing, made.state, made.email) == ("current", "decided", "")
    letter = letters()[-1]
    assert letter.address == "amara@example.org"
    assert "report about Harbour Lab" in letter.subject
    assert "has looked at it" in letter.text


def test_a_coordinator_says_that_it_is_fine_and_leaves_hiding_to_staff(
    session, client, lab, organization, link, person, signed_in
):
    from datetime import date

    coast = organization("Coast Network", slug="coast")
    link(lab, coast, confirmed_on=date.today())
    report(client, reason="spam")
    made = reported(session)
    browser = signed_in(person("ines@example.org", coordinator=coast))
    press(browser, f"{QUEUE}/report/{made.id}", act="hide")
    assert (lab.standing, made.state) == ("current", "waiting")
    press(browser, f"{QUEUE}/report/{made.id}", act="fine")
    assert made.state == "decided"


def test_what_is_not_public_takes_no_reports(client, organization):
    organization("Hidden Lab", slug="hidden", standing="desired")
    assert client.get("/organizations/hidden/report").status_code == 404
