"""When two people edit at once: which fields only one of them changed, and which both did. Nobody's text is lost."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

SHORT = 16  # hexadecimal digits of a mark


@dataclass(frozen=True)
class Both:
    """A field that somebody else changed in the meantime, and so did you."""

    theirs: Any
    yours: Any


@dataclass(frozen=True)
class Compared:
    """What of a form may be written, and what has to be decided first. With conflicts nothing should be written."""

    changes: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, Both] = field(default_factory=dict)


def mark(value: Any) -> str:
    """A short mark of a value: the same for the same value, whichever way its lines end."""
    plain = value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
    text = json.dumps(plain, default=str, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:SHORT]


def marks(values: Mapping[str, Any]) -> str:
    """What a form carries of the values that it was made with: "name:0f3a… summary:77b1…"."""
    return " ".join(f"{name}:{mark(value)}" for name, value in values.items())


def marked(carried: str) -> dict[str, str]:
    """The marks that a form brings back."""
    pairs = (pair.partition(":") for pair in carried.split())
    return {name: said for name, _colon, said in pairs}


def compare(carried: str, typed: Mapping[str, Any], now: Mapping[str, Any], theirs: Collection[str] = ()) -> Compared:
    """What a form that was made with the values marked in `carried` says beside the values of `now`.

    A field that only one of two people changed is theirs or yours, as it is; one that both changed is a conflict, as is
    one that says something else and carries no mark. `theirs` are fields in which yours was given up.
    """
    before = marked(carried)
    compared = Compared()
    for name, value in typed.items():
        if name in theirs or mark(value) == mark(now[name]) or mark(value) == before.get(name):
            continue
        if before.get(name) == mark(now[name]):
            compared.changes[name] = value
        else:
            compared.conflicts[name] = Both(now[name], value)
    return compared
