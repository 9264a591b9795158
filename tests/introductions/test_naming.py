"""Being named as one who knows both: only who allows it, told each time, and out again when they want."""

from datetime import date, timedelta

import pytest

from network.hats import Hat
from network.introductions import actions, allowing, openness
from network.introductions.models import Inbox
from tests.introductions.conftest import WORDS
from tests.introductions.test_pages import force
from tests.markup import read


@pytest.fixture
def knows(session, link, lab, club, fund, carla):
    """The fund, which knows both and may be named."""
    for one in (lab, club):
        link(one, fund, "works_with", confirmed_on=date.today())
    session.add(Inbox(organization_id=fund.id, introduces=True))
    session.commit()
    return fund


@pytest.fixture
def named(session, knows, lab, club, amara, bob):
    """An introduction that names the fund."""
    made = actions.ask(session, lab, club, amara, WORDS, introducer=knows)
    session.commit()
    return made


def test_who_is_named_is_told_who_is_to_meet_and_reads_no_words_and_no_person(named, letters, carla):
    (letter,) = letters("introduction_named")
    assert letter.address == carla.email
    for told in ("Accra Open Lab", "Leeds Tinker Club", "Harbour Fund"):
        assert told in letter.text
    assert not [one for one in (WORDS, "Amara", "amara@") if one in letter.text + letter.html]


def test_a_proposal_of_the_staff_tells_them_too(session, knows, lab, club, person, letters):
    actions.ask(session, lab, club, person(staff=True), WORDS, Hat.STAFF, introducer=knows)
    (letter,) = letters("introduction_named")
    assert "staff propose" in letter.text
    assert WORDS not in letter.text


def test_where_one_is_named_stands_on_the_page_of_introductions_and_opens_nothing(
    named, signed_in, carla, person, knows
):
    browser = signed_in(carla)
    page = browser.get("/introductions/").text
    assert "Named as one who knows both" in page
    assert "Accra Open Lab · Leeds Tinker Club" in read(page)[0].text
    assert WORDS not in page
    assert f"/introductions/{named.id}" not in page
    assert browser.get(f"/introductions/{named.id}").status_code == 404
    assert "Take our name out" not in signed_in(person(representative=knows)).get("/introductions/").text


def test_how_it_went_is_not_seen_there(session, named, signed_in, carla, club, bob):
    before = signed_in(carla).get("/introductions/").text
    actions.act(session, named, "decline", club, bob, "no_capacity")
    session.commit()
    after = signed_in(carla).get("/introductions/").text
    assert read(before)[0].first(lambda one: one.tag == "main").text == (
        read(after)[0].first(lambda one: one.tag == "main").text
    )


def test_after_three_months_it_is_listed_no_more(session, named, signed_in, carla):
    named.asked_at -= timedelta(days=91)
    session.commit()
    assert "Named as one who knows both" not in signed_in(carla).get("/introductions/").text


def test_a_name_is_taken_out_by_those_it_belongs_to_alone(session, named, signed_in, amara, bob, carla):
    path = "/organizations/fund/introductions/unname"
    browser = signed_in(carla)
    assert browser.send("/introductions/", path, introduction=str(named.id)).status_code == 303
    session.refresh(named)
    assert named.introducer_id is None
    assert "Harbour Fund" not in read(signed_in(bob).get(f"/introductions/{named.id}").text)[0].text
    named.introducer_id = bob.roles[0].organization_id
    session.commit()
    for somebody, status in ((browser, 303), (signed_in(amara), 403)):
        assert force(somebody, path, introduction=str(named.id)).status_code == status
        session.refresh(named)
        assert named.introducer_id is not None


def test_who_blocked_one_of_them_cannot_be_named(session, knows, lab, club, carla):
    assert openness.introducers(session, lab, club) == [knows]
    allowing.block(session, knows, club, carla)
    session.flush()
    assert openness.introducers(session, lab, club) == []
