"""Why a row may be an organisation that is there: pieces, which the command says in English, a page to its reader."""

from typing import Any

from network.directory.duplicate_words import sentence
from network.directory.duplicates import Piece
from network.text import lazy_gettext as _l

KEYS = ("slug", "id")
"""By these a row names its organisation itself."""
SENTENCES = {
    "same_name": _l("They have the same name."),
    "same_website": _l("They have the same website: %(one)s"),
    "site_differs": _l("They have different websites: %(one)s / %(other)s"),
    "slug": _l("The row names the address of this page."),
    "id": _l("The list calls it by the same id."),
    "probably": _l("It is probably %(one)s."),
    "line": _l("The row on line %(one)s is the same organisation."),
    "twin_website": _l("The row on line %(one)s has the same website and name."),
    "twin_place": _l("The row on line %(one)s has the same name and place."),
    "same_tie": _l("The row on line %(one)s says the same tie."),
}
"""What a page says, beside what is said of all look-alikes."""
TYPED = {
    "slug": "slug",
    "id": "id",
    "same_name": "same name",
    "same_website": "same website {one}",
    "site_differs": "but another website: {other}",
    "probably": "probably {one}",
    "line": "line {one} is the same organisation",
    "twin_website": "same website and name as line {one}",
    "twin_place": "same name and place as line {one}",
    "same_tie": "line {one} says the same tie",
    "differs": "it differs: --update takes the row's values",
    "another": "{other} of {one!r}, which is another: say --source NAME",
}
"""What the command says, beside what is said of all look-alikes."""
COMMAND = ("differs", "another")
"""What only says what to type: a page asks for a decision instead."""


def told(key: str, one: object = "", other: str = "") -> Piece:
    return Piece(key, 0.0, str(one), other)


def plain(piece: Piece) -> str:
    """A piece as the command reports it."""
    if piece.key in TYPED:
        return TYPED[piece.key].format(one=piece.one, other=piece.other)
    return sentence(piece)


def worded(piece: Piece) -> str:
    """A piece in the reader's language."""
    if piece.key in SENTENCES:
        return str(SENTENCES[piece.key]) % {"one": piece.one, "other": piece.other}
    return sentence(piece)


def kept(piece: Piece) -> list[str]:
    """A piece as a preview keeps it."""
    return [piece.key, piece.one, piece.other]


def read(kept: list[Any]) -> Piece:
    key, one, other = map(str, kept)
    return told(key, one, other)
