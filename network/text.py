"""Texts in the reader's language: Flask-Babel's catalogues, looked up once a request and not at every text."""

from gettext import NullTranslations
from typing import Any

from flask import Flask
from flask.globals import _cv_app
from flask_babel import get_translations
from flask_babel.speaklater import LazyString
from markupsafe import Markup


def catalogue() -> NullTranslations:
    """The translations into the language of this request or command; none outside of any."""
    context = _cv_app.get(None)  # asked some fifty times a page: the proxy `g` would take longer than all the rest
    if context is None:
        return NullTranslations()
    found: NullTranslations | None = context.g.__dict__.get("catalogue")
    if found is None:
        found = context.g.catalogue = get_translations()
    return found


def gettext(text: str, **variables: Any) -> str:
    """`text` in the reader's language, with `%(name)s` filled in."""
    said = catalogue().gettext(text)
    return said % variables if variables else said


def ngettext(one: str, many: str, number: int, **variables: Any) -> str:
    """The text for a number of things; `%(num)s` is the number."""
    return catalogue().ngettext(one, many, number) % {"num": number, **variables}


def lazy_gettext(text: str, **variables: Any) -> Any:
    """A text that reads in the language of whoever reads it, for tables made before any request."""
    return LazyString(gettext, text, **variables)


def noted(text: str) -> str:
    """The text itself, gathered for the translators: whoever says it later looks it up."""
    return text


def marked(text: str, **variables: Any) -> Markup:
    """A text of a template: what is filled in is escaped."""
    said = Markup(catalogue().gettext(text))
    return said % variables if variables or "%" in said else said


def marked_number(one: str, many: str, number: int, **variables: Any) -> Markup:
    """The same for a number of things."""
    return Markup(catalogue().ngettext(one, many, number)) % {"num": number, **variables}


def init_app(app: Flask) -> None:
    """Let templates say texts this way."""
    app.jinja_env.globals.update({"_": marked, "gettext": marked, "ngettext": marked_number})
