"""Spreadsheets and standard formats, in and out."""

from flask import Flask

from network.commands import Later


def init_app(app: Flask) -> None:
    from network import ticking
    from network.interchange import tending, waiting
    from network.interchange.blueprint import blueprint
    from network.interchange.views import bringing, past, sources  # noqa: F401 (each adds its routes)
    from network.interchange.views import waiting as waiting_views  # noqa: F401

    ticking.every_tick(app, "imports", tending.tend)
    ticking.every_tick(app, "sources", tending.refresh)
    waiting.init_app()
    app.register_blueprint(blueprint)
    app.cli.add_command(
        Later("interchange", "network.interchange.cli:group", "Lists in and out: spreadsheets, GeoJSON, JSON.")
    )
