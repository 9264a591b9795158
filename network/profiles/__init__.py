"""An organisation looks after itself: edits, claims, confirms, hides, erases."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.profiles import (  # noqa: F401 (models is there for its tables)
        asking,
        claims,
        forgetting,
        models,
        tracking,
        waiting,
        ways,
    )
    from network.profiles import suggestions as suggested
    from network.profiles.blueprint import blueprint
    from network.profiles.views import claims as claim_views  # noqa: F401 (each module of views adds its routes)
    from network.profiles.views import (  # noqa: F401 (as above)
        confirming,
        history,
        leaving,
        listings,
        persons,
        reports,
        sections,
        suggestions,
        ties,
    )
    from network.profiles.views import contacts as contact_views

    tracking.start()
    ticking.every_tick(app, "asking", asking.ask_everyone)
    ticking.every_tick(app, "claims", claims.end_waiting)
    ticking.every_tick(app, "erasures", forgetting.catch_up)
    ticking.every_tick(app, "suggestions", suggested.forget_senders)
    contact_views.init_app(app)
    ways.init_app(app)
    waiting.init_app()
    app.register_blueprint(blueprint)
