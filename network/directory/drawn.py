"""The items of lists as HTML, drawn once for each row, language and day: most of what a page of results costs."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from network.locales import chosen

KEPT = 4096  # about a kilobyte each


@lru_cache(maxsize=KEPT)
def draw(app: Flask, template: str, locale: str, today: date, facts: tuple[Any, ...]) -> Markup:
    """The macro `item` of a template, in a language and on a day, of hashable facts."""
    module: Any = app.jinja_env.get_template(template).module
    return Markup(module.item(locale, *facts))


def drawn(template: str, *facts: Any) -> Markup:
    """An item of a list, for the reader of this page: what it says depends on `facts`, language and day alone."""
    app: Any = current_app
    return draw(app._get_current_object(), template, chosen(), date.today(), facts)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["drawn"] = drawn
