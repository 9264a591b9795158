from datetime import date, datetime, timedelta

import pytest

from network.directory.freshness import freshness, listing_freshness

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def request_context(made_app):
    with made_app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (0, "fresh", "confirmed today"),
        (21, "fresh", "confirmed 3 weeks ago"),
        (270, "fresh", "confirmed 9 months ago"),
        (300, "ageing", "confirmed 10 months ago"),
        (366, "stale", "nobody has confirmed this since 2025"),
    ],
)
def test_age_is_said_in_words_and_a_year_makes_stale(days, state, words):
    said = freshness(TODAY - timedelta(days), TODAY)
    assert (said.state, said.words) == (state, words)


def test_an_offer_fades_after_half_a_year_and_only_then_says_so():
    long_ago = datetime(2020, 1, 1)
    assert not listing_freshness(TODAY - timedelta(182), long_ago, TODAY).faded
    said = listing_freshness(TODAY - timedelta(215), long_ago, TODAY)
    assert said.faded
    assert said.words == "nobody has confirmed this for 7 months"


def test_an_offer_that_nobody_confirmed_counts_from_the_day_it_was_written_down():
    assert not listing_freshness(None, datetime(2026, 6, 1), TODAY).faded
    assert listing_freshness(None, datetime(2025, 6, 1), TODAY).faded
    assert not listing_freshness(None, None, TODAY).faded


def test_a_profile_shows_which_offers_have_faded(client, session, organization, listing):
    club = organization(slug="aire", confirmed_on=date.today())
    listing(club, title="Fresh", confirmed_on=date.today())
    assert "nobody has confirmed this for" not in client.get("/organizations/aire").text
    listing(club, title="Old", confirmed_on=date.today() - timedelta(300))
    assert "nobody has confirmed this for" in client.get("/organizations/aire").text


def test_what_nobody_ever_confirmed_says_so():
    assert freshness(None, TODAY).state == "never"
