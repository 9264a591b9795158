"""The application under load, with one page more: the layout alone, which the other pages are measured against."""

from flask import render_template

from network import create_app
from network.permissions import PERMISSIONS, Who

PERMISSIONS["empty"] = Who.EVERYONE
app = create_app({"LOG_LEVEL": "WARNING"})


@app.get("/empty")
def empty() -> str:
    """The layout with nothing in it."""
    return render_template("base.html")
