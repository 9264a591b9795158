"""The visitor's finder of local chapters, and the one that partners frame in their own pages."""

from datetime import datetime

from flask import Flask


def init_app(app: Flask) -> None:
    from network.chapters import api, views
    from network.chapters.meetings import next_meeting

    app.register_blueprint(views.blueprint)
    app.register_blueprint(api.blueprint)

    @app.template_global("next_meeting")
    def next_of(organization) -> datetime | None:
        """When it meets next, in the local time of its place."""
        return next_meeting(
            organization.meets_rule, organization.meets_at, datetime.now().replace(second=0, microsecond=0)
        )
