"""Why two fit, in words made of the same values as the score: what is said, what is not, and that the parts add up."""

from dataclasses import replace
from datetime import date
from random import Random
from types import SimpleNamespace

import pytest
from flask import g

from network.matching import reasons
from network.matching.queries import Known
from network.matching.suggestions import Factor, Pair, Suggestion

LEGAL, SPONSOR, YOUTH, MUSIC = 1, 2, 3, 4
ME, THEM, HOST, NET, FRIEND = 10, 11, 12, 13, 14
SEEK, OFFER, MET = 100, 101, 102
PAIR = Pair(SEEK, OFFER, 35.4, 12.3, 8.8, (LEGAL, SPONSOR), ((YOUTH, YOUTH),), ("bookkeeping", "bylaws"))


def listing(id: int, organization: int, side: str, title: str, state: str = "open", languages: tuple[str, ...] = ()):
    facts = {"organization_id": organization, "side": side, "title": title, "state": state, "languages": languages}
    return SimpleNamespace(id=id, kind="legal", until=None, **facts)


def known(languages: tuple[str, ...] = (), works: tuple[str, ...] = ()) -> Known:
    names = {THEM: "Harbour <Lab>", HOST: "Quay House", NET: "Coast Network", FRIEND: "Aire Club"}
    listings = (
        listing(SEEK, ME, "seek", "A legal home"),
        listing(OFFER, THEM, "offer", "We sponsor small groups", languages=languages),
        listing(MET, THEM, "seek", "A home for our club", "met"),
    )
    return Known(
        ME,
        {id: SimpleNamespace(id=id, name=name) for id, name in names.items()},
        {one.id: one for one in listings},
        {THEM: works} if works else {},
        {LEGAL: "legal home", SPONSOR: "fiscal sponsorship", YOUTH: "youth", MUSIC: "music"},
    )


def suggestion(*factors: Factor, got=(PAIR,), given=()) -> Suggestion:
    return Suggestion(THEM, 0.5 * bool(got), 0.5 * bool(given), 0.3, 0.3, got, given, weigh=lambda: factors)


def said(sentences) -> str:
    return " ".join(sentence.striptags() for sentence in sentences)


@pytest.fixture(autouse=True)
def speaking(app):
    with app.test_request_context("/"):
        yield


def test_what_is_sought_and_offered_is_said_from_the_readers_side():
    assert "You seek legal home; they offer fiscal sponsorship." in said(reasons.of_pair(PAIR, known(), True))
    assert "They seek legal home; you offer fiscal sponsorship." in said(reasons.of_pair(PAIR, known(), False))
    same = replace(PAIR, kinds=(LEGAL, LEGAL))
    assert "They offer what you seek: legal home." in said(reasons.of_pair(same, known(), True))
    assert "You offer what they seek: legal home." in said(reasons.of_pair(same, known(), False))


def test_the_languages_of_an_offer_are_said_with_it():
    words = said(reasons.of_pair(PAIR, known(("fr", "en")), True))
    assert "they offer fiscal sponsorship in French and English." in words
    same = reasons.of_pair(replace(PAIR, kinds=(LEGAL, LEGAL)), known(("fr",)), True)
    assert "They offer what you seek, in French: legal home." in said(same)


def test_topics_and_words_in_common_are_named():
    words = said(reasons.of_pair(PAIR, known(), True))
    assert "Both are about youth." in words
    assert "You both write of: bookkeeping, bylaws." in words
    near = replace(PAIR, topics=((YOUTH, MUSIC),))
    assert "Near to each other: youth and music." in said(reasons.of_pair(near, known(), True))


def test_an_inferred_offer_says_what_it_was_inferred_from():
    inferred = replace(PAIR, offer=0, kinds=None, inferred=True)
    published = known(works=("A poem", "Bookkeeping for clubs"))
    assert "From what they published: “Bookkeeping for clubs”." in said(reasons.of_pair(inferred, published, True))
    assert "they don't state it as an offer" in said(reasons.of_pair(inferred, known(), True))
    met = replace(inferred, offer=MET)
    assert "They sought the same once and found it: “A home for our club”." in said(reasons.of_pair(met, known(), True))
    assert "it counts less" in said(reasons.lacking(inferred))


def test_whoever_knows_both_is_named_and_nobody_who_is_not_public():
    one, two = Factor("path", 1.08, {"via": [HOST]}), Factor("path", 1.08, {"via": [HOST, FRIEND]})
    assert said(reasons.of_factors([one], known())) == "Quay House knows both of you."
    assert said(reasons.of_factors([two], known())) == "Quay House and Aire Club know both of you."
    chain = Factor("path", 1.04, {"via": [HOST, FRIEND]})
    assert said(reasons.of_factors([chain], known())) == "You know Quay House, who knows Aire Club, who knows them."
    assert said(reasons.of_factors([Factor("path", 1.08, {"via": [999]})], known())) == ""
    assert said(reasons.of_factors([Factor("network", 1.05, {"id": NET})], known())) == "Both belong to Coast Network."
    assert said(reasons.of_factors([Factor("network", 1.05, {"id": 999})], known())) == ""


def test_near_and_far_are_told_in_the_readers_units():
    near = Factor("place", 1.1, {"km": 12.3})
    assert said(reasons.of_factors([near], known())) == "They are only 12 km away."
    g.reader = "en_GB"
    assert said(reasons.of_factors([near], known())) == "They are only 7.6 mi away."
    g.reader = "en"
    far = suggestion(Factor("place", 1.0, {"km": 2000.0}))
    assert "They are far away: 2,000 km." in said(reasons.missing(far, known()))


def test_what_is_missing_is_said():
    bare = replace(PAIR, kinds=None, topics=(), shared=(), kind=5.0, topic=0.0, words=0.0)
    stale = Factor("freshness", 0.9, {"confirmed_on": date(2019, 5, 1)})
    words = said(reasons.missing(suggestion(stale, Factor("language", 1.0, {"languages": ()}), got=(bare,)), known()))
    assert "No kind of help that both name." in words
    assert "No topic that both name." in words
    assert "Hardly a word or a meaning in common." in words
    assert "not confirmed their page for a year" in words
    assert "No language that both pages name." in words
    assert "nothing that you offer answers what they seek" in words
    both = suggestion(got=(PAIR,), given=(PAIR,))
    assert "one way" not in said(reasons.missing(both, known()))


def test_the_parts_shown_add_up_to_the_points_shown():
    chance = Random(7)
    for _ in range(2000):
        pair = Pair(1, 2, chance.uniform(0, 50), chance.uniform(0, 20), chance.uniform(0, 30))
        exact = (pair.kind, pair.topic, pair.words)
        shown = [points for _name, points in reasons.parts(pair)]
        assert sum(shown) == reasons.total(pair) == round(pair.points)
        assert all(abs(points - one) < 1 + 1e-9 for points, one in zip(shown, exact, strict=True))


def test_a_factor_that_changes_nothing_is_not_listed():
    found = reasons.factors(suggestion(Factor("place", 1.0, {}), Factor("network", 1.05, {"id": NET})))
    assert found == [("A network in common", "× 1.05")]


def test_what_organizations_are_called_is_never_markup():
    (sentence,) = reasons.of_factors([Factor("path", 1.08, {"via": [THEM]})], known())
    assert "Harbour &lt;Lab&gt; knows both of you." in str(sentence)
