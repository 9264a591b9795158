"""One line a request for the operator: what was asked, what came of it, how long it took. Never what a person typed."""

import json
import logging
import re
import secrets
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

FACTS = ("request_id", "method", "path", "endpoint", "status", "milliseconds")
ADDRESS = re.compile(r"[^\s@<>()'\"=,;:/]+@[^\s@<>()'\"=,;:/]+")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = logging.getLogger("network")


def unaddressed(text: str) -> str:
    """The same without the mail addresses in it: errors of others may quote what somebody typed."""
    return ADDRESS.sub("(an address)", text) if "@" in text else text


class JsonLines(logging.Formatter):
    """Each record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "message": unaddressed(record.getMessage())}
        line |= {fact: getattr(record, fact) for fact in FACTS if hasattr(record, fact)}
        if has_request_context():
            line.setdefault("request_id", g.get("request_id"))
        if record.exc_info:
            line["error"] = unaddressed(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{fact}={getattr(record, fact)}" for fact in FACTS if hasattr(record, fact))
        at = f"{datetime.fromtimestamp(record.created, UTC):%H:%M:%S}"
        text = f"{at} {record.levelname.lower():7} {unaddressed(record.getMessage())} {facts}"
        return text.rstrip() + ("\n" + unaddressed(self.formatException(record.exc_info)) if record.exc_info else "")


def init_app(app: Flask) -> None:
    """Log every request with an id, which the answer carries too."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if app.config["LOG_FORMAT"] == "json" else TextLines())
    log.handlers[:] = [handler]
    log.setLevel(app.config.get("LOG_LEVEL", logging.INFO))
    log.propagate = bool(app.config.get("TESTING"))

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if log.isEnabledFor(logging.INFO):
            facts = {
                "request_id": g.get("request_id"),
                "method": request.method,
                "path": request.path,
                "endpoint": request.endpoint,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            }
            log.info("request", extra=facts)
        return response
