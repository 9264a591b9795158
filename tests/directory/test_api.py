import csv
import io
from datetime import date

from network.directory.openapi import ORGANIZATION

LEEDS = {"town": "Leeds", "country": "GB", "latitude": 53.8, "longitude": -1.55, "precision": "town"}


def test_a_list_has_items_a_total_and_a_cursor_until_the_last(client, organization):
    for number in range(5):
        organization(f"Organisation {number}")
    first = client.get("/api/organizations?limit=3").json
    assert (len(first["items"]), first["total"], first["next"]) == (3, 5, "2")
    second = client.get(f"/api/organizations?limit=3&cursor={first['next']}").json
    assert (len(second["items"]), second["next"]) == (2, None)
    slugs = [one["slug"] for one in first["items"] + second["items"]]
    assert len(set(slugs)) == 5


def test_an_organisation_has_every_field_of_the_contract(client, organization, listing, link):
    club = organization(
        "Aire Valley Web Club", slug="aire", email="us@example.org", confirmed_on=date(2026, 1, 2), **LEEDS
    )
    listing(club, "offer", "A room", in_return="Company")
    network = organization("Coast Network", slug="coast", category="affiliate_network")
    link(club, network, confirmed_on=date.today())
    one = client.get("/api/organizations/aire").json
    contract = (
        "slug name category summary description website languages place reach networks hosted_by offers seeks links "
        "confirmed_on url"
    )
    assert set(contract.split()) <= one.keys() <= ORGANIZATION["properties"].keys()
    assert one["place"]["town"] == "Leeds"
    assert one["networks"] == ["coast"]
    assert one["offers"][0]["in_return"] == "Company"
    assert one["confirmed_on"] == "2026-01-02"
    assert "us@example.org" not in str(one)


def test_chapters_are_nearest_first_with_their_distance(client, organization):
    organization("Far club", latitude=51.5, longitude=-0.12, country="GB")
    organization("Near club", latitude=53.9, longitude=-1.6, country="GB")
    organization("No club", category="member", **LEEDS)
    items = client.get("/api/chapters?near=53.8,-1.55").json["items"]
    assert [one["name"] for one in items] == ["Near club", "Far club"]
    assert items[0]["distance_km"] < 15 < items[1]["distance_km"] < 300


def test_geojson_gives_points_with_longitude_first_and_no_point_for_what_has_none(client, organization):
    organization("Aire Valley Web Club", **LEEDS)
    organization("Online club", online=True)
    found = client.get("/api/chapters.geojson").json
    assert found["type"] == "FeatureCollection"
    points = {one["properties"]["name"]: one["geometry"] for one in found["features"]}
    assert points["Aire Valley Web Club"]["coordinates"] == [-1.55, 53.8]
    assert points["Online club"] is None


def test_csv_has_the_columns_of_the_contract_and_no_contact_addresses(client, organization):
    organization("=Aire Valley", email="us@example.org", phone="0113 000", **LEEDS)
    answer = client.get("/api/organizations.csv")
    assert answer.mimetype == "text/csv"
    row = next(csv.DictReader(io.StringIO(answer.text)))
    assert row["name"] == "'=Aire Valley"
    assert "us@example.org" not in answer.text
    assert "0113" not in answer.text


def test_an_argument_that_cannot_be_used_is_refused_with_what_to_do(client):
    answer = client.get("/api/organizations?category=circus&radius=1e9")
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json["problems"]} == {"category", "radius"}
    assert client.get("/api/organizations?limit=0").status_code == 422
    assert client.get("/api/organizations?cursor=x").status_code == 422


def test_the_description_of_the_api_names_every_filter(client):
    described = client.get("/api/openapi.json").json
    named = {one["name"] for one in described["paths"]["/api/organizations"]["get"]["parameters"]}
    assert {"q", "category", "topic", "kind", "side", "country", "near", "radius", "network", "sort"} <= named
