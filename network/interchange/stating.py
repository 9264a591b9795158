"""What a row says of an organisation: its facts, listings and ties, and what is wrong or was inferred."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from network.directory.categories import CATEGORIES
from network.directory.tables import joined
from network.directory.texts import UNSTORABLE
from network.interchange import cells
from network.interchange.columns import COLUMNS, TIES
from network.interchange.listings import SIDES, Listing, Reading, known_topics
from network.interchange.mapping import Mapping, blank
from network.interchange.reading import RawRow
from network.interchange.remarks import remark

KEYS = ("id", "slug")
APART = (*KEYS, *TIES, "offers", "seeks", "listings", "topics")
NEEDED = {
    "name": remark("need_name"),
    "category": remark("need_category", choices=", ".join(CATEGORIES)),
}
REPEATED = frozenset(
    "category standing languages meets meets_at founded town region country precision area_served online newcomers "
    "member_of hosted_by topics source source_url confirmed_on".split()
)
TopicOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Remark:
    """Something about a cell that a person should read."""

    column: str
    text: str


@dataclass
class Stated:
    """A row, read. `facts` holds what is said; `empty` names the columns that are there and say nothing."""

    line: int
    also: tuple[int, ...] = ()
    id: str = ""
    slug: str = ""
    source: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    topics: list[str] | None = None
    listings: list[Listing] | None = None
    sides: frozenset[str] = frozenset()  # of which side the row says what there is
    ties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # type: (reference, since)
    empty: set[str] = field(default_factory=set)
    inferred: set[str] = field(default_factory=set)
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.facts.get("name", ""))


def stated(row: RawRow, mapping: Mapping, topic_of: TopicOf) -> Stated:
    """Read a row's cells; what cannot be read stands in `errors`, what was understood with some help in `warnings`."""
    found = Stated(row.line, row.also)
    found.warnings += [Remark("", text) for text in row.warnings]
    ours = mapping.cells(row)
    if row.error:
        found.errors.append(Remark(str(row.column or ""), row.error))
        return found
    values: dict[str, Any] = {}
    for column, cell in ours.items():
        if blank(cell):
            found.empty.add(column)
            continue
        try:
            value, said = (understood if column in REPEATED and isinstance(cell, str) else read)(column, cell)
            found.warnings += [Remark(mapping.header_of(column), text) for text in said]
            if blank(value):
                found.empty.add(column)
            else:
                values[column] = value
        except cells.Unreadable as error:
            found.errors.append(Remark(mapping.header_of(column), error.reason))
    found.id, found.slug = values.get("id", ""), values.get("slug", "")
    found.source = values.get("source", "") or mapping.source
    found.facts = {column: value for column, value in values.items() if column not in APART}
    if found.source:
        found.facts["source"] = found.source
    if mapping.source_url:
        found.facts.setdefault("source_url", mapping.source_url)
    read_ties(found, values, row)
    read_topics(found, values, topic_of, mapping)
    read_listings(found, values, topic_of, mapping)
    check_whole(found, mapping)
    return found


def read(column: str, cell: Any) -> tuple[Any, tuple[str, ...]]:
    """The value of a cell, and what has to be said of how it was understood."""
    known = COLUMNS[column]
    warnings: list[str] = []
    if isinstance(cell, list | dict) and known.kind in ("listings", "details", "ties"):
        return cell, ()
    text = joined(map(cells.plain, cell)) if isinstance(cell, list) else cells.plain(cell)
    fit(text, known.longest)
    value = cells.READERS[known.kind](cells.storable(text), warnings.append)
    return fit(value, known.longest) if isinstance(value, str) else value, tuple(warnings)


understood = lru_cache(20_000)(read)
"""The same for cells that stand in many rows: each is read once. What is remembered is not to be changed."""


def fit(text: str, longest: int) -> str:
    """The same text; raises Unreadable when it is too long. What was read may be longer than what was written."""
    if len(text) > longest:
        raise cells.Unreadable(remark("long", count=f"{len(text):,}", most=f"{longest:,}"))
    return text


def read_ties(found: Stated, values: dict[str, Any], row: RawRow) -> None:
    """References to other organisations: text, or the links of our own JSON, which carry the day since when."""
    for type in TIES:
        if type in values:
            given = values[type] if isinstance(values[type], list) else []
            found.ties[type] = [(text, "") for one in given if (text := reference(one))]
    own = row.cells.get("links")
    if isinstance(own, list) and "slug" in row.cells:
        outward = [link for link in own if isinstance(link, dict) and link.get("direction") == "out"]
        for type in TIES:
            told = [link for link in outward if link.get("type") == type]
            found.ties[type] = [(text, since(link)) for link in told if (text := reference(link.get("organization")))]
        found.empty |= {type for type in TIES if not found.ties[type]}
    found.ties = {type: others for type, others in found.ties.items() if others}


def reference(value: Any) -> str:
    """What names another organisation; empty when it can be no name."""
    return cells.one_line(UNSTORABLE.sub("", value)) if isinstance(value, str) else ""


def since(link: dict[str, Any]) -> str:
    """The day since when a link of our own JSON stands; empty when it doesn't say."""
    try:
        return cells.iso_day(str(link.get("since") or "")).isoformat()
    except cells.Unreadable:
        return ""


def read_topics(found: Stated, values: dict[str, Any], topic_of: TopicOf, mapping: Mapping) -> None:
    if "topics" in values:
        known, unknown = known_topics(values["topics"], topic_of)
        found.topics = known
        note_unknown(found, unknown, mapping.header_of("topics"))


def note_unknown(found: Stated, unknown: list[str], column: str) -> None:
    if unknown:
        found.warnings.append(Remark(column, remark("no_topic", names=", ".join(unknown))))
        task = found.tasks.setdefault("topic:unknown", {"topics": []})
        task["topics"] = list(dict.fromkeys([*task["topics"], *unknown]))


def read_listings(found: Stated, values: dict[str, Any], topic_of: TopicOf, mapping: Mapping) -> None:
    """Offers and seeks, each with what `listings` says of it beyond its title."""
    present = values.keys() | found.empty
    if "listings" in present:
        found.sides = frozenset(SIDES.values())
    if present & SIDES.keys():
        found.sides = frozenset(side for column, side in SIDES.items() if column in present)
    if not found.sides:
        return
    reading = Reading(topic_of)
    found.listings = reading.listings(values, found.empty)
    for column, text in reading.errors:
        found.errors.append(Remark(mapping.header_of(column), text))
    for column, text in reading.warnings:
        found.warnings.append(Remark(mapping.header_of(column), text))
    note_unknown(found, reading.unknown_topics, mapping.header_of("listings"))


def check_whole(found: Stated, mapping: Mapping) -> None:
    """What no single cell shows."""
    wrong = {remark.column for remark in found.errors}
    for column in NEEDED:
        header = mapping.header_of(column)
        if not found.facts.get(column) and header not in wrong:
            found.errors.append(Remark(header, NEEDED[column]))
    pair = [name for name in ("latitude", "longitude") if name in found.facts]
    if len(pair) == 1:
        (other,) = {"latitude", "longitude"} - set(pair)
        if mapping.header_of(other) not in wrong:
            found.errors.append(Remark(mapping.header_of(other), remark(f"no_{other}")))
