from datetime import date, timedelta

import pytest

from network.directory.freshness import freshness

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


def test_what_nobody_ever_confirmed_says_so():
    assert freshness(None, TODAY).state == "never"
