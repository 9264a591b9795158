"""The index on SQLite: FTS5 over the terms that we made ourselves.

Triggers cannot keep it true: with `trusted_schema=OFF` SQLite refuses them a virtual table.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from network.index.engine import COLUMNS, Engine, Row

DDL = (
    "CREATE TABLE search_text (id INTEGER PRIMARY KEY, terms TEXT NOT NULL)",
    # detail=none: the terms carry all that is asked for, so no positions are kept. The ascii tokenizer takes every
    # other script as it is, where unicode61 would split words at their vowel signs.
    """CREATE VIRTUAL TABLE search_index USING fts5(terms, content='search_text', content_rowid='id',
    detail=none, columnsize=0, tokenize="ascii tokenchars '=_'")""",
    # Within a page FTS5 looks for a document one by one, so that small pages answer twice as fast as those of 4050.
    "INSERT INTO search_index(search_index, rank) VALUES ('pgsz', 350)",
)
ADD = "INSERT INTO search_index(rowid, terms) VALUES (?, ?)"
TAKE = "INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', ?, ?)"
EMPTY = "INSERT INTO search_index(search_index) VALUES ('delete-all')"
MERGE = "INSERT INTO search_index(search_index) VALUES ('optimize')"
COMPARE = "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"
ASTRAY = """SELECT id FROM search_document WHERE id NOT IN (SELECT id FROM search_text)
UNION ALL SELECT id FROM search_text WHERE id NOT IN (SELECT id FROM search_document)"""


class SQLite(Engine):
    mark = ":{}"
    counted = "FROM search_index WHERE search_index MATCH {match}"
    texts_table = "search_text"
    found = "FROM search_index f CROSS JOIN search_document d ON d.id = f.rowid WHERE f.search_index MATCH {match}"
    has = "instr(' ' || terms || ' ', {match}) > 0"
    joined = "group_concat(d.facets, '')"
    lines = "group_concat({}, char(10))"
    listed = "IN (SELECT value FROM json_each({}))"
    place = "?"
    both, either, but_not = " AND ", " OR ", " NOT "

    def quoted(self, term: str) -> str:
        return '"' + term.replace('"', '""') + '"'

    def needle(self, term: str) -> str:
        return f" {term} "

    def values(self, values: Sequence[Any]) -> Any:
        return json.dumps(values, ensure_ascii=False)

    def packed(self, terms: Sequence[str]) -> Any:
        return " ".join(terms)

    def unpacked(self, stored: Any) -> Sequence[str]:
        return str(stored).split(" ")

    def put(self, connection: Connection, rows: Sequence[Row], texts: Sequence[Row], old: Sequence[Row]) -> None:
        self.upsert(connection, "search_document", COLUMNS, rows)
        self.replace(connection, texts, old)

    def take(self, connection: Connection, ids: Sequence[int], old: Sequence[Row]) -> None:
        super().take(connection, ids, old)
        self.delete(connection, "search_text", ids)
        self.replace(connection, (), old)

    def replace(self, connection: Connection, texts: Sequence[Row], old: Sequence[Row]) -> None:
        """Put texts into the text index in place of `old`, which must be what it holds of them."""
        if old:
            connection.exec_driver_sql(TAKE, list(old))
        self.upsert(connection, "search_text", ("id", "terms"), texts)
        if texts:
            connection.exec_driver_sql(ADD, list(texts))

    def clear(self, connection: Connection) -> None:
        super().clear(connection)
        connection.exec_driver_sql(EMPTY)

    def optimize(self, connection: Connection) -> None:
        connection.exec_driver_sql(MERGE)
        connection.exec_driver_sql("ANALYZE")

    def faults(self, connection: Connection) -> Iterable[str]:
        try:
            connection.exec_driver_sql(COMPARE)
        except DatabaseError as error:
            yield f"the text index does not agree with its texts ({error.orig})"
        for missing in connection.exec_driver_sql(ASTRAY).scalars():
            yield f"document {missing} lacks its row or its text"
