import pytest
from sqlalchemy import func, select

from network import index
from network.directory.models import ExternalId, FormerSlug, Link, Listing, Organization
from network.interchange.models import Import
from network.interchange.states import states

LEEDS = {"id": "7", "name": "Leeds Web Club", "category": "club", "town": "Leeds", "country": "GB"}
NET = {"id": "net", "name": "Network", "category": "affiliate_network"}


def one(session, name):
    return session.scalars(select(Organization).where(Organization.name == name)).one()


def last(session):
    return session.scalar(select(func.max(Import.id)))


def test_what_an_import_made_is_removed_and_the_same_import_works_again(flask, session, table):
    file = table(LEEDS | {"offers": "A room", "member_of": "net"}, NET)
    flask("import", file)
    slugs = sorted(session.scalars(select(Organization.slug)))
    said = flask("undo", last(session)).output
    assert "2 removed, 0 restored, 0 left" in said
    for gone in (Organization, Listing, Link, ExternalId, FormerSlug):
        assert session.scalars(select(gone)).all() == []
    assert index.check(session.connection()) == []
    assert "2 new" in flask("import", file).output
    assert sorted(session.scalars(select(Organization.slug))) == slugs


def test_former_values_return_field_by_field(flask, session, listing, table):
    flask("import", table(LEEDS | {"summary": "One", "offers": "A room; A desk"}))
    listing(one(session, "Leeds Web Club"), "seek", "Help")
    made = one(session, "Leeds Web Club")
    before = states(session, [made.id])[made.id]
    flask(
        "import",
        table(LEEDS | {"summary": "Two", "phone": "0113", "offers": "A desk; A lamp", "member_of": "net"}, NET),
    )
    assert "1 removed, 1 restored, 0 left" in flask("undo", last(session)).output
    after = states(session, [made.id])[made.id]
    assert after.facts == before.facts
    assert after.ties == before.ties
    said = [sorted((one["side"], one["title"]) for one in state.listings) for state in (before, after)]
    assert said[0] == said[1]


def test_what_was_changed_since_is_left_and_named(flask, session, table):
    flask("import", table(LEEDS | {"summary": "One"}))
    flask("import", table(LEEDS | {"summary": "Two", "meets": "Mondays"}))
    one(session, "Leeds Web Club").summary = "Our own"
    said = flask("undo", last(session)).output
    assert "leeds-web-club: summary: it was changed since" in said
    made = one(session, "Leeds Web Club")
    assert (made.summary, made.meets) == ("Our own", "")


def test_an_organisation_that_somebody_edited_since_is_left(flask, session, link, organization, table):
    flask("import", table(LEEDS, NET))
    one(session, "Leeds Web Club").phone = "0113"
    link(organization("Other"), one(session, "Network"))
    said = flask("undo", last(session)).output
    assert "0 removed, 0 restored, 2 left" in said
    assert "somebody changed it since (phone)" in said
    assert "somebody tied it to another since" in said


def test_a_later_import_has_to_be_taken_back_first(flask, session, table):
    flask("import", table(LEEDS))
    first = last(session)
    flask("import", table(LEEDS | {"summary": "Two"}))
    second = last(session)
    assert f"import {second} changed it later" in flask("undo", first).output
    flask("undo", second)
    assert one(session, "Leeds Web Club").summary == ""


def test_an_import_is_taken_back_once(flask, session, table):
    flask("import", table(LEEDS))
    flask("undo", last(session))
    assert "taken back already" in flask("undo", last(session), code=1).stderr
    assert "no import 999" in flask("undo", 999, code=1).stderr
    flask("undo", "seven", code=2)


def test_after_an_undo_the_list_has_said_nothing(flask, session, organization, table):
    here = organization("Leeds Web Club", town="Leeds", country="GB", summary="Ours", latitude=53.8, longitude=-1.55)
    flask("import", table(LEEDS | {"summary": "Theirs"}), "--update")
    flask("undo", last(session))
    session.refresh(here)
    assert here.summary == "Ours"
    assert session.scalars(select(ExternalId)).all() == []
    assert "1 duplicate" in flask("import", table(LEEDS | {"summary": "Theirs"})).output


@pytest.mark.usefixtures("session")
def test_imports_are_listed(flask, table):
    flask("import", table(LEEDS, name="clubs.csv"))
    assert "clubs.csv\t1 new" in flask("list").output


def test_what_is_tied_across_a_long_list_is_removed_too(flask, session, table):
    clubs = [
        {"id": str(n), "name": f"Club {n}", "category": "club", "member_of": "net", "offers": "A room"}
        for n in range(2700)
    ]
    flask("import", table(NET, *clubs))
    assert "2,701 removed, 0 restored, 0 left" in flask("undo", last(session)).output
    assert index.check(session.connection()) == []
