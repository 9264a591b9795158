"""What the features above tell the matcher."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

aside: list[Callable[[Session, int], set[int]]] = []
"""Each gives the ids of organisations that must not be suggested to the one with an id."""

numbers: list[Callable[[Session], Any]] = []
"""Each gives what became of suggestions: how many pairs were shown, asked for, accepted, and helped."""
