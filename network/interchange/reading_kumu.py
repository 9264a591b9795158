"""Kumu's blueprints: elements are organisations, connections are ties (docs.kumu.io, guides/import/blueprints). Pure.

A project's backup says the same with its facts under `attributes`; both are read.
"""

from typing import Any

from network.places.folding import fold

BLUEPRINT = ("elements", "connections")
ELEMENT = {"label": "name", "type": "category", "element type": "category", "_id": "id"}
CONNECTION = {"connection type": "type", "start date": "started_on", "end date": "ended_on"}
UNTYPED = "works_with"
APPEARANCE = frozenset(("pinned", "position", "style", "image", "kumu image"))


def element(item: dict[str, Any]) -> dict[str, Any]:
    """An element with our names for what Kumu names itself; its other fields keep theirs."""
    return renamed(item, ELEMENT)


def connection(item: dict[str, Any]) -> dict[str, Any]:
    """A connection as a tie; one without a type works with the other, as far as anybody said."""
    cells = renamed(item, CONNECTION)
    if not str(cells.get("type") or "").strip():
        cells["type"] = UNTYPED
    return cells


def renamed(item: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    attributes = item.get("attributes")
    own = {name: value for name, value in item.items() if name != "attributes"}
    known = {fold(theirs): ours for theirs, ours in names.items()}
    cells: dict[str, Any] = {}
    for name, value in (own | (attributes if isinstance(attributes, dict) else {})).items():
        if fold(name) not in APPEARANCE and not name.startswith("_") or name == "_id":
            cells.setdefault(known.get(fold(name), name), value)
    return cells
