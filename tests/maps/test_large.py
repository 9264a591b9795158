"""A map with more organisations than one scene holds: its page, its tiles, and who is counted in them."""

import gzip
from datetime import date
from itertools import accumulate

import pytest
from werkzeug.datastructures import MultiDict

from network.maps import queries
from network.maps.exports import FORMATS
from tests.markup import read

GROUND = "/maps/tiles/graph/0/0/0.json"


@pytest.fixture
def crowded(organization, link, at_once, monkeypatch):
    """A network with members in two countries, others outside it, desired ones, and room for five on one scene."""
    monkeypatch.setattr(queries, "MOST", 5)
    with at_once():
        network = organization(
            "Coast network", category="affiliate_network", country="GB", latitude=53.0, longitude=-1.0
        )
        members = [organization(f"Harbour Lab {at}", category="partner", country="GB") for at in range(9)]
        for one in members:
            link(one, to=network, confirmed_on=date(2026, 3, 1), confirmed_by="staff")
        clubs = [organization(f"Club {at}", country="FR", latitude=48.0 + at, longitude=2.0) for at in range(6)]
        link(clubs[0], to=clubs[1], type="works_with", confirmed_on=date(2026, 3, 1), confirmed_by="staff")
        wanted = [organization(f"Quayside Trust {at}", standing="desired", country="NL") for at in range(4)]
    return {"network": network, "members": members, "clubs": clubs, "wanted": wanted}


@pytest.fixture
def staff(person):
    return person("farida@lantern-and-loom.example", "Farida", staff=True)


def counted(tile):
    return sum(tile["count"]) + len(tile["ids"])


def test_the_page_opens_on_clusters_that_lead_to_smaller_maps(client, crowded):
    page = client.get("/maps/").text
    assert "data-map-tiles" in page
    assert "data-map-scene" not in page
    assert f"/maps/?network={crowded['network'].slug}" in page
    assert "/maps/?country=FR" in page


def test_without_script_the_table_counts_everyone_once(client, crowded):
    table = next(one for one in read(client.get("/maps/?view=table").text)[0].all("table"))
    numbers = [int(row.all("td")[0].text) for row in table.all("tr")[1:]]
    assert sum(numbers) == 16


@pytest.mark.parametrize("view", ["graph", "geography"])
def test_the_tiles_of_each_depth_count_everyone_once(client, crowded, view):
    for depth in range(20):
        answers = [
            client.get(f"/maps/tiles/{view}/{depth}/{x}/{y}.json") for x in range(2**depth) for y in range(2**depth)
        ]
        if answers[0].status_code == 404:
            break
        assert sum(counted(answer.json) for answer in answers) == 16
        if depth == 3:
            break
    assert depth


def test_a_filter_that_leaves_few_gives_the_plain_scene(client, crowded):
    assert "data-map-scene" in client.get(f"/maps/?country=FR&category=club&q={'Club 1'}").text
    assert "data-map-tiles" in client.get("/maps/?country=FR").text
    assert counted(client.get(f"{GROUND}?country=FR").json) == 6


def test_nothing_downloads_a_large_map_whole(client, crowded):
    for part in ("scene", "names", "places"):
        assert client.get(f"/maps/{part}.json").status_code == 404
        assert client.get(f"/maps/{part}.json?q=Club+1").status_code == 200


def test_desired_partners_count_only_for_those_who_may_see_them(client, crowded, staff, signed_in):
    public = client.get(GROUND)
    assert counted(public.json) == 16
    assert "Quayside" not in public.text
    assert "Netherlands" not in client.get("/maps/").text
    assert counted(signed_in(staff).get(GROUND).json) == 20
    assert counted(signed_in(staff).get(f"{GROUND}?standing=desired").json) == 4
    assert counted(client.get(GROUND).json) == 16  # what staff saw is not remembered for others


def test_a_coordinator_sees_whom_the_own_network_looks_for(crowded, person, signed_in, session):
    from network.matching.models import Prospect

    someone = person("amara@coast.example", "Amara", coordinator=crowded["network"])
    browser = signed_in(someone)
    assert counted(browser.get(GROUND).json) == 16
    looked_for = Prospect(organization_id=crowded["wanted"][0].id, network_id=crowded["network"].id, kind="venue")
    session.add(looked_for)
    session.commit()
    assert counted(browser.get(GROUND).json) == 17


