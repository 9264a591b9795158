"""Full text and geography behind one interface, on both engines."""

from network.index.asking import ask, matching
from network.index.changes import forget_changes, note, seen, sequence, shelf, written_since
from network.index.documents import Answer, Document, Hit, Query
from network.index.engines import ddl
from network.index.models import Change
from network.index.spelling import expand, spelling
from network.index.writing import check, clear, optimize, remove, write

__all__ = [
    "Answer",
    "Change",
    "Document",
    "Hit",
    "Query",
    "ask",
    "check",
    "clear",
    "ddl",
    "expand",
    "forget_changes",
    "matching",
    "note",
    "optimize",
    "remove",
    "seen",
    "sequence",
    "shelf",
    "spelling",
    "write",
    "written_since",
]
