"""One way to compare words: what is left of a text without case, diacritics and punctuation."""

import unicodedata

SPELT_OUT = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŋ": "n", "ı": "i", "ŀ": "l",
    "ſ": "s", "ŧ": "t", "ƀ": "b", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ə": "e",
    "ى": "ي", "ی": "ي", "ک": "ك", "ە": "ه", "ة": "ه",
}  # fmt: skip
# The marks of Latin, Greek, Cyrillic, Hebrew and Arabic may be left out; those of Indic scripts are vowels and stay.
OPTIONAL_MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE2F),
)  # fmt: skip


class Characters(dict[int, str | None]):
    """What becomes of each character (for `str.translate`), worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = becomes(code)
        return self[code]


def becomes(code: int) -> str | None:
    """The folded form of a decomposed, casefolded character; None when it is left out."""
    character = chr(code)
    category = unicodedata.category(character)
    if character in SPELT_OUT:
        return SPELT_OUT[character]
    if category == "Cf" or any(first <= code <= last for first, last in OPTIONAL_MARKS):
        return None
    return character if category[0] in "LNM" else " "


CHARACTERS = Characters()


def fold(text: str) -> str:
    """`text` in lower case, compatibility-normalised, without diacritics, its words separated by single spaces.

    "São Paulo" → "sao paulo", "Łódź" → "lodz", "Großenhain" → "grossenhain", "St. John's" → "st john s".
    Letters of every script stay. Folding twice is folding once.
    """
    if text.isascii():
        return " ".join(text.lower().translate(CHARACTERS).split())
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", " ".join(lowered.translate(CHARACTERS).split()))
