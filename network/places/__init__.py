"""Places without any other host: a gazetteer in the database, distances, countries, the area served."""

from flask import Flask

ATTRIBUTION = "GeoNames"
ATTRIBUTION_URL = "https://www.geonames.org/"
LICENCE = "CC BY 4.0"


def init_app(app: Flask) -> None:
    from network.places.cli import places_cli

    app.cli.add_command(places_cli)
