"""Who is in the directory already, so that a row that looks like one of them is noticed, with the evidence."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import ExternalId, Organization
from network.interchange.stating import Stated
from network.places.distance import kilometres
from network.places.folding import fold

ALIKE = 92  # per cent of rapidfuzz's ratio
NEAR_KM = 25
CELL = 0.5  # degrees
MOST = 400  # names compared with one row
DIFFERENT = 55


@dataclass(frozen=True, slots=True)
class Entry:
    """What two organisations are compared by."""

    id: int
    name: str  # folded
    written: str
    site: str
    country: str
    town: str
    latitude: float | None
    longitude: float | None

    def away(self, other: "Entry") -> float | None:
        """The distance in kilometres, when both have a point."""
        if self.latitude is None or self.longitude is None or other.latitude is None or other.longitude is None:
            return None
        return kilometres(self.latitude, self.longitude, other.latitude, other.longitude)


@dataclass(frozen=True)
class Match:
    """An organisation that a row may be, and why. `sure` when it goes by the same name at the same address or place."""

    id: int
    sure: bool
    evidence: tuple[str, ...]


def site_of(website: str) -> str:
    """What makes two web addresses the same: host without www and path, whatever the scheme and the last slash."""
    try:
        parts = urlsplit(website.strip().lower())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return website.strip().lower()
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def entry_of(row: Stated) -> Entry:
    facts = row.facts
    return Entry(
        0,
        fold(row.name),
        row.name,
        site_of(facts.get("website", "")),
        facts.get("country", ""),
        fold(facts.get("town", "")),
        facts.get("latitude"),
        facts.get("longitude"),
    )


@dataclass
class Register:
    """Every organisation, found by website, name and place."""

    entries: dict[int, Entry] = field(default_factory=dict)
    by_site: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_place: defaultdict[tuple[object, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    sources: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def load(cls, session: Session) -> "Register":
        """The register of all that the database holds."""
        made = cls()
        columns = (Organization.id, Organization.name, Organization.website, Organization.country, Organization.town)
        for row in session.connection().execute(select(*columns, Organization.latitude, Organization.longitude)):
            made.add(
                Entry(
                    row.id,
                    fold(row.name),
                    row.name,
                    site_of(row.website),
                    row.country,
                    fold(row.town),
                    row.latitude,
                    row.longitude,
                )
            )
        for id, source in session.connection().execute(select(ExternalId.organization_id, ExternalId.source)):
            made.sources[id].add(source)
        return made

    def add(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        self.by_name[entry.name].append(entry.id)
        if entry.site:
            self.by_site[entry.site].append(entry.id)
        self.by_place[next(neighbourhoods(entry))].append(entry.id)

    def match(self, row: Stated) -> Match | None:
        """Whom a row may be: the same website and name, else the same name and place, else what looks alike."""
        mine = entry_of(row)
        for id in self.by_site.get(mine.site, ()) if mine.site else ():
            if self.entries[id].name == mine.name:
                return Match(id, True, (f"same website {mine.site}", "same name"))
        for id in self.by_name.get(mine.name, ()):
            if not self.listed_apart(id, row) and (where := same_place(mine, self.entries[id])):
                other = self.entries[id]
                differs = mine.site and other.site and mine.site != other.site
                sites = (f"but another website: {other.site}",) if differs else ()
                return Match(id, not differs, ("same name", where, *sites))
        return self.alike(mine, row)

    def listed_apart(self, id: int, row: Stated) -> bool:
        """Whether the same list has the organisation under another id: then it is another."""
        return bool(row.id) and row.source in self.sources.get(id, ())

    def alike(self, mine: Entry, row: Stated) -> Match | None:
        """The organisation whose name resembles the row's most, at the same website or nearby."""
        near = [id for place in neighbourhoods(mine) for id in self.by_place.get(place, ())[:MOST]]
        candidates = dict.fromkeys([*(self.by_site.get(mine.site, ())[:MOST] if mine.site else ()), *near])
        best: tuple[float, Entry] | None = None
        for id in candidates:
            other = self.entries[id]
            likeness = fuzz.ratio(mine.name, other.name, score_cutoff=ALIKE)
            if likeness and (best is None or likeness > best[0]) and same_numbers(mine.name, other.name):
                best = (likeness, other) if same_place(mine, other) and not self.listed_apart(id, row) else best
        if best is None:
            return None
        likeness, other = best
        evidence = [f"name {likeness:.0f} % like {other.written}", same_place(mine, other)]
        if mine.site and mine.site == other.site:
            evidence.append(f"same website {mine.site}")
        return Match(other.id, False, tuple(evidence))


def neighbourhoods(entry: Entry) -> Iterator[tuple[object, ...]]:
    """Where others that may be the same are kept: first the entry's own square or town, then the squares around."""
    letter = entry.name[:1]
    if entry.latitude is None or entry.longitude is None:
        yield (entry.country, entry.town, letter)
        return
    across, down = round(entry.longitude / CELL), round(entry.latitude / CELL)
    yield (across, down, letter)
    yield from ((across + x, down + y, letter) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)
    yield (entry.country, entry.town, letter)


def same_place(one: Entry, other: Entry) -> str:
    """Why two may be in the same place, in words; empty when they aren't."""
    if one.country and other.country and one.country != other.country:
        return ""
    away = one.away(other)
    if away is not None:
        return f"{away:.0f} km apart" if away <= NEAR_KM else ""
    if one.town and other.town:
        return f"same town {one.town}" if one.town == other.town else ""
    if one.country and other.country:
        return f"same country {one.country}"
    return "no place is known that would tell them apart"


def same_numbers(one: str, other: str) -> bool:
    """Whether two names hold the same numbers: Club 1 is not Club 2."""
    return [word for word in one.split() if word.isdigit()] == [word for word in other.split() if word.isdigit()]


def another(row: Stated, facts: dict[str, object]) -> bool:
    """Whether an organisation with the row's id can hardly be the same: name and all that both say differ."""
    mine = entry_of(row)
    told = (
        (mine.site, site_of(str(facts["website"]))),
        (mine.town, fold(str(facts["town"]))),
        (mine.country, str(facts["country"])),
    )
    both = [(one, other) for one, other in told if one and other]
    if not both or fuzz.token_set_ratio(mine.name, fold(str(facts["name"]))) >= DIFFERENT:
        return False
    return all(one != other for one, other in both[:2])
