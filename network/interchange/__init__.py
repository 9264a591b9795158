"""Spreadsheets and standard formats, in and out."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.interchange.cli import group

    app.cli.add_command(group)
