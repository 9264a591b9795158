"""Ties in tables of their own, and Kumu's blueprints."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from network import index
from network.directory.models import Link, Organization
from network.directory.vocabulary import LINK_TYPES
from network.interchange.link_columns import link_columns, type_of
from network.interchange.models import Import
from network.maps.exports import FORMATS
from tests.interchange.conftest import fates, reasons
from tests.maps.scenes import AWKWARD, node, scene, tie


@pytest.fixture
def three(organization):
    """Aire, Brook and Calder, by their slugs."""
    for name in ("Aire", "Brook", "Calder"):
        organization(name, slug=name.lower())


@pytest.fixture
def blueprint(tmp_path):
    """A function that writes a Kumu blueprint."""

    def write(elements, connections, name="map.json"):
        file = tmp_path / name
        file.write_text(json.dumps({"elements": elements, "connections": connections}), "utf-8")
        return file

    return write


def links(session):
    slugs = dict(session.execute(select(Organization.id, Organization.slug)).all())
    found = session.scalars(select(Link).order_by(Link.from_id, Link.type, Link.to_id))
    return [(slugs[one.from_id], one.type, slugs[one.to_id]) for one in found]


def last(session):
    return session.scalar(select(func.max(Import.id)))


def row(source="aire", type="works_with", target="brook", **more):
    return {"from": source, "type": type, "to": target} | more


def test_a_table_of_ties_is_recognised_by_its_two_ends():
    assert link_columns(("Source", "Target", "Relationship")) == {
        "Source": "from",
        "Target": "to",
        "Relationship": "type",
    }
    assert link_columns(("from", "source", "to")) == {"from": "from", "to": "to"}
    assert not link_columns(("name", "source", "to"))
    assert not link_columns(("id", "name", "category"))


@pytest.mark.parametrize("type", LINK_TYPES.keys)
def test_a_type_is_meant_by_its_key_its_label_and_in_any_case(type):
    label = str(LINK_TYPES[type].label)
    assert type_of(type) == type_of(label.upper()) == (type, False)


def test_a_type_may_be_said_from_the_other_end():
    assert type_of("Funded by") == ("funds", True)
    assert type_of("hosts") == ("hosted_by", True)
    assert type_of("likes") is None


@pytest.mark.usefixtures("three")
def test_ties_of_all_types_come_in_confirmed_and_dated(report, session, table):
    rows = [row(type=type, started_on="2020-05-06") for type in LINK_TYPES.keys]
    said = report(table(*rows, row("Calder", "funded by", "Aire", since="2019")))
    assert fates(said) == ["new"] * 6
    assert (said["format"], said["ties"]) == ("links", 6)
    assert said["rows"][0]["tie"] == {"from": "aire", "type": "member_of", "to": "brook"}
    assert {(a, b) for a, _type, b in links(session)} == {("aire", "brook"), ("aire", "calder")}
    assert len(links(session)) == 6
    made = session.scalars(select(Link)).first()
    assert (made.proposed_by, made.confirmed_by, made.started_on) == ("import", "import", date(2020, 5, 6))
    assert made.shown


@pytest.mark.usefixtures("three")
def test_the_same_table_of_ties_twice_changes_nothing(report, session, table):
    file = table(row(), row(type="funds"))
    report(file)
    before = [(one.id, one.confirmed_on) for one in session.scalars(select(Link))]
    said = report(file)
    assert (fates(said), said["import"]) == (["unchanged", "unchanged"], None)
    assert [(one.id, one.confirmed_on) for one in session.scalars(select(Link))] == before
    assert len(session.scalars(select(Import)).all()) == 1


@pytest.mark.usefixtures("three")
def test_a_dry_run_writes_no_tie(report, session, table):
    said = report(table(row()), "--dry-run")
    assert (fates(said), said["written"], links(session)) == (["new"], False, [])


@pytest.mark.usefixtures("three")
def test_an_import_of_ties_can_be_taken_back(flask, session, table):
    flask("import", table(row(), row(type="funds")))
    assert "0 removed, 0 restored, 0 left, 2 ties taken back" in flask("undo", last(session)).output
    assert links(session) == []
    assert "2 new" in flask("import", table(row(), row(type="funds"))).output
    assert index.check(session.connection()) == []


@pytest.mark.usefixtures("three")
def test_one_wrong_tie_keeps_all_out_and_is_named_with_its_place(report, session, table):
    wrong = [
        row(target="nowhere"),
        row(type="likes"),
        row(target="aire"),
        row(target=""),
        row(started_on="2020-02-31"),
        row(started_on="2021-01-01", ended_on="2020-01-01"),
    ]
    said = report(table(row(target="calder"), *wrong), code=1)
    assert fates(said) == ["new", *["error"] * 6]
    assert [one.get("column") for one in said["rows"][1:]] == ["to", "type", "to", "to", "started_on", "ended_on"]
    assert "no organisation is called 'nowhere'" in reasons(said["rows"][1])
    assert links(session) == []
    assert fates(report(table(row(target="calder"), *wrong), "--skip-errors"))[0] == "new"
    assert links(session) == [("aire", "works_with", "calder")]


@pytest.mark.usefixtures("three")
def test_the_same_tie_twice_in_a_table_is_a_duplicate_also_the_other_way_round(report, session, table):
    said = report(table(row(), row("brook", "works_with", "Aire"), row("brook", "funds", "aire"), row(type="funds")))
    assert fates(said) == ["new", "duplicate", "new", "new"]
    assert said["rows"][1]["evidence"] == ["line 2 says the same tie"]


@pytest.mark.usefixtures("three")
def test_a_tie_that_is_there_only_gets_the_days_that_nobody_knew(report, flask, session, table):
    report(table(row(started_on="2019-01-01")))
    said = report(table(row(started_on="2018-01-01", ended_on="2024-06-30"), name="second.csv"))
    assert fates(said) == ["updated"]
    assert said["rows"][0]["changed"] == {"ended_on": ["", "2024-06-30"]}
    assert "it is 2019-01-01 here" in reasons(said["rows"][0])
    one = session.scalars(select(Link)).one()
    assert (one.started_on, one.ended_on) == (date(2019, 1, 1), date(2024, 6, 30))
    flask("undo", last(session))
    one = session.scalars(select(Link)).one()
    assert (one.started_on, one.ended_on) == (date(2019, 1, 1), None)


@pytest.mark.usefixtures("three")
def test_what_was_taken_away_here_is_not_brought_again(report, session, table):
    report(table(row()), "--source", "Ours")
    session.delete(session.scalars(select(Link)).one())
    said = report(table(row()), "--source", "Ours")
    assert (fates(said), links(session)) == (["unchanged"], [])
    assert "taken away here" in reasons(said["rows"][0])
    assert fates(report(table(row()), "--source", "Another")) == ["new"]


@pytest.mark.usefixtures("three")
def test_a_tie_that_is_only_proposed_stays_proposed(report, session, table):
    report(table(row(proposed="yes")))
    one = session.scalars(select(Link)).one()
    assert (one.confirmed_on, one.confirmed_by, one.shown) == (None, "", False)


def test_an_organisation_that_an_earlier_import_made_and_a_later_one_tied_stays(flask, session, table, three):
    flask("import", table({"id": "7", "name": "Don", "category": "club"}))
    flask("import", table(row("Don"), name="ties.csv"))
    assert "take that back first" in flask("undo", 1 if last(session) == 2 else last(session) - 1).output


def test_a_blueprint_brings_elements_and_connections(report, flask, session, blueprint):
    file = blueprint(
        [
            {"id": "e1", "label": "Aire", "type": "Club", "description": "By the river", "Favorite": "cake"},
            {"_id": "e2", "attributes": {"label": "Net", "element type": "Core network"}},
        ],
        [
            {"from": "e1", "to": "e2", "type": "Member of", "direction": "directed"},
            {"from": "Aire", "to": "Net", "direction": "mutual"},
        ],
    )
    said = report(file, "--source", "Kumu")
    assert (said["format"], fates(said), said["unknown_columns"]) == ("kumu", ["new"] * 4, ["Favorite"])
    assert links(session) == [("aire", "member_of", "net"), ("aire", "works_with", "net")]
    assert session.scalars(select(Organization.description).where(Organization.slug == "aire")).one() == "By the river"
    assert fates(report(file, "--source", "Kumu")) == ["unchanged"] * 4
    assert "2 removed, 0 restored, 0 left" in flask("undo", last(session)).output
    assert links(session) == []


def test_connections_alone_tie_organizations_that_are_there(report, session, tmp_path, three):
    file = tmp_path / "map.json"
    file.write_text(json.dumps({"connections": [{"from": "Aire", "to": "Brook", "type": "funds"}]}))
    assert fates(report(file)) == ["new"]
    assert links(session) == [("aire", "funds", "brook")]


def test_a_mapping_says_what_another_lists_types_mean(report, session, blueprint, tmp_path, three):
    file = blueprint([], [{"from": "Aire", "to": "Brook", "type": "likes"}])
    assert fates(report(file, code=1)) == ["error"]
    (tmp_path / "kumu.toml").write_text('source = "Kumu"\n[values.type]\n"likes" = "works_with"\n')
    assert fates(report(file, "--mapping", tmp_path / "kumu.toml")) == ["new"]


def test_a_broken_blueprint_changes_nothing_and_says_where(flask, session, tmp_path, three):
    file = tmp_path / "map.json"
    file.write_text('{"elements": [],\n"connections": [{"from": "Aire", "to": "Brook"},\n{"from": ]}')
    assert "line 3" in flask("import", file, "--skip-errors", code=1).stderr
    assert links(session) == []


def test_the_elements_of_kumu_may_come_as_a_table(report, session, table):
    said = report(table({"Label": "Aire", "Type": "Club", "Tags": "x"}))
    assert (fates(said), said["unknown_columns"]) == (["new"], ["Tags"])


MAP = scene(
    [
        *(node(id, name=name) for id, name in enumerate(AWKWARD, 1) if name.isprintable() and "\ufffe" not in name),
        node(90, name="Net", category="core_network"),
    ],
    [tie(1, 1, 90, "member_of"), tie(2, 2, 90, "funds"), tie(3, 3, 1), tie(4, 6, 7, "hosted_by", proposed=True)],
)


@pytest.mark.parametrize("formats", [("kumu.json",), ("geojson",), ("nodes.csv", "links.csv")])
def test_a_map_that_was_written_is_read_into_an_empty_directory_and_is_the_same(report, session, tmp_path, formats):
    for format in formats:
        file = tmp_path / f"map.{format}"
        file.write_bytes(FORMATS[format].write(MAP))
        said = report(file)
        assert set(fates(said)) == {"new"}, [one for one in said["rows"] if one["fate"] != "new"]
        assert said["unknown_columns"] == []
        assert set(fates(report(file))) == {"unchanged"}
    names = {one.name for one in session.scalars(select(Organization))}
    assert names == {" ".join(one.name.split()) for one in MAP.nodes}
    slugs = {one.id: one.slug for one in MAP.nodes}
    assert sorted(links(session)) == sorted((slugs[one.source], one.type, slugs[one.target]) for one in MAP.ties)
    assert len(session.scalars(select(Link).where(Link.confirmed_on.is_(None))).all()) == 1
