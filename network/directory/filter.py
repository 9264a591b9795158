"""What is asked of the directory, as one object read from an address: pages, finder, map, export and API all use it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

from network.directory.categories import CATEGORIES
from network.directory.vocabulary import KINDS, SIDES
from network.places.countries import country_code
from network.places.folding import fold
from network.text import lazy_gettext as _l

LIMIT = 20
DEEPEST = 500
LONGEST = 200
SORTS = ("relevance", "name", "distance", "confirmed")
SEVERAL = ("category", "topic", "kind", "country", "language")
KILOMETRES_ROUND_THE_EARTH = 20038


class Arguments(Protocol):
    """The arguments of an address, as Werkzeug's MultiDict gives them."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Problem:
    """One argument that cannot be used: which, what was typed, and what to do."""

    field: str
    typed: str
    advice: str


@dataclass(frozen=True)
class Filter:
    """One question to the directory. Within a field any value will do; between fields all must hold."""

    q: str = ""
    category: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    side: str = ""
    country: tuple[str, ...] = ()
    near: str = ""
    radius: int | None = None  # kilometres
    network: str = ""
    language: tuple[str, ...] = ()
    online: bool = False
    newcomers: bool = False
    exact: bool = False  # only the words themselves, not what they mean
    sort: str = ""
    page: int = 1
    problems: tuple[Problem, ...] = ()

    @classmethod
    def parse(cls, arguments: Arguments) -> "Filter":
        """The filter of an address; what cannot be used stands in `problems` and is otherwise left out."""
        return Reading(arguments).filter()

    def __bool__(self) -> bool:
        """Whether anything is asked for beyond everything."""
        return bool(self.pieces())

    def pieces(self) -> list[tuple[str, Any]]:
        """Each thing that narrows the answer, as (field, value); several values of one field stand apart."""
        found: list[tuple[str, Any]] = []
        for name in NARROWING:
            if value := getattr(self, name):
                found += [(name, one) for one in value] if isinstance(value, tuple) else [(name, value)]
        return found

    def without(self, field: str, value: Any = None) -> "Filter":
        """The same question with one piece undone."""
        if field in SEVERAL:
            kept: Any = tuple(one for one in getattr(self, field) if one != value)
        else:
            kept = False if isinstance(value, bool) else ""
        changed = replace(self, page=1, **{field: kept})
        if field == "near":
            changed = replace(changed, radius=None, sort="" if self.sort == "distance" else self.sort)
        return replace(changed, exact=False) if field == "q" else changed

    def narrowed(self, field: str, value: Any) -> "Filter":
        """The same question with one piece more."""
        if field in SEVERAL:
            value = tuple(dict.fromkeys((*getattr(self, field), value)))
        return replace(self, page=1, **{field: value})

    def turned(self, page: int) -> "Filter":
        """The same question at another page."""
        return self if page == self.page else replace(self, page=page)

    def arguments(self) -> list[tuple[str, str]]:
        """The arguments of this filter's address, in one order, without what is empty."""
        pairs = []
        for name, value in self.pieces():
            pairs.append((name, "1" if value is True else str(value)))
        if self.radius and self.near:
            pairs.append(("radius", str(self.radius)))
        if self.exact:
            pairs.append(("exact", "1"))
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def address(self, path: str) -> str:
        """`path` with this filter as its query string."""
        return f"{path}?{self.query}" if self.query else path

    @cached_property
    def query(self) -> str:
        """The query string of this filter's address."""
        return urlencode(self.arguments())


NARROWING = tuple(
    field.name for field in fields(Filter) if field.name not in ("radius", "exact", "sort", "page", "problems")
)


class Reading:
    """Reads one filter, collecting what cannot be used."""

    def __init__(self, arguments: Arguments) -> None:
        self.given = arguments
        self.problems: list[Problem] = []

    def filter(self) -> Filter:
        near = self.text("near")
        sort = self.one_of("sort", SORTS)
        if sort == "distance" and not near:
            sort = ""
        return Filter(
            q=self.text("q"),
            category=self.several("category", category_key, _l("Choose a category from the list.")),
            topic=tuple(dict.fromkeys(value.strip().lower()[:60] for value in self.values("topic"))),
            kind=self.several("kind", kind_key, _l("Choose a kind of help from the list.")),
            side=self.one_of("side", SIDES.keys),
            country=self.several("country", country_code, _l("Write the country's name or its two letters.")),
            near=near,
            radius=self.number("radius", 1, KILOMETRES_ROUND_THE_EARTH),
            network=self.text("network")[:120],
            language=self.several("language", language_key, _l("Write the language's code, such as en or pt-BR.")),
            online=self.yes("online"),
            newcomers=self.yes("newcomers"),
            exact=self.yes("exact"),
            sort=sort,
            page=self.number("page", 1, DEEPEST) or 1,
            problems=tuple(self.problems),
        )

    def values(self, name: str) -> Iterable[str]:
        return [value for value in self.given.getlist(name) if value.strip()][:20]

    def text(self, name: str) -> str:
        value = next(iter(self.values(name)), "")
        value = " ".join("".join(c if c.isprintable() else " " for c in value).split())
        if len(value) > LONGEST:
            self.problem(name, value[:LONGEST], _l("Use fewer words: 200 characters are enough."))
        return value[:LONGEST]

    def several(self, name: str, key: Any, advice: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value in self.values(name):
            if known := key(value):
                found[known] = None
            else:
                self.problem(name, value, advice)
        return tuple(found)

    def one_of(self, name: str, keys: tuple[str, ...]) -> str:
        value = next(iter(self.values(name)), "").strip().lower()
        if value and value not in keys:
            self.problem(name, value, _l("Choose one from the list."))
            return ""
        return value

    def number(self, name: str, least: int, most: int) -> int | None:
        value = next(iter(self.values(name)), "").strip()
        if not value:
            return None
        try:
            number = round(float(value.removesuffix("km").strip()))
        except (ValueError, OverflowError):
            number = least - 1
        if least <= number <= most:
            return number
        self.problem(name, value, _l("Write a number from %(least)s to %(most)s.", least=least, most=most))
        return None

    def yes(self, name: str) -> bool:
        return next(iter(self.values(name)), "").strip().lower() in ("1", "true", "yes", "on")

    def problem(self, field: str, typed: str, advice: str) -> None:
        self.problems.append(Problem(field, typed[:LONGEST], advice))


def category_key(text: str) -> str | None:
    """The category of a key or of a usual spelling of it: "Clubs", "affiliate-network"."""
    folded = fold(text)
    for key in CATEGORIES:
        spoken = key.replace("_", " ")
        if folded in (spoken, spoken + "s", spoken.removesuffix(" network")):
            return key
    return None


def kind_key(text: str) -> str | None:
    """The kind of help of a key, or of its label in the reader's language."""
    folded = fold(text)
    for term in KINDS:
        if folded in (term.key, fold(str(term.label))):
            return term.key
    return None


def language_key(text: str) -> str | None:
    """A BCP 47 tag in its usual spelling, or None."""
    parts = text.strip().replace("_", "-").split("-")
    if not (2 <= len(parts[0]) <= 3 and parts[0].isascii() and parts[0].isalpha()):
        return None
    if not all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts[1:]):
        return None
    return "-".join([parts[0].lower(), *(part.upper() if len(part) == 2 else part.title() for part in parts[1:])])
