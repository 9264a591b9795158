"""A change that may be made to many organisations at once: how each is, what it would be, and how that is written.

A state is what a change knows of one organisation, as JSON can hold it: a category, a list of topics, a tie.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.maps.eyes import Eyes
from network.matching.looking import Desk
from network.text import gettext as _

State = Any


class Unchanged(Exception):
    """Why an organisation can't be changed so, in words."""


class Lacks(Unchanged):
    """It lacks what its new category asks for: it can be changed all the same."""


@dataclass(frozen=True)
class Doing:
    """Where a change is made: for whom, to what, and whether organisations that lack something are changed too."""

    session: Session
    desk: Desk
    to: str
    also: bool = False

    @property
    def eyes(self) -> Eyes:
        return Eyes(self.desk.networks)


@dataclass(frozen=True)
class Kind:
    """A way to change organisations.

    `read` gives how each of some is. `wanted` gives how one would be, or raises Unchanged. `write` lets one be so, from
    a state that it is in. `said` tells a state in words. `staff` says that it is for them alone.
    """

    key: str
    label: Any
    done: Any
    read: Callable[[Doing, Sequence[int]], dict[int, State]]
    wanted: Callable[[Doing, Organization, State], State]
    write: Callable[[Doing, Organization, State], None]
    said: Callable[[Doing, State], str]
    staff: bool = False


def already() -> Unchanged:
    return Unchanged(_("It is so already."))


def column(name: str) -> Callable[[Doing, Sequence[int]], dict[int, State]]:
    """What reads a column."""

    def read(doing: Doing, ids: Sequence[int]) -> dict[int, State]:
        query = select(Organization.id, getattr(Organization, name)).where(Organization.id.in_(ids))
        return {row[0]: row[1] for row in doing.session.execute(query)}

    return read
