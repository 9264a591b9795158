"""Who is in the directory already, so that a row that looks like one of them is noticed, with the evidence."""

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.addressing import site_of
from network.directory.comparing import COMPARED, entries
from network.directory.duplicate_blocks import Blocks
from network.directory.duplicate_words import ordered
from network.directory.duplicates import Entry, Level, Piece, placing
from network.directory.models import ExternalId
from network.interchange.evidence import told
from network.interchange.stating import Stated
from network.places.folding import fold

DIFFERENT = 55  # per cent of rapidfuzz's ratio


@dataclass(frozen=True)
class Match:
    """An organisation that a row may be, and why. `sure` when it goes by the same name at the same address or place."""

    id: int
    sure: bool
    evidence: tuple[Piece, ...]


def entry_of(row: Stated) -> Entry:
    """A row as what it is compared by."""
    facts = {name: value for name in COMPARED if (value := row.facts.get(name)) is not None}
    return Entry(**(facts | {"id": 0, "name": row.name}))


@dataclass
class Register:
    """Every organisation, found by website and name, and by all that resembles."""

    entries: dict[int, Entry] = field(default_factory=dict)
    by_site: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    sources: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    blocks: Blocks | None = None

    @classmethod
    def load(cls, session: Session) -> "Register":
        """The register of all that the database holds."""
        made, connection = cls(), session.connection()
        for entry in entries(connection):
            made.add(entry)
        for id, source in connection.execute(select(ExternalId.organization_id, ExternalId.source)):
            made.sources[id].add(source)
        return made

    def add(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        self.by_name[fold(entry.name)].append(entry.id)
        if entry.website:
            self.by_site[site_of(entry.website)].append(entry.id)
        self.blocks = None

    def match(self, row: Stated) -> Match | None:
        """Whom a row may be: the same website and name, else the same name and place, else what probably is."""
        mine = entry_of(row)
        name, site = fold(mine.name), site_of(mine.website)
        for id in self.by_site.get(site, ()) if site else ():
            if fold(self.entries[id].name) == name:
                return Match(id, True, (told("same_website", site), told("same_name")))
        for id in self.by_name.get(name, ()):
            where = placing(mine, self.entries[id])
            if where.weight >= 0 and not self.listed_apart(id, row):
                other = site_of(self.entries[id].website)
                differs = site and other and site != other
                sites = (told("site_differs", site, other),) if differs else ()
                sure = where.weight > 0 or None in (mine.latitude, self.entries[id].latitude)
                return Match(id, sure and not differs, (told("same_name"), where, *sites))
        return self.alike(mine, row)

    def listed_apart(self, id: int, row: Stated) -> bool:
        """Whether the same list has the organisation under another id: then it is another."""
        return bool(row.id) and row.source in self.sources.get(id, ())

    def alike(self, mine: Entry, row: Stated) -> Match | None:
        """The organisation that a row is most probably, by all that both say."""
        if not self.entries:
            return None
        if self.blocks is None:
            self.blocks = Blocks(self.entries.values())
        for other, score in self.blocks.like(mine, Level.PROBABLE):
            if not self.listed_apart(other.id, row):
                return Match(other.id, False, (told("probably", other.name), *ordered(score)))
        return None


def another(row: Stated, facts: dict[str, object]) -> bool:
    """Whether an organisation with the row's id can hardly be the same: name and all that both say differ."""
    mine = entry_of(row)
    told = (
        (site_of(mine.website), site_of(str(facts["website"]))),
        (fold(mine.town), fold(str(facts["town"]))),
        (mine.country, str(facts["country"])),
    )
    both = [(one, other) for one, other in told if one and other]
    if not both or fuzz.token_set_ratio(fold(mine.name), fold(str(facts["name"]))) >= DIFFERENT:
        return False
    return all(one != other for one, other in both[:2])
