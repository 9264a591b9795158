"""An organisation leaves, comes back, takes its facts along, or is erased."""

from datetime import timedelta

import pytest

from network.directory.models import FormerSlug, Organization
from network.profiles.models import ContactPerson, Departure
from tests.profiles.sending import send

LONG_AGO = timedelta(minutes=20)


@pytest.fixture
def lab(organization):
    return organization("Harbour Lab", slug="lab", standing="paused", email="info@lab.example.org")


@pytest.fixture
def admin(person, lab):
    return person("kofi@example.org", name="Kofi", admin=lab)


def test_leaving_unpublishes_with_a_reason_and_the_admins_keep_access(client, signed_in, admin, session):
    browser = signed_in(admin)
    assert send(browser, "/organizations/lab/leave", {"reason": ""}).status_code == 422
    assert send(browser, "/organizations/lab/leave", {"reason": "We closed."}).status_code == 303
    departure = session.query(Departure).one()
    assert (departure.reason, departure.standing) == ("We closed.", "paused")
    assert client.get("/organizations/lab").status_code == 404
    assert "Harbour Lab" not in client.get("/organizations/").text
    assert "Come back" in browser.get("/organizations/lab/return").text
    assert browser.get("/organizations/lab/contacts").status_code == 200


def test_coming_back_restores_the_standing(client, signed_in, admin, session):
    browser = signed_in(admin)
    assert browser.get("/organizations/lab/return").status_code == 404
    send(browser, "/organizations/lab/leave", {"reason": "We closed."})
    assert send(browser, "/organizations/lab/return").status_code == 303
    assert client.get("/organizations/lab").status_code == 200
    assert session.query(Organization.standing).scalar() == "paused"
    assert session.query(Departure).one().returned_at
    assert send(browser, "/organizations/lab/return").status_code == 404


def test_what_staff_ended_does_not_come_back_by_itself(signed_in, admin, lab, session):
    lab.standing = "ended"
    session.commit()
    assert send(signed_in(admin), "/organizations/lab/return").status_code == 404
    session.refresh(lab)
    assert lab.standing == "ended"


def test_erasing_asks_for_the_name_and_a_fresh_sign_in(client, signed_in, admin, session):
    assert signed_in(admin, ago=LONG_AGO).get("/organizations/lab/erase").status_code != 200
    browser = signed_in(admin)
    assert "Harbour Lab" in browser.get("/organizations/lab/erase").text
    assert send(browser, "/organizations/lab/erase", {"name": "Harbour"}).status_code == 422
    assert client.get("/organizations/lab").status_code == 200
    assert send(browser, "/organizations/lab/erase", {"name": " harbour  lab "}).status_code == 200
    assert client.get("/organizations/lab").status_code == 410
    assert session.query(Organization).count() == 0
    assert session.query(FormerSlug.organization_id).scalar() is None


def test_former_addresses_of_an_erased_organization_say_so_too(
    client, signed_in, admin, lab, session, link, organization
):
    session.add(FormerSlug(slug="old-lab", organization_id=lab.id))
    link(lab, organization("Coast Network", slug="coast", category="affiliate_network"))
    send(signed_in(admin), "/organizations/lab/erase", {"name": "Harbour Lab"})
    assert client.get("/organizations/old-lab").status_code == 410
    assert client.get("/organizations/coast").status_code == 200


def test_the_export_holds_what_is_stored_and_persons_only_after_a_fresh_sign_in(
    signed_in, admin, lab, listing, session, person
):
    listing(lab, title="A room")
    session.add(ContactPerson(organization_id=lab.id, name="Amara", email="amara@example.org"))
    session.commit()
    late = signed_in(admin, ago=LONG_AGO)
    facts = late.get("/organizations/lab/export.json")
    assert facts.json["listings"][0]["title"] == "A room"
    assert "amara" not in facts.text
    assert "kofi" not in facts.text
    assert "amara" not in late.get("/organizations/lab/export-with-persons").text
    browser = signed_in(admin)
    page = browser.get("/organizations/lab/export-with-persons")
    assert "amara" not in page.text
    assert 'name="reason"' not in page.text
    whole = send(browser, "/organizations/lab/export-with-persons")
    assert "amara@example.org" in whole.text
    assert "kofi@example.org" in whole.text
    representative = signed_in(person(representative=lab))
    assert representative.get("/organizations/lab/export.json").status_code == 200
    assert representative.get("/organizations/lab/export-with-persons").status_code == 403


def test_staff_say_why_they_take_persons_along_and_the_admins_read_it(signed_in, admin, lab, session, person):
    session.add(ContactPerson(organization_id=lab.id, name="Amara", email="amara@example.org"))
    session.commit()
    staff = signed_in(person(staff=True))
    where = "/organizations/lab/export-with-persons"
    refused = send(staff, where, {"reason": "  "})
    assert refused.status_code == 422
    assert "A few words are enough" in refused.text
    assert "amara@example.org" not in refused.text
    whole = send(staff, where, {"reason": "A court asked for it"})
    assert whole.mimetype == "application/json"
    assert "amara@example.org" in whole.text
    history = signed_in(admin).get("/organizations/lab/history").text
    assert "Took everything along as a file" in history
    assert "A court asked for it" in history


def test_a_person_takes_along_and_erases_what_is_theirs(signed_in, admin, client, session, lab):
    late = signed_in(admin, ago=LONG_AGO)
    assert late.get("/persons/export.json").mimetype != "application/json"
    browser = signed_in(admin)
    facts = browser.get("/persons/export.json").json
    assert facts["account"]["roles"][0]["organization"] == "Harbour Lab"
    page = browser.get("/persons/erase").text
    assert "only admin of Harbour Lab" in page
    assert send(browser, "/persons/erase").status_code == 422
    assert send(browser, "/persons/erase", {"sure": "1"}).status_code == 200
    assert browser.get("/persons/export.json").mimetype != "application/json"
    assert client.get("/organizations/lab").status_code == 200


def test_an_address_that_an_organization_publishes_goes_only_when_that_is_asked_for(signed_in, person, lab, session):
    browser = signed_in(person("info@lab.example.org", admin=lab))
    assert "Harbour Lab" in browser.get("/persons/erase").text
    send(browser, "/persons/erase", {"sure": "1"})
    session.refresh(lab)
    assert lab.email == "info@lab.example.org"
    again = signed_in(person("info@lab.example.org", admin=lab))
    send(again, "/persons/erase", {"sure": "1", "published": "1"})
    session.refresh(lab)
    assert lab.email == ""
    assert "info@lab" not in again.get("/organizations/lab").text
