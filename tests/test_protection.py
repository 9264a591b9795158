"""What every answer is protected by, and what errors say."""

import json
import logging

import pytest
from flask import abort
from sqlalchemy.exc import OperationalError

from network import create_app
from network.extensions import db, limiter
from network.permissions import PERMISSIONS, Who
from tests.pages import CheckedClient


@pytest.fixture
def broken(database_url, made_app, monkeypatch):
    """The application with one page more, which answers with the error that its address asks for."""
    app = create_app({"TESTING": True, "DATABASE_URL": database_url, "LOG_LEVEL": "WARNING"})
    app.test_client_class = CheckedClient
    monkeypatch.setitem(PERMISSIONS, "breaking", Who.EVERYONE)

    @app.get("/breaking/<int:code>")
    def breaking(code):
        if code == 503:
            raise OperationalError("SELECT 1", {}, TimeoutError("no answer"), connection_invalidated=True)
        if code == 500:
            raise RuntimeError("a secret cause")
        abort(code)

    client = app.test_client()
    client.breaks = True
    yield client
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 414, 422, 429, 500, 503])
def test_an_error_looks_like_the_rest_and_says_what_to_do(broken, code):
    answer = broken.get(f"/breaking/{code}")
    assert answer.status_code == code
    assert 'href="/chapters/"' in answer.text
    assert "a secret cause" not in answer.text
    assert (answer.headers.get("Retry-After") is not None) == (code == 503)


def test_a_broken_page_tells_the_number_that_stands_in_the_log(broken):
    answer = broken.get("/breaking/500", headers={"X-Request-ID": "number-12345"})
    assert answer.headers["X-Request-ID"] == "number-12345"
    assert "number-12345" in answer.text


def test_a_program_gets_its_errors_as_json(client):
    answer = client.get("/api/organizations/nowhere")
    assert (answer.status_code, answer.json["status"]) == (404, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_may_change_nothing(client, method, headers):
    assert client.open("/chapters/", method=method, headers=headers).status_code == 403


def test_reading_from_another_site_is_allowed(client):
    assert client.get("/chapters/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_whole_lists_are_limited_and_say_when_to_come_back(client):
    limiter.reset()
    answers = [client.get("/api/chapters.csv") for _ in range(121)]
    limiter.reset()
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_log_line_has_the_request_id_and_nothing_that_was_typed(app, caplog):
    from network.logs import JsonLines

    with caplog.at_level(logging.INFO, logger="network"):
        app.test_client().get("/organizations/?q=secret-wish", headers={"X-Request-ID": "number-12345"})
    line = json.loads(JsonLines().format(caplog.records[0]))
    assert (line["request_id"], line["status"], line["path"]) == ("number-12345", 200, "/organizations/")
    assert "secret-wish" not in json.dumps(line)


def test_alive_and_ready_say_so(client):
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").json == {"ready": True, "problems": []}
