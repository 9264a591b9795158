"""The catalogues say everything, and say it with the same placeholders."""

import re

from babel.messages.pofile import read_po

from network.config import LOCALES, ROOT
from tests import pseudo
from tests.house.source import short

CATALOGUES = tuple(sorted((ROOT / "network/translations").glob("*/LC_MESSAGES/*.po")))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|<[^<>]*>")


def read(path):
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def test_a_catalogue_translates_every_text():
    wanted = {(message.id, message.context) for message in pseudo.catalogue() if message.id}
    for path in CATALOGUES:
        catalogue = read(path)
        said = {(message.id, message.context) for message in catalogue if message.id and all(texts(message.string))}
        missing = [id for id, context in wanted if (id, context) not in said]
        assert not missing, f"{short(path)}: run make messages, then translate {len(missing)} texts: {missing[:5]}"
        assert not any(one.fuzzy for one in catalogue if one.id), f"{short(path)}: fuzzy ones need a look"


def test_a_translation_keeps_the_placeholders():
    for path in CATALOGUES:
        for message in read(path):
            wanted = set(PLACEHOLDER.findall(" ".join(texts(message.id))))
            for text in filter(None, texts(message.string)) if message.id else ():
                found = set(PLACEHOLDER.findall(text))
                kept = found == wanted or (isinstance(message.id, tuple) and found <= wanted)
                assert kept, f"{short(path)}: {text!r} must keep {sorted(wanted)}"


def test_every_catalogue_is_a_language_that_is_spoken():
    for path in CATALOGUES:
        assert path.parts[-3] in LOCALES, f"{short(path)}: put {path.parts[-3]} into LOCALES of network/config.py"


def texts(string) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
