"""The feature's one blueprint: each module with pages adds its routes to it, and `__init__` imports them all."""

from flask import Blueprint

blueprint = Blueprint("topics", __name__)
