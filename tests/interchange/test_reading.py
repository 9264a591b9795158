import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from network.interchange.limits import CELL, Refused
from network.interchange.reading import open_list

CAFE = "name,town\nCafé Łódź,Łódź\n"
FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def written(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def cells(file: Path) -> list[dict]:
    return [row.cells for row in open_list(file).rows()]


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16LE"),
        ("utf-16-be", b"\xfe\xff", "UTF-16BE"),
        ("utf-16-le", b"", "UTF-16LE"),
        ("utf-16-be", b"", "UTF-16BE"),
    ],
)
@pytest.mark.parametrize("name", ["list.csv", "list.json"])
def test_the_encoding_is_recognised_and_said(tmp_path, encoding, mark, said, name):
    text = CAFE if name == "list.csv" else '[{"name": "Café Łódź", "town": "Łódź"}]'
    file = open_list(written(tmp_path, mark + text.encode(encoding), name))
    assert file.said["encoding"] == said
    assert [row.cells for row in file.rows()] == [{"name": "Café Łódź", "town": "Łódź"}]


def test_what_is_no_utf_8_may_be_windows_1252(tmp_path):
    file = open_list(written(tmp_path, "name;town\nCafé – €;Köln\n".encode("cp1252")))
    assert file.said == {"format": "csv", "encoding": "Windows-1252", "delimiter": "semicolon"}
    assert [row.cells for row in file.rows()] == [{"name": "Café – €", "town": "Köln"}]


def test_utf_8_with_a_broken_byte_is_not_taken_for_another_encoding(tmp_path):
    with pytest.raises(Refused, match="line 3: .*UTF-8") as refused:
        open_list(written(tmp_path, "name\nCafé é\n".encode() + b"Th\xe9 ok\n"))
    assert refused.value.line == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_recognised(tmp_path, delimiter):
    assert cells(written(tmp_path, f'name{delimiter}"a,b;c"\nx{delimiter}1\n')) == [{"name": "x", "a,b;c": "1"}]


def test_the_line_by_which_excel_tells_itself_the_separator_is_passed_over(tmp_path):
    assert cells(written(tmp_path, "sep=;\nname;town\nx;y\n")) == [{"name": "x", "town": "y"}]


