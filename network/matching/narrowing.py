"""Which of an organisation's matches to show: the directory's filter as far as it fits, and the direction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from network.directory.filter import Arguments, Filter
from network.directory.saying import country, language, piece
from network.directory.vocabulary import KINDS
from network.matching.cards import Match
from network.matching.reasons import DIRECTIONS
from network.places.distance import kilometres
from network.places.spots import Spot
from network.text import lazy_gettext as _l

AROUND = 100  # kilometres about a place, when nobody says how many
HELD = ("kind", "country", "near", "radius", "network", "language", "problems")
WAYS = {"they_help": _l("They could help you"), "you_help": _l("You could help them"), "both": _l("Each other")}

Networks = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Narrowing:
    """What narrows the matches; the same in the address of the page, its forms and the API."""

    filter: Filter
    direction: str = ""

    @classmethod
    def parse(cls, arguments: Arguments) -> "Narrowing":
        """The narrowing of an address; what else stands in it is left alone."""
        asked = Filter.parse(arguments)
        held = Filter(**{name: getattr(asked, name) for name in HELD})
        if held.near and not held.radius:
            held = replace(held, radius=AROUND)
        problems = tuple(one for one in held.problems if one.field in HELD)
        direction = next(iter(arguments.getlist("direction")), "")
        return cls(replace(held, problems=problems), direction if direction in DIRECTIONS else "")

    def __bool__(self) -> bool:
        return bool(self.filter) or bool(self.direction)

    @property
    def query(self) -> str:
        """The query string of this narrowing's address."""
        direction = [("direction", self.direction)] if self.direction else []
        return urlencode([*self.filter.arguments(), *direction])

    def address(self, path: str) -> str:
        """`path` with this narrowing as its query string."""
        return f"{path}?{self.query}" if self.query else path

    def undone(self, path: str) -> list[dict[str, str]]:
        """Every piece in words, each with the address that undoes it."""
        found = [
            {
                "words": piece(field, value),
                "undo": replace(self, filter=self.filter.without(field, value)).address(path),
            }
            for field, value in self.filter.pieces()
        ]
        if self.direction:
            found.append({"words": str(WAYS[self.direction]), "undo": replace(self, direction="").address(path)})
        return found

    @staticmethod
    def word(field: str, value: str) -> str:
        """A value of a field in words, for one that no match has."""
        if field == "kind":
            return str(KINDS[value].label)
        return {"country": country, "language": language}.get(field, str)(value)

    def lets(self, match: Match, networks: Networks, spot: Spot | None) -> bool:
        """Whether a match is to be shown; `spot` is the place that is meant by `near`."""
        asked, row = self.filter, match.row
        if asked.kind and not match.kinds & set(asked.kind):
            return False
        if asked.country and row.country not in asked.country:
            return False
        if asked.language and not {base(code) for code in row.languages} & {base(code) for code in asked.language}:
            return False
        if asked.network and asked.network not in networks.get(row.id, {}):
            return False
        if self.direction and match.direction not in (self.direction, "both"):
            return False
        return spot is None or within(row, spot, asked.radius or AROUND)


def base(code: str) -> str:
    """A language without its region: "pt" of "pt-BR"."""
    return code.split("-")[0]


def within(row: object, spot: Spot, radius: int) -> bool:
    """Whether an organisation lies so near to a place."""
    latitude, longitude = getattr(row, "latitude", None), getattr(row, "longitude", None)
    if latitude is None or longitude is None:
        return False
    return kilometres(latitude, longitude, spot.latitude, spot.longitude) <= radius + (spot.radius_km or 0)


def choices(matches: Sequence[Match], networks: Networks) -> dict[str, list[tuple[str, str]]]:
    """What the matches can be narrowed by: values and words of each field, as far as they tell them apart."""
    countries = Counter(match.row.country for match in matches if match.row.country)
    languages = Counter(base(code) for match in matches for code in dict.fromkeys(match.row.languages))
    kinds = Counter(kind for match in matches for kind in match.kinds if kind)
    named = {slug: name for match in matches for slug, name in networks.get(match.row.id, {}).items()}
    return {
        "kind": [(term.key, str(term.label)) for term in KINDS if term.key in kinds],
        "country": by_words((code, country(code)) for code in countries),
        "language": by_words((code, language(code)) for code in languages),
        "network": by_words(named.items()),
    }


def by_words(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices in the order in which one reads them."""
    return sorted(pairs, key=lambda one: (one[1].casefold(), one[0]))
