"""The demonstration's commands."""

from datetime import date

import click
from flask.cli import AppGroup

from network.demo import actions, counting
from network.demo.written import written
from network.extensions import db

demo_cli = AppGroup("demo")


@demo_cli.command("load")
@click.option("--organizations", type=click.IntRange(min=10), help="Generate a network of this size instead.")
@click.option("--seed", default=7, show_default=True, help="The same seed generates the same network.")
def load(organizations: int | None, seed: int) -> None:
    """Load the fictional demonstration network, or a generated one of any size. Running it again adds what is new."""
    before = counting.counted(db.session())
    try:
        if organizations:
            load_generated(organizations, seed)
        else:
            load_written()
    except (actions.Occupied, LookupError) as refusal:
        raise click.ClickException(str(refusal.args[0])) from refusal
    added = counting.added(before, counting.counted(db.session()))
    click.echo(f"Loaded: {added}." if added else "The demonstration is loaded already: nothing changed.")


def load_written() -> None:
    """The network that is written down."""
    today = date.today()
    with click.progressbar(length=len(written(today)), label="Demonstration") as bar:
        actions.load(db.session(), today, bar.update)
        db.session.commit()


def load_generated(organizations: int, seed: int) -> None:
    """A network made of towns, words and chance."""
    from network.demo.generate import generate

    with click.progressbar(length=2 * organizations, label="Generating") as bar:
        generate(db.session(), organizations, seed, date.today(), bar.update)
        db.session.commit()
