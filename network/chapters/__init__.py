"""The visitor's finder of local chapters, and the one that partners frame in their own pages."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.chapters import api, views

    app.register_blueprint(views.blueprint)
    app.register_blueprint(api.blueprint)
