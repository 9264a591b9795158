"""Commands that read lists in and write them out."""

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from network.directory.categories import CATEGORIES
from network.directory.filter import category_key
from network.extensions import db
from network.interchange import actions, exporting, refreshing, running
from network.interchange.limits import Refused
from network.interchange.models import Import
from network.interchange.reading import FORMATS
from network.interchange.reading_xlsx import unfolded
from network.interchange.reporting import Report
from network.interchange.undoing import undo
from network.outside.fetching import Fetcher

group = AppGroup("interchange")
BETWEEN_COLLECTIONS = 200_000  # allocations
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, writable=True, path_type=Path)
BUSY = "the database did not take it, so nothing was written: run the same command again"


@contextmanager
def refusing() -> Iterator[None]:
    """A refusal is one line on stderr and exit code 1; whatever was begun is taken back."""
    try:
        yield
    except Refused as error:
        db.session.rollback()
        raise click.ClickException(" ".join(str(error).split())) from error
    except OSError as error:
        db.session.rollback()
        raise click.ClickException(f"{error.filename or 'the disk'}: {error.strerror}; nothing was written") from error
    except DBAPIError as error:
        db.session.rollback()
        raise click.ClickException(f"{BUSY} ({str(error.orig).splitlines()[0]})") from error


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage seldom: it takes a quarter of the time of a long import, and there is next to none."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def counter() -> Callable[[str, int], None] | None:
    """Says on a terminal how far it is; elsewhere nothing."""
    if not sys.stderr.isatty():
        return None
    done: dict[str, int] = {}

    def say(what: str, more: int) -> None:
        done[what] = done.get(what, 0) + more
        click.echo(f"\r{what} {done[what]:,} ", err=True, nl=False)

    return say


@group.command("import")
@click.argument("file", type=EXISTING)
@click.option("--format", type=click.Choice(FORMATS), help="Otherwise the file's ending says it.")
@click.option("--mapping", type=EXISTING, help="A TOML file that says which of the list's columns is which of ours.")
@click.option("--source", default="", help="The list's name, when neither the mapping nor a column says it.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option(
    "--update", is_flag=True, help="Let rows change another list's organisations of the same website and name."
)
@click.option("--skip-errors", is_flag=True, help="Write the sound rows although others have errors.")
@click.option("--report", type=NEW, help="Write each row's fate to this file, as JSON.")
def import_list(
    file: Path,
    format: str | None,
    mapping: Path | None,
    source: str,
    dry_run: bool,
    update: bool,
    skip_errors: bool,
    report: Path | None,
) -> None:
    """Read the list in FILE into the directory: all of it or, when a row has an error, nothing.

    FILE is a table of organisations, a table of ties (it has the columns `from`, `type` and `to`), the first sheet of
    an Excel workbook (XLSX), GeoJSON, JSON or a Kumu blueprint.

    A row is an organisation that is there when the same list gave it the same id, else when website and name are the
    same (without a website: name and place). A row of the same list changes what the list itself changed, and leaves
    alone what was changed here since. A row that matches an organisation of another list by website and name alone, and
    says something else, is a duplicate and isn't written, unless --update is given. A row that only resembles one is
    always a duplicate. The same file twice changes nothing.

    Exits with 0, with 1 when nothing was written because of an error, with 2 when the command itself is wrong.
    """
    progress = counter()
    with refusing(), seldom_collecting(), Report(report) as rows, ExitStack() as stack:
        path = stack.enter_context(unfolded(file))
        order = actions.Order(path, format, mapping, source, update, skip_errors, "command line", called=file.name)
        db.session.connection(execution_options={"read_only": True})
        seen = stack.enter_context(closing(actions.preview(db.session, order, progress)))
        db.session.rollback()
        refusal = seen.refusal
        record = None
        if dry_run or refusal:
            counts = actions.rehearse(seen, rows)
        else:
            record = actions.carry_out(db.session, seen, rows, progress)
            counts = record.counts
            summary = actions.summary(seen, counts, record, written=True)
            db.session.commit()
        rows.finish(summary if record else actions.summary(seen, counts, None, written=False))
        say_result(seen, rows, counts, summary if record else None)
        if refusal:
            raise Refused(refusal)


