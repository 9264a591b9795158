"""Mappings as they are written down: by people as TOML, by the page as JSON of the same shape."""

import json
import tomllib
from pathlib import Path
from typing import Any

from network.interchange.columns import COLUMNS
from network.interchange.limits import Refused
from network.interchange.mapping import Group, Mapping, Origin
from network.interchange.reading import FORMATS

TABLES = ("source", "source_url", "format", "columns", "constants", "values", "group")


def read_mapping(path: Path) -> Mapping:
    """The mapping of a TOML or JSON file; raises Refused, naming the file and what is wrong in it."""
    try:
        text = path.read_text("utf-8")
        return mapping_of(json.loads(text) if path.suffix == ".json" else tomllib.loads(text))
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(f"the mapping {path.name} cannot be used: {error}") from error


def mapping_of(written: dict[str, Any]) -> Mapping:
    """The mapping that is written so; raises ValueError, TypeError or AttributeError when it cannot be used."""
    check_names(written)
    return Mapping(
        source=str(written.get("source", "")),
        source_url=str(written.get("source_url", "")),
        format=written.get("format"),
        columns={column: origin(column, value) for column, value in written.get("columns", {}).items()},
        constants={column: str(value) for column, value in written.get("constants", {}).items()},
        values={column: {k: str(v) for k, v in given.items()} for column, given in written.get("values", {}).items()},
        group=read_group(written["group"]) if "group" in written else None,
        written=True,
    )


def as_written(mapping: Mapping) -> dict[str, Any]:
    """A mapping as `mapping_of` reads it; what it doesn't say is left out."""
    group = mapping.group
    written = {
        "source": mapping.source,
        "source_url": mapping.source_url,
        "format": mapping.format,
        "columns": {column: written_origin(one) for column, one in mapping.columns.items()},
        "constants": mapping.constants,
        "values": mapping.values,
        "group": group
        and {"by": group.by, "prefer": group.prefer, "order": list(group.order), "together": list(group.together)},
    }
    return {name: value for name, value in written.items() if value}


def written_origin(one: Origin) -> Any:
    if one.join is not None:
        return {"join": list(one.names), "with": one.join}
    return one.names[0] if len(one.names) == 1 else {"first": list(one.names)}


def read_group(group: dict[str, Any]) -> Group:
    """How rows are grouped, as a mapping says it."""
    if not group.keys() <= {"by", "prefer", "order", "together"} or "by" not in group:
        raise ValueError("[group] knows by, prefer, order and together")
    order, together = tuple(map(str, group.get("order", ()))), tuple(map(str, group.get("together", ())))
    return Group(str(group["by"]), str(group.get("prefer", "")), order, together)


def check_names(written: dict[str, Any]) -> None:
    """Refuse what a mapping doesn't know, so that a misspelling is noticed."""
    for name in written:
        if name not in TABLES:
            raise ValueError(f"{name} is none of {', '.join(TABLES)}")
    for table in ("columns", "constants", "values"):
        for column in written.get(table, {}):
            if column not in COLUMNS and (table, column) != ("values", "type"):  # of ties
                raise ValueError(f"[{table}] {column} is none of our columns ({', '.join(COLUMNS)})")
    if written.get("format") not in (None, *FORMATS):
        raise ValueError(f"format is none of {', '.join(FORMATS)}")


def origin(column: str, value: Any) -> Origin:
    """Where a column comes from, as a mapping says it: a name, {first = [...]} or {join = [...], with = ", "}."""
    if isinstance(value, str):
        return Origin((value,))
    if isinstance(value, dict) and value.keys() == {"first"}:
        return Origin(tuple(value["first"]))
    if isinstance(value, dict) and "join" in value and value.keys() <= {"join", "with"}:
        return Origin(tuple(value["join"]), str(value.get("with", " ")))
    raise ValueError(f'[columns] {column}: write a name, {{first = ["a", "b"]}} or {{join = ["a", "b"], with = ", "}}')
