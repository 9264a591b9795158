"""The pages of maps: who sees which, saving one, its days, and its files."""

import json

import pytest

from network.maps import kept
from network.maps.asked import Asked
from network.maps.exports import FORMATS
from network.maps.eyes import ANYBODY
from network.maps.models import SavedMap


def test_everyone_sees_the_public_network_as_picture_and_table(client, tents):
    page = client.get("/maps/").text
    assert "Harbour Lab" in page
    assert "Quayside Trust" not in page
    scene = client.get("/maps/scene.json").json
    assert sorted(scene["names"]) == ["Aire Valley Web Club", "Coast network", "Harbour Lab"]
    assert len(scene["ties"]["target"]) == 2


def test_staff_see_desired_partners_too(signed_in, staff, tents):
    assert "Quayside Trust" in signed_in(staff).get("/maps/").text


def test_the_filter_of_the_directory_narrows_the_map(client, tents):
    names = client.get("/maps/scene.json?category=club").json["names"]
    assert names == ["Aire Valley Web Club"]
    assert client.get("/maps/?category=lighthouse").status_code == 422


def test_a_focus_shows_the_neighbourhood_and_nobody_elses(client, tents, organization):
    organization("Far Away Archive")
    names = client.get("/maps/scene.json?focus=harbour-lab&degrees=1").json["names"]
    assert sorted(names) == ["Coast network", "Harbour Lab"]
    assert "Far Away Archive" not in client.get("/maps/scene.json?focus=harbour-lab&degrees=4").json["names"]
    assert client.get("/maps/?focus=quayside-trust").status_code == 404


@pytest.mark.parametrize("order", ["name", "category", "standing", "country", "ties", "offers", "seeks", "confirmed"])
def test_the_table_is_sorted_by_any_column(client, tents, order):
    assert client.get(f"/maps/?view=table&order={order}").status_code == 200


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_served_and_holds_nobody_that_the_reader_may_not_see(client, tents, kind):
    answer = client.get(f"/maps/export.{kind}")
    assert answer.status_code == 200
    assert b"Harbour Lab" in answer.data or kind == "links.csv"
    assert b"Quayside" not in answer.data


def test_staff_save_a_map_for_everyone_without_desired_partners(client, signed_in, staff, tents):
    browser = signed_in(staff)
    answer = browser.send(
        "/maps/new?category=partner", "", name="Our partners", description="For talks", audience="public"
    )
    assert answer.status_code == 303
    assert "Our partners" in client.get("/maps/").text
    page = client.get(answer.location).text
    assert "Harbour Lab" in page
    assert "Quayside" not in page
    assert "Quayside" not in browser.get(answer.location).text
    assert client.get("/maps/our-partners/draw").status_code in (302, 303, 401, 403)
    assert client.get("/maps/our-partners/embed").headers["Content-Security-Policy"].endswith("frame-ancestors *")


def test_a_map_needs_a_name(signed_in, staff, tents):
    answer = signed_in(staff).send("/maps/new", "", name=" ", audience="me")
    assert answer.status_code == 422
    assert "Give the map a name." in answer.text


@pytest.mark.parametrize(("audience", "expected"), [("me", 404), ("staff", 404), ("network", 404), ("public", 200)])
def test_a_map_is_for_its_audience(session, client, signed_in, staff, person, tents, audience, expected):
    one = SavedMap(slug="mine", name="Mine", audience=audience, owner_id=staff.id)
    session.add(one)
    session.commit()
    assert client.get("/maps/mine").status_code == expected
    assert signed_in(person(admin=tents["lab"])).get("/maps/mine").status_code == expected
    assert signed_in(staff).get("/maps/mine").status_code == 200


def test_a_snapshot_keeps_the_day_and_tells_what_changed_since(session, signed_in, staff, tents, organization, table):
    browser = table.browser
    taken = browser.send(f"/maps/{table.slug}", f"/maps/{table.slug}/snapshot")
    organization("Late Comers' Guild")
    names = browser.get(f"{taken.location}/scene.json").json["names"]
    assert "Late Comers' Guild" not in names
    slug = taken.location.rsplit("/", 1)[1]
    told = browser.get(f"/maps/compare?before={slug}&after={table.slug}").text
    assert "Late Comers&#39; Guild" in told
    assert browser.get(f"/maps/{slug}/draw").status_code == 403


