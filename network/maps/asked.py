"""What is asked of a map, as one object read from an address: the directory's filter, and how it is to be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from network.directory.filter import Arguments, Filter
from network.directory.vocabulary import LINK_TYPES, STANDINGS
from network.maps.scene import COLOURS, SIZES

VIEWS = ("graph", "geography", "table")
ORDERS = ("ties", "name", "category", "standing", "country", "offers", "seeks", "confirmed")
FARTHEST = 4  # ties from the focus


@dataclass(frozen=True)
class Asked:
    """One map: who is on it, how it is looked at, and where the reader stands in its table."""

    filter: Filter = Filter()
    standing: tuple[str, ...] = ()
    type: tuple[str, ...] = ()  # of links
    view: str = "graph"
    colour: str = "category"
    size: str = "ties"
    focus: str = ""  # a slug
    degrees: int = 2
    order: str = "ties"
    kept: "Asked | None" = None  # what the address asks for without saying it: that of a saved map

    @classmethod
    def parse(cls, arguments: Arguments) -> "Asked":
        """The map of an address. What isn't known counts as not asked for."""
        values = arguments.getlist
        return cls(
            filter=Filter.parse(arguments),
            standing=known(values("standing"), STANDINGS.keys),
            type=known(values("type"), LINK_TYPES.keys),
            view=one(values("view"), VIEWS),
            colour=one(values("colour"), COLOURS),
            size=one(values("size"), SIZES),
            focus=next(iter(values("focus")), "").strip()[:120],
            degrees=degrees(next(iter(values("degrees")), "")),
            order=one(values("order"), ORDERS),
        )

    def arguments(self) -> list[tuple[str, str]]:
        """The arguments of this map's address, without what goes without saying; of a saved map's, what differs."""
        pairs = self.pairs()
        if self.kept is None:
            return pairs
        mine, theirs = MultiDict(pairs), MultiDict(self.kept.pairs())
        undone = [(name, str(getattr(Asked(), name, ""))) for name in theirs if name not in mine]
        return [one for one in pairs if mine.getlist(one[0]) != theirs.getlist(one[0])] + undone

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments that say all of it, whatever is kept."""
        plain = Asked()
        pairs = [*self.filter.arguments()]
        pairs += [("standing", key) for key in self.standing] + [("type", key) for key in self.type]
        for name in ("view", "colour", "size", "focus", "degrees", "order"):
            value = getattr(self, name)
            if value != getattr(plain, name) and (name != "degrees" or self.focus):
                pairs.append((name, str(value)))
        return pairs

    def whom(self) -> "Asked":
        """The same organisations and ties, looked at in the plainest way."""
        plain = Asked()
        same = {name: getattr(plain, name) for name in ("view", "colour", "size", "order")}
        return replace(self, filter=self.filter.turned(1), **same)

    def address(self, path: str, **changed: Any) -> str:
        """`path` with this map, or with one that differs in some things, as its query string."""
        query = urlencode(replace(self, **changed).arguments() if changed else self.arguments())
        return f"{path}?{query}" if query else path

    def turned(self, page: int) -> "Asked":
        return replace(self, filter=self.filter.turned(page))

    @property
    def narrow(self) -> bool:
        """Whether it shows less than everything there is to see."""
        return bool(self.filter or self.standing or self.focus)


def known(values: Iterable[str], keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys among some values, in their own order; all of them is the same as none."""
    found = tuple(key for key in keys if key in set(values))
    return () if len(found) == len(keys) else found


def one(values: Iterable[str], keys: tuple[str, ...]) -> str:
    value = next(iter(values), "")
    return value if value in keys else keys[0]


def degrees(typed: str) -> int:
    return min(FARTHEST, max(1, int(typed))) if typed.isdecimal() and len(typed) < 3 else 2
