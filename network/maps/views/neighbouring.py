"""The neighbourhood of an organisation on its profile: a small picture of what everyone sees, and the way to it."""

from datetime import date

from flask import Flask, Response, abort
from markupsafe import Markup

from network import index
from network.directory.profile import Profile
from network.extensions import db
from network.locales import reader
from network.maps import making
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import ANYBODY
from network.maps.vignette import vignette
from network.web import Macros

DRAWN = 150  # ties; more than so many are no small picture
REMEMBERED = 256
LASTS = 300  # seconds in browsers


@blueprint.get("/maps/near/<slug>.svg")
def near(slug: str) -> Response:
    """Whom an organisation is tied to, as everyone may see it, whoever asks."""
    shelf = index.shelf(db.session.connection(), "neighbourhoods", REMEMBERED)
    key = slug, reader(), date.today()
    if key not in shelf:
        made = making.live(db.session(), Asked(focus=slug, degrees=1), ANYBODY, "")
        nodes = len(made.scene.nodes)
        shelf.keep(key, vignette(made.scene, reader()) if 1 < nodes <= DRAWN + 1 else None)
    response = Response(shelf[key] or abort(404), content_type="image/svg+xml")
    response.cache_control.public, response.cache_control.max_age = True, LASTS
    response.vary.add("Accept-Language")
    return response


def init_app(app: Flask) -> None:
    """Let the public profile lead to its place on the map; nothing more is asked of the database for it."""
    macros = Macros(app, "maps/_near.html")

    @app.template_global("neighbourhood")
    def neighbourhood(profile: Profile, members: int) -> Markup:
        others = {tie.slug for tie in profile.ties}
        count = len(others) + members
        return Markup(macros.near(profile.row, count <= DRAWN)) if count else Markup("")
