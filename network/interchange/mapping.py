"""A mapping: which of a list's columns is which of ours, what is the same for all, which rows belong together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from network.directory.tables import joined
from network.interchange.columns import recognised
from network.interchange.reading import RawRow

ANY = "*"


@dataclass(frozen=True)
class Origin:
    """Where one of our columns comes from: the first of `names` that holds anything, or all of them joined."""

    names: tuple[str, ...]
    join: str | None = None

    def value(self, cells: dict[str, Any]) -> Any:
        present = [cells[name] for name in self.names if not blank(cells.get(name))]
        if self.join is None:
            return present[0] if present else ""
        return self.join.join(str(value) for value in present)


@dataclass(frozen=True)
class Group:
    """Rows with the same value in the column `by` become one; a row without a value stands alone.

    Each cell is the first that holds anything, rows ordered as `order` lists the values of the column `prefer`; cells
    of the columns `together` are united.
    """

    by: str
    prefer: str = ""
    order: tuple[str, ...] = ()
    together: tuple[str, ...] = ()

    def place_of(self, row: RawRow) -> int:
        value = str(row.cells.get(self.prefer, ""))
        return self.order.index(value) if value in self.order else len(self.order)


@dataclass
class Mapping:
    """What a list's headers mean. Without a file they are recognised by their spelling, as rows bring them."""

    source: str = ""
    source_url: str = ""
    format: str | None = None
    columns: dict[str, Origin] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    group: Group | None = None
    written: bool = False
    seen: dict[str, None] = field(default_factory=dict)  # the headers met so far
    unknown: dict[str, None] = field(default_factory=dict)

    def meet(self, headers: Iterable[str]) -> None:
        """Learn headers that were not met before."""
        new = [header for header in headers if header not in self.seen]
        if not new:
            return
        self.seen |= dict.fromkeys(new)
        if self.written:
            used = {name for origin in self.columns.values() for name in origin.names}
            used |= {self.group.by, self.group.prefer} if self.group else set()
            self.unknown |= {name: None for name in new if name not in used}
            return
        found = recognised(self.seen)
        self.columns = {column: Origin((header,)) for header, column in found.columns.items()}
        self.unknown = dict.fromkeys(found.unknown)

    def header_of(self, column: str) -> str:
        """What the list calls one of our columns."""
        return self.columns[column].names[0] if column in self.columns else column

    def cells(self, row: RawRow) -> dict[str, Any]:
        """The cells of a row under our names. A column that the row doesn't have isn't there; an empty one is."""
        self.meet(row.cells)
        ours: dict[str, Any] = {}
        there = row.cells
        for column, origin in self.columns.items():
            if len(origin.names) == 1:
                if origin.names[0] in there:
                    ours[column] = self.meant(column, there[origin.names[0]])
            elif any(name in there for name in origin.names):
                ours[column] = self.meant(column, origin.value(there))
        for column, value in self.constants.items():
            if blank(ours.get(column)):
                ours[column] = value
        return ours

    def meant(self, column: str, value: Any) -> Any:
        """What a value of the list's own stands for."""
        meanings = self.values.get(column)
        if not meanings or not isinstance(value, str) or blank(value):
            return value
        return meanings.get(value.strip(), meanings.get(ANY, value))


def blank(value: Any) -> bool:
    """Whether a cell says nothing."""
    return not value.strip() if isinstance(value, str) else value is None or value == []


def grouped(rows: Iterable[RawRow], mapping: Mapping) -> Iterator[RawRow]:
    """The rows with those that belong together made one; only then is the whole list held in memory."""
    group = mapping.group
    if group is None:
        yield from rows
        return
    found: dict[Any, list[RawRow]] = {}
    for row in rows:
        key = row.cells.get(group.by)
        found.setdefault(("", row.line) if blank(key) else ("group", str(key)), []).append(row)
    for members in found.values():
        yield members[0] if len(members) == 1 else united(members, group, mapping)


def united(rows: list[RawRow], group: Group, mapping: Mapping) -> RawRow:
    """One row of several."""
    ranked = sorted(rows, key=group.place_of)
    cells: dict[str, Any] = {}
    for name in dict.fromkeys(name for row in rows for name in row.cells):
        values = [row.cells.get(name) for row in ranked if not blank(row.cells.get(name))]
        cells[name] = united_values(values) if name in group.together else values[0] if values else ""
    warnings = [warning for row in rows for warning in row.warnings]
    countries = dict.fromkeys(str(row.cells.get(mapping.header_of("country")) or "") for row in ranked)
    stated = [country for country in countries if country]
    if len(stated) > 1:
        warnings.append(f"its rows name several countries ({', '.join(stated)}): taken as {stated[0]}")
    first = rows[0]
    error = next((row for row in rows if row.error), first)
    return replace(
        first,
        cells=cells,
        warnings=tuple(warnings),
        error=error.error,
        column=error.column,
        also=tuple(row.line for row in rows[1:]),
    )


def united_values(values: list[Any]) -> str:
    parts = [part for value in values for part in (value if isinstance(value, list) else str(value).split(";"))]
    return joined(dict.fromkeys(str(part).strip() for part in parts))
