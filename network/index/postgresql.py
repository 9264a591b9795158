"""The index on PostgreSQL: a tsvector of the terms that we made ourselves, in a GIN index. No extension is needed."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from sqlalchemy.engine import Connection

from network.index.engine import COLUMNS, Engine, Row

DDL = ("CREATE INDEX ix_search_document_terms ON search_document USING gin (terms)",)

# New terms wait in a list that every question reads through; sorting in what a batch left there is three times as fast
# as an index without such a list. Only who owns the index may; else the server does so now and then.
SORT_IN = """SELECT gin_clean_pending_list(c.oid) FROM pg_class c
WHERE c.oid = 'ix_search_document_terms'::regclass AND pg_has_role(c.relowner, 'USAGE')"""


class PostgreSQL(Engine):
    mark = "%({})s"
    place = "%s"
    columns: ClassVar = {"terms": "array_to_tsvector(%s::text[])"}
    texts_table = "search_document"
    counted = found = "FROM search_document d WHERE d.terms @@ {match}::tsquery"
    has = "terms @@ {match}::tsquery"
    joined = "string_agg(d.facets, '')"
    lines = "string_agg({}::text, chr(10))"
    listed = "= ANY({})"
    both, either, but_not = " & ", " | ", " & !"

    def quoted(self, term: str) -> str:
        return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"

    def needle(self, term: str) -> str:
        return self.quoted(term)

    def values(self, values: Sequence[Any]) -> Any:
        return list(values)

    def packed(self, terms: Sequence[str]) -> Any:
        return list(terms)

    def unpacked(self, stored: Any) -> Sequence[str]:
        return [lexeme[1:-1] for lexeme in str(stored).split(" ")]

    def put(self, connection: Connection, rows: Sequence[Row], texts: Sequence[Row], old: Sequence[Row]) -> None:
        changed: dict[int, Any] = dict(texts)
        whole = [(*row, changed[row[0]]) for row in rows if row[0] in changed]
        self.upsert(connection, "search_document", (*COLUMNS, "terms"), whole)
        self.upsert(connection, "search_document", COLUMNS, [row for row in rows if row[0] not in changed])
        connection.exec_driver_sql(SORT_IN)

    def optimize(self, connection: Connection) -> None:
        connection.exec_driver_sql("ANALYZE search_document")

    def faults(self, connection: Connection) -> Iterable[str]:
        missing = connection.exec_driver_sql("SELECT id FROM search_document WHERE terms IS NULL").scalars()
        return [f"document {id} has no terms" for id in missing]
