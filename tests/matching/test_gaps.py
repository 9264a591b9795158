"""What is missing, who looks for a partner to fill it, and which matches nobody acted on: who sees which of it."""

from datetime import date, timedelta

import pytest

from network.directory.models import Organization
from network.history.models import Edit
from network.introductions.models import Introduction
from network.matching import staffing
from network.matching.matcher import matcher
from network.matching.models import Dismissal, MatchingProfile, Prospect, ProspectSeeker, Shown
from network.profiles import forgetting, persons
from tests.markup import read
from tests.topics import load_topics

GAPS, PARTNER, PROSPECTS, STAFF = "/matching/gaps", "/matching/gaps/partner", "/matching/prospects", "/matching/staff"
STEP = {"next_step": "Ask the town hall who has rooms", "due_on": "2026-12-24"}


@pytest.fixture
def sought(session, organization, listing):
    """A club in Leeds that seeks a room, and one in Lyon that seeks a translation."""
    load_topics(session)
    leeds = organization("Leeds Tinker Club", slug="leeds", country="GB")
    lyon = organization("Atelier de Lyon", slug="lyon", country="FR")
    room = listing(leeds, "seek", "A room for our workshops on Saturdays", kind="venue")
    words = listing(lyon, "seek", "Translation of our course into Portuguese", kind="translation")
    return room, words


@pytest.fixture
def sam(person):
    """One of the staff."""
    return person("sam@example.org", name="Sam Okafor", staff=True)


@pytest.fixture
def coast(organization):
    return organization("Coast Network", category="affiliate_network", slug="coast")


@pytest.fixture
def cora(person, coast):
    """The coordinator of the Coast network."""
    return person("cora@example.org", name="Cora Lind", coordinator=coast)


@pytest.fixture
def hill(person, organization):
    """The coordinator of another network."""
    return person("hill@example.org", coordinator=organization("Hill Network", category="affiliate_network"))


def look_for(browser, where=f"{PARTNER}?kind=venue&country=GB", **typed):
    return browser.send(where, **({"name": "Harbour Hall"} | STEP | typed))


def rows(page: str) -> list[str]:
    table = read(page)[0].first(lambda one: one.tag == "table")
    return [one.text for one in table.all("tbody")] if table else []


def test_everyone_reads_what_is_sought_and_how_near_an_offer_comes(client, sought, organization, listing):
    hall = organization("Lyon Words", slug="words", country="FR")
    listing(hall, "offer", "Translation of courses into Portuguese", kind="translation")
    page = client.get(GAPS).text
    venue = next(row for row in rows(page) if "Venue" in row)
    assert "no match found" in venue
    assert "Leeds Tinker Club" in venue
    words = [row for row in rows(page) if "Translation" in row]
    assert any("a good fit exists" in row for row in words)
    assert "nobody offers" not in page.lower()
    assert "Look for a partner" not in page
    assert "We do offer this" not in page
    assert 'href="/organizations/leeds"' in page


def test_filters_stand_in_the_address_and_what_is_wrong_is_said(client, sought):
    page = client.get(f"{GAPS}?kind=venue").text
    assert "A room for our workshops" in page
    assert "Portuguese" not in page
    assert "A room" not in client.get(f"{GAPS}?country=FR").text
    assert "Nothing like that is sought" in client.get(f"{GAPS}?kind=legal").text
    assert client.get(f"{GAPS}?kind=magic").status_code == 422
    assert client.get(f"{GAPS}?page=7").status_code == 404
    assert client.get(f"{GAPS}?topic=no-such-topic").status_code == 404


def test_paused_closed_ended_and_hidden_seeks_are_not_counted(client, session, sought, organization, listing):
    hidden = organization("Secret Wish", standing="desired")
    listing(hidden, "seek", "A hidden room", kind="venue")
    listing(None, "seek", "A paused room", kind="venue", state="paused")
    listing(None, "seek", "A past room", kind="venue", until=date.today() - timedelta(1))
    page = client.get(f"{GAPS}?kind=venue").text
    assert len(rows(page)) == len([row for row in rows(page) if "Leeds" in row])
    for words in ("Secret Wish", "hidden room", "paused room", "past room"):
        assert words not in page
    sought[0].state = "met"
    assert "Leeds" not in client.get(GAPS).text


