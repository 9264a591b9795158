"""Errors that look like the rest and say what to do, for a person and for a program."""

from flask import Flask, Response, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from network.extensions import db
from network.logs import log
from network.text import lazy_gettext as _l
from network.web import kept

RETRY_AFTER = "30"
OTHER = (_l("That did not work"), _l("Go back and try again."))
EXPLANATIONS = {
    400: (_l("That request could not be read"), _l("Go back, check what you typed, and try again.")),
    403: (_l("You may not do that here"), _l("Open the page again from this site and repeat what you did.")),
    404: (
        _l("There is nothing at this address"),
        _l("It may have been mistyped. Search for the name, or find a chapter near you."),
    ),
    405: (_l("This address cannot be used that way"), _l("Go back and use the links and buttons of the page.")),
    410: (
        _l("This organisation has left the directory"),
        _l("Its page is gone for good. Others near it may do similar things."),
    ),
    413: (_l("That is too much at once"), _l("Send less than 16 MB: split the file, or leave out pictures.")),
    414: (_l("That address is too long"), _l("Use fewer filters at once.")),
    422: (_l("Something in the address does not fit"), _l("Change what is marked and try again; nothing was lost.")),
    429: (_l("That was a lot of requests"), _l("Wait a minute and try again. Programs: see the Retry-After header.")),
    500: (
        _l("Something broke on our side"),
        _l("It was noted. Try again; if it happens again, tell the network's staff the number below."),
    ),
    503: (
        _l("The directory is resting for a moment"),
        _l("We could not confirm what you asked for. Wait half a minute and try again."),
    ),
}
"""What went wrong and what to do about it, by status."""


def answer(code: int) -> tuple[str | Response, int]:
    """The page, or under `/api/` the JSON, of an error."""
    title, advice = EXPLANATIONS.get(code, OTHER)
    if request.path.startswith("/api/"):
        return jsonify(error=str(title), detail=str(advice), status=code), code
    return render_template("errors/show.html", code=code, title=title, advice=advice), code


def init_app(app: Flask) -> None:
    """Answer every error in these words; operators find the cause in the log."""

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response:
        code = error.code or 500
        if code < 400 or error.response is not None:
            return app.make_response(error.get_response())
        response = app.make_response(answer(code))
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        if code == 503:
            response.headers["Retry-After"] = RETRY_AFTER
        return response

    @app.errorhandler(CSRFError)
    def doubtful(error: CSRFError) -> Response:
        """A form without its token: the cookie was lost, or another site sent it; the person decides."""
        if request.path.startswith("/api/"):
            return app.make_response(answer(400))
        return app.make_response(kept(400))

    @app.errorhandler(DBAPIError)
    def no_database(error: DBAPIError) -> Response:
        db.session.rollback()
        if not (error.connection_invalidated or type(error.orig).__name__ in ("OperationalError", "InterfaceError")):
            return unknown(error)
        log.error("the database did not answer: %s", error.orig)
        response = app.make_response(answer(503))
        response.headers["Retry-After"] = RETRY_AFTER
        return response

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        log.error("unexpected %s", type(error).__name__, exc_info=error)
        return app.make_response(answer(500))
