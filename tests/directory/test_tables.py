import csv
import io

from hypothesis import given
from hypothesis import strategies as some

from network.directory.tables import as_meant, csv_text, defused, joined, separated

TEXT = some.text(some.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_a_cell_is_read_back_as_it_was_whatever_it_holds(cell):
    assert as_meant(defused(cell)) == cell


@given(TEXT)
def test_no_written_cell_acts_in_a_spreadsheet(cell):
    assert not defused(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_apostrophe_of_the_text_itself_stays():
    assert as_meant("'t Hoekje") == "'t Hoekje" == defused("'t Hoekje")


@given(some.lists(TEXT.map(str.strip).filter(bool)))
def test_values_in_one_cell_come_apart_as_they_were(values):
    assert separated(joined(values)) == values


@given(some.lists(some.fixed_dictionaries({"name": TEXT, "summary": TEXT}), max_size=5))
def test_any_text_survives_being_written_as_csv(rows):
    read = list(csv.DictReader(io.StringIO(csv_text(rows, ("name", "summary")), newline=""), strict=True))
    assert [{column: as_meant(cell) for column, cell in row.items()} for row in read] == rows


def test_numbers_stay_numbers():
    assert csv_text([{"longitude": -1.55}], ("longitude",)) == "longitude\r\n-1.55\r\n"
