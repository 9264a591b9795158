"""Languages, as a reader chooses among them and reads which ones an organisation speaks."""

from functools import lru_cache

from markupsafe import Markup

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
