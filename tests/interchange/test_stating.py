from hypothesis import given, settings
from hypothesis import strategies as some

from network.interchange.columns import COLUMNS
from network.interchange.mapping import Mapping
from network.interchange.reading import RawRow
from network.interchange.states import stored
from network.interchange.stating import stated

TOPICS = {"web": "web", "Netz": "web"}
SCALAR = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=30)
JSON = some.recursive(
    SCALAR, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3)
)
LISTING = some.dictionaries(
    some.sampled_from("side title detail kind topics area languages reach reach_km reach_countries until".split()), JSON
)
LINK = some.fixed_dictionaries(
    {
        "direction": some.just("out"),
        "type": some.just("funds"),
        "organization": JSON,
        "since": JSON | some.dates().map(str),
    }
)


def read(**cells):
    return stated(RawRow(2, {"name": "Club", "category": "club"} | cells), Mapping(), TOPICS.get)


@settings(deadline=None)
@given(
    some.dictionaries(some.sampled_from([*COLUMNS, "links"]), JSON, max_size=8)
    | some.fixed_dictionaries({"slug": some.text(max_size=5), "links": some.lists(LINK)})
    | some.fixed_dictionaries({"offers": some.lists(LISTING), "listings": some.lists(LISTING)})
)
def test_whatever_stands_in_a_row_it_is_read_or_an_error_says_why(cells):
    row = read(**cells)
    for name, value in row.facts.items():
        stored(name, value)
        assert not isinstance(value, str) or len(value) <= COLUMNS[name].longest
    for reference, since in (one for others in row.ties.values() for one in others):
        assert reference.encode()
        stored("until", since)
    assert all(remark.text for remark in row.errors)


def test_a_text_that_grows_as_it_is_read_must_still_fit():
    assert "may have 500" in read(website="a" * 493 + ".org").errors[0].text


def test_a_point_needs_both_numbers():
    assert [remark.column for remark in read(latitude=53.8).errors] == ["longitude"]


def test_the_columns_offers_and_seeks_say_which_listings_there_are_and_listings_the_rest():
    details = [{"side": "offer", "title": "A", "kind": "venue"}, {"side": "offer", "title": "B"}]
    row = read(offers="A; C", listings=details)
    assert row.listings == [{"side": "offer", "title": "A", "kind": "venue"}, {"side": "offer", "title": "C"}]
    assert row.sides == {"offer"}
    alone = read(listings=details)
    assert [one["title"] for one in alone.listings] == ["A", "B"]
    assert alone.sides == {"offer", "seek"}


def test_an_unknown_topic_is_left_out_and_becomes_a_task():
    row = read(topics=["Netz", "knitting"])
    assert row.topics == ["web"]
    assert row.tasks == {"topic:unknown": {"topics": ["knitting"]}}
    assert "knitting" in row.warnings[0].text
