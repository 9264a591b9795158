"""What a network's shape says, beside slow definitions of the same."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.maps import measures
from network.maps.betweenness import counted, counted_elsewhere
from network.maps.measures import Bridge, Loss
from network.maps.scene import Tie
from tests.maps.networks import communities, complete, path, star


def ties(pairs):
    return [Tie(number, one, other, "works_with") for number, (one, other) in enumerate(pairs, 1)]


def others(count, source, target):
    return measures.tied(range(count), ties(zip(source, target, strict=True)))


@st.composite
def networks(draw):
    """Up to twelve organisations with any ties, also double ones and ties to oneself."""
    ids = draw(st.lists(st.integers(1, 99), min_size=1, max_size=12, unique=True))
    end = st.sampled_from(ids)
    return measures.tied(ids, ties(draw(st.lists(st.tuples(end, end), max_size=20))))


def reached(others, start, without=frozenset()):
    """Everyone whom any ways lead to from some start, and the number of ties of the shortest."""
    steps = {start: 0}
    ahead = [start]
    for one in ahead:
        for other in others[one]:
            if other not in steps and other not in without:
                steps[other] = steps[one] + 1
                ahead.append(other)
    return steps


def ways(others, start, end):
    """Every shortest way between two."""
    far = reached(others, end)
    if start not in far:
        return []
    found = [[start]]
    while found[0][-1] != end:
        found = [[*way, other] for way in found for other in others[way[-1]] if far.get(other) == far[way[-1]] - 1]
    return found


def slow_betweenness(others):
    found = dict.fromkeys(others, 0.0)
    for start, end in combinations(others, 2):
        some = ways(others, start, end)
        for way in some:
            for between in way[1:-1]:
                found[between] += 1 / len(some)
    all_pairs = (len(others) - 1) * (len(others) - 2) / 2
    return {id: value / all_pairs if all_pairs else 0.0 for id, value in found.items()}


def slow_losses(others):
    found = []
    for id in others:
        left = [set(reached(others, other, {id})) for other in others[id]]
        pieces = sorted({frozenset(piece - {id}) for piece in left}, key=len, reverse=True)
        if len(pieces) > 1:
            found.append(Loss(id, tuple(len(piece) for piece in pieces[1:])))
    return sorted(found, key=lambda one: (-one.cut_off, one.id))


@settings(max_examples=80, deadline=None)
@given(networks())
def test_shares_of_the_shortest_ways_are_those_of_the_definition(others):
    assert measures.betweenness(others) == pytest.approx(slow_betweenness(others), abs=1e-8)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_losses_are_what_breaks_off_when_one_is_taken_away(others):
    assert list(measures.losses(others)) == slow_losses(others)


@settings(max_examples=50, deadline=None)
@given(networks())
def test_reach_counts_each_once_and_not_oneself(others):
    slow = {id: sum(0 < steps <= 2 for steps in reached(others, id).values()) for id in others}
    assert measures.within_two(others) == slow


def test_losses_of_a_large_network_are_found_without_deep_calls():
    count, source, target = path(5000)
    found = measures.losses(others(count, source, target))
    assert len(found) == 4998
    assert found[0].cut_off == 2499


def test_without_the_middle_of_a_star_everyone_is_alone():
    assert measures.losses(others(*star(30))) == (Loss(0, (1,) * 29),)


def test_where_all_are_tied_nobody_is_missed_and_nobody_bridges():
    all_tied = others(*complete(8))
    assert measures.losses(all_tied) == ()
    assert measures.bridges(all_tied, {}) == ()


def test_who_alone_ties_two_groups_bridges_them():
    pairs = [(1, 2), (2, 3), (1, 3), (3, 4), (4, 5), (5, 6), (6, 7), (5, 7)]
    groups = {"north": [1, 2, 3], "south": [5, 6, 7], "far": [90]}
    found = measures.measured(range(1, 9), ties(pairs), groups)
    assert found.bridges[0] == Bridge(4, pytest.approx(9 / 21), ("north", "south"))
    assert found.losses[0] == Loss(4, (3,))
    assert found.alone == (8,)
    assert (found.ties[3], found.within_two[3]) == (3, 4)


def test_groups_are_named_by_how_much_one_is_in_them():
    found = measures.joined(1, {1: [2, 3, 4], 2: [1], 3: [1], 4: [1]}, {2: ["b"], 3: ["b", "a"], 4: ["c"], 1: ["c"]})
    assert found == ("b", "c", "a")


def test_ties_in_both_directions_count_once_and_ties_elsewhere_not_at_all():
    found = measures.tied([1, 2, 3], ties([(1, 2), (2, 1), (1, 1), (3, 9)]))
    assert found == {1: [2], 2: [1], 3: []}


def test_a_large_network_is_counted_by_a_process_of_its_own_with_the_same_result():
    count, source, target = communities(8, 30)
    pairs = sorted({(min(pair), max(pair)) for pair in zip(source, target, strict=True) if len(set(pair)) == 2})
    assert counted_elsewhere(count, pairs) == counted(count, pairs)


def test_the_web_process_never_waits_for_a_large_network(monkeypatch):
    """The library would hold the interpreter's lock: whatever else is asked would wait."""
    monkeypatch.setattr("network.maps.betweenness.SOON", 100)
    monkeypatch.setattr("network.maps.betweenness.counted", lambda *_: pytest.fail("counted right here"))
    assert measures.betweenness(others(*path(30)))[15] > 0.5
