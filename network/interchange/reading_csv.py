"""CSV as it comes: any of three separators, quotes taken strictly, and errors that say where."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from network.directory.tables import as_meant
from network.interchange.limits import CELL, COLUMNS, LINE, Refused
from network.interchange.remarks import remark

CANDIDATES = (",", ";", "\t")
SEPARATOR_LINE = "sep="  # the first line by which Excel tells itself the separator


class Lines:
    """The lines of a file, counted, those of the row being read kept; a line without end is refused."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.count = 0
        self.row: list[str] = []

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(LINE)
        if not line:
            raise StopIteration
        self.count += 1
        if self.count == 1:
            line = line.removeprefix("\ufeff")
        if len(line) == LINE:
            raise Refused(remark("long_line", most=f"{LINE:,}"), self.count)
        if self.count == 1 and line.lower().startswith(SEPARATOR_LINE):
            return next(self)
        self.row.append(line)
        return line


def delimiter_of(path: Path, encoding: str) -> str:
    """The separator: the one that stands most often outside quotes in the first line, a comma when none does."""
    with path.open(encoding=encoding, newline="") as file:
        first = next(Lines(file), "")
    outside = "".join(first.split('"')[::2])
    return max(CANDIDATES, key=outside.count)


def header_of(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    """The names of the columns; an empty one belongs to a column that is left out."""
    with path.open(encoding=encoding, newline="") as file:
        lines = Lines(file)
        for _line, cells in records(lines, delimiter):
            names = tuple(as_meant(cell).strip() for cell in cells)
            if len(names) > COLUMNS:
                raise Refused(remark("columns_counted", most=COLUMNS, count=len(names)), lines.count)
            for number, name in enumerate(names, 1):
                if name and name in names[: number - 1]:
                    raise Refused(remark("column_twice", name=repr(name)), lines.count, number)
            if any(names):
                return names
    raise Refused(remark("no_header"))


def csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row below the header that holds anything: the line on which it begins, and its cells."""
    named = False
    with path.open(encoding=encoding, newline="") as file:
        for line, cells in records(Lines(file), delimiter):
            if any(cell.strip() for cell in cells):
                if named:
                    yield line, [as_meant(cell) for cell in cells]
                named = True


def records(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each record, with the line on which it begins."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.row = []
        begins = lines.count + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise unreadable(str(error), lines.row, lines.count - len(lines.row) + 1, delimiter) from error
        if cells is None:
            return
        yield lines.count - len(lines.row) + 1 if lines.row else begins, cells


def unreadable(error: str, row: list[str], begins: int, delimiter: str) -> Refused:
    """Why a record could not be read, and where the cell begins that is at fault."""
    text = "".join(row)
    line, column, quoted = last_cell(text, delimiter)
    if "field limit" in error:
        return Refused(remark("long_quote" if quoted else "long_cell", most=f"{CELL:,}"), begins + line, column)
    if "unexpected end" in error:
        return Refused(remark("open_quote"), begins + line, column)
    if "expected after" in error:
        return Refused(remark("after_quote"), begins + line, column)
    return Refused(remark("broken_row", reason=error), begins + line, column)


def last_cell(text: str, delimiter: str) -> tuple[int, int, bool]:
    """Where the cell begins at which reading stopped: lines further down, column, whether it is quoted."""
    line, column, at = 0, 1, 0
    while True:
        began = line
        quoted = text[at : at + 1] == '"'
        if quoted:
            at += 1
            while (end := text.find('"', at)) >= 0 and text[end + 1 : end + 2] == '"':
                line += text.count("\n", at, end)
                at = end + 2
            if end < 0:
                return began, column, True
            line += text.count("\n", at, end)
            at = end + 1
            if text[at : at + 1] not in (delimiter, "\r", "\n", ""):
                return began, column, True
        following = text.find(delimiter, at)
        if following < 0:
            return began, column, quoted
        line += text.count("\n", at, following)
        at, column = following + 1, column + 1
