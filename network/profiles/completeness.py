"""Is a profile complete enough? And the one thing that would help most to add next, with the reason why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from network.text import lazy_gettext as _l

if TYPE_CHECKING:
    from network.directory.models import Organization

ENOUGH = 0.8


@dataclass(frozen=True)
class Step:
    """One thing that a profile should say: in which section, what to do, and why it helps."""

    key: str
    section: str
    advice: str
    reason: str
    weight: int
    done: Callable[["Organization"], bool]
    categories: tuple[str, ...] = ()  # those that it is for; all when empty


@dataclass(frozen=True)
class Completeness:
    """How much of what matters is said, from 0 to 1, and the most useful thing that is missing, if any."""

    share: float
    next: Step | None = None

    @property
    def enough(self) -> bool:
        return self.share >= ENOUGH


def listed(organization: "Organization", side: str) -> bool:
    return any(listing.side == side and listing.state == "open" for listing in organization.listings)


def reachable(organization: "Organization") -> bool:
    return bool(organization.website or organization.email or organization.phone)


def placed(organization: "Organization") -> bool:
    return organization.online or organization.latitude is not None


def wishes(organization: "Organization") -> bool:
    return any(listing.side == "offer" and listing.in_return for listing in organization.listings)


STEPS = (
    Step(
        "summary",
        "about",
        _l("Say in one sentence what you do."),
        _l("It stands in every list, and most readers decide by it."),
        5,
        lambda organization: bool(organization.summary),
    ),
    Step(
        "meets",
        "meetings",
        _l("Say when you meet."),
        _l("A visitor who finds you nearby asks this first."),
        5,
        lambda organization: bool(organization.meets or organization.meets_rule),
        ("club",),
    ),
    Step(
        "place",
        "place",
        _l("Say where you are, or that you are online."),
        _l("Without it nobody who looks nearby finds you."),
        5,
        placed,
    ),
    Step(
        "contact",
        "about",
        _l("Give one way to reach you: a website, an e-mail address or a phone number."),
        _l("Whoever likes what they read wants to write to you."),
        4,
        reachable,
    ),
    Step(
        "offer",
        "listings",
        _l("Add one thing that you offer, however small."),
        _l("Others find you by what you can give; a room on Thursdays is enough."),
        4,
        lambda organization: listed(organization, "offer"),
    ),
    Step(
        "in_return",
        "listings",
        _l("Say what you want in return for an offer, even if it is nothing."),
        _l("It keeps partnerships fair, and the first talk short."),
        3,
        wishes,
        ("partner",),
    ),
    Step(
        "seek",
        "listings",
        _l("Add one thing that you are looking for."),
        _l("Somebody may have it, and can't know that you need it."),
        3,
        lambda organization: listed(organization, "seek"),
    ),
    Step(
        "languages",
        "about",
        _l("Say which languages you speak."),
        _l("Readers look for people they can talk with."),
        2,
        lambda organization: bool(organization.languages),
    ),
    Step(
        "topics",
        "about",
        _l("Pick the topics that you work on."),
        _l("Those who search by topic find you, in every language."),
        2,
        lambda organization: bool(organization.topics),
    ),
    Step(
        "description",
        "about",
        _l("Describe in a few sentences whom you work with and how."),
        _l("It answers what partners ask before they write."),
        2,
        lambda organization: bool(organization.description),
    ),
    Step(
        "rule",
        "meetings",
        _l("Choose the weekday and the time of your meetings."),
        _l("Your page then shows the next date, and people can put it into their calendars."),
        2,
        lambda organization: bool(organization.meets_rule),
        ("club",),
    ),
)
"""What a profile should say, the most useful first."""


def completeness(organization: "Organization") -> Completeness:
    """How complete a profile is for an organisation of its category."""
    steps = [step for step in STEPS if not step.categories or organization.category in step.categories]
    missing = [step for step in steps if not step.done(organization)]
    whole = sum(step.weight for step in steps)
    return Completeness(1 - sum(step.weight for step in missing) / whole, missing[0] if missing else None)
