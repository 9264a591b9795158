"""Is it alive, and is it able to serve?"""

from flask import Blueprint, Flask, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from network import schema
from network.extensions import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """Database, schema and search index can serve; else 503 with what is wrong."""
    wrong = problems()
    return jsonify(ready=not wrong, problems=wrong), 503 if wrong else 200


def problems() -> list[str]:
    """What keeps this process from serving, in the operator's words."""
    try:
        connection = db.session.connection()
        if schema.current(connection) != {schema.known()[-1]}:
            return ["the database is not at the current schema: run flask db upgrade"]
        connection.execute(text("SELECT count(*) FROM (SELECT id FROM search_document LIMIT 1) AS one"))
    except SQLAlchemyError as error:
        db.session.rollback()
        return [f"the database does not answer: {type(error.__cause__ or error).__name__}"]
    return []


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
