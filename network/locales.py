"""Which language a page speaks: the address's, else the one chosen before, else the browser's, else the network's."""

from collections.abc import Iterator
from contextlib import contextmanager

from babel import Locale
from babel.localedata import locale_identifiers
from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import force_locale

COOKIE = "lang"
KNOWN = frozenset(locale_identifiers())
YEAR = 365 * 24 * 3600


def chosen() -> str:
    """The locale of this request, always one that the application speaks; the network's own for commands."""
    locale: str | None = g.get("locale")
    if locale is None:
        if not has_request_context():
            return current_app.config["DEFAULT_LOCALE"]
        asked = request.args.get("lang") or request.cookies.get(COOKIE)
        spoken = current_app.config["LOCALES"]
        default = current_app.config["DEFAULT_LOCALE"]
        locale = g.locale = asked if asked in spoken else request.accept_languages.best_match(spoken, default)
    return locale or "en"


def reader() -> str:
    """The reader's locale with the browser's territory, which decides between kilometres and miles: "en_GB"."""
    locale: str | None = g.get("reader")
    if locale is None:
        own = Locale.parse(chosen())
        locale = str(own)
        for tag, _quality in request.accept_languages if has_request_context() else ():
            language, _, territory = tag.replace("_", "-").partition("-")
            if language.lower() == own.language and len(territory) == 2:
                known = f"{own.language}_{territory.upper()}"
                locale = known if known in KNOWN else locale
                break
        g.reader = locale
    return locale


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak another language for a while: that of whoever a mail is for."""
    kept = {name: g.pop(name, None) for name in ("locale", "reader", "catalogue")}
    g.locale = g.reader = locale if locale in current_app.config["LOCALES"] else current_app.config["DEFAULT_LOCALE"]
    try:
        with force_locale(g.locale):
            yield
    finally:
        for name, value in kept.items():
            g.pop(name, None)
            if value is not None:
                setattr(g, name, value)


def languages() -> list[tuple[str, str]]:
    """The languages to choose from: code, and name in that language."""
    names = [(code, Locale.parse(code).get_display_name(code) or code) for code in current_app.config["LOCALES"]]
    return [(code, name[:1].upper() + name[1:]) for code, name in names]


def init_app(app: Flask) -> None:
    """Give templates the language and its direction; keep a language that was chosen in the address."""
    named: list[tuple[str, str]] = []

    @app.context_processor
    def language() -> dict:
        if not named:
            named.extend(languages())
        locale = chosen()
        direction = "rtl" if Locale.parse(locale).text_direction == "rtl" else "ltr"
        return {"locale": locale, "direction": direction, "languages": named}

    @app.after_request
    def keep(response: Response) -> Response:
        asked = request.args.get("lang")
        if asked and asked in app.config["LOCALES"] and request.cookies.get(COOKIE) != asked:
            response.set_cookie(
                COOKIE, asked, max_age=YEAR, samesite="Lax", httponly=True, secure=app.config["SESSION_COOKIE_SECURE"]
            )
        return response
