"""The fictional network, as it is written down."""

from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from dateutil.rrule import rrulestr

from network.demo.written import SIDES, TIES, files, written
from network.directory.categories import CATEGORIES
from network.directory.thesaurus import shipped
from network.directory.vocabulary import AREAS, DELIVERIES, KINDS, PRECISIONS, REACHES, STAGES, STANDINGS
from network.places.area import Area
from network.places.distance import kilometres

TODAY = date(2027, 2, 3)
ALL = written(TODAY)
BY_SLUG = {one.slug: one for one in ALL}
PUBLIC = [one for one in ALL if one.columns["standing"] in ("current", "paused")]
LANGUAGES = ("en", "es", "fr", "pt", "de")
CONTINENTS = {
    "Europe": "GB IE PT ES FR BE DE AT CH IT NL PL SE NO DK EE GR GE",
    "Africa": "TN EG SN GH NG KE UG RW TZ MZ ZA NA MG",
    "North America": "US CA MX GT BB",
    "South America": "CO EC PE BO CL AR UY BR",
    "Asia": "TR JO LB UZ IN NP BD ID PH VN TW JP KR SG MN TH LK MY",
    "Oceania": "AU NZ FJ PG",
}
KEYS = {
    "slug", "name", "category", "standing", "summary", "description", "languages", "founded", "coordinator", "phone",
    "meets", "meets_rule", "meets_at", "newcomers", "online", "address", "town", "region", "country", "latitude",
    "longitude", "precision", "area_served", "topics", "offers", "seeks", "confirmed_days_ago", *TIES,
}  # fmt: skip
LISTING_KEYS = {
    "kind", "title", "detail", "in_return", "reach", "km", "countries", "area", "delivery", "stage", "languages",
    "state", "until_in_days",
}  # fmt: skip


def entries() -> list[dict]:
    return [entry for name, content in files().items() if name != "towns" for entry in content["organization"]]


def test_there_are_about_150_organisations_of_every_category() -> None:
    counts = Counter(one.columns["category"] for one in ALL)
    assert 140 <= len(ALL) <= 170
    assert set(counts) == set(CATEGORIES)
    assert (counts["core_network"], counts["affiliate_network"]) == (1, 2)
    assert counts["club"] >= 40
    assert counts["partner"] >= 25
    assert counts["member"] >= 50


def test_no_entry_says_what_nobody_reads() -> None:
    assert {key for entry in entries() for key in entry} <= KEYS
    assert {key for entry in entries() for name in SIDES for one in entry.get(name, ()) for key in one} <= LISTING_KEYS


def test_slugs_and_names_are_unique() -> None:
    assert len(BY_SLUG) == len(ALL) == len({one.columns["name"].casefold() for one in ALL})


def test_every_organisation_says_what_it_is_within_the_limits() -> None:
    for one in ALL:
        assert 20 <= len(one.columns["summary"]) <= 400, one.slug
        assert len(one.columns["name"]) <= 200
        assert one.columns["languages"], one.slug
        assert one.topics, one.slug


def test_about_a_third_says_more_in_paragraphs() -> None:
    longer = [one for one in ALL if one.columns["description"].count("\n\n") >= 1]
    assert len(longer) >= 40


def test_every_partner_offers_something_and_says_what_it_wants_in_return() -> None:
    for one in ALL:
        if one.columns["category"] == "partner":
            offers = [listing for listing in one.listings if listing["side"] == "offer"]
            assert offers, one.slug
            assert all(offer["in_return"] for offer in offers), one.slug


def test_a_club_says_when_it_meets_and_its_rule_can_be_read() -> None:
    clubs = [one.columns for one in PUBLIC if one.columns["category"] == "club"]
    for club in clubs:
        assert club["meets"], club["slug"]
        if club.get("meets_rule"):
            assert rrulestr(club["meets_rule"], dtstart=None)[0]
            assert len(club["meets_at"]) == 5
    assert sum(bool(club.get("meets_rule")) for club in clubs) >= 40
    assert sum(bool(club.get("online")) for club in clubs) >= 3
    assert sum(not club.get("newcomers") for club in clubs) >= 1


def test_a_rule_needs_a_place_whose_time_it_is() -> None:
    for one in ALL:
        assert not one.columns.get("meets_rule") or one.columns.get("latitude") is not None, one.slug


def test_the_core_network_names_its_coordinator() -> None:
    assert [bool(one.columns.get("coordinator")) for one in ALL if one.columns["category"] == "core_network"] == [True]


