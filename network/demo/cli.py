"""The demonstration's commands."""

from datetime import date

import click
from flask.cli import AppGroup

from network.demo import actions
from network.demo.written import written
from network.extensions import db

demo_cli = AppGroup("demo", help="The demonstration network.")


@demo_cli.command("load")
@click.option("--organizations", type=click.IntRange(min=10), help="Generate a network of this size instead.")
@click.option("--seed", default=7, show_default=True, help="The same seed generates the same network.")
def load(organizations: int | None, seed: int) -> None:
    """Load the fictional demonstration network, or a generated one of any size. Running it again changes nothing."""
    try:
        added = load_generated(organizations, seed) if organizations else load_written()
    except (actions.Occupied, LookupError) as refusal:
        raise click.ClickException(str(refusal.args[0])) from refusal
    click.echo(f"{added} organisations loaded." if added else "The demonstration is loaded already: nothing changed.")


def load_written() -> int:
    """The network that is written down."""
    today = date.today()
    with click.progressbar(length=len(written(today)), label="Demonstration") as bar:
        added = actions.load(db.session, today, bar.update)
        db.session.commit()
    return added


def load_generated(organizations: int, seed: int) -> int:
    """A network made of towns, words and chance."""
    from network.demo.generate import generate

    with click.progressbar(length=2 * organizations, label="Generating") as bar:
        added = generate(db.session, organizations, seed, date.today(), bar.update)
        db.session.commit()
    return added
