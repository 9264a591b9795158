"""Snapshots, and what lies between two of them."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from network.maps.comparing import compared
from network.maps.comparing_words import sentences, summary
from network.maps.scene import Scene
from network.maps.snapshots import Unreadable, read, stored
from tests.maps.scenes import awkward, node, scene, scenes, tie

BEFORE = scene(
    [node(1, name="Aire"), node(2, name="Brook", standing="desired"), node(3, name="Calder"), node(4, name="Net")],
    [tie(1, 1, 3), tie(2, 3, 4, "member_of"), tie(3, 1, 4, "funds", proposed=True)],
    drawn_on=date(2026, 1, 5),
)
AFTER = scene(
    [
        node(1, name="Aire", category="member"),
        node(2, name="Brook", standing="current"),
        node(4, name="Net"),
        node(5, name="Don"),
    ],
    [tie(3, 1, 4, "funds"), tie(9, 5, 4, "member_of"), tie(10, 2, 1, "works_with")],
    drawn_on=date(2026, 11, 21),
)


@given(scenes())
def test_a_snapshot_is_read_back_as_it_was(shown):
    kept = json.loads(json.dumps(stored(shown)))
    assert read(kept) == shown
    assert json.dumps(stored(read(kept))) == json.dumps(stored(shown))


def test_awkward_names_come_back_from_a_snapshot():
    assert read(json.loads(json.dumps(stored(awkward())))) == awkward()


def test_what_a_later_version_added_is_passed_over():
    kept = stored(scene())
    kept["nodes"][0]["mood"] = "sunny"
    assert read(kept | {"weather": "fair"}) == scene()


@pytest.mark.parametrize(
    "spoiled", [{"version": 99}, {"nodes": [{"id": 1}]}, {"positions": {"1": [2]}}, {"ties": None}]
)
def test_a_snapshot_that_cannot_be_read_says_so(spoiled):
    with pytest.raises(Unreadable):
        read(stored(scene()) | spoiled)


@given(scenes())
def test_a_scene_and_itself_do_not_differ(shown):
    assert not compared(shown, shown)


@given(scenes(), scenes())
def test_what_is_new_one_way_is_gone_the_other(one, other):
    onward, back = compared(one, other), compared(other, one)
    assert (onward.joined, onward.left) == (back.left, back.joined)
    assert {(t.tie.id, t.tie.type) for t in onward.new} == {(t.tie.id, t.tie.type) for t in back.gone}
    assert all(isinstance(told, str) for told in [summary(onward), *sentences(onward)])


def test_who_joined_left_and_changed_is_said():
    found = compared(BEFORE, AFTER)
    assert [one.name for one in found.joined] == ["Don"]
    assert [one.name for one in found.left] == ["Calder"]
    assert sentences(found) == [
        "Joined: Don.",
        "Left: Calder.",
        "Aire: Member, before Club.",
        "Brook: from desired to current.",
        "Don is now a member of Net.",
        "Brook and Aire now work together.",
        "Calder is no longer a member of Net.",
        "Aire and Calder no longer work together.",
        "The tie of Aire and Net was confirmed.",
    ]
    assert summary(found) == (
        "Between January 5, 2026 and November 21, 2026: 1 organisation joined, 1 left, 2 changed, "
        "2 ties are new, 2 ties are gone, and 1 tie changed."
    )


def test_the_same_tie_made_again_or_the_other_way_round_is_no_change():
    again = replace(BEFORE, ties=(tie(77, 3, 1), *BEFORE.ties[1:]))
    assert not compared(BEFORE, again)
    turned = replace(BEFORE, ties=(*BEFORE.ties[:1], tie(2, 4, 3, "member_of"), *BEFORE.ties[2:]))
    assert len(compared(BEFORE, turned).new) == 1


def test_moving_marks_is_no_change():
    assert not compared(BEFORE, replace(BEFORE, positions={}, pinned=frozenset({1}), colour="country"))


def test_a_tie_that_ended_reads_as_gone_and_one_proposed_as_proposed():
    ended = replace(BEFORE, ties=(replace(BEFORE.ties[0], ended_on=date(2026, 2, 1)), *BEFORE.ties[1:]))
    assert sentences(compared(BEFORE, ended)) == ["Aire and Calder no longer work together."]
    asked = replace(BEFORE, ties=(*BEFORE.ties, tie(8, 2, 1, "hosted_by", proposed=True)))
    assert sentences(compared(BEFORE, asked)) == ["It was proposed that Aire hosts Brook."]


def test_many_that_joined_share_one_sentence():
    many = scene([node(id) for id in range(1, 31)], ())
    (told,) = sentences(compared(Scene((), ()), many))
    assert told.endswith("Organization 12, and 18 more.")
    assert summary(compared(many, many)) == "Nothing changed between November 21, 2026 and November 21, 2026."
