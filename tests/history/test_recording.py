"""What is written into the history, and what never is."""

from datetime import date

import pytest
from sqlalchemy import func, select

from network.directory.models import Listing, Topic
from network.extensions import db
from network.history.models import Edit, EditValue, PersonalValue
from network.profiles.models import ContactPerson


@pytest.fixture
def edits(session):
    """A function that gives every edit of an organisation since it was made, oldest first."""

    def read(of) -> list[Edit]:
        query = select(Edit).where(Edit.organization_id == of.id).order_by(Edit.id)
        return [edit for edit in session.scalars(query) if (edit.thing, edit.action) != ("organization", "added")]

    return read


def values(edit: Edit) -> dict:
    return {value.field: (value.before, value.after) for value in edit.values}


def test_a_change_is_kept_field_by_field(session, organization, edits):
    lab = organization("Harbour Lab", town="Leeds", founded="1998")
    lab.town, lab.founded = "Bradford", "1998"
    session.commit()
    (edit,) = edits(lab)
    assert (edit.thing, edit.thing_id, edit.action, edit.fields) == ("organization", lab.id, "changed", "town")
    assert values(edit) == {"town": ("Leeds", "Bradford")}


def test_what_a_field_said_is_known_though_nobody_had_read_it(session, organization, edits):
    lab = organization("Harbour Lab", town="Leeds")
    session.expire_all()
    lab.town = "Bradford"
    session.commit()
    assert values(edits(lab)[0]) == {"town": ("Leeds", "Bradford")}


def test_saving_what_stands_already_writes_nothing(session, organization, edits):
    lab = organization("Harbour Lab", town="Leeds", languages=("en",))
    lab.town, lab.languages, lab.version = "Leeds", ("en",), lab.version
    session.commit()
    assert edits(lab) == []


def test_confirming_is_kept_as_such_and_apart_from_changes(session, organization, edits):
    lab = organization("Harbour Lab", confirmed_on=date(2026, 1, 2))
    lab.confirmed_on = date(2026, 3, 4)
    session.commit()
    lab.confirmed_on, lab.town = date(2026, 5, 6), "Leeds"
    session.commit()
    assert [(edit.action, edit.fields) for edit in edits(lab)] == [
        ("confirmed", "confirmed_on"),
        ("confirmed", "confirmed_on"),
        ("changed", "town"),
    ]
    assert values(edits(lab)[0]) == {"confirmed_on": ("2026-01-02", "2026-03-04")}


def test_what_is_saved_at_once_shares_a_save_and_what_comes_later_does_not(session, organization, listing, edits):
    lab = organization("Harbour Lab")
    room = listing(lab)
    lab.town, room.title = "Leeds", "A room on Fridays"
    session.commit()
    lab.town = "Bradford"
    session.commit()
    added, first, second, third = edits(lab)
    assert first.save == second.save != third.save
    assert added.save != first.save


def test_a_listing_that_goes_leaves_all_that_it_said(session, listing, edits):
    room = listing(title="A room on Thursdays", until=date(2027, 1, 31), languages=("en", "cy"))
    lab = room.organization
    lab.listings.remove(room)
    session.commit()
    gone = edits(lab)[-1]
    assert (gone.thing, gone.action) == ("listing", "removed")
    assert values(gone)["title"] == ("A room on Thursdays", None)
    assert values(gone)["languages"] == (["en", "cy"], None)
    assert values(gone)["until"] == ("2027-01-31", None)


def test_topics_are_kept_by_their_names(session, organization, listing, edits):
    lab = organization("Harbour Lab")
    room = listing(lab)
    repair, youth = Topic(slug="repair", facet="topic"), Topic(slug="youth", facet="audience")
    lab.topics, room.topics = [repair], [repair]
    session.commit()
    lab.topics.append(youth)
    room.topics = [youth]
    session.commit()
    assert [values(edit)["topics"] for edit in edits(lab)[1:]] == [
        ([], ["repair"]),
        ([], ["repair"]),
        (["repair"], ["repair", "youth"]),
        (["repair"], ["youth"]),
    ]
    session.delete(room)
    session.commit()
    assert values(edits(lab)[-1])["topics"] == (["youth"], None)


def test_a_tie_stands_in_the_history_of_both(session, organization, link, edits):
    lab, web = organization("Harbour Lab"), organization("Aire Valley Web Club")
    tie = link(web, lab, "hosted_by")
    tie.confirmed_on = date(2026, 2, 3)
    session.commit()
    for one in (lab, web):
        assert [(edit.thing, edit.action) for edit in edits(one)] == [("link", "added"), ("link", "changed")]


def test_values_about_a_person_stand_apart_and_their_fields_names_stay(session, organization, edits):
    lab = organization("Harbour Lab")
    contact = ContactPerson(organization_id=lab.id, name="Amara", email="amara@example.org", visible="public")
    session.add(contact)
    session.commit()
    (edit,) = edits(lab)
    assert edit.fields == "name;email;visible"
    assert values(edit) == {"visible": (None, "public")}
    kept = {value.field: value.after for value in session.scalars(select(PersonalValue))}
    assert kept == {"name": "Amara", "email": "amara@example.org"}


def test_the_history_goes_with_the_organisation(session, organization, listing, link):
    lab, web = organization("Harbour Lab"), organization("Aire Valley Web Club")
    listing(lab)
    link(web, lab)
    session.delete(lab)
    session.commit()
    assert set(session.scalars(select(Edit.organization_id))) == {web.id}
    orphans = select(EditValue.id).where(EditValue.edit_id.not_in(select(Edit.id)))
    assert session.scalars(orphans).all() == []
    last = session.scalars(select(Edit).order_by(Edit.id.desc())).first()
    assert (last.thing, last.action) == ("link", "removed")


def test_what_is_rolled_back_leaves_nothing(session, organization, edits):
    lab = organization("Harbour Lab", town="Leeds")
    lab.town = "Bradford"
    session.flush()
    session.rollback()
    session.commit()
    assert edits(lab) == []


def test_outside_of_a_request_the_session_says_who_wrote(session, organization, person, edits):
    lab, amara = organization("Harbour Lab"), person("amara@example.org")
    db.session().info.update(hat="import", person_id=amara.id)
    try:
        lab.town = "Leeds"
        session.commit()
    finally:
        db.session().info.clear()
    assert (edits(lab)[0].hat, edits(lab)[0].person_id) == ("import", amara.id)


def test_bulk_work_goes_around_the_history(session, organization):
    lab = organization("Harbour Lab")
    before = session.scalar(select(func.count()).select_from(Edit))
    session.execute(Listing.__table__.insert(), [{"organization_id": lab.id, "side": "offer", "title": "A room"}])
    session.commit()
    assert session.scalar(select(func.count()).select_from(Edit)) == before
