"""Items and parts of pages as HTML, drawn once for what they say, language and day: most of what a page costs."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, cast

from flask import Flask, current_app
from markupsafe import Markup

from network.locales import chosen, reader

ITEMS = 3072  # about a kilobyte each
PARTS = 256  # up to ten


def draw(app: Flask, template: str, locale: str, territory: str, today: date, facts: tuple[Any, ...]) -> Markup:
    """The macro `item` of a template, for readers of a language in a territory and on a day, of hashable facts."""
    module: Any = app.jinja_env.get_template(template).module
    return Markup(module.item(locale, *facts))


draw_item = lru_cache(maxsize=ITEMS)(draw)
draw_part = lru_cache(maxsize=PARTS)(draw)


def drawing(template: str, part: bool = False) -> Callable[..., Markup]:
    """Draws items, or larger parts, with a template for this page's reader.

    What it draws depends on what is given, the language, the territory and the day, and on nothing else.
    """
    app = cast(Any, current_app)._get_current_object()
    locale, territory, today = chosen(), reader(), date.today()
    drawn = draw_part if part else draw_item
    return lambda *facts: drawn(app, template, locale, territory, today, facts)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["drawing"] = drawing
