"""The partner map: the network as graph, geography and table; drawing it; saved views."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.maps import models  # noqa: F401 (its tables)
    from network.maps.blueprint import blueprint
    from network.maps.views import looking, panels, scenes  # noqa: F401 (each adds its routes)

    app.register_blueprint(blueprint)
