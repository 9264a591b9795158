"""Saying that a profile is still right: by a mailed link or signed in, with one button, and nothing without it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from network.clock import now
from network.directory.models import FormerSlug, Listing, Organization
from network.history.models import Edit
from network.profiles.asking import ask_everyone
from network.profiles.models import Question
from tests.markup import read

LONG_AGO = now() - timedelta(days=400)


@pytest.fixture
def club(organization, listing):
    """A club that nobody confirmed for long, with an offer and a seek."""
    made = organization("Aire Valley Web Club", slug="aire", email="hello@example.org", confirmed_on=LONG_AGO.date())
    for side, title in (("offer", "A room on Thursdays"), ("seek", "Soldering irons")):
        listing(made, side, title, confirmed_on=LONG_AGO.date(), created_at=LONG_AGO)
    return made


@pytest.fixture
def link(club, session, letters) -> str:
    """The address in the mail that asks about the club."""
    ask_everyone(session)
    session.commit()
    return "/organizations/" + letters()[0].text.split("/organizations/")[1].split()[0]


def press(client, address: str, **changed: str):
    """Open a page and press its one button."""
    page, _problems = read(client.get(address).text)
    (form,) = [form for form in page.all("form") if form.get("method") == "post"]
    fields = {control.get("name"): control.get("value") for control in form.all("input")}
    return client.post(form.get("action"), data={**fields, **changed})


def dates(session) -> set:
    session.expire_all()
    return {*session.scalars(select(Organization.confirmed_on)), *session.scalars(select(Listing.confirmed_on))}


def test_the_page_shows_the_public_profile_and_asks_one_thing(client, link):
    answer = client.get(link)
    assert answer.status_code == 200
    for words in ("Is this still right?", "Yes, still right", "Let me change it", "Aire Valley Web Club", "Soldering"):
        assert words in answer.text
    assert "/organizations/aire/suggest?token=" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(client, link, session, method):
    for _ in range(3):
        getattr(client, method)(link)
    assert dates(session) == {LONG_AGO.date()}
    assert session.scalar(select(Question.answered_at)) is None


def test_the_button_confirms_the_profile_and_the_listings_that_were_shown(client, link, session):
    answer = press(client, link)
    assert answer.status_code == 303
    assert dates(session) == {now().date()}
    shown = client.get(answer.location)
    assert "confirmed today" in shown.text
    assert "Thank you" in shown.text


def test_a_listing_that_was_not_shown_is_not_confirmed(client, link, club, listing, session):
    page = client.get(link)
    form = {
        control.get("name"): control.get("value")
        for control in read(page.text)[0].all("input")
        if control.get("type") == "hidden"
    }
    new = listing(club, "offer", "Written meanwhile")
    paused = listing(club, "offer", "Paused", state="paused")
    client.post(link, data=form)
    session.expire_all()
    assert club.confirmed_on == now().date()
    assert (new.confirmed_on, paused.confirmed_on) == (None, None)


def test_a_listing_of_somebody_else_is_never_confirmed(client, link, listing, session):
    other = listing(title="Of somebody else")
    press(client, link, listings=str(other.id))
    session.expire_all()
    assert other.confirmed_on is None


def test_confirming_stands_in_the_history(client, link, session, club):
    press(client, link)
    mine = (Edit.organization_id == club.id, Edit.thing == "organization")
    found = session.scalars(select(Edit).where(*mine).order_by(Edit.id)).all()
    assert [(edit.action, edit.hat) for edit in found][-1] == ("confirmed", "visitor")


def test_the_second_time_the_link_says_that_it_was_answered(client, link, session):
    press(client, link)
    answer = client.get(link)
    assert answer.status_code == 200
    assert "You have answered already" in answer.text
    assert "confirmed today" in answer.text
    assert "<form" not in answer.text


def test_pressing_twice_confirms_once(client, link, session):
    page, _problems = read(client.get(link).text)
    fields = {control.get("name"): control.get("value") for control in page.all("input")}
    assert client.post(link, data=fields).status_code == 303
    assert client.post(link, data=fields).status_code == 200
    assert len(session.scalars(select(Edit).where(Edit.thing == "organization", Edit.action == "confirmed")).all()) == 1


def test_who_reads_an_old_version_is_shown_the_new_one_first(client, link, club, session):
    page, _problems = read(client.get(link).text)
    fields = {control.get("name"): control.get("value") for control in page.all("input")}
    club.summary = "Quite another thing"
    session.commit()
    answer = client.post(link, data=fields)
    assert answer.status_code == 409
    assert "Quite another thing" in answer.text
    assert dates(session) == {LONG_AGO.date()}
    assert press(client, link).status_code == 303


def test_a_link_that_is_too_old_says_so_and_where_else_to_go(client, link, session):
    page, _problems = read(client.get(link).text)
    fields = {control.get("name"): control.get("value") for control in page.all("input")}
    for question in session.scalars(select(Question)):
        question.expires_at = now()
    answer = client.get(link)
    assert answer.status_code == 410
    assert "/accounts/sign-in?next=/organizations/aire/confirm" in answer.text
    assert client.post(link, data=fields).status_code == 410
    assert dates(session) == {LONG_AGO.date()}


def test_a_link_opens_no_other_organisation(client, link, organization):
    organization("Rival", slug="rival")
    token = link.partition("?")[2]
    assert client.get(f"/organizations/rival/confirm?{token}").status_code == 410


def test_a_link_opens_nothing_else(client, link, club):
    token = link.partition("?")[2]
    assert client.get(f"/organizations/aire/edit?{token}").status_code in (302, 303, 404)
    assert client.get(f"/organizations/aire/history?{token}").status_code in (302, 303)


def test_a_link_to_an_organisation_that_left_the_public_shows_nothing(client, link, club):
    club.standing = "ended"
    assert "Aire Valley" not in client.get(link, follow_redirects=True).text


def test_a_link_survives_a_new_address_of_the_organisation(client, link, club, session):
    club.slug = "aire-valley"
    session.add(FormerSlug(slug="aire", organization_id=club.id))
    answer = client.get(link)
    assert answer.status_code == 301
    assert press(client, answer.location).status_code == 303


def test_whoever_looks_after_it_confirms_at_the_same_address(club, person, signed_in, session):
    amara = signed_in(person(admin=club))
    assert "/organizations/aire/edit" in amara.get("/organizations/aire/confirm").text
    assert press(amara, "/organizations/aire/confirm").status_code == 303
    assert dates(session) == {now().date()}
    assert session.scalars(select(Edit.hat).order_by(Edit.id.desc())).first() == "admin"


def test_the_edit_page_confirms_all_that_stands_there(club, listing, person, signed_in, session):
    amara = signed_in(person(admin=club))
    paused = listing(club, title="Paused", state="paused")
    page, _problems = read(amara.get("/organizations/aire/edit").text)
    (form,) = [form for form in page.all("form") if form.get("action") == "/organizations/aire/confirm"]
    fields = {one.get("name"): one.get("value") for one in form.all("input")}
    answer = amara.post("/organizations/aire/confirm", data=fields)
    assert answer.location == "/organizations/aire/edit"
    assert {one.confirmed_on for one in club.listings if one.state == "open"} == {club.confirmed_on} == {now().date()}
    assert paused.confirmed_on is None


def test_nobody_else_does(club, organization, person, signed_in, client, session):
    rival = signed_in(person(admin=organization("Rival")))
    assert rival.get("/organizations/aire/confirm").status_code == 403
    assert rival.post("/organizations/aire/confirm").status_code in (400, 403)
    assert client.get("/organizations/aire/confirm").status_code in (302, 303)
    assert client.get("/organizations/nobody/confirm").status_code == 404
    assert dates(session) >= {LONG_AGO.date()}
    assert club.confirmed_on == LONG_AGO.date()
