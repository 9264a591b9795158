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
from network.index.facets import characters
from network.index.words import TOKEN, spoken, terms

BATCH = 1000
NOUN = "organization"


def write(connection: Connection, documents: Iterable[Document]) -> None:
    """Put the documents in, each in place of the one with its id. Many at once cost less than many calls."""
    words: Counter[str] = Counter()
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        write_batch(connection, list({document.id: document for document in batch}.values()), words)
    count_words(connection, words)


def write_batch(connection: Connection, documents: Sequence[Document], words: Counter[str]) -> None:
    """Write some documents; `words` learns how many more or fewer have each word than before."""
    await_turn(connection)
    here = engine(connection)
    codes = characters(connection, documents)
    after = {document.id: all_terms(document) for document in documents}
    stored = here.texts(connection, list(after))
    before = {id: here.unpacked(text) for id, text in stored.items()}
    changed = [id for id, found in after.items() if set(before.get(id, ())) != set(found)]
    old = [(id, stored[id]) for id in changed if id in stored]
    here.put(connection, [row(one, codes) for one in documents], [(id, here.packed(after[id])) for id in changed], old)
    for id in changed:
        words.update(spoken(after[id]))
        words.subtract(spoken(before.get(id, ())))
    note(connection, NOUN, after)


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Take documents out; an id that isn't there is no error."""
    here = engine(connection)
    words: Counter[str] = Counter()
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        await_turn(connection)
        stored = here.texts(connection, batch)
        here.take(connection, batch, list(stored.items()))
        for text in stored.values():
            words.subtract(spoken(here.unpacked(text)))
        note(connection, NOUN, batch)
    count_words(connection, words)


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
    return (document.id, *place, facets, document.confirmed, " ".join(document.title_words))


def count_words(connection: Connection, counts: Counter[str]) -> None:
    """Add to the number of documents that have each word; a word of none is forgotten."""
    here = engine(connection)
    here.add_words(connection, sorted((word, number) for word, number in counts.items() if number))
    here.forget_words(connection, [word for word, number in counts.items() if number < 0])


def check(connection: Connection) -> list[str]:
    """What is wrong with the index, each in a sentence; nothing when all is well."""
    here = engine(connection)
    wrong = list(here.faults(connection))
    counts: Counter[str] = Counter()
    for (text,) in connection.exec_driver_sql(f"SELECT terms FROM {here.texts_table}"):
        counts.update(spoken(here.unpacked(text)))
    if dict(counts) != dict(connection.exec_driver_sql("SELECT word, documents FROM search_word").all()):
        wrong.append("the words that searches complete and correct are not those of the documents")
    return wrong
