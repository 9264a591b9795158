"""Countries and languages by code and by name, in every language that the pages speak."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from network.places.folding import fold

NAMED_IN = ("en", "es", "fr", "pt", "de", "ar")
NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
SYNONYMS = {
    "AE": "UAE;Emirates;EAU",
    "BA": "Bosnia;Bosnie;Bosnien",
    "BO": "Plurinational State of Bolivia",
    "BN": "Brunei Darussalam",
    "CD": "DRC;DR Congo;RDC;Congo Kinshasa;Democratic Republic of Congo;Democratic Republic of the Congo;Zaire",
    "CF": "CAR;RCA",
    "CG": "Congo;Republic of the Congo;Congo Brazzaville",
    "CI": "Ivory Coast;Cote d Ivoire;Elfenbeinküste;Costa de Marfil",
    "CN": "PRC;People's Republic of China;Mainland China",
    "CV": "Cape Verde;Cabo Verde",
    "CZ": "Czech Republic;Czechia;República Checa;Tschechische Republik",
    "DE": "Allemagne;BRD",
    "DO": "Dominican Rep",
    "FK": "Falklands;Malvinas",
    "FM": "Federated States of Micronesia",
    "GB": "UK;U.K.;Great Britain;Britain;Royaume Uni;Großbritannien;Vereinigtes Königreich;Gran Bretaña;Grã-Bretanha",
    "HK": "Hong Kong",
    "IR": "Islamic Republic of Iran",
    "KP": "North Korea;DPRK",
    "KR": "South Korea;Korea;Republic of Korea;Corée;Corea",
    "LA": "Lao;Lao PDR;Laos",
    "MD": "Republic of Moldova",
    "MK": "Macedonia;FYROM;Mazedonien",
    "MM": "Burma;Birmanie;Birmania;Birma",
    "MO": "Macau;Macao",
    "NL": "Holland;The Netherlands;Hollande;Holanda;Nederland",
    "PS": "Palestine;State of Palestine;Palästina;Palestina",
    "RU": "Russian Federation;Rossiya",
    "ST": "Sao Tome",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland;Eswatini",
    "TL": "East Timor;Timor Leste",
    "TR": "Turkey;Türkiye;Turquie;Turquía;Turquia",
    "TT": "Trinidad",
    "TW": "Taiwan Province of China;Republic of China;Chinese Taipei",
    "TZ": "United Republic of Tanzania",
    "US": "USA;U.S.;U.S.A.;United States of America;America;EEUU;EE. UU.;EUA;Estados Unidos de América;"
    "États-Unis d'Amérique;Vereinigte Staaten von Amerika",
    "VA": "Vatican;Holy See",
    "VE": "Bolivarian Republic of Venezuela",
    "VN": "Viet Nam",
    "XK": "Kosova;XKX",
}


@lru_cache(maxsize=64)
def spoken(locale: str) -> Locale:
    """The locale of that name, or the nearest that exists; English for anything else."""
    for name in (locale.replace("-", "_"), re.split("[-_]", locale)[0]):
        try:
            return Locale.parse(name)
        except (ValueError, UnknownLocaleError):
            continue
    return Locale.parse("en")


@lru_cache(maxsize=4096)
def country_name(code: str, locale: str = "en") -> str:
    """The name of a country (alpha-2) in a language; the code itself when nobody knows it."""
    return str(spoken(locale).territories.get(code.upper(), code)) if is_country(code.upper()) else code


@lru_cache(maxsize=4096)
def language_name(code: str, locale: str = "en") -> str:
    """The name of a language (BCP 47) in another; the code itself when nobody knows it."""
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name(spoken(locale)) or code
    except (ValueError, UnknownLocaleError):
        return str(spoken(locale).languages.get(re.split("[-_]", code)[0].lower(), code))


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """The alpha-2 codes of all countries and territories, with XK for Kosovo."""
    known = map(str, Locale.parse("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha()) - NO_COUNTRIES


def is_country(code: str) -> bool:
    """Whether `code` is the alpha-2 code of a country, in capitals."""
    return code in codes()


def names(code: str) -> set[str]:
    """Every name of a country in the languages that we know, and the usual synonyms."""
    said = {spoken(locale).territories.get(code, "") for locale in NAMED_IN}
    return (said | set(SYNONYMS.get(code, "").split(";"))) - {""}


@lru_cache(maxsize=1)
def by_name() -> dict[str, str]:
    """Folded names and codes (alpha-2, alpha-3) to alpha-2."""
    known = {fold(name): code for code in sorted(codes()) for name in names(code)}
    known.update((fold(name), code) for code, said in SYNONYMS.items() for name in said.split(";"))
    for other, meant in get_global("territory_aliases").items():
        if len(other) in (2, 3) and other.isalpha() and len(meant) == 1 and is_country(meant[0]):
            known.setdefault(other.lower(), meant[0])
    known.update((code.lower(), code) for code in codes())
    return known


def country_code(text: str) -> str | None:
    """The alpha-2 code of the country that `text` names, by code or in any language we know; None when it is none."""
    words = fold(text[:200])
    return by_name().get(words) or by_name().get(words.removeprefix("the ").removeprefix("republic of "))
