"""Which engine a connection speaks to."""

from sqlalchemy.engine import Connection

from network.index.engine import Engine
from network.index.postgresql import DDL as POSTGRESQL
from network.index.postgresql import PostgreSQL
from network.index.sqlite import DDL as SQLITE
from network.index.sqlite import SQLite

ENGINES: dict[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}
DDL = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def engine(connection: Connection) -> Engine:
    """The engine behind a connection."""
    return ENGINES[connection.dialect.name]


def ddl(dialect_name: str) -> list[str]:
    """What the tables of the index need beyond their columns, in order; for a migration."""
    return list(DDL[dialect_name])
