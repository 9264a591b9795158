"""Facet values as single characters: a document's facets are a short text, and counting is counting characters."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.engine import Connection

from network.index.changes import Memory
from network.index.documents import Document
from network.index.engines import engine

FACETS = {"k": "category", "z": "country", "o": "offered", "s": "sought", "h": "kind", "t": "topic"}
CODES = "SELECT code, value FROM search_facet"
FIRST_CODE, SURROGATES, AFTER_SURROGATES = 0x21, 0xD800, 0xE000

Facets = Mapping[str, Mapping[Any, int]]


def characters(connection: Connection, documents: Iterable[Document]) -> dict[str, str]:
    """The character of each facet value; values that are new get one, and keep it for ever."""
    here = engine(connection)
    rows = here.rows(connection, CODES, {})
    known = {value: chr(code) for code, value in rows}
    unused = max((code for code, _value in rows), default=FIRST_CODE - 1) + 1
    new = []
    for value in dict.fromkeys(value for document in documents for value in document.facets):
        if value not in known:
            unused = AFTER_SURROGATES if unused == SURROGATES else unused
            known[value] = chr(unused)
            new.append((unused, value))
            unused += 1
    here.insert(connection, "search_facet", ("code", "value"), new)
    return known


def divided(connection: Connection, known: Memory, text: str) -> Facets:
    """How often each facet value occurs among the facet characters of documents."""
    counts = Counter(text)
    codes = known.codes
    if codes is None or not codes.keys() >= counts.keys():  # another process may have added a value just now
        codes = known.codes = {
            chr(code): meaning(value) for code, value in engine(connection).rows(connection, CODES, {})
        }
    facets: dict[str, dict[Any, int]] = {name: {} for name in FACETS.values()}
    for character, number in counts.items():
        name, key = codes[character]
        facets[name][key] = number
    return facets


def meaning(value: str) -> tuple[str, Any]:
    """The facet and the key of a stored value: topics are told by number."""
    return FACETS[value[0]], int(value[1:]) if value[0] == "t" else value[1:]
