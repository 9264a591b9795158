"""The feature's one blueprint: each module with pages adds its routes to it, and `__init__` imports them all."""

from flask import Blueprint

blueprint = Blueprint("interchange", __name__, url_prefix="/interchange")
