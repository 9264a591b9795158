import pytest

from network.interchange.cells import READERS, Unreadable
from network.interchange.columns import COLUMNS


def read(column, text):
    warnings = []
    return READERS[COLUMNS[column].kind](text, warnings.append), warnings


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("name", " Cafe\u0301  Club ", "Café  Club"),
        ("category", "Clubs", "club"),
        ("category", "Affiliate network", "affiliate_network"),
        ("standing", "In conversation", "in_conversation"),
        ("country", "Deutschland", "DE"),
        ("country", "usa", "US"),
        ("languages", "en; pt-br, FR", ["en", "pt-BR", "fr"]),
        ("latitude", "53.8", 53.8),
        ("latitude", "-0.0", 0.0),
        ("longitude", "1e-05", 1e-05),
        ("longitude", "\u22121.5", -1.5),
        ("confirmed_on", "2026-01-31T10:00:00Z", "2026-01-31"),
        ("founded", "1998-05", "1998-05"),
        ("online", "Sí", True),
        ("newcomers", "nein", False),
        ("area_served", "50 km; Germany", "50 km; DE"),
        ("website", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("description", "a\r\n\r\n- b", "a\n\n- b"),
        ("meets_at", "18:30", "18:30"),
        ("member_of", r"a \; b; c", ["a ; b", "c"]),
    ],
)
def test_a_cell_is_read(column, text, value):
    assert read(column, text) == (value, [])


@pytest.mark.parametrize(
    ("column", "text", "advice"),
    [
        ("name", "Club \u202egnp", "RIGHT-TO-LEFT OVERRIDE"),
        ("name", "Club\x07", r"U\+0007"),
        ("name", "Clu\u200bb", "ZERO WIDTH SPACE"),
        ("category", "circus", "member, partner, club"),
        ("standing", "friend", "desired"),
        ("country", "Atlantis", "two letters"),
        ("latitude", "153.8", "swapped"),
        ("longitude", "181", "from -180 to 180"),
        ("latitude", "53°48'N", "decimal degrees"),
        ("latitude", "nan", "decimal degrees"),
        ("confirmed_on", "03/04/2025", "two ways"),
        ("confirmed_on", "April 2025", "year-month-day"),
        ("confirmed_on", "2025-02-30", "no day"),
        ("confirmed_on", "2999-01-01", "not come yet"),
        ("founded", "long ago", "1998"),
        ("email", "us at example", "no e-mail"),
        ("website", "call us", "https://"),
        ("online", "perhaps", "neither yes nor no"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_to_write(column, text, advice):
    with pytest.raises(Unreadable, match=advice):
        read(column, text)


@pytest.mark.parametrize(
    ("column", "text", "value", "said"),
    [
        ("latitude", "53,8", 53.8, "decimal point"),
        ("website", "example.org", "https://example.org", "read as https://example.org"),
        ("website", "javascript:alert(1)", "", "left out"),
        ("languages", "Deutsch; zz", ["de"], "'Deutsch' read as de"),
        ("area_served", "GB; the moon", "GB", "left out"),
        ("summary", "a\x00b", "ab", "control characters"),
    ],
)
def test_what_is_understood_with_some_help_is_said(column, text, value, said):
    found, warnings = read(column, text)
    assert found == value
    assert said in " ".join(warnings)
