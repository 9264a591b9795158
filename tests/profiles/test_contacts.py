"""Whom to ask: each contact person chooses who sees them, and nobody is named without a say."""

import re

import pytest

from network.clock import now
from network.extensions import limiter
from network.hats import VISITOR, Hat, Identity, Subject, Worn
from network.profiles.contacts import Sight, visible_to
from network.profiles.models import ContactPerson
from network.profiles.persons import OwnLink
from tests.profiles.sending import send

LAB = Subject(1, True, frozenset({9}))
HIDDEN = Subject(1, False, frozenset({9}))
PEOPLE = {
    "visitor": VISITOR,
    "stranger": Identity(5),
    "own representative": Identity(5, (Worn(Hat.REPRESENTATIVE, 1),)),
    "own admin": Identity(5, (Worn(Hat.ADMIN, 1),)),
    "rival": Identity(5, (Worn(Hat.ADMIN, 2),)),
    "coordinator": Identity(5, (Worn(Hat.COORDINATOR, 9),)),
    "other coordinator": Identity(5, (Worn(Hat.COORDINATOR, 8),)),
    "staff": Identity(5, (Worn(Hat.STAFF),)),
    "operator": Identity(5, (Worn(Hat.OPERATOR),)),
}
NO, NAME, WHOLE = Sight.NOTHING, Sight.NAME, Sight.WHOLE
OWN = {"own representative": WHOLE, "own admin": WHOLE, "staff": WHOLE}
RULES = {
    "public": dict.fromkeys(PEOPLE, NAME) | OWN | {"coordinator": WHOLE},
    "members": OWN | {"rival": WHOLE, "coordinator": WHOLE},
    "network": OWN | {"coordinator": WHOLE},
    "staff": OWN,
    "nobody": {},
}


def entry(visible: str, agreed: bool = True) -> ContactPerson:
    return ContactPerson(visible=visible, agreed_at=now() if agreed else None)


@pytest.mark.parametrize("visible", RULES)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_a_contact_person_follows_what_they_chose(who, visible):
    assert visible_to(PEOPLE[who], LAB, entry(visible)) == RULES[visible].get(who, NO)


@pytest.mark.parametrize("who", ["visitor", "stranger", "rival", "other coordinator", "operator"])
@pytest.mark.parametrize("visible", RULES)
def test_of_an_organization_that_is_not_public_only_its_own_and_those_above_see_anybody(who, visible):
    assert visible_to(PEOPLE[who], HIDDEN, entry(visible)) == NO


def test_who_has_not_agreed_is_shown_to_the_network_at_most():
    for visible in ("public", "members"):
        assert visible_to(VISITOR, LAB, entry(visible, agreed=False)) == NO
        assert visible_to(PEOPLE["rival"], LAB, entry(visible, agreed=False)) == NO
        assert visible_to(PEOPLE["coordinator"], LAB, entry(visible, agreed=False)) == WHOLE


@pytest.fixture
def lab(organization):
    return organization("Harbour Lab", slug="lab", languages=("fr", "en"))


@pytest.fixture
def admin(person, lab):
    return person("kofi@example.org", name="Kofi", admin=lab)


@pytest.fixture
def contact(session, lab):
    """A function that stores a contact person, who has agreed unless told otherwise."""

    def store(name: str = "Amara", visible: str = "public", **fields) -> ContactPerson:
        fields = {"email": f"{name.lower()}@example.org", "agreed_at": now(), "phone": "+44 113 496 0000"} | fields
        made = ContactPerson(organization_id=lab.id, name=name, visible=visible, **fields)
        session.add(made)
        session.commit()
        return made

    return store


def token_in(letter) -> str:
    return re.search(r"/contact\?token=([\w-]+)", letter.text)[1]


def test_a_public_contact_person_is_named_and_their_address_is_nowhere(client, contact):
    contact()
    page = client.get("/organizations/lab").text
    assert "Amara" in page
    assert "Write to them" in page
    assert "amara@example.org" not in page
    assert "496 0000" not in page
    assert "amara@example.org" not in client.get(f"/organizations/lab/write?to={contact('Ben').id}").text
    assert "Amara" not in client.get("/api/organizations/lab").text


def test_others_are_not_on_the_public_page(client, contact):
    for visible in ("members", "network", "staff", "nobody"):
        contact(f"Person-{visible}", visible)
    assert "Person-" not in client.get("/organizations/lab").text


def test_the_same_page_shows_each_reader_what_is_meant_for_them(client, signed_in, person, organization, contact):
    contact("Amara", "members")
    rival = signed_in(person(admin=organization("Hill Club")))
    assert "amara@example.org" in rival.get("/organizations/lab").text
    assert "amara@example.org" not in client.get("/organizations/lab").text
    former = signed_in(person(admin=organization("Former Club", standing="ended")))
    assert "amara@example.org" not in former.get("/organizations/lab").text