def test_members_go_from_a_gap_to_the_offer_that_they_add(signed_in, person, sought, organization):
    hall = organization("Harbour Hall", slug="hall")
    browser = signed_in(person(representative=hall))
    page = read(browser.get(f"{GAPS}?kind=venue").text)[0]
    way = next(one for one in page.all("a") if "We do offer this" in one.text)
    assert way.get("href") == "/organizations/hall/edit?side=offer&kind=venue#add"
    form = read(browser.get("/organizations/hall/edit?side=offer&kind=venue").text)[0]
    kind = form.first(lambda one: one.get("id") == "add-kind")
    assert [one.get("value") for one in kind.all("option") if one.get("selected") is not None] == ["venue"]


def test_a_gap_becomes_a_desired_partner_with_the_seekers_an_owner_and_a_next_step(signed_in, session, sam, sought):
    browser = signed_in(sam)
    assert "Look for a partner" in browser.get(GAPS).text
    assert look_for(browser).status_code == 303
    made = session.query(Prospect).one()
    organization = session.get(Organization, made.organization_id)
    assert (organization.name, organization.standing, organization.category) == ("Harbour Hall", "desired", "partner")
    assert (organization.country, made.owner_id, made.kind, made.region) == ("GB", sam.id, "venue", "GB")
    assert made.due_on == date(2026, 12, 24)
    assert [one.listing_id for one in session.query(ProspectSeeker)] == [sought[0].id]
    edit = session.query(Edit).filter_by(thing="prospect").one()
    assert (edit.organization_id, edit.hat, edit.person_id) == (organization.id, "staff", sam.id)
    page = browser.get(PROSPECTS).text
    for words in ("Harbour Hall", "Sam Okafor", STEP["next_step"], "A room for our workshops"):
        assert words in page
    assert "began to look for it" in browser.get(f"/organizations/{organization.slug}/history").text
    assert "somebody looks already" in browser.get(f"{GAPS}?kind=venue").text


def test_without_a_name_it_is_somebody_for_the_gap(signed_in, session, sam, sought):
    browser = signed_in(sam)
    assert look_for(browser, name="").status_code == 303
    made = session.query(Organization).filter_by(standing="desired").one()
    assert made.name == "Somebody for Venue · United Kingdom"
    id = session.query(Prospect).one().id
    answer = browser.send(f"{PROSPECTS}/{id}", f"{PROSPECTS}/{id}", name="Town Hall Leeds", standing="in_conversation")
    assert answer.status_code == 303
    session.expire_all()
    assert (made.name, made.slug, made.standing) == ("Town Hall Leeds", "town-hall-leeds", "in_conversation")


def test_a_second_partner_for_the_same_gap_is_pointed_out(signed_in, session, sam, sought):
    browser = signed_in(sam)
    look_for(browser)
    assert "looked for already" in browser.get(f"{PARTNER}?kind=venue&country=GB").text
    again = look_for(browser, name="Mill Rooms")
    assert again.status_code == 409
    assert "Mill Rooms" in again.text
    assert look_for(browser, name="Mill Rooms", anyway="1").status_code == 303
    assert look_for(browser, f"{PARTNER}?kind=translation&country=FR", name="Lyon Words").status_code == 303
    assert session.query(Prospect).count() == 3


def test_a_name_that_is_in_the_directory_is_pointed_out(signed_in, session, sam, sought, organization):
    organization("Harbour Hall", slug="hall")
    answer = look_for(signed_in(sam), name="harbour hall")
    assert answer.status_code == 409
    assert "/organizations/hall" in answer.text
    assert session.query(Prospect).count() == 0


@pytest.mark.parametrize("typed", [{"next_step": ""}, {"due_on": "soon"}, {"next_step": "x" * 301}, {"owner": "999"}])
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(signed_in, session, sam, sought, typed):
    answer = look_for(signed_in(sam), **typed)
    assert answer.status_code == 422
    assert "Harbour Hall" in answer.text
    assert session.query(Prospect).count() == 0


