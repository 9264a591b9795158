"""What both engines do alike: questions in SQL over the matching documents, and writing. The engines say the rest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy.engine import Connection

from network.index.cells import Point
from network.index.words import Alternative, Condition

Row = tuple[Any, ...]
NOWHERE = 9.0  # the squared distance of what has no point: further than anything
REACH = "(d.x - {x}) * (d.x - {x}) + (d.y - {y}) * (d.y - {y}) + (d.z - {z}) * (d.z - {z})"
PARAMETERS = ("match", "x", "y", "z", "reach", "most", "ids", "first", "last")
COLUMNS = ("id", "x", "y", "z", "facets", "confirmed", "sort_name")
KEYS = {"name": "d.sort_name", "confirmed": "-d.confirmed"}  # each rises in the order that it stands for


class Engine:
    """The questions that `asking.py` puts. A match is a condition in the engine's own words."""

    mark: ClassVar[str]  # how a parameter stands in SQL
    found: ClassVar[str]  # FROM and WHERE of the matching documents `d`
    counted: ClassVar[str]  # the same without their rows
    texts_table: ClassVar[str]  # where the terms of the documents are stored
    has: ClassVar[str]  # whether a row of those has one term
    joined: ClassVar[str]  # all facets of the rows as one text
    lines: ClassVar[str]  # a column of the rows as one text, a line each
    listed: ClassVar[str]  # "is one of", a parameter of several values
    place: ClassVar[str]  # how a parameter stands in an INSERT
    columns: ClassVar[Mapping[str, str]] = {}  # what a column makes of its parameter, where that isn't the parameter
    both: ClassVar[str]
    either: ClassVar[str]
    but_not: ClassVar[str]

    def __init__(self) -> None:
        named = {name: self.mark.format(name) for name in PARAMETERS}
        reach, found = REACH.format(**named), self.found.format(**named)
        self.listed_sql = self.listed.format(named["ids"])
        near = {key: f"SELECT {column}, d.id, d.facets, {reach} {found}" for key, column in KEYS.items()}
        near["distance"] = f"SELECT {reach}, d.id, d.facets {found}"
        near["relevance"] = f"SELECT -d.confirmed, d.id, d.facets, {reach}, d.sort_name {found}"
        self.within_sql = {key: f"{sql} AND {reach} <= {named['reach']}" for key, sql in near.items()}
        self.all_sql = f"SELECT coalesce({reach}, {NOWHERE}), d.id, d.facets {found}"
        self.first_sql = {
            key: f"SELECT {column}, d.id {found} ORDER BY {column}, d.id LIMIT {named['most']}"
            for key, column in KEYS.items()
        }
        self.first_sql["relevance"] = self.first_sql["confirmed"].replace("d.id", "d.id, d.sort_name", 1)
        self.count_sql = f"SELECT count(*) {self.counted.format(**named)}"
        self.facets_sql = f"SELECT count(*), {self.joined} {found}"
        self.having_sql = f"SELECT id FROM {self.texts_table} WHERE id {self.listed_sql} AND {self.has.format(**named)}"
        self.ids_sql = f"SELECT d.id {found}"
        self.begun_sql = (
            f"SELECT word FROM search_word WHERE word >= {named['first']} AND word < {named['last']}"
            f" ORDER BY length(word), documents DESC, word LIMIT {named['most']}"
        )
        listed_words, counts = self.lines.format("word"), self.lines.format("documents")
        self.words_sql = f"SELECT length(word), {listed_words}, {counts} FROM search_word GROUP BY length(word)"
        self.distances_sql = f"SELECT d.id, {reach} FROM search_document d WHERE d.id {self.listed_sql}"
        self.texts_sql = f"SELECT id, terms FROM {self.texts_table} WHERE id {self.listed_sql}"

    def quoted(self, term: str) -> str:
        """A term inside a match."""
        raise NotImplementedError

    def needle(self, term: str) -> str:
        """A term as the parameter of `has`."""
        raise NotImplementedError

    def values(self, values: Sequence[Any]) -> Any:
        """The parameter that `listed` takes."""
        raise NotImplementedError

    def packed(self, terms: Sequence[str]) -> Any:
        """The terms of a document as the parameter of their column."""
        raise NotImplementedError

    def unpacked(self, stored: Any) -> Sequence[str]:
        """The terms of a document as they were read from the database."""
        raise NotImplementedError

    def optimize(self, connection: Connection) -> None:
        """Merge what many writes left in pieces."""
        raise NotImplementedError

    def faults(self, connection: Connection) -> Iterable[str]:
        """What is wrong with the text index, in words."""
        raise NotImplementedError

    def alternative(self, terms: Alternative) -> str:
        return self.both.join(self.quoted(term) for term in terms)

    def match(self, condition: Condition, barred: Iterable[str] = ()) -> str:
        """The condition in the engine's words; no group of it may be empty."""
        groups = [self.either.join(f"({self.alternative(terms)})" for terms in group) for group in condition]
        whole = self.both.join(f"({group})" for group in groups)
        never = self.either.join(self.quoted(term) for term in barred)
        return f"({whole}){self.but_not}({never})" if never else whole

    def rows(self, connection: Connection, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Plain tuples: making SQLAlchemy rows of them would cost as much as finding them."""
        result = connection.exec_driver_sql(sql, dict(parameters))
        assert result.cursor is not None
        found = list(result.cursor.fetchall())
        result.close()
        return found

    def count(self, connection: Connection, match: str) -> int:
        """How many documents match."""
        return int(self.rows(connection, self.count_sql, {"match": match})[0][0])

    def facets(self, connection: Connection, match: str) -> tuple[int, str]:
        """How many documents match, and the facet characters of all of them."""
        total, facets = self.rows(connection, self.facets_sql, {"match": match})[0]
        return total, facets or ""

    def ids(self, connection: Connection, match: str) -> set[int]:
        """Which documents match."""
        return {id for (id,) in self.rows(connection, self.ids_sql, {"match": match})}

    def having(self, connection: Connection, ids: Sequence[int], terms: Alternative) -> set[int]:
        """Which of a few documents have all the terms: their texts are looked at one by one."""
        left = set(ids)
        for term in terms:
            parameters = {"ids": self.values(list(left)), "match": self.needle(term)}
            left = {id for (id,) in self.rows(connection, self.having_sql, parameters)}
        return left

    def within(self, connection: Connection, match: str, centre: Point, reach: float, order: str) -> list[Row]:
        """The matches within a squared distance, unsorted, as (order key, id, facets, squared distance).

        Ordered by distance that is the key itself and isn't said twice; for relevance the folded name comes last.
        """
        parameters = {"match": match, "x": centre[0], "y": centre[1], "z": centre[2], "reach": reach}
        return self.rows(connection, self.within_sql[order], parameters)

    def everywhere(self, connection: Connection, match: str, centre: Point) -> list[Row]:
        """All matches, unsorted, as (squared distance, id, facets); NOWHERE for what has no point."""
        parameters = {"match": match, "x": centre[0], "y": centre[1], "z": centre[2]}
        return self.rows(connection, self.all_sql, parameters)

    def first(self, connection: Connection, match: str, order: str, most: int) -> list[Row]:
        """The first `most` matches in an order, as (order key, id); for relevance by day, and with the folded name."""
        return self.rows(connection, self.first_sql[order], {"match": match, "most": most})

    def distances(self, connection: Connection, ids: Sequence[int], centre: Point) -> dict[int, float | None]:
        """The squared distance of each of the documents; None for what has no point."""
        parameters = {"ids": self.values(ids), "x": centre[0], "y": centre[1], "z": centre[2]}
        return dict(self.rows(connection, self.distances_sql, parameters))

    def insert(
        self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row], otherwise: str = ""
    ) -> None:
        """Add rows; `otherwise` says what is done with one that is there already."""
        if rows:
            values = ", ".join(self.columns.get(column, self.place) for column in columns)
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) {otherwise}", list(rows)
            )

    def upsert(self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows, each in place of the one with its first column."""
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
        self.insert(connection, table, columns, rows, f"ON CONFLICT ({columns[0]}) DO UPDATE SET {changes}")

    def add_words(self, connection: Connection, counts: Sequence[Row]) -> None:
        """Add to the number of documents of each word, as (word, number)."""
        added = "ON CONFLICT (word) DO UPDATE SET documents = search_word.documents + excluded.documents"
        self.insert(connection, "search_word", ("word", "documents"), counts, added)

    def forget_words(self, connection: Connection, words: Sequence[str]) -> None:
        """Forget those of the words that no document has."""
        if not words:
            return
        sql = f"DELETE FROM search_word WHERE documents <= 0 AND word {self.listed_sql}"
        connection.exec_driver_sql(sql, {"ids": self.values(words)})

    def texts(self, connection: Connection, ids: Sequence[int]) -> dict[int, Any]:
        """The terms of those of the documents that are there, as they are stored."""
        return dict(self.rows(connection, self.texts_sql, {"ids": self.values(ids)}))

    def put(self, connection: Connection, rows: Sequence[Row], texts: Sequence[Row], old: Sequence[Row]) -> None:
        """Store documents, as COLUMNS, and the changed terms of some, as (id, terms), in place of `old`."""
        raise NotImplementedError

    def take(self, connection: Connection, ids: Sequence[int], old: Sequence[Row]) -> None:
        """Take documents away, whose terms are `old`."""
        self.delete(connection, "search_document", ids)

    def clear(self, connection: Connection) -> None:
        """Take everything away but the facets' characters, which stay what they were."""
        for table in dict.fromkeys(("search_document", "search_word", self.texts_table)):
            connection.exec_driver_sql(f"DELETE FROM {table}")

    def delete(self, connection: Connection, table: str, ids: Sequence[int]) -> None:
        """Take the rows with these ids away."""
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id {self.listed_sql}", {"ids": self.values(ids)})
