"""The gazetteer's commands."""

import click
from flask.cli import AppGroup

from network.extensions import db

places_cli = AppGroup("places", help="The gazetteer: towns, regions and countries.")


@places_cli.command("load")
@click.option("--minimum-population", default=500, show_default=True, type=click.IntRange(min=0), help="Of a town.")
def load(minimum_population: int) -> None:
    """Fill the gazetteer from GeoNames, replacing what is there. Interrupted, it leaves what was there."""
    from network.places import gazetteer

    with click.progressbar(length=100, label="Places") as bar, db.engine.begin() as connection:
        loaded = gazetteer.load(connection, minimum_population, progress=lambda percent: bar.update(percent - bar.pos))
    tidy()
    click.echo(f"{loaded.towns} towns, {loaded.regions} regions, {loaded.countries} countries, {loaded.names} names.")
    if not loaded.regions:
        click.echo("Regions have no names: run npm ci, then this again. Towns and countries work without.", err=True)


def tidy() -> None:
    """Let the engine learn what it holds now, and take back the space of the long transaction."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM ANALYZE place, place_name, place_prefix, place_sound")