def test_what_is_overdue_comes_first_and_is_marked(signed_in, session, sam, sought):
    browser = signed_in(sam)
    look_for(browser)
    look_for(browser, f"{PARTNER}?kind=translation&country=FR", name="Late Words", due_on="2020-01-31")
    page = browser.get(PROSPECTS).text
    assert page.index("Late Words") < page.index("Harbour Hall")
    assert "overdue since Jan 31, 2020" in page
    late = session.query(Prospect).filter_by(kind="translation").one().id
    assert browser.send(f"{PROSPECTS}/{late}", f"{PROSPECTS}/{late}/close").status_code == 303
    assert "Late Words" not in browser.get(PROSPECTS).text
    closed = browser.get(f"{PROSPECTS}?closed=1").text
    assert "Late Words" in closed
    assert "overdue" not in closed
    browser.send(f"{PROSPECTS}/{late}", f"{PROSPECTS}/{late}/reopen")
    assert "Late Words" in browser.get(PROSPECTS).text


def test_what_somebody_else_wrote_in_the_meantime_is_shown_before_it_is_written_over(signed_in, session, sam, sought):
    browser = signed_in(sam)
    look_for(browser)
    made = session.query(Prospect).one()
    path = f"{PROSPECTS}/{made.id}"
    stale = browser.send(path, path, mark="another", next_step="Write a letter")
    assert stale.status_code == 409
    assert "Write a letter" in stale.text
    assert STEP["next_step"] in stale.text
    assert made.next_step == STEP["next_step"]
    assert browser.send(path, path, next_step="Write a letter").status_code == 303
    session.expire_all()
    assert made.next_step == "Write a letter"


def test_nobody_but_those_who_look_for_it_sees_a_desired_partner(
    client, signed_in, session, person, sam, cora, hill, sought, organization
):
    assert look_for(signed_in(sam), name="Dream Hall").status_code == 303
    assert look_for(signed_in(cora), f"{PARTNER}?kind=translation&country=FR", name="Coast Words").status_code == 303
    of_staff, of_coast = (one.id for one in session.query(Prospect).order_by(Prospect.id))
    slugs = [one.slug for one in session.query(Organization).filter_by(standing="desired")]
    rival = person(admin=sought[0].organization)
    everyone = (client, signed_in(person()), signed_in(rival), signed_in(sam, strong=False))
    for browser in everyone:
        for path in (GAPS, f"{GAPS}?kind=venue", "/", "/organizations/?q=Dream+Hall", "/api/organizations"):
            text = browser.get(path).text.replace("“Dream Hall”", "").replace('value="Dream Hall"', "")
            assert "Dream Hall" not in text
            assert "Coast Words" not in text
        for path in (PARTNER, PROSPECTS, f"{PROSPECTS}/{of_staff}", f"{PROSPECTS}/{of_coast}", STAFF):
            assert browser.get(path).status_code == (403 if browser is not client else 303)
        assert {browser.get(f"/organizations/{slug}").status_code for slug in slugs} == {404}
    for coordinator, seen in ((cora, {of_coast}), (hill, set())):
        browser = signed_in(coordinator)
        page = browser.get(PROSPECTS).text
        assert "Dream Hall" not in page
        assert ("Coast Words" in page) == bool(seen)
        assert "looked for already" not in browser.get(f"{PARTNER}?kind=venue&country=GB").text
        for id in (of_staff, of_coast):
            assert browser.get(f"{PROSPECTS}/{id}").status_code == (200 if id in seen else 404)
    every = signed_in(sam).get(PROSPECTS).text
    assert "Dream Hall" in every
    assert "Coast Words" in every


def test_what_a_seeker_may_not_be_seen_for_any_more_is_not_told(signed_in, session, sam, sought):
    browser = signed_in(sam)
    look_for(browser)
    sought[0].organization.standing = "ended"
    page = browser.get(PROSPECTS).text
    assert "Harbour Hall" in page
    assert "A room for our workshops" not in page


