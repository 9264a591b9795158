"""The page of a profile's history, and taking back from it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from network.clock import now
from network.directory.models import Link, Listing
from network.history.models import Edit, PersonalValue
from network.profiles.models import ContactPerson

NUMBERED = re.compile(r"<ins>(\d+)</ins>")


@pytest.fixture
def lab(organization):
    return organization("Harbour Lab", town="Leeds", description="We mend radios on Tuesdays.")


@pytest.fixture
def admin(lab, person, signed_in):
    return signed_in(person("amara@example.org", "Amara", admin=lab))


@pytest.fixture
def newest(session):
    """A function that gives the last edit of an organisation."""

    def read(of) -> Edit:
        return session.scalars(select(Edit).where(Edit.organization_id == of.id).order_by(Edit.id.desc())).first()

    return read


def past(of) -> str:
    return f"/organizations/{of.slug}/history"


def back(browser, edit, of, **typed):
    """Press the button that takes an edit back."""
    return browser.send(past(of), f"{past(of)}/{edit.id}/undo", **typed)


def test_visitors_see_when_it_was_last_confirmed_and_no_more(client, lab):
    assert client.get(past(lab)).status_code != 200
    assert "confirmed" in client.get(f"/organizations/{lab.slug}").text


def test_whoever_acts_for_another_is_refused(lab, organization, person, signed_in):
    rival = signed_in(person(admin=organization("Riverside Lab")))
    assert rival.get(past(lab)).status_code == 403
    assert rival.post(f"{past(lab)}/1/undo").status_code in (400, 403)


def test_the_words_that_changed_are_marked(session, lab, admin):
    lab.description = "We mend bicycles on Tuesdays."
    session.commit()
    assert "We mend <del>radios</del><ins>bicycles</ins> on Tuesdays." in admin.get(past(lab)).text


def test_a_representative_reads_roles_and_an_admin_names(session, lab, person, signed_in, admin):
    lab.town = "Bradford"
    session.commit()
    edit = session.scalars(select(Edit).order_by(Edit.id.desc())).first()
    edit.hat, edit.for_id = "admin", lab.id
    edit.person_id = person("zuri@example.org", "Zuri", admin=lab).id
    session.commit()
    assert "Zuri, an admin of Harbour Lab" in admin.get(past(lab)).text
    page = signed_in(person(representative=lab)).get(past(lab)).text
    assert "an admin of Harbour Lab" in page
    assert "Zuri" not in page


def test_what_is_about_a_person_is_not_for_representatives(session, lab, person, signed_in, admin):
    session.add(ContactPerson(organization_id=lab.id, name="Imani", email="imani@example.org"))
    session.commit()
    assert "imani@example.org" in admin.get(past(lab)).text
    page = signed_in(person(representative=lab)).get(past(lab)).text
    assert "Imani" not in page
    assert "not shown: it is about a person" in page
    session.query(PersonalValue).delete()
    assert "erased" in admin.get(past(lab)).text


def test_that_staff_read_of_persons_is_written_into_the_log(session, lab, person, signed_in, caplog):
    session.add(ContactPerson(organization_id=lab.id, name="Amara", email="amara@example.org"))
    session.commit()
    staff = person(staff=True)
    with caplog.at_level("INFO", logger="network"):
        assert "amara@example.org" in signed_in(staff).get(past(lab)).text
    assert f"person {staff.id} saw contact persons" in caplog.text


def test_a_standing_that_is_the_staffs_is_not_told(session, organization, person, signed_in):
    lab = organization("Harbour Lab", standing="in_conversation")
    lab.standing = "current"
    session.commit()
    assert "In conversation" not in signed_in(person(admin=lab)).get(past(lab)).text
    assert "In conversation" in signed_in(person(staff=True)).get(past(lab)).text


def test_nothing_to_tell_is_said(session, lab, admin):
    session.query(Edit).delete()
    assert "Nothing was changed yet" in admin.get(past(lab)).text


def test_pages_stay_as_they_are_while_others_save(session, lab, admin):
    for number in range(45):
        lab.summary = f"Summary number {number}"
        session.commit()
    page = admin.get(past(lab)).text
    second = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    before = NUMBERED.findall(admin.get(second).text)
    lab.summary = "Something else"
    session.commit()
    assert NUMBERED.findall(admin.get(second).text) == before != NUMBERED.findall(page)
    assert admin.get(f"{past(lab)}?page=99").status_code == 404
    assert admin.get(f"{past(lab)}?page=x").status_code == 404


def test_taking_back_is_a_change_and_can_be_taken_back(session, lab, admin, newest):
    lab.town = "Bradford"
    session.commit()
    first = newest(lab)
    assert back(admin, first, lab).status_code == 303
    assert lab.town == "Leeds"
    second = newest(lab)
    assert (first.undone_by_id, second.hat, second.for_id) == (second.id, "admin", lab.id)
    back(admin, second, lab)
    assert lab.town == "Bradford"
    assert first.undone_by_id is None


def test_pressing_twice_takes_back_once(session, lab, admin, newest):
    lab.town = "Bradford"
    session.commit()
    edit = newest(lab)
    page = admin.get(past(lab)).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    for _ in range(2):
        assert admin.post(f"{past(lab)}/{edit.id}/undo", data={"csrf_token": token}).status_code == 303
    assert lab.town == "Leeds"


def test_a_field_that_was_changed_again_is_asked_about(session, lab, admin, newest):
    lab.town, lab.phone = "Bradford", "0113 496 0000"
    session.commit()
    edit = newest(lab)
    lab.town = "York"
    session.commit()
    answer = back(admin, edit, lab)
    assert answer.status_code == 409
    assert "York" in answer.text
    assert "Leeds" in answer.text
    assert (lab.town, lab.phone) == ("York", "0113 496 0000")
    choice = f"choice-organization-{lab.id}-town"
    back(admin, edit, lab, **{choice: "keep"})
    assert (lab.town, lab.phone) == ("York", "")
    back(admin, newest(lab), lab)
    back(admin, edit, lab, **{choice: "back"})
    assert (lab.town, lab.phone) == ("Leeds", "")


def test_a_whole_save_is_taken_back_at_once(session, lab, listing, admin, newest):
    room = listing(lab, title="A room on Thursdays")
    lab.town, room.title = "Bradford", "A room on Fridays"
    session.add(Listing(organization_id=lab.id, side="seek", title="A van"))
    session.commit()
    first = session.scalars(select(Edit).where(Edit.save == newest(lab).save).order_by(Edit.id)).first()
    page = admin.get(past(lab)).text
    assert page.count("Take all of this back") == 1
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    admin.post(f"{past(lab)}/{first.id}/undo", data={"csrf_token": token, "whole": "1"})
    assert (lab.town, room.title) == ("Leeds", "A room on Thursdays")
    assert session.scalars(select(Listing.title).where(Listing.organization_id == lab.id)).all() == [room.title]


def test_a_listing_that_was_removed_comes_back_under_its_number(session, lab, listing, admin, newest):
    room = listing(lab, title="A room on Thursdays", languages=("en", "cy"), in_return="a talk")
    id = room.id
    session.delete(room)
    session.commit()
    back(admin, newest(lab), lab)
    again = session.get(Listing, id)
    assert (again.title, again.languages, again.in_return) == ("A room on Thursdays", ("en", "cy"), "a talk")


def test_a_listing_that_was_removed_comes_back_though_its_number_was_given_away(session, lab, listing, admin, newest):
    room = listing(lab, title="A room on Thursdays")
    id = room.id
    room.title = "A room on Fridays"
    session.commit()
    change = newest(lab)
    session.delete(room)
    session.commit()
    gone = newest(lab)
    other = Listing(id=id, organization_id=lab.id, side="seek", title="A van")
    session.add(other)
    session.commit()
    assert back(admin, change, lab).status_code == 303
    assert other.title == "A van"
    back(admin, gone, lab)
    again = session.scalars(select(Listing).where(Listing.title == "A room on Fridays")).one()
    assert again.id != id
    back(admin, change, lab)
    assert again.title == "A room on Thursdays"


def test_a_listing_that_was_added_and_changed_since_is_asked_about(session, lab, listing, admin, newest):
    room = listing(lab, title="A room on Thursdays")
    added = newest(lab)
    room.title = "A room on Fridays"
    session.commit()
    assert back(admin, added, lab).status_code == 409
    back(admin, added, lab, **{f"choice-listing-{room.id}-": "keep"})
    assert session.get(Listing, room.id)
    back(admin, added, lab, **{f"choice-listing-{room.id}-": "back"})
    assert session.scalars(select(Listing.title).where(Listing.organization_id == lab.id)).all() == []


def test_after_ninety_days_nothing_is_taken_back(session, lab, admin, newest):
    lab.town = "Bradford"
    session.commit()
    edit = newest(lab)
    page = admin.get(past(lab)).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    edit.at = now() - timedelta(days=91)
    session.commit()
    assert f"{edit.id}/undo" not in admin.get(past(lab)).text
    admin.post(f"{past(lab)}/{edit.id}/undo", data={"csrf_token": token})
    assert lab.town == "Bradford"


def test_what_only_staff_may_change_is_not_put_back_by_others(session, lab, admin, newest):
    lab.standing, lab.slug = "paused", "harbour"
    session.commit()
    assert f"{newest(lab).id}/undo" not in admin.get(past(lab)).text


def test_contact_persons_are_not_brought_back(session, lab, admin, newest):
    contact = ContactPerson(organization_id=lab.id, name="Imani", email="imani@example.org")
    session.add(contact)
    session.commit()
    session.delete(contact)
    session.commit()
    assert f"{newest(lab).id}/undo" not in admin.get(past(lab)).text


def test_a_tie_that_comes_back_waits_for_the_other_side(session, lab, organization, link, admin, newest):
    web = organization("Aire Valley Web Club")
    tie = link(web, lab, "works_with", confirmed_on=now().date(), confirmed_by="to", proposed_by="from")
    session.delete(tie)
    session.commit()
    removed = newest(lab)
    back(admin, removed, lab)
    again = session.scalars(select(Link)).one()
    assert (again.shown, again.proposed_by) == (False, "to")
    for one in (lab, web):
        kept = session.scalars(select(Edit).where(Edit.organization_id == one.id, Edit.action == "removed")).one()
        assert kept.undone_by_id


def test_an_edit_of_another_organisation_is_not_found(session, lab, organization, admin, newest):
    other = organization("Riverside Lab")
    other.town = "York"
    lab.town = "Bradford"
    session.commit()
    token = admin.get(past(lab)).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert admin.post(f"{past(lab)}/{newest(other).id}/undo", data={"csrf_token": token}).status_code == 404
