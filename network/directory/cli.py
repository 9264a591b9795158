"""Commands about organisations."""

import click
from flask.cli import AppGroup

from network.directory.tasks import open_tasks
from network.extensions import db

directory = AppGroup("directory", help="Organisations and what staff should look at.")


@directory.command("tasks")
def tasks() -> None:
    """List what staff should look at: rules that are not met, places that were not found."""
    for slug, sentence in open_tasks(db.session):
        click.echo(f"{slug}\t{sentence}")
