"""Which language a page speaks: the address's, else the one chosen before, else the browser's, else the network's."""

from babel import Locale
from babel.localedata import locale_identifiers
from flask import Flask, Response, current_app, g, has_request_context, request

COOKIE = "lang"
KNOWN = frozenset(locale_identifiers())
YEAR = 365 * 24 * 3600


def chosen() -> str:
    """The locale of this request, always one that the application speaks; the network's own for commands."""
    if not has_request_context():
        return current_app.config["DEFAULT_LOCALE"]
    locale: str | None = g.get("locale")
    if locale is None:
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
