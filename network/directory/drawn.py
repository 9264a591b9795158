"""The items of lists as HTML, drawn once for each row, language and day: most of what a page of results costs."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, cast

from flask import Flask, current_app
from markupsafe import Markup

from network.locales import chosen

KEPT = 8192  # about a kilobyte each


@lru_cache(maxsize=KEPT)
def draw(app: Flask, template: str, locale: str, today: date, facts: tuple[Any, ...]) -> Markup:
    """The macro `item` of a template, in a language and on a day, of hashable facts."""
    module: Any = app.jinja_env.get_template(template).module
    return Markup(module.item(locale, *facts))


def drawing(template: str) -> Callable[..., Markup]:
    """Draws items with a template for this page's reader: they depend on what is given, the language and the day."""
    app, locale, today = cast(Any, current_app)._get_current_object(), chosen(), date.today()
    return lambda *facts: draw(app, template, locale, today, facts)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["drawing"] = drawing
