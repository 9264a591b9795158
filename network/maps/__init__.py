"""The partner map: the network as graph, geography and table; drawing it; saved views."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.maps import changing, models, moving, saying  # noqa: F401 (each registers its tables or steps)
    from network.maps.blueprint import blueprint
    from network.maps.views import days, drawing, files, looking, panels, saving, scenes, tiles  # noqa: F401 (each adds its routes)

    saying.init_app(app)
    app.register_blueprint(blueprint)
