"""One page to edit a profile: each section saves by itself, and says what to do where it can't."""

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from network.accounts.models import Person
from network.clock import now
from network.directory.models import Organization, Task
from network.mail.models import Message
from tests.markup import read
from tests.pages import ASKED_BY_HTMX
from tests.topics import load_topics

SECTIONS = ("about", "place", "meetings")


def address(organization: Organization, section: str = "") -> str:
    return f"/organizations/{organization.slug}/edit" + (f"/{section}" if section else "")


def save(client, organization: Organization, section: str, **typed):
    """Fill in a section of the page and send it, as a browser without script does."""
    return client.send(address(organization), f"{address(organization, section)}#{section}", **typed)


@pytest.fixture
def lab(organization):
    return organization("Accra Open Lab", category="partner", summary="We mend phones.", languages=("en",))


@pytest.fixture
def admin(person, signed_in, lab):
    """The browser of somebody who is an admin of the lab."""
    return signed_in(person("amara@example.org", admin=lab))


def test_the_page_has_every_section_a_preview_and_what_to_add_next(admin, lab):
    page = admin.get(address(lab)).text
    assert "You act for Accra Open Lab as its admin." in page
    for words in ("About", "Place", "Meetings", "Contact persons", "Offers and seeks", "Ties", "What everyone sees"):
        assert words in page
    assert "Say where you are, or that you are online." in page
    assert "Everything is right: confirm it today" in page


def test_a_saved_section_shows_on_the_public_page(admin, client, lab):
    response = save(admin, lab, "about", summary="We repair phones with schools.", website="lab.example.org")
    assert response.status_code == 303
    assert response.location.endswith(f"{address(lab)}?saved=about#about")
    assert "Saved." in admin.get(response.location).text
    public = client.get(f"/organizations/{lab.slug}").text
    assert "We repair phones with schools." in public
    assert "https://lab.example.org" in public


def test_with_script_a_section_comes_back_alone_and_the_rest_stays(admin, lab):
    form = {"csrf_token": token(admin, lab), "marks": marks(admin, lab, "about"), "name": "Accra Lab"}
    response = admin.post(address(lab, "about"), data=form, headers=ASKED_BY_HTMX)
    assert response.status_code == 200
    assert "Saved." in response.text
    assert "<html" not in response.text
    assert lab.name == "Accra Lab"


def token(client, organization: Organization) -> str:
    return field(client, organization, "", "csrf_token")


def marks(client, organization: Organization, section: str) -> str:
    return field(client, organization, section, "marks")


def field(client, organization: Organization, section: str, name: str) -> str:
    """What a hidden field of a section's form says."""
    page = read(client.get(address(organization)).text)[0]
    forms = [one for one in page.all("form") if (one.get("action") or "").endswith(section)]
    inputs = [one for form in forms for one in form.all("input") if one.get("name") == name]
    return inputs[0].get("value") or ""


@pytest.mark.parametrize(
    ("section", "typed", "advice"),
    [
        ("about", {"name": ""}, "Write the organisation's name."),
        ("about", {"name": "x" * 201}, "That is too long: 200 characters are the most."),
        ("about", {"name": "Accra \u202elab"}, "RIGHT-TO-LEFT OVERRIDE"),
        ("about", {"name": "Accra\x07 lab"}, "take it out"),
        ("about", {"website": "mailto:hello@example.org"}, "it begins with https://"),
        ("about", {"website": "ftp://example.org/"}, "it begins with https://"),
        ("about", {"email": "hello at example"}, "Write a whole e-mail address"),
        ("about", {"founded": "long ago"}, "Write a year, such as 2014"),
        ("about", {"languages": ["en", "Klingonese"]}, "We know no language called Klingonese."),
        ("place", {"area_served": "50 km; Narnia"}, "We can't place Narnia."),
        ("meetings", {"meets_rule": ["week", ""]}, "Choose the weekday as well."),
        ("meetings", {"meets_rule": ["", "TU"]}, "Choose how often, too."),
        ("meetings", {"meets_rule": ["FREQ=SECONDLY", ""]}, "Choose the weekday as well."),
        ("meetings", {"meets_at": "half past six"}, "Write a time, such as 18:30."),
    ],
)
def test_what_cannot_be_taken_says_what_to_do_and_keeps_everything_typed(admin, lab, section, typed, advice):
    version = lab.version
    if section == "about":
        typed = {"phone": "+233 30 000 0000", **typed}
    response = save(admin, lab, section, **typed)
    assert response.status_code == 422
    assert advice in unescape(response.text)
    assert "Not saved yet: look at what is marked." in response.text
    if section == "about":
        assert "+233 30 000 0000" in response.text
    for value in typed.values():
        words = value if isinstance(value, str) else value[-1]
        assert words.replace("\x07", "") in response.text.replace("\x07", "") or len(words) < 3
    assert lab.version == version


