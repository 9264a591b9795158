"""From a file to rows of named cells: which format, which separator, which columns."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from network.interchange.encoding import Survey, survey
from network.interchange.limits import COLUMNS, ROWS, Refused
from network.interchange.reading_csv import csv_rows, delimiter_of, header_of
from network.interchange.reading_json import json_items

FORMATS = ("csv", "geojson", "json")
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
        count = 0
        try:
            for row in self.all_rows():
                count += 1
                if count > ROWS:
                    raise Refused(f"a list may have {ROWS:,} rows, and this has more: split it", row.line)
                yield row
        except UnicodeDecodeError as error:
            raise Refused(f"the file cannot be read as {self.survey.said}: {error.reason}") from error

    def all_rows(self) -> Iterator[RawRow]:
        if self.format == "csv":
            for line, cells in csv_rows(self.path, self.survey.encoding, self.delimiter):
                yield row_of_cells(line, cells, self.headers, self.delimiter)
        else:
            for line, item in json_items(self.path, self.survey.encoding):
                yield row_of_item(line, item)


def open_list(path: Path, format: str | None = None) -> ListFile:
    """Look at a file and say what it is; raises Refused for what is no list."""
    format = format or ENDINGS.get(path.suffix.lower()) or guessed(path)
    found = survey(path)
    if not found.size:
        raise Refused("the file is empty")
    if format != "csv":
        return ListFile(path, format, found)
    try:
        delimiter = delimiter_of(path, found.encoding)
        return ListFile(path, format, found, delimiter, header_of(path, found.encoding, delimiter))
    except UnicodeDecodeError as error:
        raise Refused(f"the file cannot be read as {found.said}: {error.reason}") from error


def guessed(path: Path) -> str:
    """JSON begins with a bracket, in any encoding; everything else is read as a table."""
    with path.open("rb") as file:
        return "json" if file.read(1000).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] in (b"[", b"{") else "csv"


def row_of_cells(line: int, cells: list[str], headers: tuple[str, ...], delimiter: str) -> RawRow:
    """A row of a table. Cells may be missing at its end; a cell too many means that one was torn apart."""
    named = {name: cell for name, cell in zip(headers, cells, strict=False) if name}
    if any(cell.strip() for cell in cells[len(headers) :]):
        torn = f"the row has {len(cells)} cells, the header {len(headers)}: quote cells that hold {delimiter!r}"
        return RawRow(line, named, error=torn, column=len(headers) + 1)
    missing = len(headers) - len(cells)
    return RawRow(line, named, (f"the last {missing} cells are missing: taken as empty",) if missing > 0 else ())


def row_of_item(line: int, item: Any) -> RawRow:
    """An item of JSON as a row: nested cells as `location.city`, a GeoJSON point as latitude and longitude."""
    if not isinstance(item, dict):
        return RawRow(line, {}, error=f"an item must be an object, and this is {json.dumps(item)[:40]}")
    if len(item) > COLUMNS:
        return RawRow(line, {}, error=f"an item may have {COLUMNS} fields, and this has {len(item)}")
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


def flat(item: dict[str, Any], before: str = "", deep: int = 0) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict) and deep < 4:
            cells |= flat(value, f"{before}{name}.", deep + 1)
        else:
            cells[before + name] = value
    return cells
