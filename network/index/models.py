"""The tables of the index. They hold nothing that cannot be written anew from the organisations."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, BigInteger, DateTime, Float, Integer, String, Text, event, func
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from network.extensions import Base
from network.index.engines import ENGINES, ddl


class Lexemes(UserDefinedType[str]):
    """PostgreSQL's tsvector. SQLAlchemy's own would load all that speaks to PostgreSQL, where SQLite serves too."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "TSVECTOR"


Wide = BigInteger().with_variant(Integer, "sqlite")  # SQLite's own row number wants the word INTEGER
Bytewise = String().with_variant(String(collation="C"), "postgresql")  # the same order on both engines
Terms = Text().with_variant(Lexemes(), "postgresql")


class SearchDocument(Base):
    """What an answer needs of each document.

    `terms` is empty on SQLite, which keeps them in a table beside, so that the rows that it reads stay narrow.
    """

    __tablename__ = "search_document"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    x: Mapped[float | None] = mapped_column(Float(53))  # the place as a point on the unit sphere
    y: Mapped[float | None] = mapped_column(Float(53))
    z: Mapped[float | None] = mapped_column(Float(53))
    facets: Mapped[str] = mapped_column(Text)  # one character for each facet value: see SearchFacet
    confirmed: Mapped[int]
    sort_name: Mapped[str] = mapped_column(Bytewise)
    terms: Mapped[str | None] = mapped_column(Terms)


class SearchFacet(Base):
    """A facet value ("kclub", "zgb", "t7") and the number whose character stands for it."""

    __tablename__ = "search_facet"

    code: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(String(70), unique=True)


class SearchWord(Base):
    """A word that documents contain, and how many do; a word of none is deleted."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(Bytewise, primary_key=True)
    documents: Mapped[int]


class Change(Base):
    """That something was written: what the caches of every process follow, in the order of the commits."""

    __tablename__ = "change"

    sequence: Mapped[int] = mapped_column(Wide, primary_key=True, autoincrement=False)
    noun: Mapped[str] = mapped_column(String(20))
    noun_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())


for dialect_name in ENGINES:
    for statement in ddl(dialect_name):
        event.listen(
            SearchDocument.__table__,
            "after_create",
            DDL(statement.replace("%", "%%")).execute_if(dialect=dialect_name),
        )
