"""The demonstration network: a fictional one, written by hand, and a generated one of any size."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.demo.cli import demo_cli

    app.cli.add_command(demo_cli)
