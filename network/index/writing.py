"""Putting documents into the index and taking them out, in the caller's transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy.engine import Connection

from network.index.cells import cells, point
from network.index.changes import await_turn, note
from network.index.documents import Document
from network.index.engine import Row
from network.index.engines import engine
from network.index.words import TOKEN, spoken, terms

BATCH = 1000
NOUN = "organization"
COLUMNS = ("id", "x", "y", "z", "facets", "confirmed", "sort_name")
LONGEST_NAME = 200
FIRST_CODE, SURROGATES, AFTER_SURROGATES = 0x21, 0xD800, 0xE000


def write(connection: Connection, documents: Iterable[Document]) -> None:
    """Put the documents in, each in place of the one with its id."""
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        write_batch(connection, list({document.id: document for document in batch}.values()))


def write_batch(connection: Connection, documents: Sequence[Document]) -> None:
    await_turn(connection)
    here = engine(connection)
    codes = facet_codes(connection, documents)
    here.upsert(connection, "search_document", COLUMNS, [row(document, codes) for document in documents])
    after = {document.id: all_terms(document) for document in documents}
    stored = here.texts(connection, list(after))
    before = {id: here.unpacked(text) for id, text in stored.items()}
    changed = [id for id, found in after.items() if set(before.get(id, ())) != set(found)]
    old = [(id, stored[id]) for id in changed if id in stored]
    here.put_texts(connection, old, [(id, here.packed(after[id])) for id in changed])
    count_words(connection, [before[id] for id, _text in old], [after[id] for id in changed])
    note(connection, NOUN, after)


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Take documents out; an id that isn't there is no error."""
    here = engine(connection)
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        await_turn(connection)
        stored = here.texts(connection, batch)
        here.take_texts(connection, list(stored.items()))
        here.delete(connection, "search_document", batch)
        count_words(connection, map(here.unpacked, stored.values()), ())
        note(connection, NOUN, batch)


def clear(connection: Connection) -> None:
    """Take every document out."""
    await_turn(connection)
    engine(connection).clear(connection)
    note(connection, NOUN, [0])


def optimize(connection: Connection) -> None:
    """Merge what many writes left in pieces, and let nothing of what was removed stay in them."""
    engine(connection).optimize(connection)


def all_terms(document: Document) -> tuple[str, ...]:
    """Every term of a document, each once."""
    if document.latitude is None or document.longitude is None:
        return terms(document)
    return (*terms(document), *(TOKEN + cell for cell in cells(document.latitude, document.longitude)))


def row(document: Document, codes: dict[str, str]) -> Row:
    """The row of `search_document`, as COLUMNS."""
    place: Row = (None, None, None)
    if document.latitude is not None and document.longitude is not None:
        place = point(document.latitude, document.longitude)
    facets = "".join([codes[value] for value in document.facets])
    return (document.id, *place, facets, document.confirmed, " ".join(document.title_words)[:LONGEST_NAME])


def facet_codes(connection: Connection, documents: Iterable[Document]) -> dict[str, str]:
    """The character of each facet value; those that are new get one."""
    rows = connection.exec_driver_sql("SELECT code, value FROM search_facet").all()
    codes = {value: chr(code) for code, value in rows}
    unused = max((code for code, _value in rows), default=FIRST_CODE - 1) + 1
    new = []
    for value in dict.fromkeys(value for document in documents for value in document.facets):
        if value not in codes:
            unused = AFTER_SURROGATES if unused == SURROGATES else unused
            codes[value] = chr(unused)
            new.append((unused, value))
            unused += 1
    engine(connection).insert(connection, "search_facet", ("code", "value"), new)
    return codes


def count_words(connection: Connection, before: Iterable[Iterable[str]], after: Iterable[Iterable[str]]) -> None:
    """Keep count of the documents that have each word; a word of none is forgotten."""
    counts: Counter[str] = Counter()
    for found in after:
        counts.update(spoken(found))
    for found in before:
        counts.subtract(spoken(found))
    engine(connection).add_words(connection, sorted((word, number) for word, number in counts.items() if number))
    engine(connection).forget_words(connection, [word for word, number in counts.items() if number < 0])


def check(connection: Connection) -> list[str]:
    """What is wrong with the index, each in a sentence; nothing when all is well."""
    here = engine(connection)
    wrong = list(here.faults(connection))
    for table, other in (("search_document", "search_text"), ("search_text", "search_document")):
        sql = f"SELECT count(*) FROM {table} WHERE id NOT IN (SELECT id FROM {other})"
        if missing := connection.exec_driver_sql(sql).scalar():
            wrong.append(f"{missing} documents stand in {table} but not in {other}")
    counts: Counter[str] = Counter()
    for (text,) in connection.exec_driver_sql("SELECT terms FROM search_text"):
        counts.update(spoken(here.unpacked(text)))
    if dict(counts) != dict(connection.exec_driver_sql("SELECT word, documents FROM search_word").tuples()):
        wrong.append("the words that searches complete and correct are not those of the documents")
    return wrong
