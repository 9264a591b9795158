import pytest
from sqlalchemy import select

from network.directory.models import ExternalId, Organization
from tests.interchange.conftest import fates

PLACE = {"town": "Leeds", "country": "GB", "latitude": 53.8, "longitude": -1.55}
NO_POINT = {"latitude": "", "longitude": ""}
HERE = {"name": "Leeds Web Club", "website": "https://leeds.example/club", "summary": "Ours", **PLACE}


@pytest.fixture
def club(organization):
    return organization(**HERE)


def test_the_same_website_and_name_of_another_list_is_a_duplicate_with_evidence(report, session, club, table):
    row = HERE | {"id": "1", "category": "club", "summary": "Theirs"}
    said = report(table(row), "--source", "theirs")["rows"][0]
    assert (said["fate"], said["slug"]) == ("duplicate", club.slug)
    assert said["evidence"][:2] == ["same website leeds.example/club", "same name"]
    assert "--update" in said["evidence"][2]
    session.refresh(club)
    assert club.summary == "Ours"


def test_with_update_it_takes_the_row_and_the_id(report, session, club, table):
    row = HERE | {"id": "1", "category": "club", "summary": "Theirs"}
    assert fates(report(table(row), "--source", "theirs", "--update")) == ["updated"]
    session.refresh(club)
    assert club.summary == "Theirs"
    assert [(one.source, one.value) for one in session.scalars(select(ExternalId))] == [("theirs", "1")]
    assert fates(report(table(row | {"summary": "Again"}), "--source", "theirs")) == ["updated"]


def test_a_row_that_says_the_same_is_no_duplicate(report, club, table):
    assert fates(report(table(HERE | {"category": "club"}))) == ["unchanged"]


@pytest.mark.parametrize(
    ("cells", "fate"),
    [
        ({"name": "Leeds Web Clubs", "website": ""}, "duplicate"),
        ({"name": "Leeds Web Club", "website": "https://other.example"}, "duplicate"),
        ({"name": "Leeds Cycling Club", "website": "https://leeds.example/club"}, "new"),
        ({"name": "Leeds Web Club 2", "website": ""}, "new"),
        ({"name": "Leeds Web Clubs", "website": "", "town": "York", "latitude": 53.96, "longitude": -1.08}, "new"),
        (
            {
                "name": "Leeds Web Clubs",
                "website": "",
                "country": "US",
                "latitude": "",
                "longitude": "",
            },
            "new",
        ),
    ],
)
def test_what_only_looks_alike_is_never_written(report, club, table, cells, fate):
    row = {"category": "club"} | HERE | cells
    assert fates(report(table(row), "--update")) == [fate]


def test_chapters_that_share_a_website_are_not_one(report, table):
    shared = {"category": "club", "website": "https://one.example", "country": "GB"}
    rows = [shared | {"name": f"Chapter of {town}", "town": town} for town in ("Leeds", "York", "Hull")]
    assert fates(report(table(*rows))) == ["new"] * 3
    assert fates(report(table(*rows))) == ["unchanged"] * 3


def test_the_same_organisation_twice_in_a_list_is_a_duplicate_of_the_first_row(report, session, table):
    row = {"name": "A", "category": "club", "website": "https://a.example"}
    said = report(table(row, row | {"name": "a"}))
    assert fates(said) == ["new", "duplicate"]
    assert said["rows"][1]["evidence"] == ["same website and name as line 2"]
    assert fates(report(table(row, row | {"name": "a"}))) == ["unchanged", "duplicate"]


def test_two_lists_may_use_the_same_ids(report, session, table):
    report(table({"id": "1", "name": "A", "category": "club"}), "--source", "one")
    assert fates(report(table({"id": "1", "name": "B", "category": "club"}), "--source", "two")) == ["new"]


def test_an_id_of_a_list_without_a_name_that_means_quite_another_is_noticed(report, session, table):
    report(table({"id": "1", "name": "Leeds Web Club", "category": "club", "website": "https://a.example"}))
    said = report(table({"id": "1", "name": "Amis du Rhône", "category": "club", "website": "https://b.example"}))
    assert fates(said) == ["duplicate"]
    assert "--source" in said["rows"][0]["evidence"][0]
    assert [one.name for one in session.scalars(select(Organization))] == ["Leeds Web Club"]


@pytest.mark.parametrize(
    ("name", "fate"),
    [
        ("leeds web club Ltd.", "duplicate"),
        ("Club Web de Leeds", "duplicate"),
        ("Leeds Wed Choir", "new"),
        ("Leeds Web Club Alumni", "new"),
    ],
)
def test_names_are_compared_by_what_they_mean(report, club, table, name, fate):
    row = HERE | {"category": "club", "name": name, "website": "", "precision": "exact"}
    said = report(table(row))["rows"][0]
    assert said["fate"] == fate
    if fate == "duplicate":
        assert said["evidence"][0] == "probably Leeds Web Club"


def test_a_former_name_is_remembered(report, session, club, table):
    session.commit()
    club.name = "Aire Valley Coders"
    row = HERE | {"category": "club", "website": "", "name": "Leeds Web Club"}
    said = report(table(row))["rows"][0]
    assert (said["fate"], said["slug"]) == ("duplicate", club.slug)
    assert said["evidence"][0] == "probably Aire Valley Coders"
