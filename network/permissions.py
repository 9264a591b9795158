"""Who may do what: one table. A route without a row is refused, and fails the build."""

from enum import StrEnum

from flask import Flask, abort, request


class Who(StrEnum):
    """Who may ask for a route at all; what they then see of a thing is decided by the thing's own rules."""

    EVERYONE = "everyone"


PERMISSIONS: dict[str, Who] = {
    "static": Who.EVERYONE,
    "health.alive": Who.EVERYONE,
    "health.ready": Who.EVERYONE,
    "directory.home": Who.EVERYONE,
    "directory.index": Who.EVERYONE,
    "directory.show": Who.EVERYONE,
    "directory.about": Who.EVERYONE,
    "directory.robots": Who.EVERYONE,
    "directory.security": Who.EVERYONE,
    "directory_api.index": Who.EVERYONE,
    "directory_api.show": Who.EVERYONE,
    "directory_api.openapi": Who.EVERYONE,
    "directory_api.sitemap": Who.EVERYONE,
    "chapters.index": Who.EVERYONE,
    "chapters.embed": Who.EVERYONE,
    "chapters.embed_colours": Who.EVERYONE,
    "chapters.points_drawn": Who.EVERYONE,
    "chapters.places_suggested": Who.EVERYONE,
    "chapters_api.index": Who.EVERYONE,
    "chapters_api.meetings": Who.EVERYONE,
}


def init_app(app: Flask) -> None:
    """Refuse what the table doesn't grant."""

    @app.before_request
    def check() -> None:
        if request.endpoint is not None and request.endpoint not in PERMISSIONS:
            abort(404)
