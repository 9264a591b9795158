"""What one may do about a profile, said beneath it: to correct it, to look after it, to edit it."""

from typing import Any

from flask import Flask
from markupsafe import Markup

from network.extensions import db
from network.hats import Subject
from network.permissions import identity, may, providers
from network.profiles.claims import open_count
from network.profiles.suggestions import waiting_count
from network.web import Macros


def init_app(app: Flask) -> None:
    """Let the public profile name the ways; for visitors nothing is asked of the database."""
    macros = Macros(app, "profiles/_ways.html")

    @app.template_global("profile_ways")
    def profile_ways(organization: Any) -> Markup:
        subject = providers.subject(organization.slug) if identity().signed_in else None
        if not isinstance(subject, Subject) or not may("edit", identity(), subject):
            return Markup(macros.public(organization.slug))
        decides = may("decide_claim", identity(), subject)
        asked = open_count(db.session(), organization.id) if decides else 0
        merges = may("ask_merge", identity(), subject)
        return Markup(macros.own(organization.slug, waiting_count(db.session(), organization.id), asked, merges))
