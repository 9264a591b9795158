"""From a file to rows of named cells: which format, which separator, which columns."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from network.interchange.encoding import Survey, survey
from network.interchange.limits import COLUMNS, ROWS, Refused
from network.interchange.link_columns import link_columns
from network.interchange.reading_csv import csv_rows, delimiter_of, header_of
from network.interchange.reading_json import LISTS, first_list, json_items
from network.interchange.reading_kumu import BLUEPRINT, connection, element
from network.interchange.remarks import remark

FORMATS = ("csv", "geojson", "json", "kumu", "links")
ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".geojson": "geojson", ".json": "json"}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file: where it begins, its cells by header, and what was odd or wrong in reading it."""

    line: int
    cells: dict[str, Any]
    warnings: tuple[str, ...] = ()
    error: str = ""
    column: int | None = None  # at which the error is
    also: tuple[int, ...] = ()  # the lines of further rows that belong to it


@dataclass(frozen=True)
class ListFile:
    """A file that holds a list; it can be read again and again, a row at a time."""

    path: Path
    format: str
    survey: Survey
    delimiter: str = ""
    headers: tuple[str, ...] = ()  # of a CSV; other formats name the cells of each row

    @property
    def said(self) -> dict[str, str]:
        """How the file was understood, in words."""
        words = {"format": self.format, "encoding": self.survey.said}
        return words | ({"delimiter": DELIMITERS[self.delimiter]} if self.delimiter else {})

    def rows(self) -> Iterator[RawRow]:
        """The rows; raises Refused, with the place, where the file can be read no further."""
        yield from self.counted(self.all_rows())

    def links(self) -> Iterator[RawRow]:
        """The ties that the file states one by one, with the cells that link_columns.py names; the same refusals."""
        yield from self.counted(self.all_links())

    def counted(self, rows: Iterator[RawRow]) -> Iterator[RawRow]:
        count = 0
        try:
            for row in rows:
                count += 1
                if count > ROWS:
                    raise Refused(remark("many_rows", most=f"{ROWS:,}"), row.line)
                yield row
        except UnicodeDecodeError as error:
            raise Refused(remark("no_encoding", encoding=self.survey.said, reason=error.reason)) from error

    def all_rows(self) -> Iterator[RawRow]:
        if self.format == "csv":
            for line, cells in csv_rows(self.path, self.survey.encoding, self.delimiter):
                yield row_of_cells(line, cells, self.headers, self.delimiter)
        elif self.format == "kumu":
            for line, item in json_items(self.path, self.survey.encoding, ("elements",)):
                yield row_of_element(line, item)
        elif self.format != "links":
            for line, item in json_items(self.path, self.survey.encoding):
                if not tie_of(item):
                    yield row_of_item(line, item)

    def all_links(self) -> Iterator[RawRow]:
        if self.format == "links":
            columns = link_columns(self.headers)
            for line, cells in csv_rows(self.path, self.survey.encoding, self.delimiter):
                row = row_of_cells(line, cells, self.headers, self.delimiter)
                yield replace(row, cells={columns[name]: cell for name, cell in row.cells.items() if name in columns})
        elif self.format == "kumu":
            for line, item in json_items(self.path, self.survey.encoding, ("connections",)):
                yield row_of_connection(line, item)
        elif self.format == "geojson":
            for line, item in json_items(self.path, self.survey.encoding):
                if said := tie_of(item):
                    yield RawRow(line, said)


def open_list(path: Path, format: str | None = None) -> ListFile:
    """Look at a file and say what it is; raises Refused for what is no list."""
    format = format or ENDINGS.get(path.suffix.lower()) or guessed(path)
    found = survey(path)
    if not found.size:
        raise Refused(remark("empty"))
    if format == "json" and first_list(path, found.encoding, (*LISTS, *BLUEPRINT)) in BLUEPRINT:
        format = "kumu"
    if format not in ("csv", "links"):
        return ListFile(path, format, found)
    try:
        delimiter = delimiter_of(path, found.encoding)
        headers = header_of(path, found.encoding, delimiter)
        if link_columns(headers):
            format = "links"
        elif format == "links":
            raise Refused(remark("no_ends"), 1)
        return ListFile(path, format, found, delimiter, headers)
    except UnicodeDecodeError as error:
        raise Refused(remark("no_encoding", encoding=found.said, reason=error.reason)) from error


def guessed(path: Path) -> str:
    """JSON begins with a bracket, in any encoding; everything else is read as a table."""
    with path.open("rb") as file:
        return "json" if file.read(1000).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] in (b"[", b"{") else "csv"


def row_of_cells(line: int, cells: list[str], headers: tuple[str, ...], delimiter: str) -> RawRow:
    """A row of a table. Cells may be missing at its end; a cell too many means that one was torn apart."""
    named = {name: cell for name, cell in zip(headers, cells, strict=False) if name}
    if any(cell.strip() for cell in cells[len(headers) :]):
        torn = remark("torn", count=len(cells), most=len(headers), value=repr(delimiter))
        return RawRow(line, named, error=torn, column=len(headers) + 1)
    missing = len(headers) - len(cells)
    return RawRow(line, named, (remark("cells_missing", count=missing),) if missing > 0 else ())


def row_of_item(line: int, item: Any) -> RawRow:
    """An item of JSON as a row: nested cells as `location.city`, a GeoJSON point as latitude and longitude."""
    if not isinstance(item, dict):
        return RawRow(line, {}, error=remark("no_object", value=json.dumps(item)[:40]))
    if len(item) > COLUMNS:
        return RawRow(line, {}, error=remark("many_fields", most=COLUMNS, count=len(item)))
    if item.get("type") != "Feature":
        return RawRow(line, flat(item))
    properties, geometry = item.get("properties"), item.get("geometry")
    cells = flat(properties) if isinstance(properties, dict) else {}
    if isinstance(item.get("id"), str | int) and "slug" not in cells:
        cells.setdefault("id", str(item["id"]))
    if geometry is None:
        return RawRow(line, cells)
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    point = geometry.get("coordinates") if kind == "Point" else None
    if isinstance(point, list) and len(point) >= 2 and all(type(number) in (int, float) for number in point[:2]):
        return RawRow(line, cells | {"longitude": point[0], "latitude": point[1]})
    return RawRow(line, cells, (f"the geometry {str(kind)[:40]!r} is no point: left out",))


def row_of_element(line: int, item: Any) -> RawRow:
    """An element of a Kumu blueprint as a row."""
    return row_of_item(line, element(item) if isinstance(item, dict) else item)


def row_of_connection(line: int, item: Any) -> RawRow:
    """A connection of a Kumu blueprint as a tie."""
    if not isinstance(item, dict):
        return RawRow(line, {}, error=remark("no_connection", value=json.dumps(item)[:40]))
    return RawRow(line, connection(item))


def tie_of(item: Any) -> dict[str, Any]:
    """What a feature of our own maps says when it is a tie; empty when it is none."""
    properties = item.get("properties") if isinstance(item, dict) else None
    return properties if isinstance(properties, dict) and properties.get("kind") == "tie" else {}


def flat(item: dict[str, Any], before: str = "", deep: int = 0) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict) and deep < 4:
            cells |= flat(value, f"{before}{name}.", deep + 1)
        else:
            cells[before + name] = value
    return cells
