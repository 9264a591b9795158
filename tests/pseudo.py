"""A pseudo-language that reads from right to left, with brackets around every text and accents in it.

What cannot be translated shows at once. It travels as Hebrew, whose direction Babel knows, and never ships.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from network.config import LOCALES, ROOT

LOCALE = "he"
KEYWORDS = {
    name: spec
    for names, spec in (
        (("_", "gettext", "_l", "lazy_gettext"), None),
        (("ngettext", "_n", "lazy_ngettext"), (1, 2)),
        (("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
    )
    for name in names
}
ACCENTED = str.maketrans("aeiouycnsAEIOUYCNS", "áéíóúýçñšÁÉÍÓÚÝÇÑŠ")
KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|\{\w+\}|<[^<>]*>|&\w+;)")


def accented(text: str) -> str:
    """The text as the pseudo-language writes it; placeholders and tags stay."""
    parts = KEPT.split(text)
    return "⟦" + "".join(part if index % 2 else part.translate(ACCENTED) for index, part in enumerate(parts)) + "⟧"


def catalogue() -> Catalog:
    """Every text of the code and templates, in the pseudo-language."""
    made = Catalog(locale=LOCALE)
    for folder, method in (("network", "python"), ("templates", "jinja2")):
        found = extract_from_dir(
            ROOT / folder, [("**.py", "python"), ("**.html", method), ("**.md", method)], keywords=KEYWORDS
        )
        for _file, _line, message, _comments, msgctxt in found:
            texts = (message,) if isinstance(message, str) else tuple(message)
            said = tuple(accented(text) for text in texts)
            plurals = (*said, *said[-1:] * made.num_plurals)[: made.num_plurals]
            made.add(message, said[0] if len(texts) == 1 else plurals, context=msgctxt)
    return made


def write(folder: Path) -> None:
    """Write the catalogue below `folder`."""
    file = folder / LOCALE / "LC_MESSAGES/messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue())


def settings(folder: Path) -> dict[str, object]:
    """The settings with which an application speaks it too, once it is written there."""
    return {"LOCALES": (*LOCALES, LOCALE), "BABEL_TRANSLATION_DIRECTORIES": f"{ROOT / 'network/translations'};{folder}"}
