"""The index on PostgreSQL: a tsvector of the terms that we made ourselves, in a GIN index. No extension is needed."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from sqlalchemy.engine import Connection

from network.index.engine import Engine

DDL = (
    # Without fastupdate a question never has to read a list of what was written lately.
    "CREATE INDEX ix_search_text_terms ON search_text USING gin (terms) WITH (fastupdate = off)",
)


class PostgreSQL(Engine):
    mark = "%({})s"
    counted = "FROM search_text f WHERE f.terms @@ {match}::tsquery"
    found = "FROM search_text f JOIN search_document d ON d.id = f.id WHERE f.terms @@ {match}::tsquery"
    joined = "string_agg(d.facets, '')"
    listed = "= ANY({})"
    place = "%s"
    columns: ClassVar = {"terms": "array_to_tsvector(%s::text[])"}
    both, either, but_not = " & ", " | ", " & !"

    def quoted(self, term: str) -> str:
        return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"

    def values(self, values: Sequence[Any]) -> Any:
        return list(values)

    def packed(self, terms: Sequence[str]) -> Any:
        return list(terms)

    def unpacked(self, stored: Any) -> Sequence[str]:
        return [lexeme[1:-1].replace("''", "'") for lexeme in str(stored).split(" ")]

    def optimize(self, connection: Connection) -> None:
        connection.exec_driver_sql("ANALYZE search_text")
        connection.exec_driver_sql("ANALYZE search_document")

    def faults(self, connection: Connection) -> Iterable[str]:
        return ()
