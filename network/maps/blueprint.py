"""Where the routes of this feature are gathered."""

from flask import Blueprint

blueprint = Blueprint("maps", __name__)
