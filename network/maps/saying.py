"""Ties and plural words as maps say them."""

from flask import Flask
from flask_babel import get_locale
from markupsafe import Markup

from network.directory.saying import INBOUND
from network.directory.vocabulary import LINK_TYPES, STANDINGS
from network.maps.scene import Tie
from network.maps.tabled import Tied
from network.text import gettext as _
from network.text import ngettext


def tie_words(tie: Tied) -> Markup:
    """A tie as the organisation that it is told of says it, with since when, and that it is only proposed."""
    words = str(LINK_TYPES[tie.type].label) if tie.out else INBOUND[tie.type]()
    told = Markup("{}: {}").format(words, tie.other.name)
    if tie.since:
        told += ", " + _("since %(year)s", year=tie.since)
    return told + (", " + _("proposed") if tie.proposed else "")


def tie_between(tie: Tie, id: int, name: str) -> str:
    """A tie to the organisation with a name, as the one with an id says it."""
    words = str(LINK_TYPES[tie.type].label) if tie.source == id else INBOUND[tie.type]()
    told = f"{words}: {name}"
    return f"{told}, {_('proposed')}" if tie.proposed else told


COUNTED = {
    "ties": lambda number: ngettext("%(count)s tie", "%(count)s ties", number, count="{count}"),
    "organisations": lambda number: ngettext(
        "%(count)s organisation", "%(count)s organisations", number, count="{count}"
    ),
    "hidden": lambda number: ngettext("%(count)s hidden", "%(count)s hidden", number, count="{count}"),
    "selected": lambda number: ngettext("%(count)s selected", "%(count)s selected", number, count="{count}"),
}
SAMPLES = (0, 1, 2, 3, 6, 11, 100, 1000000)


def plural_forms(what: str) -> dict[str, str]:
    """What a number of things is called, with `{count}`, for every plural form of the language (by CLDR names)."""
    rule = get_locale().plural_form
    return {rule(number): COUNTED[what](number) for number in reversed(SAMPLES)}


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        tie_between=tie_between, tie_words=tie_words, plural_forms=plural_forms, STANDINGS=STANDINGS
    )
