"""What single cells say: each kind of cell read strictly, with advice where it cannot be."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from network.directory.categories import CATEGORIES
from network.directory.filter import category_key, language_key
from network.directory.spoken import known_language, languages_by_name
from network.directory.tables import separated
from network.directory.texts import (
    CONTROLS,
    SCHEME,
    UNSTORABLE,
    character_named,
    clean,
    hidden_in,
    one_line,
    web_address,
)
from network.directory.vocabulary import PRECISIONS, STANDINGS
from network.interchange.remarks import remark
from network.places.area import Area
from network.places.countries import country_code, spoken
from network.places.folding import fold

Warn = Callable[[str], None]

NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d*)?([eE][+-]?\d{1,3})?")
COMMA = re.compile(r"[+-]?\d{1,3},\d+")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
TWO_WAYS = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})")
EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
YES = frozenset(fold(word) for word in "yes y true 1 x oui vrai sí si sim verdadero verdadeiro ja wahr".split())
NO = frozenset(fold(word) for word in "no n false 0 non faux não nao falso nein falsch".split())
COORDINATES = {"latitude": 90, "longitude": 180}


class Unreadable(ValueError):
    """A cell that cannot be what its column holds; says what to write instead."""

    @property
    def reason(self) -> str:
        """Why, as it was told."""
        return str(self) if not self.args or not isinstance(self.args[0], str) else self.args[0]


def name(text: str, warn: Warn) -> str:
    """A name: nothing in it that cannot be seen or that turns its reading order around."""
    if hidden := hidden_in(text):
        raise Unreadable(remark("hidden", what=hidden))
    return one_line(text)


def prose(text: str, warn: Warn) -> str:
    """Text of any length, in Markdown."""
    cleaned = clean(text)
    if CONTROLS.search(text.strip()):
        warn(remark("controls"))
    return cleaned


def line(text: str, warn: Warn) -> str:
    return one_line(prose(text, warn))


def category(text: str, warn: Warn) -> str:
    if key := category_key(text):
        return key
    raise Unreadable(remark("category", value=repr(text), choices=", ".join(CATEGORIES)))


def one_of(terms: Any) -> Callable[[str, Warn], str]:
    """Reads a key of a closed list, or its English label."""

    def read(text: str, warn: Warn) -> str:
        folded = fold(text)
        for term in terms:
            if folded in (fold(term.key), fold(str(term.label))):
                return term.key
        raise Unreadable(remark("choice", value=repr(text), choices=", ".join(terms.keys)))

    return read


def country(text: str, warn: Warn) -> str:
    if code := country_code(text):
        return code
    raise Unreadable(remark("country", value=repr(text)))


def web(text: str, warn: Warn) -> str:
    text = one_line(text)
    if address := web_address(text):
        if address != text:
            warn(remark("address_read", meant=address))
        return address
    if SCHEME.match(text):
        warn(remark("no_page", value=repr(text[:80])))
        return ""
    raise Unreadable(remark("no_address", value=repr(text[:80])))


def email(text: str, warn: Warn) -> str:
    text = one_line(text).removeprefix("mailto:")
    if EMAIL.fullmatch(text):
        return text
    raise Unreadable(remark("no_email", value=repr(text[:80])))


def languages(text: str, warn: Warn) -> list[str]:
    """BCP 47 tags; names of languages are understood, and what is none is left out and said."""
    found = []
    for part in re.split(r"[;,/|]", text):
        if not part.strip():
            continue
        tag = language_key(part)
        if tag and known_language(tag):
            found.append(tag)
            if tag.split("-")[0] not in spoken("en").languages:
                warn(remark("code_kept", value=tag))
        elif named := languages_by_name().get(fold(part)):
            found.append(named)
            warn(remark("read_as", value=repr(part.strip()), meant=named))
        else:
            warn(remark("no_language", value=repr(part.strip()[:40])))
    return list(dict.fromkeys(found))


def coordinate(text: str, warn: Warn, most: int) -> float:
    """Decimal degrees."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if COMMA.fullmatch(text):
        text = text.replace(",", ".")
        warn(remark("comma", value=text))
    if not NUMBER.fullmatch(text):
        raise Unreadable(remark("no_number", value=repr(text[:40])))
    number = float(text)
    if abs(number) > most:
        swapped = most == 90 and abs(number) <= 180
        raise Unreadable(remark("range_swapped" if swapped else "range", value=text, most=most))
    return number + 0.0  # -0.0 is 0.0


def day(text: str, warn: Warn) -> str:
    """A day in ISO 8601, not later than today."""
    found = iso_day(text)
    if found > date.today() + timedelta(days=1):
        raise Unreadable(remark("future", value=found))
    return found.isoformat()


def iso_day(text: str) -> date:
    """A day in ISO 8601; a time after it is left out."""
    written = DAY.fullmatch(text.strip())
    if written:
        try:
            return date.fromisoformat(written[1])
        except ValueError:
            raise Unreadable(remark("no_day", value=written[1])) from None
    if TWO_WAYS.fullmatch(text.strip()):
        raise Unreadable(remark("two_ways", value=repr(text.strip())))
    raise Unreadable(remark("no_date", value=repr(text.strip()[:40])))


def partial_date(text: str, warn: Warn) -> str:
    """A year, a month or a day in ISO 8601."""
    text = text.strip()
    if re.fullmatch(r"\d{4}", text):
        return text
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return text
    try:
        return iso_day(text).isoformat()
    except Unreadable:
        raise Unreadable(remark("no_partial", value=repr(text[:40]))) from None


def time(text: str, warn: Warn) -> str:
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text.strip()):
        return text.strip()
    raise Unreadable(remark("no_time", value=repr(text.strip()[:20])))


def flag(text: str, warn: Warn) -> bool:
    folded = fold(text)
    if folded in YES or folded in NO:
        return folded in YES
    raise Unreadable(remark("no_flag", value=repr(text.strip()[:20])))


def area(text: str, warn: Warn) -> str:
    found = Area.parse(clean(text))
    for part in found.unknown:
        warn(remark("no_area", value=repr(part[:60])))
    return str(found)


def key(text: str, warn: Warn) -> str:
    return line(text, warn)


def several(text: str, warn: Warn) -> list[str]:
    return list(dict.fromkeys(line(value, warn) for value in separated(text)))


READERS: dict[str, Callable[[str, Warn], Any]] = {
    "key": key,
    "name": name,
    "line": line,
    "prose": prose,
    "category": category,
    "standing": one_of(STANDINGS),
    "precision": one_of(PRECISIONS),
    "country": country,
    "web": web,
    "email": email,
    "languages": languages,
    "latitude": lambda text, warn: coordinate(text, warn, COORDINATES["latitude"]),
    "longitude": lambda text, warn: coordinate(text, warn, COORDINATES["longitude"]),
    "date": day,
    "partial date": partial_date,
    "time": time,
    "flag": flag,
    "area": area,
    "ties": several,
    "topics": several,
    "listings": lambda text, warn: [line(value, warn) for value in separated(text)],
    "details": lambda text, warn: text,
}


def plain(value: Any) -> str:
    """A cell of JSON as the text that a spreadsheet would have."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return repr(value)
    return "" if value is None else str(value)


def storable(text: str) -> str:
    """The same text; raises Unreadable for what no database takes."""
    if bad := UNSTORABLE.search(text):
        raise Unreadable(remark("unstorable", what=character_named(bad[0])))
    return text
