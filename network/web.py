"""What every page shares: whole page or block, and the protecting headers."""

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, render_template, request
from jinja2_fragments.flask import render_block
from markupsafe import Markup

from network.extensions import SAFE_METHODS, compress, limiter
from network.hats import VISITOR

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
TEXTS = ("text/css", "text/javascript", "application/json", "image/svg+xml")
FRAMED = frozenset({"chapters.embed", "maps.embed"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def wants_block() -> bool:
    """Whether htmx asks for a part of a page; its boosted and history requests want the whole."""
    headers = request.headers
    return "HX-Request" in headers and "HX-Boosted" not in headers and "HX-History-Restore-Request" not in headers


def render(template: str, block: str | None = None, status: int = 200, **context: object) -> tuple[str, int]:
    """The page `template`, or its `block` alone when htmx asks for a part."""
    if block and wants_block():
        return render_block(template, block, **context), status
    return render_template(template, **context), status


def part(template: str, block: str, **context: object) -> Markup:
    """A block of a page by itself, so that it can be remembered and put into the page later."""
    return Markup(render_block(template, block, **context))


def kept(status: int, signed_out: bool = False, again: bool = False) -> tuple[str, int]:
    """The page that keeps what was typed into a form that could not be taken, ready to be sent again.

    It says why: whoever sent it is `signed_out` meanwhile, or has to prove `again` that it is them.
    """
    fields = [(name, value) for name, values in request.form.lists() for value in values if name != "csrf_token"]
    action = request.full_path.rstrip("?")
    why = {"signed_out": signed_out, "again": again}
    return render_template("errors/kept.html", fields=fields, action=action, **why), status


class Macros:
    """The macros of a template, loaded once: an import inside a block costs each page a tenth of a millisecond."""

    def __init__(self, app: Flask, template: str) -> None:
        self.app, self.template = app, template

    @cached_property
    def module(self) -> Any:
        return self.app.jinja_env.get_template(self.template).module

    def __getattr__(self, name: str) -> Any:
        return getattr(self.module, name)


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


def compressed(response: Response) -> Response:
    """Compress an answer, unless a form's token stands in it: its size would help to guess that (BREACH)."""
    return response if "csrf_token" in g else compress.after_request(response)


def init_app(app: Flask) -> None:
    """Put the shared protection into place."""
    tile_url = app.config["TILE_URL"]
    policies: dict[str | None, str] = {}
    app.before_request(refuse_cross_site)
    app.jinja_env.globals["macros"] = Macros(app, "_macros.html")
    app.jinja_env.globals["forms"] = Macros(app, "_forms.html")
    app.jinja_env.globals["maps"] = Macros(app, "_map.html")

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
        if request.endpoint == "static" and response.status_code == 200 and response.mimetype in TEXTS:
            response.direct_passthrough = False
            response.get_data()  # a whole body can be compressed, a stream of a file cannot
        if response.mimetype == "text/html":
            response.vary.update(("HX-Request", "Accept-Language", "Cookie"))
            if "csrf_token" in g or (g.get("identity") or VISITOR).signed_in:
                response.cache_control.no_store = True
        return response

    limiter.request_filter(lambda: request.endpoint in (None, "static"))
