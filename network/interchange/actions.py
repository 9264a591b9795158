"""Reading a list in and taking it back. The caller commits; until then nothing has happened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session, make_transient

from network import index
from network.directory.documents import reindex
from network.directory.tasks import check_rules
from network.directory.texts import UNSTORABLE, one_line
from network.index.changes import await_turn
from network.interchange.columns import COLUMNS
from network.interchange.deciding import Decisions
from network.interchange.limits import Refused
from network.interchange.mapping import Mapping
from network.interchange.mapping_files import read_mapping
from network.interchange.models import Import
from network.interchange.planning import Planner
from network.interchange.plans import FATES, Plan
from network.interchange.reading import ListFile, open_list
from network.interchange.remarks import at, remark
from network.interchange.reporting import Report
from network.interchange.settling import settled
from network.interchange.writing import Writer

MANY = 2000
Progress = Callable[[str, int], None]
"""Told what is being done, and how many rows more."""


class Moved(Refused):
    """The directory has changed since somebody saw what an import would do: it would do something else now."""


@dataclass(frozen=True)
class Order:
    """What a person asks for when she imports a list."""

    path: Path
    format: str | None = None
    mapping: Path | None = None
    source: str = ""
    update: bool = False
    skip_errors: bool = False
    by: str = ""
    decisions: Decisions = field(default_factory=Decisions)
    seen: str = ""  # the digest of the plan that the person saw: when it has become another, nothing is written
    called: str = ""  # the name under which the file came


@dataclass
class Preview:
    """A plan, the file that it reads, and the state of the directory that it was made for."""

    order: Order
    file: ListFile
    plan: Plan
    sequence: int

    def close(self) -> None:
        """Let go of the files in which the rows wait."""
        self.plan.close()

    @property
    def refusal(self) -> str:
        """Why the plan may not be carried out; empty when it may."""
        errors = self.plan.counts["error"]
        if not errors or (self.order.skip_errors and not self.plan.broken) or self.plan.first_error is None:
            return ""
        line, said = self.plan.first_error
        first = at(said.text, line, said.column)
        return remark("errors", count=f"{errors:,}", first=first) if errors > 1 else remark("one_error", first=first)


def preview(session: Session, order: Order, progress: Progress | None = None) -> Preview:
    """Plan an import; reads only. Raises Refused when the file is no list."""
    mapping = read_mapping(order.mapping) if order.mapping else Mapping()
    mapping.source = usable_source(order.source or mapping.source)
    file = open_list(order.path, order.format or mapping.format)
    sequence = index.sequence(session.connection())
    planner = Planner(session, file, mapping, order.update, step(progress, "reading"), order.decisions)
    return Preview(order, file, planner.plan(), sequence)


def usable_source(name: str) -> str:
    """The name of a list, as it is stored; raises Refused for what cannot be one."""
    found = COLUMNS["source"]
    if len(name) > found.longest or UNSTORABLE.search(name):
        raise Refused(remark("source_name", most=found.longest))
    return one_line(name)


def file_name(order: Order) -> str:
    """The file's name in letters that can be stored, whatever the file system allows."""
    return (order.called or order.path.name).encode("utf-8", "replace").decode()[:255]


def rehearse(seen: Preview, report: Report) -> dict[str, int]:
    """Report what an import would do; gives the number of rows of each fate."""
    counts = dict.fromkeys(FATES, 0)
    for row, _ties in settled(seen.plan):
        counts[row.fate] += 1
        report.add(row, written=False)
    for link in seen.plan.links:
        counts[link.fate] += 1
        report.add_link(link)
    return counts


def carry_out(session: Session, seen: Preview, report: Report, progress: Progress | None = None) -> Import:
    """Write what a preview planned, planning again when the directory has changed since. Raises Refused, see `refusal`.

    An import that changes nothing leaves no record: then its id is None.
    """
    connection = session.connection()
    await_turn(connection)
    if index.sequence(connection) != seen.sequence:
        seen.close()
        seen.plan = preview(session, seen.order, progress).plan
    if seen.order.seen and seen.order.seen != seen.plan.digest:
        raise Moved("the directory has changed since the preview")
    if seen.refusal:
        raise Refused(seen.refusal)
    record = Import(
        by=seen.order.by, file_name=file_name(seen.order), sha256=seen.file.survey.sha256, format=seen.file.format
    )
    session.add(record)
    session.flush()
    writer = Writer(session, seen.plan, record)
    counts = dict.fromkeys(FATES, 0)
    for row, _ties in writer.write(step(progress, "writing")):
        counts[row.fate] += 1
        report.add(row, written=True)
    for link in writer.tie():
        counts[link.fate] += 1
        report.add_link(link)
    record.counts = counts
    if not writer.recorded:
        session.delete(record)
        session.flush()
        make_transient(record)
        record.id = None  # type: ignore[assignment]  # the column says never, but what was not kept has no number
    elif writer.touched:
        finish(session, list(writer.touched), step(progress, "indexing"))
    return record


def finish(session: Session, ids: list[int], progress: Callable[[int], None] | None = None) -> None:
    """Bring rules and search index up to what was written; after a long list, also the statistics of the tables."""
    check_rules(session, ids)
    reindex(session, ids, progress)
    if len(ids) >= MANY:
        index.optimize(session.connection())


def step(progress: Progress | None, name: str) -> Callable[[int], None] | None:
    return (lambda more: progress(name, more)) if progress else None


def summary(seen: Preview, counts: dict[str, int], record: Import | None, written: bool) -> dict[str, Any]:
    """The head of a report: how the file was understood and what came of it."""
    mapping = seen.plan.mapping
    return {
        "file": file_name(seen.order),
        "sha256": seen.file.survey.sha256,
        **seen.file.said,
        "source": mapping.source,
        "columns": {name: list(one.names) for name, one in mapping.columns.items()},
        "notes": seen.plan.notes,
        "unknown_columns": list(mapping.unknown),
        "counts": counts,
        "ties": len(seen.plan.links),
        "written": written,
        "import": record.id if record else None,
    }
