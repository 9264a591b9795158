"""How an introduction goes: who may do what now, what follows, and when it is looked at again. Plain values alone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ASKED, ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, CLOSED = (
    *("asked", "accepted", "declined", "withdrawn", "expired", "closed"),
)
ACTIVE = (ASKED, ACCEPTED)
WAITING = "waiting"  # the answer of a side that has not said anything yet
REASONS = ("wrong_kind", "wrong_place", "no_capacity", "not_now", "know_them")
PAUSES = ("no_capacity", "not_now")  # reasons that say nothing about the fit
OUTCOMES = ("nothing", "talking", "once", "together", "met")
HELPED = ("once", "together", "met")
PARTIES = (2, 3)

UNANSWERED = (timedelta(days=7), timedelta(days=21), timedelta(days=35))  # two reminders, then it expires
FOLLOW_UPS = (timedelta(weeks=3), timedelta(weeks=10), timedelta(weeks=16))  # asked twice, then it is closed
PAUSE = timedelta(days=90)

REMIND, EXPIRE, FOLLOW_UP, CLOSE = "remind", "expire", "follow_up", "close"


class Refused(Exception):
    """What can't be done now: why, a key of `wording.REFUSALS`, and the name of whom it is about where that matters."""

    def __init__(self, why: str, name: str = "") -> None:
        super().__init__(why)
        self.why, self.name = why, name


@dataclass(frozen=True)
class Side:
    """What one of the parties said: to the introduction, and later of what came of it."""

    answer: str = WAITING
    outcome: str = ""


@dataclass(frozen=True)
class Position:
    """Where an introduction stands. `since` is when its state began, `reminders` how often the timer spoke in it.

    `asker` is the side that asked, None when staff proposed it. `question` is the side whose question nobody replied
    to yet.
    """

    sides: tuple[Side, ...]
    since: datetime
    state: str = ASKED
    asker: int | None = None
    reminders: int = 0
    question: int | None = None

    @property
    def ended(self) -> bool:
        return self.state not in ACTIVE

    @property
    def agreed(self) -> bool:
        """Whether every side accepted: only then does anyone see a contact."""
        return len(self.sides) in PARTIES and all(side.answer == ACCEPTED for side in self.sides)

    @property
    def contacts(self) -> bool:
        """Whether the parties see whom to write to."""
        return self.agreed and self.state in (ACCEPTED, CLOSED)

    @property
    def due(self) -> datetime | None:
        """When the timer looks at it again; None once it ended."""
        waits = {ASKED: UNANSWERED, ACCEPTED: FOLLOW_UPS}.get(self.state)
        return self.since + waits[min(self.reminders, len(waits) - 1)] if waits else None


def begin(parties: int, asker: int | None, at: datetime) -> Position:
    """An introduction as it is asked for: who asks has consented by that."""
    if parties not in PARTIES:
        raise Refused("parties")
    sides = tuple(Side(ACCEPTED if number == asker else WAITING) for number in range(parties))
    return Position(sides, at, asker=asker)


def allowed(position: Position, by: int | None) -> tuple[str, ...]:
    """What a side may do now, the likeliest first; `by` None stands for whoever proposed it without being a party."""
    if position.ended:
        return ()
    if position.state == ACCEPTED:
        return () if by is None else ("outcome",)
    if by is None:
        return ("withdraw",) if position.asker is None else ()
    found = ["reply"] if position.question not in (None, by) else []
    if by == position.asker:
        return (*found, "withdraw")
    waits = position.sides[by].answer == WAITING
    return (*found, *(("accept", "decline", "question") if waits else ("decline",)))


def step(position: Position, action: str, by: int | None, at: datetime, said: str = "") -> Position:
    """What follows when a side does something; `said` is its reason or its outcome. Raises Refused."""
    if action not in allowed(position, by):
        raise Refused(why_not(position, action, by))
    if action == "withdraw":
        return turned(position, WITHDRAWN, at)
    assert by is not None
    if action == "accept":
        agreed = answered(position, by, ACCEPTED)
        return turned(agreed, ACCEPTED, at) if agreed.agreed else agreed
    if action == "decline":
        if said and said not in REASONS:
            raise Refused("reason")
        return turned(answered(position, by, DECLINED), DECLINED, at)
    if action == "question":
        return replace(position, question=by)
    if action == "reply":
        return replace(position, question=None)
    return judged(position, by, said, at)


def why_not(position: Position, action: str, by: int | None) -> str:
    """Why a side can't do something now."""
    if position.ended:
        return "ended"
    if action == "outcome":
        return "too_early" if position.state == ASKED else "not_yours"
    if position.state == ACCEPTED:
        return "agreed"
    if action in ("accept", "question") and by is not None and by != position.asker:
        return "answered"
    return "no_question" if action == "reply" else "not_yours"


def answered(position: Position, by: int, answer: str) -> Position:
    """The same with the answer of a side, and without its question."""
    sides = tuple(replace(side, answer=answer) if number == by else side for number, side in enumerate(position.sides))
    return replace(position, sides=sides, question=None if position.question == by else position.question)


def judged(position: Position, by: int, outcome: str, at: datetime) -> Position:
    """The same with what came of it for a side; closed once every side said something final."""
    if outcome not in OUTCOMES:
        raise Refused("outcome")
    sides = tuple(
        replace(side, outcome=outcome) if number == by else side for number, side in enumerate(position.sides)
    )
    after = replace(position, sides=sides)
    final = all(side.outcome not in ("", "talking") for side in sides)
    return turned(after, CLOSED, at) if final else after


def turned(position: Position, state: str, at: datetime) -> Position:
    """The same in another state, which begins now."""
    return replace(position, state=state, since=at, reminders=0, question=None)


def tick(position: Position, at: datetime) -> tuple[Position, str]:
    """What time does to an introduction, and what is to be told of it: REMIND, EXPIRE, FOLLOW_UP, CLOSE or nothing.

    However late the timer comes, it speaks once.
    """
    waits = {ASKED: UNANSWERED, ACCEPTED: FOLLOW_UPS}.get(position.state)
    if waits is None:
        return position, ""
    passed = sum(at >= position.since + wait for wait in waits)
    if passed == len(waits):
        end, told = (EXPIRED, EXPIRE) if position.state == ASKED else (CLOSED, CLOSE)
        return turned(position, end, at), told
    if passed <= position.reminders:
        return position, ""
    return replace(position, reminders=passed), REMIND if position.state == ASKED else FOLLOW_UP
