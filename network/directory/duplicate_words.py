"""The evidence on whether two organisations are one, as sentences in the reader's language."""

from network.directory.duplicates import Piece, Score
from network.locales import chosen, reader
from network.places.countries import country_name
from network.places.distance import format_distance
from network.text import lazy_gettext as _l

SENTENCES = {
    "name": _l("The names share their words: %(one)s / %(other)s"),
    "former_name": _l("One had the other's name: %(one)s / %(other)s"),
    "acronym": _l("One name is short for the other: %(one)s / %(other)s"),
    "spelling": _l("A word may be misspelt."),
    "more_words": _l("Only one name says: %(either)s"),
    "other_group": _l("The names differ a little: %(one)s / %(other)s"),
    "place_in_name": _l("Only one name says where it is."),
    "legal_form": _l("Only one name states a legal form, or another as well."),
    "other_legal_form": _l("The legal forms are different."),
    "other_words": _l("The names say different things: %(one)s / %(other)s"),
    "other_place_words": _l("The names name different places: %(one)s / %(other)s"),
    "other_numbers": _l("The names have different numbers: %(one)s / %(other)s"),
    "distance": _l("They are %(distance)s apart."),
    "town": _l("Both are in %(one)s."),
    "other_town": _l("They are in different towns: %(one)s / %(other)s"),
    "country": _l("Both stand for a whole country: %(one)s"),
    "other_country": _l("They are in different countries: %(one)s / %(other)s"),
    "unknown_place": _l("It isn't known how far apart they are."),
    "website": _l("They have the same website: %(one)s"),
    "shared_website": _l("They share a website, as chapters do: %(one)s"),
    "other_website": _l("They have different websites: %(one)s / %(other)s"),
    "mail": _l("They have the same mail address."),
    "mail_domain": _l("Website or mail address are at the same domain: %(one)s"),
    "phone": _l("They have the same telephone number."),
    "shared_members": _l("Of %(other)s organisations tied to either, %(one)s are tied to both."),
}


def sentence(piece: Piece) -> str:
    """One piece of evidence, said to the reader."""
    values = {"one": piece.one, "other": piece.other, "either": piece.one or piece.other, "distance": ""}
    if piece.key == "distance":
        values["distance"] = format_distance(float(piece.one), reader())
    if piece.key in ("country", "other_country"):
        values |= {"one": country_name(piece.one, chosen()), "other": country_name(piece.other, chosen())}
    return str(SENTENCES[piece.key]) % values


def ordered(score: Score) -> list[Piece]:
    """All evidence, what weighs most first."""
    return sorted(score.pieces, key=lambda piece: -abs(piece.weight))


def sentences(score: Score) -> list[str]:
    """The same, said to the reader."""
    return [sentence(piece) for piece in ordered(score)]