def test_that_staff_look_is_written_into_the_log_without_whom_they_saw(signed_in, person, contact, caplog):
    contact("Amara", "staff")
    staff = person(staff=True)
    with caplog.at_level("INFO", logger="network"):
        page = signed_in(staff).get("/organizations/lab").text
    assert "amara@example.org" in page
    assert f"person {staff.id} saw contact persons" in caplog.text
    assert "mara@" not in caplog.text


def test_who_enters_herself_agrees_and_gets_no_mail(signed_in, admin, session, letters):
    form = {"name": "Kofi", "email": "Kofi@Example.org", "visible": "public"}
    assert send(signed_in(admin), "/organizations/lab/contacts/add", form).status_code == 303
    found = session.query(ContactPerson).one()
    assert found.agreed_at
    assert found.email == "kofi@example.org"
    assert letters("contact_entered") == []


def test_who_is_entered_by_somebody_else_is_told_and_decides_without_an_account(
    client, signed_in, admin, session, letters
):
    form = {"name": "Amara", "title": "workshop", "email": "amara@example.org", "visible": "public"}
    send(signed_in(admin), "/organizations/lab/contacts/add", form)
    assert "Amara" not in client.get("/organizations/lab").text
    (letter,) = letters("contact_entered")
    assert (letter.address, letter.locale) == ("amara@example.org", "fr")
    token = token_in(letter)
    page = client.get(f"/contact?token={token}").text
    assert "workshop" in page
    assert session.query(ContactPerson).one().agreed_at is None
    id = session.query(ContactPerson.id).scalar()
    said = {f"entry-{id}-name": "Amara K.", f"entry-{id}-visible": "public", "token": token, "entry": id}
    assert send(client, "/contact/change", said).status_code == 303
    assert "Amara K." in client.get("/organizations/lab").text
    send(client, "/contact/withdraw", {"token": token})
    assert "Amara K." not in client.get("/organizations/lab").text
    assert "Amara" not in signed_in(admin).get("/organizations/lab/contacts").text
    again = send(signed_in(admin), "/organizations/lab/contacts/add", form)
    assert again.status_code == 422
    assert "asked not to be named" in again.text
    assert "Erase this entry" in client.get(f"/contact/erase?token={token}").text
    assert session.query(ContactPerson).count() == 1
    assert send(client, "/contact/erase", {"token": token, "sure": "1"}).status_code == 200
    assert session.query(ContactPerson).count() == 0
    assert client.get(f"/contact?token={token}").status_code == 404


def test_an_entry_that_cannot_be_taken_keeps_what_was_typed(client, signed_in, admin, letters, session):
    wrong = {"name": "", "title": "the workshop", "email": "nowhere", "phone": "call me", "visible": "public"}
    answer = send(signed_in(admin), "/organizations/lab/contacts/add", wrong)
    assert answer.status_code == 422
    for kept in ("the workshop", "nowhere", "call me"):
        assert kept in answer.text
    form = {"name": "Amara", "email": "amara@example.org", "visible": "staff"}
    send(signed_in(admin), "/organizations/lab/contacts/add", form)
    token, id = token_in(letters("contact_entered")[0]), session.query(ContactPerson.id).scalar()
    said = {f"entry-{id}-name": "", f"entry-{id}-title": "kept words", "token": token, "entry": id}
    answer = send(client, "/contact/change", said)
    assert answer.status_code == 422
    assert "kept words" in answer.text


def test_a_new_address_is_told_anew_and_has_not_agreed(signed_in, admin, contact, letters, session):
    one = contact("Amara", token_hash="x")
    form = {"name": "Ben", "email": "ben@example.org", "visible": "public"}
    browser = signed_in(admin)
    marks = re.search(r'name="marks" value="([^"]*)"', browser.get(f"/organizations/lab/contacts/{one.id}").text)[1]
    send(browser, f"/organizations/lab/contacts/{one.id}", form | {"marks": marks})
    session.refresh(one)
    assert (one.email, one.agreed_at) == ("ben@example.org", None)
    assert [letter.address for letter in letters("contact_entered")] == ["ben@example.org"]


def test_a_stale_save_shows_both_and_the_next_one_decides(signed_in, admin, contact, session):
    one, browser = contact("Amara"), signed_in(admin)
    marks = re.search(r'name="marks" value="([^"]*)"', browser.get(f"/organizations/lab/contacts/{one.id}").text)[1]
    one.title = "theirs"
    session.commit()
    form = {"name": "Amara", "title": "yours", "email": one.email, "phone": one.phone, "visible": "public"}
    answer = send(browser, f"/organizations/lab/contacts/{one.id}", form | {"marks": marks})
    assert answer.status_code == 409
    assert "theirs" in answer.text
    assert "yours" in answer.text
    marks = re.search(r'name="marks" value="([^"]*)"', answer.text)[1]
    assert send(browser, f"/organizations/lab/contacts/{one.id}", form | {"marks": marks}).status_code == 303
    session.refresh(one)
    assert one.title == "yours"


