"""A plan: what would become of every row of a list."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from network.directory.duplicates import Piece
from network.interchange.linking import PlannedLink
from network.interchange.listings import Differences
from network.interchange.mapping import Mapping
from network.interchange.references import References
from network.interchange.spool import Spool
from network.interchange.states import Tie
from network.interchange.stating import Remark

FATES = ("new", "updated", "unchanged", "duplicate", "error")


@dataclass
class Planned:
    """One row and what is to become of it. For a new organisation `after` holds all its facts, else what changes."""

    number: int
    line: int
    also: tuple[int, ...]
    fate: str
    name: str
    id: str
    slug: str  # that the row states, or that the organisation has
    source: str
    organization_id: int | None = None
    after: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    listings: Differences = field(default_factory=Differences)
    ties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    tie_types: tuple[str, ...] = ()
    tied: dict[Tie, str] = field(default_factory=dict)
    adopt_id: bool = False  # the list's id is new for the organisation
    said: dict[str, Any] = field(default_factory=dict)
    said_before: dict[str, Any] | None = None
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    evidence: tuple[Piece, ...] = ()
    doubt: str = ""  # why it may be a duplicate, see deciding.py
    stated: dict[str, Any] = field(default_factory=dict)  # all facts of a row in doubt
    looks_like: int | None = None  # the organisation that it may be


@dataclass
class Plan:
    """A whole list, planned. The rows wait in a file, so that even a long list takes little memory."""

    rows: Spool[Planned]
    links: Spool[PlannedLink]
    references: References
    mapping: Mapping
    counts: dict[str, int]
    notes: list[str] = field(default_factory=list)  # what holds for many rows
    broken: bool = False  # the file could not be read to its end
    first_error: tuple[int, Remark] | None = None
    marks: Any = field(default_factory=sha256)

    @property
    def digest(self) -> str:
        """What a plan is known by: another one, of the same list, does the same to the same organisations."""
        return self.marks.hexdigest()

    def mark(self, one: Planned) -> None:
        """Note what would become of a row if nobody decided about it."""
        seen = (
            ("duplicate", one.looks_like) if one.doubt else (one.fate, one.organization_id, sorted(one.after.items()))
        )
        self.marks.update(repr((one.number, *seen)).encode())

    def count(self, one: Planned | PlannedLink) -> None:
        self.counts[one.fate] += 1
        if one.errors and self.first_error is None:
            self.first_error = (one.line, one.errors[0])

    def close(self) -> None:
        """Let go of the files in which the rows wait."""
        self.rows.close()
        self.links.close()
