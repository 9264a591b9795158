"""Text as it is stored: one normal form, and nothing in it that no database, page or reader can bear."""

import re
import unicodedata

OVERRIDES = "\u202a-\u202e\u2066-\u2069"
UNSEEN = "\u00ad\u200b\u2060\ufeff"
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
IN_NAMES = re.compile(f"[\x00-\x1f\x7f-\x9f{OVERRIDES}{UNSEEN}]")


def clean(text: str) -> str:
    """The text in normal form C, lines ended by a line feed, without control characters and outer spaces."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", CONTROLS.sub("", text)).strip()


def one_line(text: str) -> str:
    """The same in one line: line ends and tabs become spaces."""
    text = clean(text)
    return text if text.isprintable() else " ".join(part.strip() for part in re.split(r"[\n\t\u2028\u2029]+", text))


def character_named(character: str) -> str:
    """A character that cannot be seen, in words: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    name = unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} {name}"