def test_offers_and_seeks_are_in_all_five_languages() -> None:
    first = Counter(listing["languages"][0] for one in ALL for listing in one.listings)
    assert all(first[language] >= 10 for language in LANGUAGES), first
    for side in SIDES.values():
        assert sum(listing["side"] == side for one in ALL for listing in one.listings) >= 150


def test_no_title_is_said_twice() -> None:
    titles = Counter(listing["title"] for one in ALL for listing in one.listings)
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_inhabited_continent_has_several() -> None:
    countries = Counter(one.columns.get("country", "") for one in ALL)
    for continent, codes in CONTINENTS.items():
        assert sum(countries[code] for code in codes.split()) >= 8, continent
    assert set(countries) - {""} <= {code for codes in CONTINENTS.values() for code in codes.split()}


def test_leeds_has_several_clubs_within_an_evening_s_reach() -> None:
    near = [
        one
        for one in PUBLIC
        if one.columns["category"] == "club"
        and one.columns.get("latitude") is not None
        and kilometres(53.7965, -1.5479, one.columns["latitude"], one.columns["longitude"]) < 30
    ]
    assert len(near) >= 5


def test_a_street_is_in_its_town() -> None:
    towns = files()["towns"]
    for entry in entries():
        if entry.get("town") and "latitude" in entry:
            town = towns[entry["town"]]
            away = kilometres(town["latitude"], town["longitude"], entry["latitude"], entry["longitude"])
            assert away < 30, (entry["name"], away)


def test_every_word_of_a_closed_list_is_in_it() -> None:
    topics = shipped().by_slug
    for one in ALL:
        assert one.columns["standing"] in STANDINGS
        assert one.columns["precision"] in PRECISIONS
        assert not Area.parse(one.columns.get("area_served", "")).unknown, one.slug
        assert [topic for topic in one.topics if topic not in topics] == []
        for listing in one.listings:
            assert listing["kind"] in KINDS
            assert listing["area"] in AREAS
            assert listing["delivery"] in DELIVERIES
            assert listing["reach"] in REACHES
            assert listing["stage"] == "" or listing["stage"] in STAGES
            assert len(listing["title"]) <= 200
            assert (listing["reach"] == "countries") == bool(listing["reach_countries"]), listing["title"]


def test_ties_lead_somewhere_and_some_are_only_proposed() -> None:
    ties = [tie for one in ALL for tie in one.ties]
    assert {tie.type for tie in ties} == set(TIES)
    assert all(tie.to in BY_SLUG and tie.to != tie.tied for tie in ties)
    assert len({(tie.tied, tie.to, tie.type) for tie in ties}) == len(ties)
    assert sum(bool(tie.proposed_by) for tie in ties) >= 5
    assert any(tie.ended_on for tie in ties)
    for network in ("lantern-and-loom", "urdimbre-abierta", "kisima-alliance"):
        assert sum(tie.type == "member_of" and tie.to == network for tie in ties) >= 8


def test_a_tie_to_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"towns": {}, "one": {"organization": [
        {"name": "Lost", "category": "member", "summary": "s", "languages": ["en"], "member_of": ["atlantis"]}
    ]}}  # fmt: skip
    monkeypatch.setattr("network.demo.written.files", lambda: broken)
    with pytest.raises(ValueError, match="lost is tied to atlantis"):
        written(TODAY)


def test_every_standing_occurs_and_what_staff_only_wish_for_is_never_public() -> None:
    standings = Counter(one.columns["standing"] for one in ALL)
    assert set(standings) == set(STANDINGS.keys)
    assert standings["desired"] >= 3


def test_some_profiles_are_fresh_and_some_are_stale() -> None:
    ages = [(TODAY - one.columns["confirmed_on"]).days for one in PUBLIC if one.columns["confirmed_on"]]
    assert sum(age <= 30 for age in ages) >= 20
    assert sum(age > 425 for age in ages) >= 8


def test_the_days_follow_the_day_of_loading() -> None:
    later = {one.slug: one for one in written(TODAY + timedelta(days=400))}
    for one in ALL:
        confirmed = one.columns["confirmed_on"]
        assert later[one.slug].columns["confirmed_on"] == (confirmed and confirmed + timedelta(days=400))


def test_nothing_points_at_a_real_address() -> None:
    for one in ALL:
        hosts = [urlsplit(one.columns["website"]).hostname] if one.columns.get("website") else []
        hosts += [one.columns["email"].partition("@")[2]] if one.columns.get("email") else []
        assert all(host.endswith((".example.org", ".example.net")) for host in hosts), one.slug
    for one in PUBLIC:
        assert one.columns["email"] or one.columns["website"], one.slug
