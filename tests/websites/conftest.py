from collections.abc import Iterator

import pytest

from tests.outside.web import Web, serving


@pytest.fixture
def web() -> Iterator[Web]:
    """A web of our own, empty."""
    with serving() as made:
        yield made
