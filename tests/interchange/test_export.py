import csv
import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, select

from network import index
from network.directory.categories import CATEGORIES
from network.directory.models import ExternalId, FormerSlug, Link, Listing, Organization, Topic
from network.directory.vocabulary import KINDS, PRECISIONS
from network.interchange.models import Import
from network.interchange.states import states
from tests.interchange.conftest import fates
from tests.topics import load_topics

FORMATS = ("csv", "geojson", "json")


@pytest.fixture
def network(session, organization, listing, link):
    """A small directory in which everything that can be said is said."""
    load_topics(session)
    topics = list(session.scalars(select(Topic).order_by(Topic.id).limit(3)))
    club = organization(
        '=Club \'t "Hoekje"; and more',
        slug="club",
        summary="+1; a, b",
        description="# Hello\r\n\r\n- one\n- two; three\n\n\ttabbed",
        website="https://example.org/?a=1;b=2",
        email="secret@example.org",
        phone="0113 secret",
        coordinator="Secret Person",
        languages=("en", "pt-BR"),
        founded="1998-05",
        meets="Thursdays; 18:30",
        meets_rule="FREQ=WEEKLY;BYDAY=TH",
        meets_at="18:30",
        newcomers=True,
        town="Leeds",
        region="England",
        country="GB",
        latitude=53.79648123456789,
        longitude=-1.54785,
        precision="exact",
        area_served="50 km; GB; US.CA",
        source="a list",
        source_url="https://example.org/list",
        confirmed_on=date(2026, 1, 2),
        standing="paused",
        topics=topics[:2],
    )
    session.add(ExternalId(organization_id=club.id, source="a list", value="17"))
    umbrella = organization("Umbrella", slug="umbrella", category="affiliate_network", online=True, precision="online")
    funder = organization("Umbrella", slug="umbrella-2", category="partner", country="KE", precision="country")
    organization("Never public", slug="never", standing="desired", category="partner")
    lost = organization("Lost", slug="lost", town="Xyzzyville", country="FR")
    listing(club, "offer", "A room; with a view", detail="- big\n- bright", topics=topics[1:], until=date(2030, 1, 1))
    listing(club, "offer", "A room; with a view", kind="time", reach="here", reach_km=20, reach_countries=("GB", "IE"))
    listing(club, "seek", "=Help", in_return="Cake; tea", languages=("en",), area="technical", delivery="advice")
    listing(club, "seek", "Done already", state="met")
    today = {"confirmed_on": date.today(), "confirmed_by": "staff", "proposed_by": "from"}
    link(club, umbrella, "member_of", started_on=date(2020, 5, 1), **today)
    link(club, funder, "hosted_by", **today)
    link(funder, lost, "funds", **today)
    link(lost, club, "works_with")
    return club


@pytest.fixture
def exported(flask, tmp_path):
    def run(format, *options):
        file = tmp_path / f"export.{format}"
        flask("export", "--format", format, "--out", file, *options)
        return file

    return run


def everything(session):
    ids = sorted(session.scalars(select(Organization.id)))
    return {state.slug: state for state in states(session, ids).values()}


def clear(session):
    """Leave an empty directory, as if it had just been set up."""
    for table in (Import, Link, Listing, ExternalId, FormerSlug, Organization):
        session.execute(delete(table))
    index.clear(session.connection())
    session.commit()


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("format", FORMATS)
def test_reading_an_export_back_changes_nothing(session, exported, report, format):
    before = everything(session)
    said = report(exported(format))
    assert fates(said) == ["unchanged"] * 4
    assert said["unknown_columns"] == []
    assert everything(session) == before


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("format", FORMATS)
def test_an_export_read_into_an_empty_directory_exports_the_same_bytes(session, exported, report, format):
    first = exported(format).read_bytes()
    file = exported(format)
    clear(session)
    assert fates(report(file)) == ["new"] * 4
    assert exported(format).read_bytes() == first
    assert fates(report(exported(format))) == ["unchanged"] * 4


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("format", [*FORMATS, "jsonld"])
def test_an_export_says_nothing_that_is_not_public(exported, format):
    text = exported(format).read_text()
    assert "umbrella-2" in text
    for secret in ("Never public", "secret", "Secret", "paused", "Done already"):
        assert secret not in text


