"""Simple meeting rhythms and the rules that they make."""

import pytest

from network.profiles.rhythm import EVERY, WEEKDAYS, rhythm, rule


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_every_simple_rhythm_reads_back_as_itself(every, weekday):
    assert rhythm(rule(every, weekday)) == (every, weekday)


def test_what_is_no_rhythm_makes_no_rule():
    assert rule("week", "") == rule("", "TU") == rule("year", "TU") == ""


@pytest.mark.parametrize("said", ["", "FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY"])
def test_a_rule_that_says_more_is_no_simple_rhythm(said):
    assert rhythm(said) is None
