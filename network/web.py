"""What every page shares: whole page or block, the protecting headers, and errors that say what to do."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, jsonify, render_template, request
from flask_babel import gettext as _
from jinja2_fragments.flask import render_block
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from network.extensions import SAFE_METHODS, db, limiter
from network.logs import log

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FRAMED = frozenset({"chapters.embed"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
RETRY_AFTER = "30"


def wants_block() -> bool:
    """Whether htmx asks for a part of a page; its boosted and history requests want the whole."""
    headers = request.headers
    return (
        "HX-Request" in headers and "HX-Boosted" not in headers and "HX-History-Restore-Request" not in headers
    )


def render(template: str, block: str | None = None, status: int = 200, **context: object) -> tuple[str, int]:
    """The page `template`, or its `block` alone when htmx asks for a part."""
    if block and wants_block():
        return render_block(template, block, **context), status
    return render_template(template, **context), status


def policy(endpoint: str | None, tile_url: str) -> str:
    """The content security policy of a route; street tiles are allowed only where the operator set them."""
    rules = dict(POLICY)
    if tile_url:
        rules["img-src"] += " https://" + (urlsplit(tile_url).hostname or "").replace("{s}", "*")
    if endpoint in FRAMED:
        rules["frame-ancestors"] = "*"
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def refuse_cross_site() -> None:
    """Refuse an unsafe request that another site made the browser send."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    ours = {request.host_url.rstrip("/"), current_app.config["BASE_URL"].rstrip("/")}
    if request.headers.get("Sec-Fetch-Site") in ("same-site", "cross-site") or (origin and origin not in ours):
        abort(403)


def wants_json() -> bool:
    """Whether the error should be said to a program."""
    return request.path.startswith("/api/")


def explanation(code: int) -> tuple[str, str]:
    """What went wrong and what to do about it, for a person."""
    texts = {
        400: (_("That request could not be read"), _("Go back, check what you typed, and try again.")),
        403: (_("You may not do that here"), _("Open the page again from this site and repeat what you did.")),
        404: (_("There is nothing at this address"), _("It may have been mistyped. Search for the name, or find a chapter near you.")),
        405: (_("This address cannot be used that way"), _("Go back and use the links and buttons of the page.")),
        410: (_("This organisation has left the directory"), _("Its page is gone for good. Others near it may do similar things.")),
        413: (_("That is too much at once"), _("Send less than 16 MB: split the file, or leave out pictures.")),
        414: (_("That address is too long"), _("Use fewer filters at once.")),
        422: (_("Something in the address does not fit"), _("Change what is marked and try again; nothing was lost.")),
        429: (_("That was a lot of requests"), _("Wait a minute and try again. Programs: see the Retry-After header.")),
        500: (_("Something broke on our side"), _("It has been noted with the number below. Try again; if it happens again, tell the network's staff that number.")),
        503: (_("The directory is resting for a moment"), _("We could not confirm what you asked for. Wait half a minute and try again.")),
    }
    return texts.get(code, (_("That did not work"), _("Go back and try again.")))


def answer_error(code: int, detail: str = "") -> tuple[str | Response, int]:
    """The page, or the JSON, of an error."""
    title, advice = explanation(code)
    if wants_json():
        return jsonify(error=title, detail=detail or advice, status=code), code
    return render_template("errors/show.html", code=code, title=title, advice=detail or advice), code


def init_app(app: Flask) -> None:
    """Put the shared protection and the error pages into place."""
    tile_url = app.config["TILE_URL"]
    policies: dict[str | None, str] = {}
    app.before_request(refuse_cross_site)

    @app.after_request
    def protect(response: Response) -> Response:
        endpoint = request.endpoint if request.endpoint in FRAMED else None
        if endpoint not in policies:
            policies[endpoint] = policy(endpoint, tile_url)
        headers = response.headers
        headers["Content-Security-Policy"] = policies[endpoint]
        for name, value in HEADERS.items():
            headers[name] = value
        if app.config["SESSION_COOKIE_SECURE"]:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if response.mimetype == "text/html":
            response.vary.update(("HX-Request", "Accept-Language", "Cookie"))
        return response

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response | tuple[str | Response, int]:
        code = error.code or 500
        if code < 400:
            return error.get_response()  # a redirect
        body, code = answer_error(code)
        response = app.make_response((body, code))
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        if isinstance(error, ServiceUnavailable):
            response.headers["Retry-After"] = RETRY_AFTER
        return response

    @app.errorhandler(DBAPIError)
    def no_database(error: DBAPIError) -> tuple[str | Response, int, dict[str, str]]:
        db.session.rollback()
        if not (error.connection_invalidated or type(error.orig).__name__ in ("OperationalError", "InterfaceError")):
            raise error
        log.error("the database did not answer: %s", error.orig)
        return (*answer_error(503), {"Retry-After": RETRY_AFTER})

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> tuple[str | Response, int]:
        log.exception("unexpected %s", type(error).__name__)
        return answer_error(500)

    limiter.request_filter(lambda: request.endpoint in (None, "static"))
