"""Text as it is stored: one normal form, and nothing in it that no database, page or reader can bear."""

import re
import unicodedata

OVERRIDES = "\u202a-\u202e\u2066-\u2069"
UNSEEN = "\u00ad\u200b\u2060\ufeff"
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
IN_NAMES = re.compile(f"[\x00-\x1f\x7f-\x9f{OVERRIDES}{UNSEEN}]")
WEB = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
HOST = re.compile(r"[^\s/:@]+\.[^\s/:@.]{2,}(:\d+)?([/?#]\S*)?")


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


def hidden_in(name: str) -> str:
    """What may not stand in a name, in words: a character that can't be seen or that turns the reading order around."""
    hidden = IN_NAMES.search(name.strip())
    return character_named(hidden[0]) if hidden else ""


def web_address(text: str) -> str:
    """The address of a web page, `https://` put before a bare host; empty when it is none."""
    text = one_line(text)
    if WEB.fullmatch(text):
        return text
    return f"https://{text}" if HOST.fullmatch(text) and not SCHEME.match(text) else ""