@pytest.mark.usefixtures("network")
def test_the_four_forms_are_what_they_say(exported):
    rows = list(csv.DictReader(io.StringIO(exported("csv").read_bytes().decode(), newline=""), strict=True))
    assert [row["slug"] for row in rows] == ["club", "lost", "umbrella", "umbrella-2"]
    club = rows[0]
    assert club["name"] == "'=Club 't \"Hoekje\"; and more"
    assert (club["id"], club["source"], club["longitude"]) == ("17", "a list", "-1.54785")
    assert club["offers"] == r"A room\; with a view; A room\; with a view"
    assert club["member_of"] == "umbrella"
    features = json.loads(exported("geojson").read_text())["features"]
    assert features[0]["geometry"]["coordinates"] == [-1.54785, 53.79648123456789]
    assert features[2]["geometry"] is None
    graph = json.loads(exported("jsonld").read_text())
    assert graph["@context"] == "https://schema.org"
    assert graph["@graph"][0]["makesOffer"][0]["itemOffered"]["name"] == "A room; with a view"
    whole = json.loads(exported("json").read_text())
    assert (whole["total"], whole["next"], len(whole["items"])) == (4, None, 4)


@pytest.mark.usefixtures("network")
def test_an_export_may_be_of_one_category(flask, exported):
    assert [one["slug"] for one in json.loads(exported("json", "--category", "Partner").read_text())["items"]] == [
        "umbrella-2"
    ]
    flask("export", "--format", "csv", "--category", "circus", code=2)
    flask("export", code=2)


def test_an_empty_directory_exports_an_empty_list(flask, session):
    assert flask("export", "--format", "csv").output.startswith("id,slug,name,")
    assert json.loads(flask("export", "--format", "geojson").output)["features"] == []
    assert json.loads(flask("export", "--format", "json").output) == {"items": [], "total": 0, "next": None}


LINE = some.text(some.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=40)
PROSE = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
ORGANIZATION = some.fixed_dictionaries(
    {
        "name": LINE.map(str.strip).filter(bool),
        "category": some.sampled_from(list(CATEGORIES)),
        "summary": PROSE,
        "description": PROSE,
        "meets": PROSE,
        "address": PROSE,
        "town": LINE,
        "languages": some.sampled_from([(), ("en",), ("de", "zh-Hant")]),
        "latitude": some.none() | some.floats(-90, 90),
        "precision": some.sampled_from(PRECISIONS.keys),
        "online": some.booleans(),
        "source": LINE,
    }
)
LISTING = some.fixed_dictionaries(
    {
        "side": some.sampled_from(["offer", "seek"]),
        "title": LINE.map(str.strip).filter(bool),
        "detail": PROSE,
        "in_return": PROSE,
        "kind": some.sampled_from(["", *KINDS.keys]),
    }
)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(things=some.lists(some.tuples(ORGANIZATION, some.lists(LISTING, max_size=3)), min_size=1, max_size=4))
def test_whatever_is_said_survives_the_way_out_and_in(session, exported, report, format, things):
    clear(session)
    for number, (facts, listings) in enumerate(things):
        point = {"longitude": None if facts["latitude"] is None else facts["latitude"] * 2}
        made = Organization(slug=f"o-{number}", standing="current", **facts, **point)
        made.listings = [Listing(position=place, **one) for place, one in enumerate(listings)]
        session.add(made)
    session.commit()
    file = exported(format)
    first = file.read_bytes()
    before = everything(session)
    assert fates(report(file)) == ["unchanged"] * len(things)
    assert everything(session) == before
    clear(session)
    assert fates(report(file)) == ["new"] * len(things)
    assert exported(format).read_bytes() == first
