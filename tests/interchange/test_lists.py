"""The two real lists, where they are at hand."""

import io

import pytest
from sqlalchemy import func, select

from network.config import ROOT
from network.directory.models import Organization
from network.interchange import drafts
from tests.lists import SHARED, real_lists

MAPPINGS = ROOT / "docs/mappings"
LISTS = SHARED / "chapters"
pytestmark = real_lists


@pytest.fixture
def loaded(report):
    """Both lists, each with its mapping: their reports by name."""
    return {
        name: report(LISTS / name, "--mapping", MAPPINGS / mapping)
        for name, mapping in (("osm-communities.csv", "osm-communities.toml"), ("brigades.json", "brigades.toml"))
    }


def test_they_load_and_are_found_by_place(loaded, session, report, client):
    assert loaded["osm-communities.csv"]["counts"] == {
        "new": 398,
        "updated": 0,
        "unchanged": 0,
        "duplicate": 0,
        "error": 0,
    }
    counts = loaded["brigades.json"]["counts"]
    assert (counts["new"], counts["duplicate"], counts["error"]) == (220, 1, 0)
    assert session.scalar(select(func.count(Organization.id))) == 618
    for place, found in (
        ("Bogotá", "MaptimeBogota"),
        ("Ghent", "OpenStreetMap Belgium"),
        ("Oakland, CA", "Open Oakland"),
    ):
        assert found in client.get("/chapters/", query_string={"near": place}).text
    for name, mapping in (("osm-communities.csv", "osm-communities.toml"), ("brigades.json", "brigades.toml")):
        again = report(LISTS / name, "--mapping", MAPPINGS / mapping)["counts"]
        assert again["new"] + again["updated"] + again["error"] == 0


@pytest.mark.parametrize(
    ("name", "mapping", "made"),
    [("osm-communities.csv", "osm-communities.toml", 398), ("brigades.json", "brigades.toml", 221)],
)
def test_they_load_through_the_page(bringing, session, monkeypatch, name, mapping, made):
    monkeypatch.setattr(drafts, "SMALL", 10_000)
    given = (io.BytesIO((MAPPINGS / mapping).read_bytes()), mapping)
    brought = bringing((LISTS / name).read_bytes(), name=name, mapping=given).name()
    draft = brought.carry_out()
    assert (draft.state, draft.counts["new"], draft.counts["error"]) == ("done", made, 0)
    again = bringing((LISTS / name).read_bytes(), name=name).name().draft
    assert again.counts["new"] + again.counts["updated"] + again.counts["error"] == 0


def test_several_channels_of_a_community_are_one_club(loaded, session):
    made = session.scalars(select(Organization).where(Organization.name == "MaptimeBogota")).one()
    assert (made.website, made.country, made.languages) == ("https://maptime.io/bogota/", "CO", ("es",))
    (row,) = [row for row in loaded["osm-communities.csv"]["rows"] if row["name"] == "MaptimeBogota"]
    assert len(row["lines"]) == 9


def test_a_community_of_a_country_has_its_area_and_no_point(loaded, session):
    made = session.scalars(select(Organization).where(Organization.name == "Mapping Botswana")).one()
    assert (made.country, made.area_served, made.latitude, made.precision) == ("BW", "BW", None, "country")


def test_doubtful_points_are_said(loaded):
    said = {row["name"]: row["warnings"] for row in loaded["brigades.json"]["rows"] if row.get("warnings")}
    assert {"Open SGF", "Poplus"} <= said.keys()
    assert "in the sea" in str(said["Poplus"])
