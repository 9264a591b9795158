"""The pages of signing in, of one's account, and of who acts for an organisation."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
"""Each module here adds its routes to it; `network.accounts` imports them all."""
