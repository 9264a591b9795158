"""Big Tent, the open directory of a partner network."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask

from network import errors, health, history, locales, logs, mail, permissions, places, schema, text, web
from network.config import ROOT, instance_path, settings
from network.extensions import babel, compress, csrf, db, limiter

FEATURES = (
    *("directory", "chapters", "accounts", "profiles", "websites", "matching", "introductions", "maps", "staff"),
    *("interchange", "merging", "topics", "demo"),
)
"""The features in the order in which they are registered, read and may import one another."""


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, with `overrides` above the environment, `config.toml` and the defaults."""
    folder = instance_path()
    app = Flask(
        "network",
        instance_path=str(folder),
        root_path=str(ROOT / "network"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.from_mapping(settings(folder, overrides))

    db.init_app(app)
    schema.init_app(app)
    compress.init_app(app)
    app.after_request(web.compressed)
    csrf.init_app(app)
    limiter.init_app(app)
    babel.init_app(app, locale_selector=locales.reader)

    logs.init_app(app)
    permissions.init_app(app)
    web.init_app(app)
    errors.init_app(app)
    locales.init_app(app)
    text.init_app(app)
    health.init_app(app)
    places.init_app(app)
    history.init_app(app)
    mail.init_app(app)
    for feature in FEATURES:
        import_module(f"network.{feature}").init_app(app)
    import_module("network.cli").init_app(app)
    return app
