"""When a chapter meets next, and that as a calendar file (RFC 5545)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr

LENGTH = timedelta(hours=2)
UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6}Z?)?")


@lru_cache(maxsize=1024)
def next_meeting(rule: str, at: str, now: datetime) -> datetime | None:
    """The next meeting after `now`, both in the chapter's local time; None when the rule gives none or cannot be read.

    `rule` is an RFC 5545 RRULE without its name ("FREQ=WEEKLY;BYDAY=TU"), `at` a local time ("18:00") or empty.
    """
    if not rule:
        return None
    try:
        start = datetime.combine(date(now.year - 1, 1, 1), clock(at))
        return rrulestr(rule, dtstart=start).after(now)
    except (ValueError, TypeError, AttributeError):
        return None


@lru_cache(maxsize=1024)
def last_day(rule: str) -> date | None:
    """The day of the last meeting of a rule that says UNTIL when; None without an end, or when it cannot be read."""
    ending = UNTIL.search(rule)
    if ending is None:
        return None
    try:
        end = datetime.strptime(ending[1], "%Y%m%d")
        last = rrulestr(UNTIL.sub(f"UNTIL={ending[1]}", rule), dtstart=datetime(end.year - 1, 1, 1)).before(
            end, inc=True
        )
    except (ValueError, TypeError, AttributeError):
        return None
    return last.date() if last else None


def clock(at: str) -> time:
    """A local time as written, noon when there is none."""
    return time.fromisoformat(at) if at else time(12)


def calendar(organization, url: str, now: datetime) -> bytes | None:
    """The chapter's meetings as a calendar to subscribe to; None when it has no rule.

    Times are floating: they are the local time of the place.
    """
    from icalendar import Calendar, Event, vRecur  # two megabytes, for those who subscribe

    first = next_meeting(organization.meets_rule, organization.meets_at, now)
    if first is None:
        return None
    meeting = Event()
    meeting.add("uid", f"{url}#meetings")
    meeting.add("dtstamp", datetime.now(UTC))
    meeting.add("summary", organization.name)
    if organization.meets_at:
        meeting.add("dtstart", first)
        meeting.add("duration", LENGTH)
    else:
        meeting.add("dtstart", first.date())
    meeting.add("rrule", vRecur.from_ical(organization.meets_rule))
    meeting.add("description", organization.meets)
    place = ", ".join(part for part in (organization.address, organization.town) if part)
    if place:
        meeting.add("location", place)
    if organization.latitude is not None:
        meeting.add("geo", (organization.latitude, organization.longitude))
    meeting.add("url", url)
    whole = Calendar()
    whole.add("prodid", "-//Big Tent//chapters//EN")
    whole.add("version", "2.0")
    whole.add("name", organization.name)
    whole.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    whole.add_component(meeting)
    return whole.to_ical()