def say_result(seen: Any, rows: Report, counts: dict[str, int], written: dict[str, Any] | None) -> None:
    """What came of it, for a person."""
    if sys.stderr.isatty():
        click.echo("\r", err=True, nl=False)
    click.echo(f"{seen.order.called}: {', '.join(seen.file.said.values())}")
    if seen.plan.mapping.unknown:
        click.echo(f"Columns that are not known and were left out: {', '.join(seen.plan.mapping.unknown)}")
    for note in seen.plan.notes:
        click.echo(f"Note: {note}.")
    for row in rows.first:
        why = row.get("reason") or "; ".join(row.get("evidence", ()))
        where = f"line {row['line']}" + (f", column {row['column']}" if row.get("column") else "")
        click.echo("  " + ": ".join(filter(None, (where, row["fate"], row["name"], why))))
    total = ", ".join(f"{count:,} {fate}" for fate, count in counts.items() if count) or "no rows"
    if seen.plan.links:
        click.echo(f"{len(seen.plan.links):,} of the rows are ties.")
    warned = f" ({rows.warned:,} with warnings)" if rows.warned else ""
    if written and not written["import"]:
        click.echo(f"{total}{warned}. Everything is there already: nothing was changed.")
    elif written:
        number = written["import"]
        click.echo(f"{total}{warned}. Import {number}: `flask interchange undo {number}` takes it back.")
    else:
        click.echo(f"{total}{warned}. Nothing was written.")


@group.command("undo")
@click.argument("number", type=int, metavar="IMPORT")
def undo_import(number: int) -> None:
    """Take the import with that number back.

    What it made is removed and what it changed gets its former values back, field by field. What somebody changed since
    is left, and named with the reason.
    """
    progress = counter()
    with refusing():
        db.session.connection()
        done = undo(db.session, number, actions.step(progress, "undoing"))
        actions.finish(db.session, sorted(set(done.touched)))
        db.session.commit()
    for left in done.left:
        click.echo(f"  line {left.line}: left: {left.slug or 'gone'}: {left.what}: {left.why}")
    counts = f"{done.removed:,} removed, {done.restored:,} restored, {len(done.left):,} left"
    counts += f", {done.untied:,} ties taken back" if done.untied else ""
    click.echo(f"Import {number} taken back: {counts}.")


@group.command("run-draft")
@click.argument("number", type=int, metavar="ID")
def run_draft(number: int) -> None:
    """Do what was ordered on the page for the list with that number: its preview or its import.

    The page and `flask ops tick` call this; run twice at once, the second has nothing to do.
    """
    with refusing(), seldom_collecting():
        running.run(db.session(), number)


@group.command("run-undo")
@click.argument("number", type=int, metavar="IMPORT")
def run_undo(number: int) -> None:
    """Take an import back that somebody ordered back on the page; see `run-draft`."""
    with refusing(), seldom_collecting():
        running.run_undo(db.session(), number)


@group.command("refresh")
@click.argument("number", type=int, metavar="ID")
def refresh_source(number: int) -> None:
    """Fetch the list with that number that refreshes, whether it has changed or not; what differs waits on the page."""
    with refusing():
        click.echo(refreshing.refresh(db.session(), number, Fetcher(current_app.config["BASE_URL"]), anew=True))


@group.command("list")
def list_imports() -> None:
    """List the imports, the last one first."""
    for one in db.session.query(Import).order_by(Import.id.desc()):
        counts = ", ".join(f"{count} {fate}" for fate, count in one.counts.items() if count)
        undone = f", taken back {one.undone_at:%Y-%m-%d}" if one.undone_at else ""
        click.echo(f"{one.id}\t{one.at:%Y-%m-%d %H:%M}\t{one.file_name}\t{counts}{undone}")


def read_category(context: click.Context, option: click.Parameter, value: str) -> str:
    """The key of a category, whichever way it is spelt."""
    key = category_key(value)
    if value and not key:
        raise click.BadParameter(f"{value!r} is none of {', '.join(CATEGORIES)}")
    return key or ""


@group.command("export")
@click.option("--format", type=click.Choice(exporting.FORMATS), required=True)
@click.option("--category", default="", callback=read_category, help="Only organisations of this category.")
@click.option("--out", type=NEW, help="The file to write; otherwise it is printed.")
def export_list(format: str, category: str, out: Path | None) -> None:
    """Write what is public as a list. Reading it back changes nothing.

    Contact addresses and the standing of organisations are never in it, nor is any desired partner.
    """
    with refusing():
        db.session.connection(execution_options={"read_only": True})
        pieces = exporting.export(db.session, format, current_app.config["BASE_URL"].rstrip("/"), category)
        if out is None:
            for piece in pieces:
                click.echo(piece.encode(), nl=False)
        else:
            write_whole(out, pieces)
        db.session.rollback()


def write_whole(path: Path, pieces: Iterator[str]) -> None:
    """Write a file that appears under its name once it is whole."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
