"""Languages, as a reader chooses among them and reads which ones an organisation speaks."""

from functools import cache, lru_cache

from markupsafe import Markup

from network.directory.filter import language_key
from network.locales import chosen
from network.places import countries
from network.places.folding import fold

SPOKEN = (
    "am ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl ha he hi hr hu id ig it ja ko lt lv mr ms nl no pa pl pt "
    "ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi yo zh zu"
).split()
OPTION, SELECTED = Markup('<option value="{}"{}>{}</option>'), Markup(" selected")


def speaks(codes: tuple[str, ...], most: int | None = None, locale: str | None = None) -> str:
    """Languages in one line; of more than `most` only the number of the rest: "English, Polish +3"."""
    return languages_said(codes, most, locale or chosen())


@lru_cache(maxsize=4096)
def languages_said(codes: tuple[str, ...], most: int | None, locale: str) -> str:
    said = ", ".join(countries.language_name(code, locale) for code in codes[:most])
    return said if most is None or len(codes) <= most else f"{said} +{len(codes) - most}"


@lru_cache(maxsize=256)
def language_options(locale: str, picked: tuple[str, ...] = ()) -> Markup:
    """The languages to choose from, by name: those that many speak, and those already picked. Fifty, so made once."""
    named = ((countries.language_name(code, locale), code) for code in {*SPOKEN, *picked})
    return Markup("").join(
        OPTION.format(code, SELECTED if code in picked else "", name)
        for name, code in sorted(named, key=lambda one: fold(one[0]))
    )


def known_language(tag: str) -> bool:
    """Whether there may be such a language: thousands have a code of three letters and no name that we know."""
    first = tag.split("-")[0]
    return len(first) == 3 or first in countries.spoken("en").languages


@cache
def languages_by_name() -> dict[str, str]:
    """Folded names of languages in every shipped language, and in themselves, to their codes."""
    codes = [code for code in map(str, countries.spoken("en").languages) if code.isalpha()]
    named: dict[str, str] = {}
    for locale in ("en", "es", "fr", "pt", "de"):
        for code in codes:
            if said := countries.spoken(locale).languages.get(code):
                named.setdefault(fold(said), code)
    for code in codes:
        if len(code) == 2:
            named.setdefault(fold(countries.language_name(code, code)), code)
    return named


def language_named(text: str) -> str | None:
    """The BCP 47 tag of a language that is named by its code, or by its name in any language that we know."""
    tag = language_key(text)
    if tag == text and known_language(tag):
        return tag
    return languages_by_name().get(fold(text)) or (tag if tag and known_language(tag) else None)
