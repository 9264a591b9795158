"""What a merge makes of two: all that was either's is one's, and nothing stands there twice."""

from sqlalchemy import select

from network.directory.models import ExternalId, FormerSlug, Link, Listing, Organization, OrganizationTopic, Task
from network.history.models import Edit, EditValue
from network.interchange.models import Import, ImportRow
from network.interchange.undoing import undo as undo_import
from network.introductions.models import Introduction, Party
from network.maps.models import MapGroup, MapPlace, SavedMap
from network.matching.keeping import stored
from network.profiles.models import ContactPerson


def test_the_chosen_words_stay(planted, session, merged):
    merged(planted, summary="goes", languages="both", website="goes")
    stays = planted.stays
    assert stays.summary == "A shop and a school."
    assert stays.website == "https://w.example.org"
    assert stays.languages == ("de", "fr")
    assert [topic.slug for topic in stays.topics] == ["fair-trade", "school"]
    assert session.scalars(select(OrganizationTopic.organization_id).distinct()).all() == [stays.id]


def test_the_history_tells_of_it_and_keeps_what_both_had(planted, session, merged):
    before = session.query(Edit).filter(Edit.organization_id.in_((planted.stays.id, planted.goes.id))).count()
    merged(planted, summary="goes")
    mine = session.query(Edit).filter(Edit.organization_id == planted.stays.id).order_by(Edit.id).all()
    new = mine[before:]
    assert [one.action for one in new] == ["merged", "changed"]
    assert new[1].fields.split(";") == ["summary", "website", "topics"]
    assert len({one.save for one in new}) == 1
    (name, slug) = session.scalars(select(EditValue).where(EditValue.edit_id == new[0].id).order_by(EditValue.id))
    assert (name.after, slug.after) == ("weltladen aachen e.V.", "weltladen-ev")


def test_of_two_ties_to_one_organization_the_confirmed_one_stays_and_none_leads_to_itself(planted, session, merged):
    merged(planted)
    ties = session.scalars(select(Link)).all()
    assert {(one.from_id, one.to_id, one.type) for one in ties} == {
        (planted.stays.id, planted.third.id, "works_with"),
        (planted.third.id, planted.stays.id, "hosted_by"),
    }
    assert all(one.confirmed_on for one in ties)


def test_an_offer_that_both_make_stands_there_once_with_all_that_hung_on_it(planted, session, merged):
    merged(planted)
    mine = session.scalars(select(Listing).where(Listing.organization_id == planted.stays.id)).all()
    assert sorted(one.title for one in mine) == ["A room on Thursdays", "Somebody who repairs scales"]
    (room,) = [one for one in mine if one.side == "offer"]
    assert [topic.slug for topic in room.topics] == ["fair-trade"]
    outside = session.scalars(select(Introduction).where(Introduction.words == "Hello")).one()
    assert outside.listing_id == room.id


def test_nobody_is_introduced_to_themselves(planted, session, merged):
    merged(planted)
    found = session.scalars(select(Introduction).order_by(Introduction.id)).all()
    assert {one.words for one in found} == {"Hello", "Hi"}
    assert all(len(one.parties) == 2 for one in found)
    assert {one.introducer_id for one in found} == {None}
    assert not session.query(Party).filter(Party.organization_id == planted.goes.id).count()


def test_a_contact_person_of_both_is_seen_as_they_chose_where_it_stays(planted, session, merged):
    merged(planted)
    seen = {
        (one.email, one.visible)
        for one in session.scalars(select(ContactPerson).where(ContactPerson.organization_id == planted.stays.id))
    }
    assert seen == {
        ("inge@example.org", "staff"),
        ("inge@example.org", "nobody"),
        ("zoe@example.org", "members"),
    }


