"""Excel workbooks: read as they look, and nothing that a stranger hides in one does harm."""

import io
import json
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from network.directory.models import Organization
from network.interchange import reading_xlsx
from network.interchange.limits import Refused
from network.interchange.reading import open_list
from network.interchange.reading_xlsx import unfold

HEADER = ("name", "category", "founded", "confirmed_on", "summary")


@pytest.fixture
def workbook(tmp_path):
    """A function that writes a workbook: a list of rows for each sheet."""

    def write(*sheets, name="list.xlsx"):
        book = Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets):
            sheet = book.create_sheet(f"Sheet {number}")
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def items(tmp_path):
    """A function that unfolds a workbook and gives each item with its line."""

    def read(path):
        unfold(path, tmp_path / "sheet.json")
        return [(row.line, row.cells) for row in open_list(tmp_path / "sheet.json").rows()]

    return read


def test_a_row_keeps_its_number_whatever_stands_in_its_cells(workbook, items):
    path = workbook([HEADER, ("A", "club", 2019.0, date(2026, 1, 2), "one\ntwo"), (), ("B", "club", None, None, "")])
    assert items(path) == [
        (2, {"name": "A", "category": "club", "founded": 2019, "confirmed_on": "2026-01-02", "summary": "one\ntwo"}),
        (4, {"name": "B", "category": "club", "founded": "", "confirmed_on": "", "summary": ""}),
    ]


def test_cells_are_what_the_sheet_shows(workbook, items):
    path = workbook([("name", "a", "b", "c"), ("'=SUM(1)", True, 53.8, datetime(2026, 1, 2, 3, 4))])
    assert items(path) == [(2, {"name": "=SUM(1)", "a": True, "b": 53.8, "c": "2026-01-02T03:04:00"})]


def test_an_empty_first_sheet_is_passed_over(workbook, tmp_path):
    path = workbook([], [HEADER, ("A", "club")], [("other",)])
    assert unfold(path, tmp_path / "sheet.json") == ("Sheet 1", ("Sheet 2",))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("name", "name")], "two columns are called"),
        ([("name",), ("A", "stray")], "without a header"),
        ([tuple(f"c{number}" for number in range(101))], "100 columns"),
        ([], "no sheet"),
    ],
)
def test_a_sheet_that_cannot_be_a_list_is_refused(workbook, items, rows, reason):
    with pytest.raises(Refused, match=reason):
        items(workbook(rows))


def packed(tmp_path, **parts):
    path = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in ({"xl/workbook.xml": b"<a/>"} | parts).items():
            file.writestr(name, content)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = packed(tmp_path, **{"xl/worksheets/sheet1.xml": b"<a>" + b" " * 30_000_000})
    with pytest.raises(Refused, match="suspiciously"):
        unfold(path, tmp_path / "sheet.json")
    monkeypatch.setattr(reading_xlsx, "UNPACKED", 20_000_000)
    with pytest.raises(Refused, match="unpacks to more"):
        unfold(path, tmp_path / "sheet.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path, encoding):
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    path = packed(tmp_path, **{"xl/sharedStrings.xml": bomb.encode(encoding)})
    with pytest.raises(Refused, match="entities"):
        unfold(path, tmp_path / "sheet.json")


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing more", b""])
def test_what_only_looks_like_a_workbook_is_refused(tmp_path, content):
    (tmp_path / "list.xlsx").write_bytes(content)
    with pytest.raises(Refused, match="cannot be read as an Excel workbook"):
        unfold(tmp_path / "list.xlsx", tmp_path / "sheet.json")


def test_another_zipped_file_is_no_workbook(tmp_path):
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("list.csv", "name\n")
    with pytest.raises(Refused, match="no Excel workbook"):
        unfold(path, tmp_path / "sheet.json")


def test_a_sheet_that_never_ends_is_cut_or_refused(workbook, tmp_path, monkeypatch):
    path = workbook([HEADER, ("A", "club")])
    far = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(far, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = content.replace(
                    b"</sheetData>", b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>'
                )
            new.writestr(part.filename, content)
    path.write_bytes(far.getvalue())
    unfold(path, tmp_path / "sheet.json")
    assert [one["name"] for one in json.loads((tmp_path / "sheet.json").read_text())] == ["A"]


def test_the_command_reads_a_workbook_too(report, session, workbook):
    said = report(workbook([HEADER, ("A", "club"), ("B", "pub")]), code=1)
    assert (said["file"], said["rows"][1]["line"], said["rows"][1]["column"]) == ("list.xlsx", 3, "category")
    report(workbook([HEADER, ("A", "club")]))
    assert session.scalars(select(Organization)).one().name == "A"


def test_the_page_reads_a_workbook_and_says_which_sheet(bringing, staff, session, workbook):
    path = workbook([HEADER, ("A", "club")], [("more",)])
    brought = bringing(path.read_bytes(), name="list.xlsx")
    assert "Sheet 1" in staff.get(f"{brought.path}/columns").text
    brought.name().carry_out()
    assert session.scalars(select(Organization)).one().name == "A"
