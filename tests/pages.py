"""A test client that keeps the house style: every page it fetches is checked."""

from typing import Any

from flask.testing import FlaskClient


class CheckedClient(FlaskClient):
    """A visitor who looks closely at every page."""

    def open(self, *arguments: Any, **options: Any):
        with self.application.app_context():  # a scope of its own, as every request has when it is served
            return super().open(*arguments, **options)
