"""The demonstration network: a fictional one, written by hand, and a generated one of any size."""

from flask import Flask

from network.commands import Later


def init_app(app: Flask) -> None:
    app.cli.add_command(Later("demo", "network.demo.cli:demo_cli", "The demonstration network."))
