"""The catalogues say everything, in every language, and say it with the same placeholders."""

import re

import pytest
from babel.messages.pofile import read_po

from network.config import LOCALES, ROOT
from tests import pseudo
from tests.house.source import short

TRANSLATIONS = ROOT / "network/translations"
TRANSLATED = LOCALES[1:]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|<[^<>]*>|&\w+;")


@pytest.fixture(scope="module")
def wanted():
    """Every text of the code and templates as it is now."""
    return {(message.id, message.context) for message in pseudo.catalogue() if message.id}


def file(locale):
    return TRANSLATIONS / locale / "LC_MESSAGES/messages.po"


def read(locale):
    with file(locale).open("rb") as opened:
        return read_po(opened, locale=locale, abort_invalid=True)


def messages(locale):
    """The locale's messages, without the header."""
    return [message for message in read(locale) if message.id]


def texts(string) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def placeholders(text) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_every_language_that_is_spoken_has_a_catalogue_and_no_other_has():
    found = {path.parts[-3] for path in TRANSLATIONS.glob("*/LC_MESSAGES/*.po")}
    assert found == set(TRANSLATED), "run make messages after a change of LOCALES in network/config.py"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_catalogue_translates_every_text(locale, wanted):
    said = {(message.id, message.context) for message in messages(locale) if all(texts(message.string))}
    missing = sorted((texts(id)[0] for id, context in wanted if (id, context) not in said))
    where = short(file(locale))
    assert not missing, f"{where}: run make messages, then translate {len(missing)} texts: {missing[:5]}"
    fuzzy = [message.id for message in messages(locale) if message.fuzzy]
    assert not fuzzy, f"{where}: look at those marked fuzzy: {fuzzy[:5]}"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_catalogue_holds_no_text_that_nothing_says(locale, wanted):
    unsaid = [message.id for message in messages(locale) if (message.id, message.context) not in wanted]
    assert not unsaid, f"{short(file(locale))}: run make messages; nothing says {unsaid[:5]}"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_translation_keeps_the_placeholders_and_tags(locale):
    for message in messages(locale):
        allowed = [placeholders(text) for text in texts(message.id)]
        for text in texts(message.string):
            assert placeholders(text) in allowed, f"{short(file(locale))}: {text!r} must keep {allowed}"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_number_of_things_is_said_in_every_form_of_the_language(locale):
    forms = read(locale).num_plurals
    for message in messages(locale):
        if message.pluralizable:
            assert len(message.string) == forms, f"{short(file(locale))}: {message.id[0]!r} needs {forms} forms"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_translation_fits_into_an_attribute(locale):
    """Texts stand between double quotes too; a tag's own quotes are the only ones."""
    for message in messages(locale):
        for text in texts(message.string):
            assert '"' not in re.sub(r"<[^<>]*>", "", text), f"{short(file(locale))}: {text!r}: use “ ”, « » or „ “"
