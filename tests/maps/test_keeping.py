"""Who may see a saved map, draw on it and keep it: every route of every map, as everyone."""

import pytest
from sqlalchemy import select

from network.hats import Hat, Identity, Worn
from network.maps import kept, making, snapshots
from network.maps.asked import Asked
from network.maps.exports import FORMATS
from network.maps.eyes import Eyes
from network.maps.models import SavedMap

LOOKING = ["", "/scene.json", "/names.json", "/places.json", *(f".{kind}" for kind in FORMATS)]
TABLE = ["/draw", "/drawing.json", "/drawing/places.json", "/drawing/names.json", "/steps"]
FORMS = ["/edit", "/remove"]
POSTED = ["/steps", "/edit", "/snapshot", "/remove"]  # what removes comes last
MAPS = ("mine", "staff", "coast", "public", "snapshot")
NOT_THERE, ONLY_LOOKED_AT, DONE, SIGN_IN = {404}, {403}, {200, 303}, {302, 303, 401}
LOOKS = {  # who sees which; all others get 404
    "visitor": {"public"},
    "representative": {"public"},
    "other_coordinator": {"public"},
    "coordinator": {"public", "coast"},
    "staff_without_passkey": {"public"},
    "staff": set(MAPS),
    "other_staff": {"public", "staff", "coast", "snapshot"},
}
KEEPS = {"coordinator": {"coast"}, "staff": set(MAPS), "other_staff": {"public", "staff", "coast", "snapshot"}}
"""Who draws on which, renames it and takes it away. Nobody draws on a snapshot."""


@pytest.fixture
def people(person, tents):
    far = tents["lab"]
    return {
        "representative": person(admin=tents["club"]),
        "other_coordinator": person(coordinator=far),
        "coordinator": person(coordinator=tents["network"]),
        "staff": person(staff=True),
        "other_staff": person(staff=True),
    }


@pytest.fixture
def maps(session, tents, people):
    """A map for each audience: of one of the staff for herself, for the staff, for everyone; of a coordinator."""
    staff = Identity(people["staff"].id, (Worn(Hat.STAFF),), True)
    network = tents["network"].id
    coordinator = Identity(people["coordinator"].id, (Worn(Hat.COORDINATOR, network),), True)
    made = {
        "mine": kept.make(session, staff, "Mine", "", "me", Asked(), Eyes(None)),
        "staff": kept.make(session, staff, "Staff", "", "staff", Asked(), Eyes(None)),
        "public": kept.make(session, staff, "Public", "", "public", Asked(), Eyes(None)),
        "coast": kept.make(session, coordinator, "Coast", "", "network", Asked(), Eyes((network,)), network),
        "snapshot": kept.make(session, staff, "Snapshot", "", "staff", Asked(), Eyes(None)),
    }
    scene = making.saved(session, made["snapshot"], Asked(), Eyes(None)).scene
    made["snapshot"].snapshot, made["snapshot"].shown_on = snapshots.stored(scene), scene.drawn_on
    session.commit()
    return {name: one.slug for name, one in made.items()}


def expected(who: str, name: str, route: str, looking: bool) -> set[int]:
    if looking:
        return {200} if name in LOOKS[who] else NOT_THERE
    if who == "visitor":
        return SIGN_IN  # whether there is such a map or not
    if name not in LOOKS[who]:
        return NOT_THERE
    drawn_on = route in TABLE
    if name not in KEEPS.get(who, ()) or (drawn_on and name == "snapshot"):
        return ONLY_LOOKED_AT
    return DONE


@pytest.mark.parametrize("who", LOOKS)
def test_every_route_of_every_map_answers_those_whom_it_is_for(app, session, people, maps, signed_in, monkeypatch, who):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    if who == "visitor":
        browser = app.test_client()
    elif who == "staff_without_passkey":
        browser = signed_in(people["other_staff"], strong=False)
    else:
        browser = signed_in(people[who])
    wrong = []
    audiences = dict(session.execute(select(SavedMap.slug, SavedMap.audience)).all())
    session.commit()

    def asked(name, route, status, looking=False):
        wanted = expected(who, name, route, looking)
        if status not in wanted:
            wrong.append(f"{name}{route}: {status} instead of {wanted}")

    for name, slug in maps.items():
        for route in LOOKING:
            asked(name, route, browser.fetch(f"/maps/{slug}{route}").status_code, looking=True)
        pair = f"/maps/compare?before={slug}&after={slug}"
        asked(name, " compared", browser.fetch(pair).status_code, looking=True)
        for route in TABLE + FORMS:
            asked(name, route, browser.fetch(f"/maps/{slug}{route}").status_code)
        for route in POSTED:
            typed = {"data": {"name": name, "audience": audiences[slug]}}
            if route == "/steps":
                typed = {"json": {"after": 0, "steps": []}}
            asked(name, route, browser.fetch(f"/maps/{slug}{route}", method="POST", **typed).status_code)
    assert wrong == []
    left = set(session.scalars(select(SavedMap.slug)))
    assert {name for name, slug in maps.items() if slug in left} == set(maps) - KEEPS.get(who, set())


@pytest.mark.parametrize("route", ["/maps/draw", "/maps/new"])
@pytest.mark.parametrize("who", LOOKS)
def test_only_who_looks_after_the_network_begins_a_map(app, people, signed_in, who, route):
    if who == "visitor":
        assert app.test_client().fetch(route).status_code == 303
        return
    weak = who == "staff_without_passkey"
    browser = signed_in(people["other_staff" if weak else who], strong=not weak)
    allowed = who in ("coordinator", "other_coordinator", "staff", "other_staff")
    assert browser.fetch(route).status_code == (200 if allowed else 403)


def test_a_map_of_a_network_is_seen_by_its_coordinators_of_today(session, tents, people, maps, signed_in):
    hat = people["coordinator"].roles[0]
    hat.organization_id = tents["lab"].id
    session.commit()
    assert signed_in(people["coordinator"]).fetch(f"/maps/{maps['coast']}").status_code == 404


def test_staff_who_rename_a_map_of_a_network_leave_it_to_its_coordinators(session, people, maps, signed_in):
    browser = signed_in(people["staff"])
    assert browser.send(f"/maps/{maps['coast']}/edit", name="The coast").status_code == 303
    one = session.query(SavedMap).filter_by(slug=maps["coast"]).one()
    assert (one.name, one.audience) == ("The coast", "network")


def test_a_saved_map_says_in_its_addresses_only_what_differs_from_what_it_keeps(session, maps, client):
    one = session.query(SavedMap).filter_by(slug=maps["public"]).one()
    one.asked = "country=GB&colour=standing&view=geography"
    session.commit()
    page = client.get(f"/maps/{one.slug}").text
    assert "Harbour Lab" in page
    assert "country=GB" not in page
    assert f'href="/maps/{one.slug}?view=graph"' in page
    assert 'aria-current="page">Graph' in client.get(f"/maps/{one.slug}?view=graph").text


@pytest.mark.parametrize("argument", ["category=", "category=club&category=partner", "standing=current&category="])
def test_what_the_address_asks_for_goes_before_what_a_map_keeps(session, maps, client, argument):
    one = session.query(SavedMap).filter_by(slug=maps["public"]).one()
    one.asked = "category=club"
    session.commit()
    assert "Harbour Lab" not in client.get(f"/maps/{one.slug}").text
    assert "Harbour Lab" in client.get(f"/maps/{one.slug}?{argument}").text
