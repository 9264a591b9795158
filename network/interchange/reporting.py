"""The report of an import: each row's fate, one at a time into a file, so that it takes no memory."""

import json
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from network.interchange.evidence import plain
from network.interchange.linking import PlannedLink
from network.interchange.plans import Planned
from network.interchange.stating import Remark

SHOWN = 10


def row_report(row: Planned, written: bool) -> dict[str, Any]:
    """What a report says of a row; an error's first column and reason stand in front."""
    said: dict[str, Any] = {"line": row.line, "fate": row.fate, "name": row.name}
    if row.also:
        said["lines"] = [row.line, *row.also]
    if row.id:
        said["id"] = row.id
    if row.slug and (written or row.fate != "new"):
        said["slug"] = row.slug
    if row.errors:
        said |= {"column": row.errors[0].column, "reason": row.errors[0].text}
        said["errors"] = list(map(remark, row.errors))
    if row.fate == "duplicate":
        said["evidence"] = list(map(plain, row.evidence))
    if row.fate == "updated":
        said["changed"] = changed(row)
    if row.warnings:
        said["warnings"] = list(map(remark, row.warnings))
    return said


def link_report(link: PlannedLink) -> dict[str, Any]:
    """What a report says of a tie that stands in a row of its own."""
    said: dict[str, Any] = {"line": link.line, "fate": link.fate, "name": link.name}
    said["tie"] = {"from": link.ends[0], "type": link.type, "to": link.ends[1]}
    if link.errors:
        said |= {"column": link.errors[0].column, "reason": link.errors[0].text}
        said["errors"] = list(map(remark, link.errors))
    if link.fate == "duplicate":
        said["evidence"] = list(map(plain, link.evidence))
    if link.fate == "updated":
        said["changed"] = {name: [link.before[name], value] for name, value in link.after.items()}
    if link.warnings:
        said["warnings"] = list(map(remark, link.warnings))
    return said


def remark(one: Remark) -> dict[str, str]:
    return {"column": one.column, "reason": one.text} if one.column else {"reason": one.text}


def changed(row: Planned) -> dict[str, Any]:
    """The fields that a row changes, from what to what; listings and the list's id by their number."""
    said: dict[str, Any] = {name: [row.before.get(name), value] for name, value in row.after.items()}
    counts = {
        "listings added": len(row.listings.added),
        "listings changed": len(row.listings.changed),
        "listings removed": len(row.listings.removed),
    }
    said |= {name: count for name, count in counts.items() if count}
    return said | ({"id": [None, row.id]} if row.adopt_id else {})


class Report:
    """Writes a report as JSON. It appears under its name once it is whole."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.file: IO[str] | None = None
        self.first: list[dict[str, Any]] = []  # a few rows that a person should look at
        self.warned = 0
        self.separator = "\n"

    def __enter__(self) -> "Report":
        if self.path:
            number, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}-")
            self.unfinished = Path(name)
            self.file = os.fdopen(number, "w", encoding="utf-8")
            self.file.write('{"rows": [')
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.file:
            self.file.close()
            self.unfinished.unlink(missing_ok=True)

    def add(self, row: Planned, written: bool) -> None:
        self.write(row_report(row, written), bool(row.warnings))

    def add_link(self, link: PlannedLink) -> None:
        self.write(link_report(link), bool(link.warnings))

    def write(self, said: dict[str, Any], warned: bool) -> None:
        if len(self.first) < SHOWN and said["fate"] in ("error", "duplicate"):
            self.first.append(said)
        self.warned += warned
        if self.file:
            self.file.write(self.separator + json.dumps(said, ensure_ascii=False, default=str))
            self.separator = ",\n"

    def finish(self, summary: dict[str, Any]) -> None:
        """The rest of the report; then it is there."""
        if self.file and self.path:
            self.file.write("\n], " + json.dumps(summary, ensure_ascii=False, indent=1)[1:] + "\n")
            self.file.close()
            os.chmod(self.unfinished, 0o644)
            self.unfinished.replace(self.path)
