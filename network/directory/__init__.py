"""Organisations, categories, links and listings; search; the public profile."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.directory import api, cli, drawn, saying, views

    saying.init_app(app)
    drawn.init_app(app)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(api.blueprint)
    app.cli.add_command(cli.directory)
