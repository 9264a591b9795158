"""Spreadsheets and standard formats, in and out."""

from flask import Flask

from network.commands import Later


def init_app(app: Flask) -> None:
    from network.interchange import models  # noqa: F401 (for its tables)

    app.cli.add_command(
        Later("interchange", "network.interchange.cli:group", "Lists in and out: spreadsheets, GeoJSON, JSON.")
    )
