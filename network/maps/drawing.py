"""The words of an SVG: elements that cannot be broken out of, numbers without tails, and the papers. Pure."""

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, or no reader shows."""


@dataclass(frozen=True)
class Paper:
    """A sheet that lies on its long side: its size in millimetres, which `across` points stand for."""

    width: float
    height: float

    @property
    def across(self) -> float:
        return self.width * 72 / 25.4

    @property
    def down(self) -> float:
        return self.height * 72 / 25.4


PAPERS = {"a4": Paper(297, 210), "a3": Paper(420, 297)}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def number(value: float) -> str:
    """A length to a hundredth of a point, as short as it can be written."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def said(text: str) -> str:
    """Text as it may stand between tags."""
    return escape(UNFIT.sub("", text))


def element(name: str, *inside: str, **attributes: Any) -> str:
    """An element with what is inside it, which is SVG already; attributes that are None are left out."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(inside)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def attribute(value: Any) -> str:
    return number(value) if isinstance(value, float | int) else escape(UNFIT.sub("", str(value)), {'"': "&quot;"})


def path(points: list[tuple[float, float]], closed: bool = False) -> str:
    """Straight lines through points, as the `d` of a path."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("Z" if closed else "")