def test_people_maps_and_lists_follow(planted, session, merged):
    stays = planted.stays
    merged(planted)
    assert {role.organization_id for role in planted.admin.roles} == {stays.id}
    assert sorted(role.role for role in planted.rival.roles) == ["admin", "representative"]
    assert session.scalars(select(MapGroup.members)).one() == [stays.id, planted.third.id]
    assert [(one.organization_id, one.x) for one in session.scalars(select(MapPlace))] == [(stays.id, 1.5)]
    assert session.scalars(select(SavedMap.asked)).one() == "focus=weltladen-aachen&degrees=3"
    assert session.scalars(select(ExternalId.organization_id)).one() == stays.id
    brought = session.scalars(select(ImportRow.after).where(ImportRow.line == 4)).one()
    assert brought["ties"] == [["hosted_by", stays.id]]


def test_old_addresses_lead_to_the_page_that_stays(planted, session, merged, client):
    merged(planted)
    assert {one.slug: one.organization_id for one in session.scalars(select(FormerSlug))} == {
        "weltladen-alt": planted.stays.id,
        "weltladen-ev": planted.stays.id,
    }
    for slug in ("weltladen-alt", "weltladen-ev"):
        answer = client.get(f"/organizations/{slug}")
        assert (answer.status_code, answer.location) == (301, "/organizations/weltladen-aachen")
        assert answer.cache_control.no_cache  # a browser that remembered it would not see the undo
    answer = client.get("/api/organizations/weltladen-ev")
    assert (answer.status_code, answer.location) == (301, "/api/organizations/weltladen-aachen")
    assert client.get("/api/organizations/weltladen-ev.geojson").location.endswith("/weltladen-aachen.geojson")


def test_links_in_mails_that_were_sent_before_lead_on_too(two, session, merged, client, signed_in):
    merged(two)
    for path, to in (
        ("weltladen-ev/suggest?token=a%26b&x=1", "weltladen-aachen/suggest?token=a%26b&x=1"),
        ("weltladen-ev/history", "weltladen-aachen/history"),
    ):
        answer = client.get(f"/organizations/{path}")
        assert (answer.status_code, answer.location) == (301, f"/organizations/{to}")
    assert (
        signed_in(two.admin).get("/organizations/weltladen-ev/edit").location == "/organizations/weltladen-aachen/edit"
    )
    assert client.post("/organizations/weltladen-ev/suggest").status_code in (400, 404)
    two.stays.standing = "ended"
    session.commit()
    assert client.get("/organizations/weltladen-ev/suggest").status_code == 404


def test_search_and_matches_know_one_organization(planted, session, merged, client):
    assert "weltladen-ev" in client.get("/organizations/?q=weltladen").text
    merged(planted)
    found = client.get("/organizations/?q=weltladen").text
    assert "weltladen-ev" not in found
    assert found.count('href="/organizations/weltladen-aachen"') == 1
    assert stored(session.connection()).organizations.tolist() == [planted.stays.id, planted.third.id]


def test_tasks_of_rules_are_found_out_anew(planted, session, merged):
    merged(planted)
    keys = session.scalars(select(Task.key).where(Task.organization_id == planted.stays.id, Task.done_at.is_(None)))
    mine = [key for key in keys if not key.startswith("rule:")]
    assert sorted(mine) == ["stale", "topic:unknown"]


def test_an_import_that_is_taken_back_removes_no_page_that_was_merged(two, session, merged):
    """Else undoing the import that brought a second page would remove the first, with all that moved there."""
    for one in (two.stays, two.goes):
        made = Import(file_name="list.csv", sha256="0" * 64, format="csv")
        session.add(made)
        session.flush()
        said = {"facts": {"name": one.name, "category": "member", "summary": one.summary}}
        session.add(ImportRow(import_id=made.id, organization_id=one.id, line=2, fate="new", said=said))
    session.commit()
    merged(two)
    for id in session.scalars(select(Import.id)).all():
        undo_import(session, id)
        session.commit()
    assert session.get(Organization, two.stays.id) is not None