def test_what_an_import_left_untidy_stands_in_nobodys_way(admin, organization, session, person, signed_in):
    club = organization("Old Club", email="write to us", website="see our page")
    browser = signed_in(person(admin=club))
    assert save(browser, club, "about", summary="We meet on Mondays.").status_code == 303
    assert (club.summary, club.email) == ("We meet on Mondays.", "write to us")


def test_texts_are_stored_in_one_normal_form(admin, lab):
    save(admin, lab, "about", name="Cafe\u0301  Lab ", description="One\r\n\r\nTwo\x08 ")
    assert lab.name == "Café  Lab"
    assert lab.description == "One\n\nTwo"


def test_topics_and_languages_are_ticked_or_named(admin, lab, session):
    load_topics(session)
    save(admin, lab, "about", languages=["en", "Deutsch, Twi"], topics=["robotics", "underwater basketry"])
    assert lab.languages == ("en", "de", "tw")
    assert [topic.slug for topic in lab.topics] == ["robotics"]
    task = session.scalar(select(Task).where(Task.key == "topic:unknown"))
    assert task.facts == {"topics": ["underwater basketry"]}
    assert "underwater basketry. The curators of the list have been asked." in admin.get(address(lab)).text


def test_a_town_is_found_on_the_map_and_its_suggestion_taken_apart(admin, lab):
    save(admin, lab, "place", town="Leeds, England, United Kingdom")
    assert (lab.town, lab.region, lab.country, lab.precision) == ("Leeds", "England", "GB", "town")
    assert lab.latitude == pytest.approx(53.8, abs=0.1)
    assert "On the map: the middle of" in admin.get(address(lab)).text


def test_a_town_that_nobody_knows_is_said_and_becomes_a_task_and_the_organisation_stays_listed(admin, lab, session):
    save(admin, lab, "place", town="Leeds", country="GB")
    save(admin, lab, "place", town="Xyzzyqua", country="GB")
    assert (lab.latitude, lab.precision) == (None, "country")
    task = session.scalar(select(Task).where(Task.key == "place:town_not_found"))
    assert task.facts["town"] == "Xyzzyqua"
    assert "We could not find “Xyzzyqua”." in admin.get(address(lab)).text
    assert lab.name in admin.get("/organizations/").text
    save(admin, lab, "place", town="Leeds", country="GB")
    session.refresh(task)
    assert task.done_at is not None


def test_a_misspelt_town_is_shown_as_what_it_was_taken_for(admin, lab):
    save(admin, lab, "place", town="leedz")
    page = admin.get(address(lab)).text
    assert "On the map: the middle of" in page
    assert 'name="meant"' in page
    response = admin.send(
        address(lab), f"{address(lab, 'place')}#place", meant="Leeds, England, United Kingdom", town="leedz"
    )
    assert response.status_code == 303
    assert lab.town == "Leeds"


def test_a_point_of_its_own_stays_while_the_town_does(admin, lab, session):
    lab.town, lab.latitude, lab.longitude, lab.precision = "Accra", 5.6, -0.2, "exact"
    save(admin, lab, "place", online="1")
    assert (lab.precision, lab.latitude, lab.online) == ("exact", 5.6, True)


