"""Commands about organisations."""

import click
from flask.cli import AppGroup

from network.directory.tasks import open_tasks
from network.directory.thesaurus import load_topics
from network.extensions import db

directory = AppGroup("directory", help="Organisations and what staff should look at.")


@directory.command("topics")
def topics() -> None:
    """Load the topics that the project ships; what staff added stays."""
    changed = load_topics(db.session)
    db.session.commit()
    click.echo(f"{changed} changes to the topics")


@directory.command("tasks")
def tasks() -> None:
    """List what staff should look at: rules that are not met, places that were not found."""
    for slug, sentence in open_tasks(db.session):
        click.echo(f"{slug}\t{sentence}")
