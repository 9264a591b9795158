"""A sheet of an Excel workbook as JSON of our own, an item on the line that has the row's number in the sheet.

A workbook is a zipped folder of XML that a stranger made: before anything reads it, its parts are counted and measured,
and one that declares a document type, where entities would stand, is refused.
"""

import json
import math
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.parsers import expat

from network.directory.tables import as_meant
from network.interchange.limits import CELL, COLUMNS, ROWS, Refused
from network.interchange.remarks import remark

BEGINNING = b"PK\x03\x04"
UNPACKED = 120_000_000  # bytes of all parts together
ASIDE = 20_000_000  # bytes of a part that is neither a sheet nor the texts of the cells
PARTS = 2_000
RATIO = 200  # how many times larger a large part may be unpacked
LARGE = 1_000_000  # bytes
BLANK_ROWS = 10_000  # in a row: then the sheet is taken to end
PIECE = 1 << 16
CELLS = ("xl/worksheets/", "xl/sharedStrings")


def is_workbook(path: Path) -> bool:
    """Whether a file is zipped, as workbooks are."""
    with path.open("rb") as file:
        return file.read(4) == BEGINNING


@contextmanager
def unfolded(path: Path) -> Iterator[Path]:
    """The same file or, of a workbook, its first sheet as a file that is gone afterwards."""
    if not is_workbook(path):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        unfold(path, Path(folder) / "sheet.json")
        yield Path(folder) / "sheet.json"


def unfold(path: Path, to: Path) -> tuple[str, tuple[str, ...]]:
    """Write the first sheet with a header as JSON; gives its name and those of the other sheets that hold anything.

    Raises Refused for what is no workbook, holds too much, or has a header that cannot be used.
    """
    try:
        check(path)
        return written(path, to)
    except Refused:
        raise
    except Exception as error:  # the reader raises whatever its parts do about a broken file
        raise Refused(remark("no_workbook")) from error


def check(path: Path) -> None:
    """Refuse a file that unpacks to too much, or whose parts declare a document type."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
        large = [part for part in parts if part.file_size > ASIDE and not part.filename.startswith(CELLS)]
        if large or len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Refused(remark("large_workbook", most=UNPACKED // 1_000_000))
        if "xl/workbook.xml" not in packed.namelist():
            raise Refused(remark("zip"))
        for part in parts:
            if part.flag_bits & 1:
                raise Refused(remark("locked"))
            if part.file_size > LARGE and part.file_size > RATIO * max(part.compress_size, 1):
                raise Refused(remark("bomb"))
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as file:
                    check_beginning(file)


class Begun(Exception):
    """The first element of a part was reached without anything before it that is refused."""


def check_beginning(file: Any) -> None:
    """Read a part as far as its first element; refuse a document type before it."""

    def refuse(*declared: object) -> None:
        raise Refused(remark("entities"))

    def begun(*element: object) -> None:
        raise Begun

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler, reader.StartElementHandler = refuse, begun
    try:
        while piece := file.read(PIECE):
            reader.Parse(piece)
    except Begun:
        pass


def written(path: Path, to: Path) -> tuple[str, tuple[str, ...]]:
    """Write the items; `check` has been asked before."""
    from openpyxl import load_workbook  # takes a quarter of a second, and most processes never need it

    with path.open("rb") as file, closing(load_workbook(file, read_only=True, data_only=True)) as book:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        held = [sheet for sheet in sheets if next(rows_of(sheet), None)]
        if not held:
            raise Refused(remark("no_sheet"))
        with to.open("w", encoding="utf-8") as out:
            write_items(rows_of(held[0]), out)
        return held[0].title, tuple(sheet.title for sheet in held[1:])


def rows_of(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row that holds anything, with its number in the sheet; refuses a sheet that doesn't end."""
    sheet.reset_dimensions()  # what a sheet says of its size need not be so
    blank = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=COLUMNS + 1, values_only=True), 1):
        values = [plain(cell, number, column) for column, cell in enumerate(cells, 1)]
        if any(value != "" for value in values):
            blank = 0
            yield number, values
        else:
            blank += 1
        if blank > BLANK_ROWS:
            return
        if number > ROWS * 2:
            raise Refused(remark("many_rows", most=f"{ROWS:,}"), number)


def write_items(rows: Iterator[tuple[int, list[Any]]], out: Any) -> None:
    """The first row names the columns, each row after it is an item; line and row have the same number."""
    line, header = next(rows)
    names = header_names(header, line)
    out.write("\n" * (line - 1) + "[")
    before = ""
    for number, cells in rows:
        item = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        item |= {name: "" for name in names[len(cells) :] if name}
        for column, cell in enumerate(cells, 1):
            if cell != "" and (column > len(names) or not names[column - 1]):
                raise Refused(remark("no_column_name"), number, column)
        out.write(before + "\n" * (number - line) + json.dumps(item, ensure_ascii=False))
        before, line = ",", number
    out.write("\n]")


def header_names(header: list[Any], line: int) -> list[str]:
    """The names of the columns, which are all different."""
    names = [str(cell).strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > COLUMNS:
        raise Refused(remark("many_columns", most=COLUMNS), line)
    for number, name in enumerate(names, 1):
        if name and name in names[: number - 1]:
            raise Refused(remark("column_twice", name=repr(name)), line, number)
    return names


def plain(cell: Any, line: int, column: int) -> Any:
    """A cell as JSON has it: days in ISO 8601, whole numbers without a point, text without what Excel puts around."""
    if cell is None:
        return ""
    if isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell if math.isfinite(cell) else ""
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell.replace(microsecond=0)).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    text = as_meant(str(cell))
    if len(text) > CELL:
        raise Refused(remark("long_cell", most=f"{CELL:,}"), line, column)
    return text if text.strip() else ""