def test_what_is_written_shows_at_once(client, crowded, organization):
    assert counted(client.get(GROUND).json) == 16
    organization("Late Club")
    assert counted(client.get(GROUND).json) == 17


def test_names_stand_beside_those_who_stand_alone(client, crowded):
    last = next(z for z in range(20) if client.get(f"/maps/tiles/geography/{z + 1}/0/0.json").status_code == 404)
    assert last
    ground = client.get("/maps/tiles/geography/0/0/0.json").json
    assert len(ground["names"]) == len(ground["ids"]) == len(ground["category"]) == len(ground["standing"])
    names = {one.id: one.name for part in ("members", "clubs") for one in crowded[part]}
    for id, name in zip(accumulate(ground["ids"]), ground["names"], strict=True):
        assert names.get(id, "Coast network") == name


def test_there_is_no_tile_beyond_the_last(client, crowded):
    for spot in ("0/1/0", "0/0/1", "99/0/0", "3/8/0", "99999999999/0/0"):
        assert client.get(f"/maps/tiles/graph/{spot}.json").status_code == 404


def test_a_tile_takes_at_most_forty_kilobytes_over_the_wire(session):
    """The fullest there may be: organisations with long names, each tied to things far away."""
    from network.directory.categories import CATEGORIES
    from network.directory.vocabulary import STANDINGS
    from network.maps import clusters
    from network.maps.views.scenes import written

    one = {
        "things": [7919 * at % 10007 for at in range(clusters.MOST)],
        "x": [7919 * at % 4096 for at in range(clusters.MOST)],
        "y": [104729 * at % 4096 for at in range(clusters.MOST)],
        "ids": [611953 * at % 30011 for at in range(clusters.MOST)],
        "names": [
            f"{at * 7368787 % 999983:x} of the {at * 15485863 % 999979:x} Commons" for at in range(clusters.MOST)
        ],
        "category": "".join(str(at * 31 % len(CATEGORIES)) for at in range(clusters.MOST)),
        "standing": "".join(str(at * 17 % len(STANDINGS.keys)) for at in range(clusters.MOST)),
        "ties": [
            [at * 3 % 600, at * 7919, at % 40, at * 6007 % 99991, at * 7001 % 99991] for at in range(clusters.TIES)
        ],
    }
    assert len(gzip.compress(written(one).encode(), 6)) <= 40 * 1024


@pytest.fixture
def kept_large(crowded, session, staff):
    """A map that staff keep of a country, with more than it holds."""
    from network.hats import Hat, Identity, Worn
    from network.maps import kept
    from network.maps.asked import Asked
    from network.maps.eyes import Eyes

    asked = Asked.parse(MultiDict({"country": "FR"}))
    one = kept.make(session, Identity(staff.id, (Worn(Hat.STAFF),), True), "France", "", "public", asked, Eyes(None))
    session.commit()
    return one.slug


def test_a_page_that_holds_not_everyone_says_so(client, crowded, kept_large, staff, signed_in):
    words = "These are the first 5 of 6: a map holds no more."
    for path in (f"/maps/{kept_large}", "/maps/growth?country=FR"):
        assert words in client.get(path).text
    assert words in signed_in(staff).get(f"/maps/{kept_large}/draw").text
    assert words not in client.get(f"/maps/{kept_large}?q=Club+1").text


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_holds_not_everyone_says_so(client, kept_large, kind):
    for path in (f"/maps/{kept_large}.{kind}", f"/maps/export.{kind}?country=FR"):
        answer = client.fetch(path)
        assert "-first-5-of-6." in answer.headers["Content-Disposition"]
        inside = ("The first 5 of 6.", "5 of 6 organisations")
        assert kind.endswith("csv") or any(words in answer.get_data(as_text=True) for words in inside)
    answer = client.fetch(f"/maps/{kept_large}.{kind}?q=Club+1")
    assert "first" not in answer.headers["Content-Disposition"]
    assert "first" not in answer.get_data(as_text=True)


def test_only_those_of_the_standings_asked_for_are_counted(crowded, staff, signed_in):
    browser = signed_in(staff)
    assert "data-map-scene" in browser.get("/maps/?q=Quayside&standing=desired").text
    page = browser.get("/maps/?q=Quayside&standing=current").text
    assert "0 organisations" in page
    assert "These are the first" not in page
