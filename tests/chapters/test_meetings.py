from datetime import datetime

from network.chapters.meetings import next_meeting

NOW = datetime(2026, 6, 15, 12, 0)  # a Monday


def test_the_next_meeting_follows_the_rule():
    assert next_meeting("FREQ=WEEKLY;BYDAY=TU", "18:00", NOW) == datetime(2026, 6, 16, 18, 0)
    assert next_meeting("FREQ=MONTHLY;BYDAY=1SA", "10:30", NOW) == datetime(2026, 7, 4, 10, 30)


def test_a_meeting_later_today_counts_and_one_that_is_over_does_not():
    assert next_meeting("FREQ=WEEKLY;BYDAY=MO", "18:00", NOW).day == 15
    assert next_meeting("FREQ=WEEKLY;BYDAY=MO", "09:00", NOW).day == 22


def test_a_rule_that_cannot_be_read_gives_no_meeting():
    for rule in ("", "every now and then", "FREQ=WEEKLY;BYDAY=XX", "FREQ=SECONDLY;UNTIL=19990101"):
        assert next_meeting(rule, "18:00", NOW) is None


def test_a_chapter_with_a_rule_has_a_calendar(client, organization):
    organization(
        "Aire Valley", slug="aire", meets="Tuesdays at six", meets_rule="FREQ=WEEKLY;BYDAY=TU", meets_at="18:00"
    )
    organization("No rule", slug="no-rule")
    answer = client.get("/api/chapters/aire.ics")
    assert answer.mimetype == "text/calendar"
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU" in answer.text
    assert client.get("/api/chapters/no-rule.ics").status_code == 404
