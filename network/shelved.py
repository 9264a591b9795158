"""Whole pages, remembered for those who aren't signed in: they all see the same."""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue

from network import index
from network.extensions import db
from network.locales import reader
from network.permissions import identity
from network.web import wants_block

PAGES = 512  # remembered at most, compressed: about four megabytes
LASTS = 10.0  # seconds, for the little on a page that the index notes no write of
LEVEL = 6

Parameters = ParamSpec("Parameters")


@dataclass(frozen=True)
class Page:
    """An answer as it left its view, its body compressed, and until when it may be given again (monotonic)."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    until: float

    @classmethod
    def of(cls, response: Response) -> "Page":
        """What to remember of an answer."""
        body = gzip.compress(response.get_data(), LEVEL, mtime=0)
        return cls(body, tuple(response.headers), time.monotonic() + LASTS)

    def response(self) -> Response:
        """The answer, compressed where the browser takes that."""
        headers = {name: value for name, value in self.headers if name != "Content-Length"}
        if request.accept_encodings["gzip"]:
            return Response(self.body, headers=headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
        return Response(gzip.decompress(self.body), headers=headers)


def key() -> tuple[Any, ...] | None:
    """What a page depends on; None where it may be somebody's own, or isn't a whole page."""
    own = current_app.config["SESSION_COOKIE_NAME"] in request.cookies or identity().signed_in
    if own or request.method != "GET" or wants_block():
        return None
    return request.host_url, request.full_path, reader(), date.today()


def shelved(view: Callable[Parameters, ResponseReturnValue]) -> Callable[Parameters, ResponseReturnValue]:
    """Give those who aren't signed in the page that others got before, as long as the directory is as it was.

    A page is remembered when it is asked for a second time: most addresses are asked for once.
    """

    @wraps(view)
    def answer(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        asked = key()
        if asked is None:
            return view(*args, **kwargs)
        shelf = index.shelf(db.session.connection(), "pages", PAGES)
        again, known = asked in shelf, shelf.pop(asked, None)
        if known and known.until > time.monotonic():
            return shelf.keep(asked, known).response()
        response = make_response(view(*args, **kwargs))
        if response.status_code == 200 and "csrf_token" not in g and not session.modified:
            shelf.keep(asked, Page.of(response) if again else None)
        return response

    return answer
