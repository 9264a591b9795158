import pytest

from network.interchange.limits import Refused
from network.interchange.mapping import Mapping, grouped
from network.interchange.mapping_files import read_mapping
from network.interchange.reading import RawRow

TOML = """
source = "gardens"
[columns]
name = { first = ["long name", "short name"] }
address = { join = ["street", "number"], with = " " }
town = "at.city"
country = "land"
[constants]
category = "club"
[values.country]
"001" = ""
"*" = "FR"
[group]
by = "garden"
prefer = "type"
order = ["site", "list"]
together = ["languages"]
"""


@pytest.fixture
def mapping(tmp_path):
    file = tmp_path / "gardens.toml"
    file.write_text(TOML)
    return read_mapping(file)


def test_a_mapping_says_where_each_column_comes_from(mapping):
    row = RawRow(
        2, {"long name": "", "short name": "G", "street": "Mill", "number": 5, "at.city": "Leeds", "land": "x"}
    )
    assert mapping.cells(row) == {
        "name": "G",
        "address": "Mill 5",
        "town": "Leeds",
        "country": "FR",
        "category": "club",
    }
    assert mapping.cells(RawRow(3, {"land": "001"})) == {"country": "", "category": "club"}


def test_a_column_that_no_one_asked_for_is_unknown(mapping):
    mapping.cells(RawRow(2, {"long name": "G", "shoe size": 7, "garden": "g", "type": "list"}))
    assert list(mapping.unknown) == ["shoe size"]


def test_rows_of_one_group_become_one_the_preferred_first(mapping):
    rows = [
        RawRow(2, {"garden": "g", "type": "list", "long name": "a list", "land": "fr", "languages": "fr;en"}),
        RawRow(3, {"garden": "", "type": "list", "long name": "alone", "land": "", "languages": ""}),
        RawRow(4, {"garden": "g", "type": "site", "long name": "a site", "land": "de", "languages": "de; en"}),
    ]
    first, alone = grouped(rows, mapping)
    assert (first.line, first.also, first.cells["long name"], first.cells["languages"]) == (
        2,
        (4,),
        "a site",
        "de; en; fr",
    )
    assert "de, fr" in first.warnings[0]
    assert alone.cells["long name"] == "alone"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[columns]\nshoe = 'x'", "shoe"),
        ("[column]\nname = 'x'", "column is none of"),
        ("[columns]\nname = 3", "write a name"),
        ("format = 'xls'", "format"),
        ("[group]\nby = 'x'\nwhich = 'y'", "knows by"),
        ("not toml at all", "cannot be used"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_by_its_name(tmp_path, text, reason):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(Refused, match=reason) as refused:
        read_mapping(file)
    assert "mine.toml" in str(refused.value)


def test_without_a_mapping_headers_are_learnt_as_rows_bring_them():
    mapping = Mapping()
    assert mapping.cells(RawRow(1, {"nom": "x"})) == {"name": "x"}
    assert mapping.cells(RawRow(2, {"nom": "x", "ville": "Lyon", "taille": 3})) == {"name": "x", "town": "Lyon"}
    assert list(mapping.unknown) == ["taille"]
