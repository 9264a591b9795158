"""The operator looks at the mails: what waits, what was sent, what the outbox holds."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from network.extensions import db
from network.mail import outbox
from network.mail.models import Message

mail = AppGroup("mail", help="Look at the mails.")
ROWS = 50


@mail.command("list")
@click.option("--all", "everything", is_flag=True, help=f"All that is remembered, not only the last {ROWS}.")
def list_messages(everything: bool) -> None:
    """List the mails, the newest last: number, day, state, kind, address, subject."""
    query = select(Message).order_by(Message.id.desc())
    written = {number(file): file for file in outbox.files()}
    rows = list(db.session.scalars(query if everything else query.limit(ROWS)))
    for row in reversed(rows):
        address, subject = row.address, row.subject
        if row.id in written and not address:
            headers = message_from_bytes(written[row.id].read_bytes(), policy=default)
            address, subject = headers["To"], headers["Subject"]
        words = [f"{row.id:>6}", f"{row.created_at:%Y-%m-%d %H:%M}", f"{row.state:<8}", f"{row.kind:<22}"]
        click.echo("  ".join([*words, str(address or "-"), str(subject or row.problem)]).rstrip())
    click.echo(f"{len(rows)} messages; {len(written)} files in {outbox.folder()}")


@mail.command("show")
@click.argument("id", type=int, required=False)
@click.option("--last", is_flag=True, help="The newest one.")
def show(id: int | None, last: bool) -> None:
    """Print a mail as a person reads it: whom it is for, its subject and its text."""
    if (id is None) != last:
        raise click.UsageError("say either the number of a mail or --last")
    files = outbox.files()
    if last:
        newest = db.session.scalar(select(Message.id).where(Message.text != "").order_by(Message.id.desc()).limit(1))
        id = max([newest or 0, *(number(file) for file in files)])
    row = db.session.get(Message, id)
    file = next((file for file in reversed(files) if number(file) == id), None)
    if row is not None and row.text:
        click.echo(f"To: {row.address}\nSubject: {row.subject}\n\n{row.text}")
    elif file is not None:
        found = message_from_bytes(file.read_bytes(), policy=default)
        body = found.get_body(("plain",))
        click.echo(f"To: {found['To']}\nSubject: {found['Subject']}\n\n{body.get_content() if body else ''}")
    elif row is not None:
        raise click.ClickException(f"message {id} was {row.state} and its words are no longer kept")
    else:
        raise click.ClickException(f"there is no message {id}" if id else "there are no messages")


def number(file: Path) -> int:
    """The message that a file of the outbox holds."""
    return int(file.stem.split("-")[2])
