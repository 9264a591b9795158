"""The gazetteer's commands."""

from typing import Any

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
    """Take back the space of the long transaction."""
    connection = db.engine.raw_connection()
    driver: Any = connection.driver_connection
    try:
        if db.engine.dialect.name == "sqlite":
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            driver.autocommit = True
            driver.execute("VACUUM place, place_name, place_prefix, place_sound")
            driver.autocommit = False
    finally:
        connection.close()
