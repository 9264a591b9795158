"""The libraries the application stands on, made once and bound to it in `create_app`."""

import sqlite3
from typing import Any

from flask import has_request_context, request
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import BindParameter, CursorResult, Engine, Executable, MetaData, bindparam, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_WAITING: set[str] = set()
"""Endpoints of unsafe methods that mostly read the database: they do their work while somebody writes for long."""


class Base(DeclarativeBase):
    """The base of every table; constraints have names so that both engines can migrate them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


IDS: BindParameter[Any] = bindparam("ids", expanding=True)  # in statements that are built once

db = SQLAlchemy(model_class=Base)
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)


def touched(session: Session, statement: Executable) -> int:
    """Run an UPDATE or DELETE; how many rows it reached."""
    done = session.execute(statement)
    assert isinstance(done, CursorResult)
    return done.rowcount


SQLITE_SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "cache_size=-4000",
)


@event.listens_for(Engine, "connect")
def set_up_sqlite(connection: Any, record: Any) -> None:
    """Safe settings for every SQLite connection; we begin transactions ourselves."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for setting in SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once for whatever may write, so that a writer waits instead of failing halfway.

    A safe request only reads, as does a connection with the option `read_only`; one in AUTOCOMMIT begins nothing.
    Those of NOT_WAITING take the lock once they write.
    """
    options = connection.get_execution_options()
    if connection.dialect.name != "sqlite" or options.get("isolation_level") == "AUTOCOMMIT":
        return
    here = has_request_context() and (request.method in SAFE_METHODS or request.endpoint in NOT_WAITING)
    reading = options.get("read_only") or here
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
