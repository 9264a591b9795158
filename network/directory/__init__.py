"""Organisations, categories, links and listings; search; the public profile."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.directory import api, cli, drawn, queries, saying, views, waiting
    from network.extensions import db
    from network.permissions import providers

    providers.subject = lambda slug: queries.subject(db.session(), slug)
    providers.formerly = lambda slug: queries.formerly(db.session(), slug)[0]

    saying.init_app(app)
    drawn.init_app(app)
    waiting.init_app()
    app.register_blueprint(views.blueprint)
    app.register_blueprint(api.blueprint)
    app.cli.add_command(cli.directory)