def test_erasing_takes_the_owner_the_seeker_and_the_words(signed_in, session, person, sam, sought):
    sue = person("sue@example.org", name="Sue Marlow", staff=True)
    look_for(signed_in(sam), owner=str(sue.id), next_step="Ask Sue Marlow to call")
    assert persons.stored_about(session, sue.email).more["prospects"][0]["organization"] == "Harbour Hall"
    forgetting.erase_person(session, sue.email)
    session.commit()
    made = session.query(Prospect).one()
    session.refresh(made)
    assert (made.owner_id, made.next_step) == (None, "")
    forgetting.erase_organization(session, sought[0].organization)
    session.commit()
    assert session.query(ProspectSeeker).count() == 0
    forgetting.erase_organization(session, session.get(Organization, made.organization_id))
    session.commit()
    assert session.query(Prospect).count() == 0


@pytest.fixture
def fitting(session, sought, organization, listing, link, coast):
    """A hall that offers the room that is sought, and a fund that knows both."""
    hall = organization("Harbour Hall", slug="hall", country="GB")
    listing(hall, "offer", "A room for workshops on Saturdays", kind="venue")
    fund = organization("Harbour Fund", category="partner", slug="fund")
    club = sought[0].organization
    link(fund, club, "funds", confirmed_on=date.today())
    link(fund, hall, "funds", confirmed_on=date.today())
    link(club, coast, "member_of", confirmed_on=date.today())
    return club, hall


def test_staff_propose_a_match_that_nobody_acted_on(signed_in, session, sam, fitting):
    browser = signed_in(sam)
    page = browser.get(STAFF)
    for words in ("Leeds Tinker Club", "Harbour Hall", "A room for our workshops on Saturdays", "Harbour Fund knows"):
        assert words in page.text
    action = next(
        one.get("action") for one in read(page.text)[0].all("form") if "introductions/new" in one.get("action")
    )
    assert browser.send(STAFF, action).status_code == 303
    made = session.query(Introduction).one()
    assert (made.origin, made.person_id) == ("staff", sam.id)
    assert {one.organization_id for one in made.parties} == {one.id for one in fitting}
    assert "Propose to both" not in browser.get(STAFF).text


def test_coordinators_see_the_matches_of_their_network_alone(signed_in, session, cora, hill, fitting):
    browser = signed_in(cora)
    page = browser.get(STAFF)
    assert "Harbour Hall" in page.text
    assert "What comes of suggestions" not in page.text
    action = next(
        one.get("action") for one in read(page.text)[0].all("form") if "introductions/new" in one.get("action")
    )
    assert action == "/organizations/leeds/introductions/new?to=hall"
    assert browser.send(STAFF, action).status_code == 303
    assert "Harbour Hall" not in signed_in(hill).get(STAFF).text


def test_who_said_no_is_not_proposed(signed_in, session, sam, fitting):
    for one, other in (fitting, fitting[::-1]):
        session.add(Dismissal(organization_id=one.id, other_id=other.id, reason="wrong_kind"))
        session.commit()
        assert "Propose to both" not in signed_in(sam).get(STAFF).text
        session.query(Dismissal).delete()
    session.commit()
    assert "Propose to both" in signed_in(sam).get(STAFF).text


def test_numbers_are_told_and_shares_from_twenty_on(signed_in, session, sam, fitting, organization, listing):
    page = signed_in(sam).get(STAFF).text
    assert "of 3 that could be suggested" in page
    assert "in a hundred" not in page
    for number in range(20):
        listing(organization(f"Club {number}"), "seek", f"Something odd {number}", kind="")
    first, second = (one.id for one in session.query(Organization).order_by(Organization.id).limit(2))
    session.add(Shown(organization_id=first, other_id=second, first_on=date.today(), last_on=date.today()))
    session.commit()
    told = staffing.exposure(session)
    assert told.matched == session.query(MatchingProfile).count()
    assert told.never == told.matched - 1
    assert told.share is not None
    assert "in a hundred" in signed_in(sam).get(STAFF).text


def test_only_public_seeks_are_attached(session, app, sought):
    with app.test_request_context():
        assert {one.demand for one in matcher().gaps(session)} == {1}
