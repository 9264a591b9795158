"""Ties that a list states one by one: what each says, and what an import would do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.duplicates import Piece
from network.directory.models import Link
from network.directory.vocabulary import LINK_TYPES
from network.interchange import cells
from network.interchange.evidence import told
from network.interchange.limits import Refused
from network.interchange.link_columns import type_of
from network.interchange.mapping import Mapping, blank
from network.interchange.models import Import, ImportRow
from network.interchange.reading import RawRow
from network.interchange.references import References
from network.interchange.remarks import remark
from network.interchange.spool import Spool
from network.interchange.states import jsonable
from network.interchange.stating import Remark, reference

BATCH = 500
DATES = ("started_on", "ended_on")
End = tuple[str, int]  # ("row", its number in the list) or ("organization", its id)
Key = tuple[End, End, str]


@dataclass
class PlannedLink:
    """One tie of a list and what is to become of it: the fates are those of rows."""

    line: int
    source: str  # the list's name
    ends: tuple[str, str] = ("", "")  # as the list refers to them
    type: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    proposed: bool = False
    fate: str = "new"
    between: tuple[End, End] | None = None
    link_id: int | None = None  # of the tie that is there
    before: dict[str, str] = field(default_factory=dict)  # its dates that change
    after: dict[str, str] = field(default_factory=dict)
    warnings: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    evidence: tuple[Piece, ...] = ()
    broken: bool = False  # it stands for the rest of a file that can't be read

    @property
    def name(self) -> str:
        words = self.type.replace("_", " ")
        return " ".join(filter(None, (self.ends[0], words, self.ends[1])))

    def refuse(self, column: str, reason: str) -> None:
        self.errors.append(Remark(column, reason))
        self.fate = "error"


def stated_link(row: RawRow, mapping: Mapping) -> PlannedLink:
    """What a row says of a tie; what cannot be read stands in its errors."""
    found = PlannedLink(row.line, mapping.source)
    found.warnings += [Remark("", text) for text in row.warnings]
    if row.error:
        found.refuse(str(row.column or ""), row.error)
        return found
    here, there = reference(text_of(row, "from")), reference(text_of(row, "to"))
    for column, end in (("from", here), ("to", there)):
        if not end:
            found.refuse(column, remark("two_ends"))
    said = str(mapping.meant("type", text_of(row, "type")))
    meant = type_of(said)
    if meant is None:
        listed = ", ".join(LINK_TYPES.keys)
        found.refuse("type", remark("no_tie_type", value=repr(said[:40]), choices=listed))
    found.ends = (there, here) if meant and meant[1] else (here, there)
    found.type = meant[0] if meant else ""
    for column in DATES:
        read_date(found, column, text_of(row, column))
    if {*DATES} <= found.dates.keys() and found.dates["ended_on"] < found.dates["started_on"]:
        found.refuse("ended_on", remark("ended_first"))
    proposed = text_of(row, "proposed")
    try:
        found.proposed = bool(proposed.strip()) and cells.flag(proposed, lambda text: None)
    except cells.Unreadable as error:
        found.refuse("proposed", error.reason)
    return found


def text_of(row: RawRow, column: str) -> str:
    cell = row.cells.get(column)
    return "" if blank(cell) else cells.plain(cell)


def read_date(found: PlannedLink, column: str, text: str) -> None:
    """A day, month or year; of a month or year the first day, and that is said."""
    if not text.strip():
        return
    try:
        partial = cells.partial_date(text, lambda said: None)
        found.dates[column] = cells.day((partial + "-01-01")[:10], lambda said: None)
        if partial != found.dates[column]:
            found.warnings.append(Remark(column, remark("read_as", value=partial, meant=found.dates[column])))
    except cells.Unreadable as error:
        found.refuse(column, error.reason)


@dataclass
class LinkPlanner:
    """Decides what becomes of the ties of a list, once all its rows are known."""

    session: Session
    references: References
    lines: dict[Key, int] = field(default_factory=dict)

    def planned(self, links: Iterable[PlannedLink]) -> Iterator[PlannedLink]:
        remaining = iter(links)
        while batch := list(islice(remaining, BATCH)):
            for link in batch:
                if not link.errors:
                    self.find_ends(link)
            there, brought = self.ties_there(batch), self.brought_before(batch)
            for link in batch:
                if not link.errors:
                    self.decide(link, there, brought)
                yield link

    def find_ends(self, link: PlannedLink) -> None:
        """Which organisations a tie joins."""
        here, there = (self.references.target(link.source, text) for text in link.ends)
        for column, end in (("from", here), ("to", there)):
            if isinstance(end, str):
                link.refuse(column, end)
        if isinstance(here, str) or isinstance(there, str):
            return
        if not link.errors and here == there:
            link.refuse("to", remark("own_tie"))
        if not link.errors:
            link.between = here, there

    def decide(self, link: PlannedLink, there: dict[Key, Any], brought: set[tuple[str, Key]]) -> None:
        key = key_of(link)
        first = self.lines.setdefault(key, link.line)
        if first != link.line:
            link.fate, link.evidence = "duplicate", (told("same_tie", first),)
        elif key in there:
            self.compare(link, there[key])
        elif (link.source, key) in brought:
            link.fate = "unchanged"
            link.warnings.append(Remark("", remark("tie_taken")))

    def compare(self, link: PlannedLink, here: Any) -> None:
        """A tie that is there keeps what is known of it; the list only adds the days that nobody knew."""
        link.link_id, link.fate = here.id, "unchanged"
        for column, said in link.dates.items():
            known = jsonable(getattr(here, column))
            if not known:
                link.before[column], link.after[column] = "", said
                link.fate = "updated"
            elif known != said:
                link.warnings.append(Remark(column, remark("tie_kept", value=known)))
        if here.confirmed_on is None and not link.proposed:
            link.warnings.append(Remark("", remark("tie_waits")))

    def ties_there(self, batch: list[PlannedLink]) -> dict[Key, Any]:
        """The ties between the organisations of a batch."""
        ids = {number for link in batch for where, number in link.between or () if where == "organization"}
        query = select(*Link.__table__.c).where(Link.from_id.in_(ids), Link.to_id.in_(ids)).order_by(Link.id.desc())
        found = {}
        for row in self.session.connection().execute(query):
            found[one_key(("organization", row.from_id), ("organization", row.to_id), row.type)] = row
        return found

    def brought_before(self, batch: list[PlannedLink]) -> set[tuple[str, Key]]:
        """The ties that lists brought with imports which stand, each with its list's name."""
        ids = {number for link in batch for where, number in link.between or () if where == "organization"}
        query = (
            select(ImportRow.source, ImportRow.organization_id, ImportRow.after)
            .join(Import, Import.id == ImportRow.import_id)
            .where(ImportRow.organization_id.in_(ids), ImportRow.fate == TIED, Import.undone_at.is_(None))
        )
        return {
            (row.source, one_key(("organization", row.organization_id), ("organization", to), type))
            for row in self.session.connection().execute(query)
            for type, to in row.after.get("ties", ())
        }


TIED = "tied"  # the fate of an import's row that is a tie


def key_of(link: PlannedLink) -> Key:
    assert link.between
    return one_key(*link.between, link.type)


def one_key(here: End, there: End, type: str) -> Key:
    """What makes ties the same: both ends and the type, the ends of a mutual one in either order."""
    if type == "works_with" and there < here:
        here, there = there, here
    return here, there, type


def noted(rows: Iterable[RawRow], mapping: Mapping, references: References) -> Spool[PlannedLink]:
    """What the rows say of ties. What these refer to is remembered, so that all references can be resolved at once.

    Where the file can be read no further stands an error.
    """
    found: Spool[PlannedLink] = Spool()
    try:
        for row in rows:
            link = stated_link(row, mapping)
            references.asked |= {(link.source, end): None for end in link.ends if end}
            found.append(link)
    except Refused as error:
        broken = PlannedLink(error.line or 0, mapping.source, broken=True)
        broken.refuse(str(error.column or ""), error.reason)
        found.append(broken)
    return found
