"""How a network grew."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from network.maps.scene import Group
from network.maps.timeline import as_of, last_day, months
from tests.maps.scenes import node, scene, scenes, tie

SHOWN = scene(
    [node(1), node(2), node(3), node(4)],
    [
        tie(1, 1, 2, started_on=date(2019, 3, 9)),
        tie(2, 2, 3, started_on=date(2020, 5, 30), ended_on=date(2021, 1, 4)),
        tie(3, 3, 1),
    ],
    groups=(Group("g", "All", (1, 2, 3)), Group("h", "Late", (3,))),
    pinned=frozenset({1, 3}),
)
SINCE = {1: date(2018, 6, 6), 3: date(2022, 2, 2)}


def test_only_months_in_which_something_happened_are_told():
    told = [
        (month.day, month.came, month.begun, month.ended, month.there, month.tied) for month in months(SHOWN, SINCE)
    ]
    assert told == [
        (date(2018, 6, 1), 1, 0, 0, 2, 0),  # the fourth, of which nothing is known, is there all along
        (date(2019, 3, 1), 1, 1, 0, 3, 1),
        (date(2020, 5, 1), 1, 2, 0, 4, 3),
        (date(2021, 1, 1), 0, 0, 1, 4, 2),
    ]


def test_an_organization_appears_with_its_first_tie_at_the_latest():
    early = as_of(SHOWN, date(2020, 5, 1), SINCE)
    assert [one.id for one in early.nodes] == [1, 2, 3, 4]
    assert [one.id for one in as_of(SHOWN, date(2018, 12, 31), SINCE).nodes] == [1, 4]


def test_a_tie_stands_from_the_month_it_began_until_the_month_it_ended():
    standing = {
        year: [one.id for one in as_of(SHOWN, date(year, 12, 1), SINCE).ties] for year in (2018, 2019, 2020, 2021)
    }
    assert standing == {2018: [], 2019: [1], 2020: [1, 2, 3], 2021: [1, 3]}


def test_what_was_not_there_yet_is_in_no_part_of_the_scene():
    early = as_of(SHOWN, date(2019, 12, 1), SINCE)
    assert early.positions.keys() == {1, 2, 4}
    assert [(group.key, group.members) for group in early.groups] == [("g", (1, 2))]
    assert (early.pinned, early.total, early.drawn_on) == (frozenset({1}), 3, date(2019, 12, 31))


def test_a_month_ends_on_its_last_day():
    assert [last_day(date(year, month, 1)).day for year, month in ((2024, 2), (2025, 2), (2025, 12))] == [29, 28, 31]


@given(scenes(), st.data())
def test_the_totals_of_a_month_are_what_its_scene_shows(shown, data):
    known = [one.id for one in shown.nodes]
    dates = st.dates(date(1980, 1, 1), date(2030, 1, 1))
    since = data.draw(st.dictionaries(st.sampled_from(known), dates)) if known else {}
    told = months(shown, since)
    for month in told:
        then = as_of(shown, month.day, since)
        assert (len(then.nodes), len(then.ties)) == (month.there, month.tied)
    if told:
        assert len(as_of(shown, told[-1].day, since).nodes) == len(shown.nodes)
