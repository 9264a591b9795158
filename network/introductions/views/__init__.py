"""The pages of introductions."""

from flask import Blueprint

blueprint = Blueprint("introductions", __name__)
"""Each module here adds its routes to it; `network.introductions` imports them all."""