def test_a_map_is_renamed_and_removed_by_those_who_draw_it(session, signed_in, staff, table, client):
    browser = table.browser
    browser.send(f"/maps/{table.slug}/edit", f"/maps/{table.slug}/edit", name="The tent", audience="public")
    assert "The tent" in client.get(f"/maps/{table.slug}").text
    browser.send(f"/maps/{table.slug}/remove", f"/maps/{table.slug}/remove")
    assert client.get(f"/maps/{table.slug}").status_code == 404


def test_growth_is_told_month_by_month(client, tents):
    page = client.get("/maps/growth").text
    assert "organisations" in page
    assert client.get("/maps/growth.svg").mimetype == "image/svg+xml"
    assert client.get("/maps/growth?month=1066-10").status_code == 404


def test_newcomers_move_nobody_on_a_saved_map(session, tents, table, organization, link):
    before = table.scene()
    late = organization("Late Comers' Guild")
    link(late, to=tents["network"], confirmed_on=late.created_at.date(), confirmed_by="staff")
    after = table.scene()
    there, then = ({id: at for id, *at in zip(ids_of(one), one["x"], one["y"], strict=True)} for one in (before, after))
    assert there.items() <= then.items()
    assert late.id in then


def ids_of(scene):
    found, at = [], 0
    for difference in scene["ids"]:
        at += difference
        found.append(at)
    return found


def test_a_coordinator_draws_the_network_that_they_coordinate(session, signed_in, person, tents):
    browser = signed_in(person(coordinator=tents["network"]))
    browser.send("/maps/draw", "/maps/draw")
    one = session.query(SavedMap).one()
    assert (one.audience, one.network_id) == ("network", tents["network"].id)
    names = browser.get(f"/maps/{one.slug}/drawing.json").json["names"]
    assert "Quayside Trust" not in names
    assert "Harbour Lab" in names


def test_the_panel_tells_what_an_organisation_is_and_holds_forms_at_the_table(client, tents, table):
    lab = tents["lab"].id
    assert "<form" not in client.get(f"/maps/organizations/{lab}", headers={"HX-Request": "true"}).text
    panel = table.browser.get(f"/maps/organizations/{lab}?view={table.slug}").text
    assert 'data-map-step="standing"' in panel
    assert 'data-map-step="facts"' in panel
    assert client.get(f"/maps/organizations/{tents['wanted'].id}").status_code == 404


def test_names_that_do_not_come_with_the_scene_come_after_it(client, tents, monkeypatch):
    monkeypatch.setattr("network.maps.wire.NAMED", 1)
    scene = client.get("/maps/scene.json").json
    assert scene["names"] == ["Coast network"]
    assert len(scene["named"]) == 1
    assert sorted(client.get("/maps/names.json").json) == ["Aire Valley Web Club", "Coast network", "Harbour Lab"]
    assert json.dumps(client.get("/maps/places.json").json["latitude"]).count("null") == 2


def test_a_form_draws_too_and_keeps_what_was_typed(session, tents, table):
    path, action = f"/maps/{table.slug}/draw?view=table", f"/maps/{table.slug}/steps"
    answer = table.browser.post(action, data={"csrf_token": table.token, "kind": "add", "name": "Harbor Lab"})
    assert answer.status_code == 303
    page = table.browser.get(path).text
    assert "Is it one of these?" in page
    assert 'value="Harbor Lab"' in page
    table.browser.post(action, data={"csrf_token": table.token, "kind": "add", "name": "Harbor Lab", "anyway": "1"})
    assert "Harbor Lab" in table.browser.get(path).text


def test_kept_names_are_not_addresses_of_other_pages(session, staff, tents, app):
    from network.hats import Hat, Identity, Worn

    one = kept.make(session, Identity(staff.id, (Worn(Hat.STAFF),)), "Draw", "", "me", Asked(), ANYBODY)
    assert one.slug == "draw-2"