def test_rows_know_the_line_on_which_they_begin(tmp_path):
    file = written(tmp_path, 'name,summary\r\nx,"two\r\nlines"\r\n\r\ny,one\r\n')
    assert [row.line for row in open_list(file).rows()] == [2, 5]


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ('name,town\nx,y\nz,"never closed\nand more\n', 3, 2, "never closed"),
        ('name,town\n"x" y,z\n', 2, 1, "closing quote"),
        ('name,town\n"a\nb","c" d\n', 3, 2, "closing quote"),
        ("name,name\nx,y\n", 1, 2, "two columns"),
        ("\n\n", None, None, "no header"),
        ("", None, None, "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path, text, line, column, reason):
    with pytest.raises(Refused, match=reason) as refused:
        cells(written(tmp_path, text))
    assert (refused.value.line, refused.value.column) == (line, column)


def test_a_cell_of_ten_megabytes_is_refused_where_it_begins(tmp_path):
    with pytest.raises(Refused, match=f"{CELL:,} characters") as refused:
        cells(written(tmp_path, "name,town\na,b\nx," + "y" * 10_000_000 + "\n"))
    assert (refused.value.line, refused.value.column) == (3, 2)


def test_a_quote_that_swallows_the_file_is_refused_where_it_opened(tmp_path):
    rows = "".join(f"club {number},town\n" for number in range(20_000))
    with pytest.raises(Refused, match="never closed") as refused:
        cells(written(tmp_path, 'name,town\n"oops,town\n' + rows))
    assert (refused.value.line, refused.value.column) == (2, 1)


def test_more_rows_than_a_list_may_have_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("network.interchange.reading.ROWS", 3)
    with pytest.raises(Refused, match="3 rows") as refused:
        cells(written(tmp_path, "name\n" + "x\n" * 4))
    assert refused.value.line == 5


def test_more_columns_than_a_list_may_have_are_refused(tmp_path):
    with pytest.raises(Refused, match="100 columns"):
        cells(written(tmp_path, ",".join(f"c{number}" for number in range(101)) + "\n"))


def test_a_row_with_a_cell_too_many_is_an_error_of_that_row_alone(tmp_path):
    rows = list(open_list(written(tmp_path, "name,town\nLeeds, the club,Leeds\nx,y\n")).rows())
    assert ("quote" in rows[0].error, rows[0].column, rows[0].line) == (True, 3, 2)
    assert not rows[1].error


def test_missing_cells_at_the_end_are_empty_and_said(tmp_path):
    (row,) = open_list(written(tmp_path, "name,town,country\nx\n")).rows()
    assert row.cells == {"name": "x"}
    assert "2 cells are missing" in row.warnings[0]


@pytest.mark.parametrize(
    ("head", "said"), [(b"PK\x03\x04xx", "workbook"), (b"%PDF-1.7", "PDF"), (b"\x1f\x8b\x08", "compressed")]
)
def test_other_files_are_called_by_their_name(tmp_path, head, said):
    with pytest.raises(Refused, match=said):
        open_list(written(tmp_path, head + bytes(range(256))))


def test_defused_cells_are_read_as_they_were_meant(tmp_path):
    assert cells(written(tmp_path, "name,town\n'=1+1,'t Hart\n")) == [{"name": "=1+1", "town": "'t Hart"}]


def test_json_is_a_list_or_an_object_that_holds_one(tmp_path):
    for text in (
        '[{"name": "x"}]',
        '{"total": 1, "next": null, "items": [{"name": "x"}]}',
        ' {"items":[{"name":"x"}]} ',
    ):
        assert cells(written(tmp_path, text, "list.json")) == [{"name": "x"}]


def test_nested_json_has_dotted_names_and_geojson_a_point(tmp_path):
    feature = (
        '{"type": "FeatureCollection", "features": [\n{"type": "Feature", "id": 7, "geometry": {"type": "Point", '
        '"coordinates": [-1.5, 53.8]}, "properties": {"name": "x", "at": {"city": "Leeds"}}}]}'
    )
    (row,) = open_list(written(tmp_path, feature, "list.geojson")).rows()
    assert row.cells == {"name": "x", "at.city": "Leeds", "id": "7", "longitude": -1.5, "latitude": 53.8}
    assert row.line == 2


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[{"name": "x"},\n{"name": "y"', 2, "no JSON"),
        ('[{"name": "x"}\n{"name": "y"}]', 2, "should stand here"),
        ('{"total": 3}', None, "no list"),
        ('[{"name": NaN}]', 1, "NaN"),
        ("[" * 100_000, 1, "deeply|no JSON"),
        ('[{"number": ' + "9" * 5000 + "}]", 1, "limit"),
    ],
)
def test_broken_json_is_refused_with_its_line(tmp_path, text, line, reason):
    with pytest.raises(Refused, match=reason) as refused:
        cells(written(tmp_path, text, "list.json"))
    assert refused.value.line == line


def test_a_long_json_list_is_read_piece_by_piece(tmp_path):
    items = ",\n".join(f'{{"name": "club {number}", "summary": "{"é" * 200}"}}' for number in range(2000))
    rows = list(open_list(written(tmp_path, f"[{items}]", "list.json")).rows())
    assert (len(rows), rows[-1].cells["name"], rows[-1].line) == (2000, "club 1999", 2000)


@FILES
@given(some.binary(max_size=300), some.sampled_from(["list.csv", "list.json", "list.geojson", "list"]))
def test_random_bytes_are_read_or_refused_and_never_break_the_reader(tmp_path, content, name):
    with suppress(Refused):
        cells(written(tmp_path, content, name))


@FILES
@given(some.integers(0, 2**32), some.sampled_from(["list.csv", "list.json"]))
def test_a_damaged_list_is_read_or_refused(tmp_path, seed, name):
    chance = random.Random(seed)
    whole = (
        '[{"name": "a", "at": [1, {"b": "ü"}]}, {"name": "c"}]' if name == "list.json" else 'name,at\n"a ""b""",é\nc,\n'
    )
    content = bytearray(whole.encode())
    for _time in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] = chance.choice(b'"\\,;\n\r[]{}:\x00\xff\xe9a1')
    with suppress(Refused):
        cells(written(tmp_path, bytes(content), name))
