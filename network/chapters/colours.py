"""The colours of an embedded finder, from its address."""

import re
from collections.abc import Mapping

THEMES = ("light", "dark", "auto")
ACCENT = re.compile(r"[0-9a-f]{6}")


def colours(arguments: Mapping[str, str]) -> dict[str, str]:
    """`theme` (light, dark, auto) and `accent` (six hexadecimal digits or nothing); anything else is left out."""
    theme = arguments.get("theme", "auto")
    accent = arguments.get("accent", "").lower().removeprefix("#")
    return {"theme": theme if theme in THEMES else "auto", "accent": accent if ACCENT.fullmatch(accent) else ""}


def stylesheet(theme: str, accent: str) -> str:
    """The stylesheet of a theme and an accent that `colours` has checked."""
    rules = f"color-scheme: {theme};" if theme != "auto" else ""
    if accent:
        rules += f" --tent: #{accent}; --on-tent: {'#000' if bright(accent) else '#fff'};"
    return f":root {{ {rules.strip()} }}\n" if rules else ""


def bright(accent: str) -> bool:
    """Whether black reads better than white on a colour (WCAG relative luminance)."""
    channels = (int(accent[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179