def test_contact_persons_keep_the_order_that_they_are_given(signed_in, admin, contact):
    first, second = contact("Amara", position=1), contact("Ben", position=2)
    browser = signed_in(admin)
    send(browser, f"/organizations/lab/contacts/{second.id}/move", {"way": "up"})
    page = browser.get("/organizations/lab/contacts").text
    assert page.index("Ben") < page.index("Amara")
    send(browser, f"/organizations/lab/contacts/{first.id}/remove", {})
    assert "Amara" not in browser.get("/organizations/lab/contacts").text


def test_a_contact_person_of_another_organization_is_not_there(signed_in, person, organization, contact):
    rival = signed_in(person(admin=organization("Hill Club", slug="hill")))
    one = contact()
    assert rival.get(f"/organizations/hill/contacts/{one.id}").status_code == 404
    assert send(rival, f"/organizations/hill/contacts/{one.id}/remove").status_code == 404


MESSAGE = {
    "name": "A visitor",
    "email": "visitor@example.org",
    "message": "May I come on Thursday?\n[here](http://x.org)",
}


def test_a_message_reaches_the_contact_person_who_can_answer_it(client, contact, letters):
    one = contact()
    path = f"/organizations/lab/write?to={one.id}"
    assert send(client, path, MESSAGE).status_code == 303
    (letter,) = letters("relay")
    assert (letter.address, letter.reply_to) == ("amara@example.org", "visitor@example.org")
    assert "May I come on Thursday?" in letter.text
    assert 'href="http://x.org"' not in letter.html


def test_without_a_contact_person_it_goes_to_the_published_address(client, organization, letters):
    organization("Hill Club", slug="hill", email="info@hill.example.org")
    organization("Silent Club", slug="silent")
    assert send(client, "/organizations/hill/write", MESSAGE).status_code == 303
    assert letters("relay")[0].address == "info@hill.example.org"
    assert client.get("/organizations/silent/write").status_code == 404


def test_nobody_is_written_to_who_may_not_be_seen(client, contact, organization):
    for visible in ("members", "network", "staff", "nobody"):
        assert client.get(f"/organizations/lab/write?to={contact(visible, visible).id}").status_code == 404


def test_a_message_that_cannot_be_sent_keeps_every_word(client, contact, letters):
    path = f"/organizations/lab/write?to={contact().id}"
    answer = send(client, path, MESSAGE | {"email": "nowhere"})
    assert answer.status_code == 422
    assert "May I come on Thursday?" in answer.text
    for _ in range(5):
        assert send(client, path, MESSAGE).status_code == 303
    answer = send(client, path, MESSAGE)
    assert answer.status_code == 429
    assert "May I come on Thursday?" in answer.text
    assert len(letters("relay")) == 5


def test_one_address_gets_no_more_than_twenty_messages_a_day(client, contact, letters):
    path = f"/organizations/lab/write?to={contact().id}"
    for number in range(22):
        send(client, path, MESSAGE, environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"})
    assert len(letters("relay")) == 20


def test_whoever_asks_for_their_own_gets_the_same_page_and_a_true_mail(client, contact, letters, session):
    contact()
    pages = [
        send(client, "/contact/find", {"email": email}).text.replace(email, "")
        for email in ("amara@example.org", "nobody@example.org")
    ]
    assert re.sub(r"csrf\S+", "", pages[0]) == re.sub(r"csrf\S+", "", pages[1])
    known, unknown = letters("own_facts")
    assert "/contact?token=" in known.text
    assert "/contact?token=" not in unknown.text
    assert session.query(OwnLink).count() == 1
    page = client.get(f"/contact?token={token_in(known)}").text
    assert "Harbour Lab" in page
    assert client.get(f"/contact/export.json?token={token_in(known)}").json["contact_person_at"][0]["name"] == "Amara"


def test_nobody_is_mailed_more_than_three_times_an_hour(client, contact, letters):
    contact()
    for _ in range(5):
        send(client, "/contact/find", {"email": "amara@example.org"})
    assert len(letters("own_facts")) == 3
    limiter.reset()


def test_the_link_of_one_entry_opens_nothing_else(client, signed_in, admin, person, letters):
    person("amara@example.org", name="The Bookkeeper")
    form = {"name": "Amara", "email": "amara@example.org", "visible": "staff"}
    send(signed_in(admin), "/organizations/lab/contacts/add", form)
    token = token_in(letters("contact_entered")[0])
    assert "The Bookkeeper" not in client.get(f"/contact?token={token}").text
    assert client.get(f"/contact/export.json?token={token}").status_code == 404
