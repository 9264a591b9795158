"""Sentences about a list: in English for the command, and in the language of whoever reads a page."""

import json
from typing import Any

from network.interchange.sentences import SENTENCES
from network.locales import chosen
from network.places.countries import country_name
from network.text import gettext as _

COUNTRY = "country_name"


class Told(str):
    """A sentence in English that knows how to be said in other languages: its key, and what is filled in."""

    key: str
    values: dict[str, str]


def remark(key: str, **values: Any) -> Told:
    """One of SENTENCES, filled in."""
    said = {name: value if isinstance(value, Told) else str(value) for name, value in values.items()}
    found = Told(SENTENCES[key] % said)
    found.key, found.values = key, said
    return found


def land(code: str) -> Told:
    """A country's name, to be filled in."""
    found = Told(country_name(code))
    found.key, found.values = COUNTRY, {"code": code}
    return found


def at(reason: str, line: int | None, column: str | int | None = None) -> str:
    """A sentence with where in the file it holds, as far as that is known."""
    if not line:
        return reason
    if not column:
        return remark("at_line", line=line, what=reason)
    return remark("at_column", line=line, column=column, what=reason)


def in_pieces(reason: str, most: int) -> str:
    """A sentence as it is stored for `sentence`, in so many characters at most; in English where that is too few."""
    text = json.dumps(taken_apart(reason), ensure_ascii=False) if isinstance(reason, Told) else reason
    return text if len(text) <= most else reason[:most]


def taken_apart(reason: str) -> Any:
    if not isinstance(reason, Told):
        return reason
    return [reason.key, {name: taken_apart(value) for name, value in reason.values.items()}]


def sentence(said: Any) -> str:
    """A sentence in the reader's language, told or as `in_pieces` stored it; anything else as it stands."""
    if isinstance(said, str) and said.startswith('["'):
        try:
            said = json.loads(said)
        except ValueError:
            return str(said)
    pieces = taken_apart(said)
    if not isinstance(pieces, list) or pieces[0] not in (*SENTENCES, COUNTRY):
        return _(said) if isinstance(said, str) and said else ""
    key, values = pieces
    if key == COUNTRY:
        return country_name(values["code"], chosen())
    filled = {name: sentence(value) if isinstance(value, list) else value for name, value in values.items()}
    return _(SENTENCES[key]) % filled


def left_out(reason: str) -> str:
    """The same reason, saying that what it is about was left out."""
    return remark(f"{reason.key}_left", **reason.values) if isinstance(reason, Told) else f"{reason}: left out"
