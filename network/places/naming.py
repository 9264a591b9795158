"""Under which folded names each place is found, how likely it is meant by each, and which of them may be misspelt."""

import re
from functools import lru_cache
from typing import Any

from babel import Locale

from network.places import countries
from network.places.folding import fold
from network.places.ranks import DECADE, rank
from network.places.regions import names_of

LONGEST = 60
LARGE_SHARE = 10
SPELT_ALTERNATES_FROM = 100_000
SPELT_OTHER_SCRIPTS_FROM = 500_000
NO_NAME = re.compile(r"[A-Z]{3}|.*\d")  # airports, postal codes
GERMAN = frozenset({"AT", "CH", "DE", "LI", "LU"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
ALSO_NAMED_IN = (
    "af am az be bg bn bs ca cs cy da el et eu fa fi fil ga gl gu ha he hi hr hu hy id is it ja ka kk km kn ko ky lo "
    "lt lv mk ml mn mr ms my nb ne nl pa pl ro ru si sk sl so sq sr sv sw ta te th tr uk ur uz vi zh zh_Hant zu"
).split()
SHORTENED = (("saint ", "st "), ("sainte ", "ste "), ("mount ", "mt "), ("fort ", "ft "))


class Names:
    """All names of a gazetteer: `(name, place id) → rank`, and the names that are compared with misspelt ones."""

    def __init__(self) -> None:
        self.ranks: dict[tuple[str, int], int] = {}
        self.spelt: set[str] = set()

    def add(self, place: int, text: str, likely: int, spelt: bool = True) -> None:
        """Name a place; of two ranks for the same name the higher stays."""
        name = fold(text)
        if name and len(name) <= LONGEST and self.ranks.get((name, place), -1) < likely:
            self.ranks[name, place] = likely
            if spelt:
                self.spelt.add(name)

    def add_town(self, town: dict[str, Any], capital: bool = False) -> None:
        """Name a town as it names itself, and as others spell and call it."""
        id, name, people = town["geonameid"], town["name"], town["population"]
        own = rank("town", people, capital=capital)
        other = rank("town", people, alternate=True, capital=capital)
        self.add(id, name, own)
        for variant in variants(name, town["countrycode"]):
            self.add(id, variant, own)
        for alternate in town["alternatenames"]:
            if is_name(alternate):
                enough = SPELT_ALTERNATES_FROM if is_latin(alternate) else SPELT_OTHER_SCRIPTS_FROM
                self.add(id, alternate, other, spelt=people >= enough)

    def add_region(self, id: int, code: str, name: str, people: int, towns: list[dict[str, Any]]) -> None:
        """Name a region in the languages we know, and without "Province" and the like.

        A large town in it that bears the same name is likelier meant: New York is the city.
        """
        likely = rank("region", people)
        large = [town["geonameid"] for town in towns if town["population"] * LARGE_SHARE >= people]
        for one in (name, *names_of(code, name)):
            self.add(id, one, likely)
            for town in large:
                if (fold(one), town) in self.ranks:
                    self.add(town, one, likely + 1)

    def add_country(self, id: int, code: str, people: int) -> None:
        """Name a country in many languages; in those that no page speaks, its name gives way to most towns."""
        for one in countries.names(code):
            self.add(id, one, rank("country", people))
        for one in said_elsewhere().get(code, ()):
            self.add(id, one, rank("country", people) - 2 * DECADE, spelt=False)


def is_name(alternate: str) -> bool:
    """Whether somebody may type an alternate name: no airport or postal code, no romanisation made by a machine.

    GeoNames writes the latter in small letters ("bei jing", "aisakaladesa"), all others as names are written.
    """
    return bool(alternate) and not (
        NO_NAME.match(alternate) or "a" <= alternate[0] <= "z" or not alternate[0].isalpha()
    )


def is_latin(name: str) -> bool:
    return name[0] < "\u0250"


def variants(name: str, country: str) -> set[str]:
    """Other usual spellings of a town's own name: "Muenster", "Laquila", "St Albans" and "Saint Albans"."""
    found = {name.replace("'", "").replace("’", "")}
    if country in GERMAN:
        found.add(name.translate(UMLAUTS))
    folded = fold(name)
    for long, short in SHORTENED:
        if folded.startswith(long):
            found.add(short + folded.removeprefix(long))
        elif folded.startswith(short):
            found.add(long + folded.removeprefix(short))
    return found - {name}


@lru_cache(maxsize=1)
def said_elsewhere() -> dict[str, set[str]]:
    """The names of each country (alpha-2) in the languages that many people write, beside those of the pages."""
    named: dict[str, set[str]] = {}
    for language in ALSO_NAMED_IN:
        for code, name in Locale.parse(language).territories.items():
            named.setdefault(str(code), set()).add(str(name))
    return named
