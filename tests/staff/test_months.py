"""Numbers over time, and the picture of them."""

from datetime import date

from network.staff.months import EDGE, HEIGHT, WIDTH, Series, adding_up, by_month, months

TODAY = date(2026, 2, 14)


def test_the_last_months_end_with_the_present_one_and_go_over_the_year():
    assert months(TODAY, 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


def test_what_happens_counts_in_its_month_alone():
    assert by_month({(2025, 12): 2, (2026, 2): 1, (2020, 1): 9}, TODAY, 3).values == [2, 0, 1]


def test_what_comes_stays_and_what_came_before_counts_from_the_beginning():
    assert adding_up({(2020, 1): 9, (2025, 12): 2, (2026, 2): 1}, TODAY, 3).values == [11, 11, 12]


def test_one_number_or_none_at_all_is_no_picture():
    assert not Series([], [])
    assert not Series([TODAY], [3])
    assert not Series(months(TODAY, 2), [0, 0])
    assert Series(months(TODAY, 2), [0, 1])


def test_the_picture_runs_from_edge_to_edge_and_the_most_stands_highest():
    drawn = Series(months(TODAY, 3), [0, 4, 2])
    assert drawn.places == [(EDGE, HEIGHT - EDGE), (WIDTH / 2, EDGE), (WIDTH - EDGE, HEIGHT / 2)]
    assert drawn.end == drawn.places[-1]
