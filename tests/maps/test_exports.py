"""The formats of a map."""

import csv
import io
import json
from itertools import chain

import networkx
import pytest
from geojson_pydantic import FeatureCollection
from hypothesis import given, settings
from pydantic import ValidationError

from network.directory.tables import as_meant
from network.maps.drawing import UNFIT
from network.maps.exports import FORMATS, LINK_COLUMNS, NODE_COLUMNS
from network.maps.scene import Group
from tests.maps.scenes import AWKWARD, awkward, node, scene, scenes, tie

TEXT = [name for name in FORMATS if name != "svg"]


def written(format, shown):
    return FORMATS[format].write(shown).decode()


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("format", TEXT)
@given(shown=scenes())
@settings(max_examples=25, deadline=None)
def test_any_scene_is_written_the_same_twice_and_can_be_read(format, shown):
    text = written(format, shown)
    assert written(format, shown) == text
    if format.endswith("json"):
        json.loads(text)
    elif format.endswith("csv"):
        assert len(rows(text)) == len(shown.nodes if format == "nodes.csv" else shown.ties)
    else:
        graph = networkx.parse_graphml(text, force_multigraph=True)
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(shown.nodes), len(shown.ties))


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_written_that_is_not_on_the_map(format):
    """What was left out of a scene is in no format: not its name, slug, town, nor that anything is missing."""
    whole = [
        node(1, name="Known"),
        node(2, name="Prospect", slug="secret-slug", town="Hidden Town", standing="desired"),
    ]
    open_to_all = scene(whole[:1], ties=(), total=1, groups=(Group("g", "Group", (1, 2)),))
    text = written(format, open_to_all)
    assert ("Known" in text) == (format != "links.csv")
    assert not any(word in text for word in ("Prospect", "secret-slug", "Hidden Town", "esired"))


def test_graphml_opens_with_typed_keys():
    shown = scene([node(1, latitude=53.5, longitude=-1.5, offers=3), node(2)], [tie(7, 2, 1, "funds", proposed=True)])
    graph = networkx.parse_graphml(written("graphml", shown))
    first = graph.nodes["n1"]
    assert (first["label"], first["latitude"], first["number_of_offers"], first["pinned"]) == (
        "Organization 1",
        53.5,
        3,
        False,
    )
    ((source, target, facts),) = graph.edges(data=True)
    assert (source, target, facts["type"], facts["proposed"]) == ("n2", "n1", "funds", True)


def test_graphml_keeps_every_name_but_what_xml_cannot_hold():
    graph = networkx.parse_graphml(written("graphml", awkward()))
    assert [facts["label"] for _id, facts in graph.nodes(data=True)] == [UNFIT.sub("", name) for name in AWKWARD]


def test_several_ties_of_the_same_two_are_several_edges():
    shown = scene([node(1), node(2)], [tie(1, 1, 2), tie(2, 1, 2, "funds"), tie(3, 2, 1, "funds")])
    assert networkx.parse_graphml(written("graphml", shown), force_multigraph=True).number_of_edges() == 3


def positions(geometry):
    nested = {"Point": [[geometry["coordinates"]]], "LineString": [geometry["coordinates"]]}
    return nested.get(geometry["type"], geometry["coordinates"])


@given(shown=scenes())
@settings(max_examples=60, deadline=None)
def test_geojson_is_as_rfc_7946_wants_it(shown):
    collection = json.loads(written("geojson", shown))
    assert (collection["type"], "crs" in collection) == ("FeatureCollection", False)
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids)
    for feature in collection["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        geometry = feature["geometry"]
        if geometry is None:
            continue
        assert geometry["type"] in ("Point", "LineString", "MultiLineString")
        for part in positions(geometry):
            assert len(part) >= 2 or geometry["type"] == "Point"
            for (x, y), (before, _y) in zip(part, part[:1] + part[:-1], strict=True):
                assert -180 <= x <= 180
                assert -90 <= y <= 90
                assert abs(x - before) <= 180, "a line runs the long way around"


@given(shown=scenes())
@settings(max_examples=60, deadline=None)
def test_geojson_satisfies_a_validator_of_others(shown):
    collection = FeatureCollection.model_validate_json(written("geojson", shown), strict=True)
    assert len(collection.features) == len(shown.nodes) + len(shown.ties)


@pytest.mark.parametrize(
    "fault",
    [
        {"coordinates": [[0.0, 0.0]], "type": "LineString"},
        {"coordinates": 3, "type": "Point"},
        {"coordinates": [0.0, 0.0], "type": "Spot"},
    ],
)
def test_the_validator_sees_a_fault(fault):
    collection = json.loads(written("geojson", scene([node(1, latitude=0.0, longitude=0.0)])))
    collection["features"][0]["geometry"] = fault
    with pytest.raises(ValidationError):
        FeatureCollection.model_validate_json(json.dumps(collection))


def test_a_tie_across_the_date_line_is_cut_there():
    shown = scene([node(1, latitude=-18.0, longitude=178.0), node(2, latitude=-14.0, longitude=-172.0)], [tie(1, 1, 2)])
    geometry = json.loads(written("geojson", shown))["features"][-1]["geometry"]
    assert geometry == {
        "type": "MultiLineString",
        "coordinates": [[[178.0, -18.0], [180.0, -17.2]], [[-180.0, -17.2], [-172.0, -14.0]]],
    }


def test_who_has_no_place_is_a_feature_without_geometry():
    shown = scene([node(1, latitude=0.0, longitude=0.0), node(2)], [tie(1, 1, 2)])
    geometries = [feature["geometry"] for feature in json.loads(written("geojson", shown))["features"]]
    assert geometries == [{"type": "Point", "coordinates": [0.0, 0.0]}, None, None]


def test_no_cell_can_act_and_each_reads_back_as_it_was_meant():
    for format, columns in (("nodes.csv", NODE_COLUMNS), ("links.csv", LINK_COLUMNS)):
        text = written(format, awkward(positions={}))
        assert not any(cell[:1] in "=+-@\t\r" for cell in chain(*csv.reader(io.StringIO(text, newline=""))) if cell)
        assert tuple(rows(text)[0]) == tuple(columns)
    assert [as_meant(row["name"]) for row in rows(written("nodes.csv", awkward()))] == list(AWKWARD)


def test_links_name_both_ends_by_slug_and_for_people():
    shown = scene([node(1), node(2)], [tie(3, 2, 1, "member_of", proposed=True)])
    (row,) = rows(written("links.csv", shown))
    assert (row["from"], row["type"], row["to"], row["proposed"]) == ("o-2", "member_of", "o-1", "yes")
    assert (row["from_name"], row["to_name"]) == ("Organization 2", "Organization 1")


def test_kumu_finds_elements_and_connections():
    shown = scene(
        [node(1), node(2, category="core_network")], [tie(3, 1, 2, "member_of")], groups=(Group("g", "North", (1,)),)
    )
    blueprint = json.loads(written("kumu.json", shown))
    assert (
        blueprint["elements"][0] | {"label": "Organization 1", "type": "Club", "tags": ["North"]}
        == blueprint["elements"][0]
    )
    assert blueprint["elements"][1]["type"] == "Core network"
    (connection,) = blueprint["connections"]
    assert {"from": "o-1", "to": "o-2", "type": "Member of", "direction": "directed"}.items() <= connection.items()
    ids = [one["id"] for one in blueprint["elements"] + blueprint["connections"]]
    assert len(set(ids)) == len(ids)
