"""Whether partnerships give both sides something: rounds of asking, one-sided and silent ones. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

AMOUNTS = ("nothing", "little", "much")
WORTH = ("yes", "unsure", "no")
SMALL = ("nothing", "little")
BEGINS = ((3, 1), (9, 1))  # month and day on which a round of asking begins
TWICE = 2
QUIET = timedelta(days=365)
SETTLED = timedelta(days=60)  # how long a partnership stands before it is asked about


@dataclass(frozen=True)
class Check:
    """What one side was asked about the other on a day, and what it said; empty texts where it said nothing."""

    asked_on: date
    got: str = ""
    gave: str = ""
    worth: str = ""
    words: str = ""

    @property
    def answered(self) -> bool:
        return bool(self.got or self.gave or self.worth or self.words)


@dataclass(frozen=True)
class Tie:
    """What holds two together: a confirmed link of a type, in its direction, or an outcome of an introduction.

    `title` is what an introduction was about, sought or offered by the one that it goes out from.
    """

    kind: str  # works_with, funds, hosted_by, fiscal_sponsor_of; once, together, met
    out: bool  # whether it goes out from the first of the two
    on: date
    title: str = ""
    side: str = ""


@dataclass(frozen=True)
class Partnership:
    """Two organisations, what holds them together, what each side said, and when each last gave a sign of life."""

    one: int
    other: int
    ties: Sequence[Tie]
    checks: Mapping[int, Sequence[Check]] = field(default_factory=dict)  # by side, the newest first
    seen: Mapping[int, date] = field(default_factory=dict)

    def said(self, side: int) -> Sequence[Check]:
        return self.checks.get(side, ())

    def across(self, side: int) -> int:
        return self.other if side == self.one else self.one


def begun(today: date) -> date:
    """The day on which the present round of asking began: two a year."""
    starts = [date(year, *start) for year in (today.year - 1, today.year) for start in BEGINS]
    return max(start for start in starts if start <= today)


def one_sided(partnership: Partnership) -> int | None:
    """Which side gives much while little comes back or arrives, in the last two rounds about which anything was said.

    None where it isn't so.
    """
    for side in (partnership.one, partnership.other):
        rounds = latest(partnership, side)
        if len(rounds) >= TWICE and all(uneven(*both) for both in rounds[:TWICE]):
            return side
    return None


def latest(partnership: Partnership, side: int) -> list[tuple[Check | None, Check | None]]:
    """What a side and the other said, by round, the newest first; only rounds in which one of them said something."""
    mine = {begun(one.asked_on): one for one in reversed(partnership.said(side)) if one.answered}
    theirs = {begun(one.asked_on): one for one in reversed(partnership.said(partnership.across(side))) if one.answered}
    return [(mine.get(day), theirs.get(day)) for day in sorted(mine.keys() | theirs.keys(), reverse=True)]


def uneven(mine: Check | None, theirs: Check | None) -> bool:
    """Whether by the word of either a side gives much, and gets little back or its gift doesn't arrive."""
    gives = (mine is not None and mine.gave == "much") or (theirs is not None and theirs.got == "much")
    gets_little = mine is not None and mine.got in SMALL
    gives_little = theirs is not None and theirs.gave in SMALL
    lost = theirs is not None and theirs.got in SMALL
    return gives and (gets_little or gives_little or lost)


def silent(partnership: Partnership, today: date) -> list[tuple[int, str]]:
    """The sides of which nothing is heard, each with why: "checks" unanswered twice, or "quiet" for a year."""
    last = max((tie.on for tie in partnership.ties), default=date.min)
    found = []
    for side in (partnership.one, partnership.other):
        said = partnership.said(side)
        if unanswered(said) >= TWICE:
            found.append((side, "checks"))
            continue
        answers = [one.asked_on for one in said if one.answered]
        if today - max([last, partnership.seen.get(side, date.min), *answers]) > QUIET:
            found.append((side, "quiet"))
    return found


def unanswered(said: Iterable[Check]) -> int:
    """How many of the latest checks had no answer, one after the other."""
    count = 0
    for one in said:
        if one.answered:
            break
        count += 1
    return count


def counts(checks: Iterable[Check]) -> dict[str, int]:
    """How many said that it is worth it, that they are unsure, and that it is not."""
    found = dict.fromkeys(WORTH, 0)
    for one in checks:
        if one.worth in found:
            found[one.worth] += 1
    return found
