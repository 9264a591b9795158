"""The area that an organisation serves: `50 km; GB; US.CA; world`."""

import re
from dataclasses import dataclass

from network.places.countries import country_code, is_country
from network.places.distance import KM_PER_MILE
from network.places.folding import fold

WORLD = frozenset(
    "world worldwide global globally international internacional anywhere everywhere mundo mundial monde mondial welt "
    "weltweit".split()
)
LENGTH = re.compile(r"(?:within |up to )?\s*(\d{1,5}(?:[.,]\d{1,3})?)\s*(kms?|kilomet\w*|mi|miles?)", re.IGNORECASE)
REGION = re.compile(r"([A-Za-z]{2})[.-]([A-Za-z0-9]{1,8})")


@dataclass(frozen=True)
class Area:
    """Within so many kilometres, in these countries or regions, or all the world; several together are a union."""

    kilometres: int | None = None
    countries: tuple[str, ...] = ()  # alpha-2
    regions: tuple[str, ...] = ()  # "US.CA"
    world: bool = False
    unknown: tuple[str, ...] = ()  # what could not be read, as written

    @classmethod
    def parse(cls, text: str) -> "Area":
        """The area in its text form; also "30 miles", country names, "worldwide". `unknown` has what it can't read."""
        reach: list[int] = []
        countries: list[str] = []
        regions: list[str] = []
        unknown: list[str] = []
        world = False
        for piece in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
            length, region = LENGTH.fullmatch(piece), REGION.fullmatch(piece)
            if length:
                per = KM_PER_MILE if length[2].lower().startswith("mi") else 1
                reach.append(max(1, round(float(length[1].replace(",", ".")) * per)))
            elif fold(piece) in WORLD:
                world = True
            elif code := country_code(piece):
                countries.append(code)
            elif region and is_country(region[1].upper()):
                regions.append(f"{region[1]}.{region[2]}".upper())
            else:
                unknown.append(piece)
        return cls(max(reach, default=None), unique(countries), unique(regions), world, unique(unknown))

    @property
    def tokens(self) -> tuple[str, ...]:
        """The countries and regions as short codes, and `world`; a distance has no token."""
        return (*self.countries, *self.regions, *(("world",) if self.world else ()))

    def covers(self, country: str, region_code: str = "") -> bool:
        """Whether all of a region or country lies in it."""
        return self.world or country in self.countries or (region_code != "" and region_code in self.regions)

    def __bool__(self) -> bool:
        return bool(self.kilometres or self.tokens)

    def __str__(self) -> str:
        reach = (f"{self.kilometres} km",) if self.kilometres else ()
        return "; ".join((*reach, *self.tokens))


def unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
