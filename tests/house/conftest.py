"""What the house tests share."""

import pytest
from flask import Flask

from network import create_app


@pytest.fixture(scope="session")
def bare_app() -> Flask:
    """The application as it is put together, without a database behind it."""
    return create_app({"TESTING": True})
