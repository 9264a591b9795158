"""The pipeline: relationships by standing and by the day of the next step; whose they are, and what is late. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from network.directory.vocabulary import STANDINGS
from network.maps.relations import Relation
from network.places.folding import fold

VIEWS = ("board", "table")
NOBODY = "none"
FIRST = 30  # of a column on the board
PAGE = 100  # of the table
MOST_PAGES = 1000


@dataclass(frozen=True)
class Asked:
    """What is asked of the pipeline: by whom, whether only what is overdue, one standing, and how it is looked at."""

    owner: str = ""  # the id of a person; "none" for what nobody looks after
    overdue: bool = False
    standing: str = ""
    view: str = "board"
    page: int = 1

    @classmethod
    def parse(cls, arguments: Mapping[str, str]) -> "Asked":
        """The pipeline of an address. What isn't known counts as not asked for."""
        owner, page = arguments.get("owner", ""), arguments.get("page", "")
        standing, view = arguments.get("standing", ""), arguments.get("view", "")
        return cls(
            owner=owner if owner == NOBODY or (owner.isdecimal() and len(owner) < 10) else "",
            overdue=arguments.get("overdue") == "1",
            standing=standing if standing in STANDINGS else "",
            view=view if view in VIEWS else VIEWS[0],
            page=max(1, min(MOST_PAGES, int(page))) if page.isdecimal() and len(page) < 6 else 1,
        )

    def query(self, **changed: Any) -> str:
        """The query string of it, or of one that differs in some things; empty when nothing is asked for."""
        one, pairs = replace(self, **changed) if changed else self, []
        for name in ("owner", "standing"):
            if getattr(one, name):
                pairs.append((name, getattr(one, name)))
        if one.overdue:
            pairs.append(("overdue", "1"))
        if one.view != VIEWS[0]:
            pairs.append(("view", one.view))
        if one.page > 1:
            pairs.append(("page", str(one.page)))
        return urlencode(pairs)

    def address(self, path: str, **changed: Any) -> str:
        query = self.query(**changed)
        return f"{path}?{query}" if query else path

    @property
    def narrow(self) -> bool:
        return bool(self.owner or self.overdue or self.standing)


@dataclass(frozen=True)
class Column:
    """A standing with the first of its relationships, and how many there are."""

    standing: str
    cards: Sequence[Relation]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def fitting(found: Iterable[Relation], asked: Asked, today: date) -> list[Relation]:
    """The relationships that fit, by the day of the next step, those without a day last."""
    fits = [
        one
        for one in found
        if (not asked.standing or one.standing == asked.standing)
        and (not asked.overdue or one.overdue(today))
        and (not asked.owner or (str(one.owner_id) == asked.owner if asked.owner != NOBODY else one.owner_id is None))
    ]
    return sorted(fits, key=by_day)


def by_day(one: Relation) -> tuple[bool, date, str, int]:
    """What is still to be done comes first, by its day; then by name."""
    return not (one.open and one.due_on), one.due_on or date.max, fold(one.name), one.id


def columns(fits: Sequence[Relation]) -> list[Column]:
    """The board: every standing has its column, also an empty one."""
    found = []
    for term in STANDINGS:
        here = [one for one in fits if one.standing == term.key]
        found.append(Column(term.key, here[:FIRST], len(here)))
    return found
