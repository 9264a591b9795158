"""What waits for a person: one kind of card for everything, told by the feature that owns what waits.

A feature adds a `Source` when it is set up; the staff's desk collects what they tell, and knows none of them by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

Before = dict[str, Any]
"""What it takes to go back, as JSON can hold it: ids, days and standings alone, no words of persons."""

HIGH, SOME, LITTLE = "high", "some", "little"
PATIENCE = {HIGH: timedelta(days=2), SOME: timedelta(days=14), LITTLE: timedelta(days=90)}
"""How long a thing may wait, by the harm that its waiting does: the queue is in the order in which that ends."""


class Refused(Exception):
    """What can't be done with a card, or taken back: why, in a sentence."""


@dataclass(frozen=True)
class Stream:
    """Rows that wait: their number, whose they are, since when (its columns), and the conditions under which one does.

    The rows come in the order of `since` and `id`; an index should hold that order under the conditions.
    """

    id: Any
    organization_id: Any
    since: Any
    open: tuple[ColumnElement[bool], ...]


@dataclass(frozen=True)
class Row:
    """Something that waits, not told yet."""

    kind: str
    id: int
    organization_id: int | None
    since: datetime


@dataclass(frozen=True)
class By:
    """Who decides, and what they typed and ticked with it."""

    person_id: int
    words: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Act:
    """Something that can be done about a card.

    `may` is the action of the permission table that it takes on the organisation. `do` does it and gives what it takes
    to go back; `undo` is given that again, and is None for what can't be taken back; it may give sentences
    on what came of it. Both raise Refused. `several` says
    that it may be done to many cards at once, `words` that it takes words along.
    """

    key: str
    label: Any
    done: Any  # what was done, as the list of decisions says it
    do: Callable[[Session, Row, By], Before]
    undo: Callable[[Session, Row, Before, By], Sequence[str] | None] | None = None
    may: str = "edit"
    several: bool = False
    words: bool = False
    first: bool = False  # what one most likely wants
    told: Callable[[Before], str] | None = None  # more of what was done, as the list of decisions says it


@dataclass(frozen=True)
class About:
    """The organisation of a card."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Choice:
    """A part of a card that is ticked or not: what it would change, and whether it is ticked to begin with."""

    key: str
    label: str
    before: str = ""
    after: str = ""
    ticked: bool = True
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """A card: what waits since when, in a sentence, and the keys of what can be done about it now.

    The desk adds the organisation where the feature that tells the card knows none by name.
    """

    kind: str
    id: int
    since: datetime
    sentence: str
    organization: About | None = None
    acts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()  # what somebody wrote
    choices: tuple[Choice, ...] = ()
    way: tuple[str, str] | None = None  # words and address of where it is decided, beside what is done here
    links: tuple[tuple[str, str], ...] = ()  # the same of where there is more
    title: str = ""  # what it is about, where that is no organisation

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True)
class Source:
    """One kind of card: where its rows wait, how they are told, and what can be done about them.

    `tell` gives the cards of some ids; one that waits no more is left out. Without `coordinators`
    only the staff see them; else coordinators see those of their networks.
    """

    kind: str
    label: Any
    harm: str
    streams: Callable[[], Sequence[Stream]]
    tell: Callable[[Session, Sequence[int]], Sequence[Waiting]]
    acts: Mapping[str, Act] = field(default_factory=dict)
    coordinators: bool = True

    @property
    def patience(self) -> timedelta:
        return PATIENCE[self.harm]


sources: dict[str, Source] = {}
"""Every kind of card, by its name."""


def add(source: Source) -> None:
    """Let the desk collect a kind of card."""
    sources[source.kind] = source


def by_key(*acts: Act) -> dict[str, Act]:
    return {act.key: act for act in acts}
