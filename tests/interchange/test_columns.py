import pytest

from network.interchange.columns import COLUMNS, recognised, spelt


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Organisation", "name"),
        ("Nom", "name"),
        ("Nombre", "name"),
        ("NAME", "name"),
        ("Ville", "town"),
        ("Stadt", "town"),
        ("city", "town"),
        ("lat", "latitude"),
        ("Längengrad", "longitude"),
        ("PAÍS", "country"),
        ("Sitio web", "website"),
        ("e-mail", "email"),
        ("Member Of", "member_of"),
        ("place.town", "town"),
        ("last confirmed", "confirmed_on"),
    ],
)
def test_a_header_is_recognised_in_other_spellings(header, column):
    assert recognised([header]).columns == {header: column}


def test_every_spelling_belongs_to_a_column():
    assert set(spelt().values()) == set(COLUMNS)


def test_our_own_name_wins_over_another_spelling_and_the_first_over_the_second():
    assert recognised(["url", "website"]).columns == {"website": "website"}
    found = recognised(["city", "ville", "shoe size", ""])
    assert found.columns == {"city": "town"}
    assert found.unknown == ("ville", "shoe size")


def test_what_our_own_answers_add_is_not_complained_of():
    assert recognised(["slug", "name", "url", "website", "distance_km"]).unknown == ()
    assert recognised(["name", "distance_km"]).unknown == ("distance_km",)