def test_the_area_served_is_written_in_words(admin, lab):
    save(admin, lab, "place", area_served="50 km, Ghana, worldwide")
    assert lab.area_served == "50 km; GH; world"
    assert "50 km; Ghana; worldwide" in admin.get(address(lab)).text


def test_a_rhythm_becomes_a_rule_and_another_rule_is_kept_as_it_is(admin, lab):
    save(admin, lab, "meetings", meets="Tuesdays at six", meets_rule=["week", "TU"], meets_at="18:00")
    assert (lab.meets_rule, lab.meets_at) == ("FREQ=WEEKLY;BYDAY=TU", "18:00")
    save(admin, lab, "meetings", meets_rule=["-1", "SA"])
    assert lab.meets_rule == "FREQ=MONTHLY;BYDAY=-1SA"
    lab.meets_rule = "FREQ=WEEKLY;BYDAY=TU,TH"
    save(admin, lab, "meetings", newcomers="1")
    assert (lab.meets_rule, lab.newcomers) == ("FREQ=WEEKLY;BYDAY=TU,TH", True)


def test_category_and_standing_are_not_for_its_own_people(admin, lab):
    save(admin, lab, "about", category="core_network", standing="ended", slug="mine")
    assert (lab.category, lab.standing) == ("partner", "current")


def test_a_save_that_changes_nothing_leaves_no_trace(admin, lab):
    version, changed = lab.version, lab.changed_at
    assert save(admin, lab, "about").status_code == 303
    assert (lab.version, lab.changed_at) == (version, changed)


def test_a_page_that_was_sent_reads_as_the_edit_page_when_it_is_opened_again(admin, lab):
    for part in ("about", "listings/12", "ties"):
        response = admin.get(address(lab, part))
        assert (response.status_code, response.location) == (302, address(lab))


def test_the_admins_are_told_once_an_hour_what_staff_change(lab, person, signed_in, letters, session):
    person("amara@example.org", admin=lab)
    staff = signed_in(person("staff@example.org", staff=True))
    assert "as the network's staff. It is told what you change." in unescape(staff.get(address(lab)).text)
    save(staff, lab, "about", summary="One.")
    save(staff, lab, "about", summary="Two.")
    told = letters("edited_by_staff")
    assert [letter.address for letter in told] == ["amara@example.org"]
    assert f"/organizations/{lab.slug}/history" in told[0].text
    for message in session.scalars(select(Message)):
        message.created_at = now() - timedelta(hours=2)
        message.key = message.key + "-before"
    save(staff, lab, "about", summary="Three.")
    assert len(letters("edited_by_staff")) == 2


def test_nobody_is_told_what_they_changed_themselves(admin, lab, letters):
    save(admin, lab, "about", summary="Ours.")
    assert letters("edited_by_staff") == []


def test_a_prospect_is_edited_by_staff_and_previewed_as_it_would_look(person, signed_in, organization):
    prospect = organization("Dream Partner", standing="desired")
    page = signed_in(person(staff=True)).get(address(prospect))
    assert "The page isn't public at the moment." in page.text


@pytest.mark.parametrize("hat", ["stranger", "rival"])
def test_who_has_no_hat_here_may_neither_look_nor_save(lab, organization, person, signed_in, hat):
    other = signed_in(person(admin=organization()) if hat == "rival" else person())
    assert other.get(address(lab)).status_code == 403
    page = read(other.get("/accounts/").text)[0]
    sent = {"csrf_token": page.first(lambda one: one.get("name") == "csrf_token").get("value"), "name": "Mine"}
    assert other.post(address(lab, "about"), data=sent).status_code == 403
    assert lab.name == "Accra Open Lab"


def test_every_change_is_in_the_history_with_who_made_it(admin, lab, session):
    save(admin, lab, "about", summary="We repair phones.")
    assert "In one sentence" in admin.get(f"/organizations/{lab.slug}/history").text
    assert session.scalar(select(Person.email)) == "amara@example.org"
