"""The index finds what the definition says, whatever was put in, in whatever order."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.matching import score
from network.matching.index import Index
from network.matching.postings import MOST_SLOTS, Growing, apart, weighed
from network.matching.values import Context, Item, Profile
from tests.matching.worlds import a_profile, a_world, points

SEEDS = st.integers(0, 10**6)
NEVER_STANDS = date(2026, 6, 1)


def seeks(profile: Profile) -> list[Item]:
    return [item for item in profile.items if not item.offer]


def offers(profile: Profile) -> list[Item]:
    return [item for item in profile.items if item.offer]


def fits(counts, one: Profile, other: Profile) -> list[float]:
    """By the definition: the best points of each seek of one among the offers of another."""
    return [max((points(counts, one, seek, other, offer) for offer in offers(other)), default=0) for seek in seeks(one)]


def mutual(counts, one: Profile, other: Profile) -> float:
    return score.mutual(score.gain(fits(counts, one, other)), score.gain(fits(counts, other, one)))


def all_mutual(index: Index, profile: Profile) -> dict[int, float]:
    gains = index.gains(profile)
    return dict(zip(index.rows["id"][gains.rows].tolist(), gains.mutual.tolist(), strict=True))


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from([score.FLOOR, 0.001, 45.0]))
def test_an_item_finds_exactly_what_the_definition_gives(seed, least):
    profiles, counts = a_world(seed)
    index = Index.of(counts, profiles)
    asker = profiles[0]
    for seek in seeks(asker):
        found = index.meeting(seek, least, own=asker.context)
        ours = dict(zip(index.items["id"][found.slots].tolist(), found.points.tolist(), strict=True))
        for other in profiles:
            for offer in offers(other):
                right = points(counts, asker, seek, other, offer)
                assert abs(ours.get(offer.id, 0) - right) < 1e-3 or right < least + 1e-3
                assert offer.id in ours or right < least + 1e-3
                assert offer.id not in ours or right >= least - 2e-3
    for offer in offers(asker):
        found = index.wanting(offer, asker.themes, asker.words, least, own=asker.context)
        ours = dict(zip(index.items["id"][found.slots].tolist(), found.points.tolist(), strict=True))
        for other in profiles:
            for seek in seeks(other):
                right = points(counts, other, seek, asker, offer)
                assert abs(ours.get(seek.id, 0) - right) < 1e-3 or right < least + 1e-3
                assert seek.id in ours or right < least + 1e-3
                assert seek.id not in ours or right >= least - 2e-3


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_what_two_gain_is_that_of_the_definition_symmetric_and_at_most_one(seed):
    profiles, counts = a_world(seed, 25)
    index = Index.of(counts, profiles)
    found = {profile.context.id: all_mutual(index, profile) for profile in profiles}
    for one in profiles:
        assert one.context.id not in found[one.context.id]
        for other in profiles:
            if one is not other:
                here, there = (found[a.context.id].get(b.context.id, 0) for a, b in ((one, other), (other, one)))
                assert here == pytest.approx(there, abs=1e-6)
                assert here == pytest.approx(mutual(counts, one, other), abs=2e-3)
                assert 0 <= here <= 1


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_neither_the_order_nor_the_way_in_which_organisations_came_matters(seed):
    profiles, counts = a_world(seed)
    chance = random.Random(seed)
    shuffled = chance.sample(profiles, len(profiles))
    index, other = Index.of(counts, profiles), Index.of(counts, shuffled[:10])
    for profile in shuffled[10:]:
        other.put(profile)
    for profile in profiles[:8]:
        assert all_mutual(index, profile) == pytest.approx(all_mutual(other, profile), abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_one_more_offer_never_lowers_a_gain_and_taking_it_away_restores_all(seed):
    profiles, counts = a_world(seed)
    index = Index.of(counts, profiles)
    one, other = profiles[0], profiles[1]
    before = all_mutual(index, one)
    more = offers(a_profile(random.Random(seed + 1), other.context.id))
    index.put(Profile(other.context, (*other.items, *more), other.themes, other.words))
    after = all_mutual(index, one)
    assert all(after.get(id, 0) >= value - 1e-6 for id, value in before.items())
    index.put(other)
    again = all_mutual(index, one)
    assert again == pytest.approx(before, abs=1e-6)
    index.put(Profile(other.context, (*other.items, *offers(other)), other.themes, other.words))
    assert all_mutual(index, one) == pytest.approx(again, abs=1e-9), "the same offer twice counts once"


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_who_left_closed_or_stands_aside_is_nowhere(seed):
    profiles, counts = a_world(seed)
    index = Index.of(counts, profiles)
    one, gone, closed, aside = profiles[:4]
    index.remove(gone.context.id)
    index.put(Profile(closed.context))
    gains = index.gains(one, without=[aside.context.id])
    seen = set(index.rows["id"][gains.rows].tolist())
    assert not seen & {gone.context.id, closed.context.id, aside.context.id, one.context.id, 0}
    found = set(index.rows["id"][gains.found.rows].tolist())
    assert not found & {gone.context.id, closed.context.id, 0}


def test_what_no_longer_stands_today_is_not_found():
    profiles, counts = a_world(3, 80)
    index = Index.of(counts, profiles)
    ended = {item.id for one in profiles for item in one.items if item.until}
    assert ended
    for profile in profiles:
        for seek in seeks(profile):
            found = index.meeting(seek, 0.001, NEVER_STANDS)
            assert not ended & set(index.items["id"][found.slots].tolist())


def test_a_topic_that_came_since_things_were_counted_is_one_like_any_other():
    profiles, counts = a_world(1, 20)
    new = counts.last + 3
    offer = Item(1001, 100, True, ((1, 1.0),), (new,), {100: 1.0})
    seek = Item(1006, 100, False, ((1, 1.0),), (new,), {100: 1.0})
    other = Profile(Context(100), (offer, seek), (new,))
    for index in (Index.of(counts, profiles), Index.of(counts, [*profiles, other])):
        index.put(other)
        for topics in ((new,), (9,), (new, 9)):
            ours = replace(seek, topics=topics)
            found = index.meeting(ours, 1.0)
            points = dict(zip(index.items["id"][found.slots].tolist(), found.points.tolist(), strict=True))
            assert points[offer.id] == pytest.approx(score.fit(counts, ours, offer, other.themes).points, abs=1e-3)
            found = index.wanting(replace(offer, topics=topics), least=1.0)
            assert seek.id in index.items["id"][found.slots]


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_the_parts_add_up_and_shared_evidence_never_lowers_a_fit(seed):
    profiles, counts = a_world(seed, 12)
    for one in profiles:
        for seek in seeks(one):
            for offer in offers(profiles[0]):
                fit = score.fit(counts, seek, offer)
                assert fit.points == pytest.approx(fit.kind + fit.topic + fit.words)
                assert 0 <= fit.points <= 100
                assert (fit.kinds is None) or {fit.kinds[0], fit.kinds[1]} <= {
                    id for id, _ in (*seek.kinds, *offer.kinds)
                }
                known = Item(
                    offer.id, offer.organization, True, offer.kinds, (*offer.topics, *seek.topics), offer.words
                )
                assert score.topic_fit(counts, seek, known)[0] >= score.topic_fit(counts, seek, offer)[0] - 1e-9


def test_an_index_that_has_no_room_for_more_says_so():
    last = MOST_SLOTS - 1
    slots, weights = apart(weighed(np.array([0, last], np.int32), np.array([255, 7], np.uint8)))
    assert (slots.tolist(), weights.tolist()) == ([0, last], [255, 7])
    with pytest.raises(OverflowError, match="16,777,216"):
        weighed(np.array([MOST_SLOTS], np.int32), np.array([1], np.uint8))
    with pytest.raises(OverflowError):
        Growing().add(MOST_SLOTS, [1])


def test_an_empty_network_finds_nothing():
    _profiles, counts = a_world(1, 5)
    index = Index.of(counts, [])
    profile = a_profile(random.Random(2), 77)
    assert len(index.gains(profile).rows) == 0
    index.put(profile)
    assert len(index.gains(profile).rows) == 0
    assert np.all(index.rows["id"] == [77])
