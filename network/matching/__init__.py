"""Who should meet whom, and why."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.directory import documents
    from network.matching import api, cli, desired, keeping, models, prospects, renewing
    from network.matching.blueprint import blueprint
    from network.matching.matcher import Matcher
    from network.matching.views import fits, gaps, matches, partners, staff  # noqa: F401 (each adds its routes)
    from network.profiles import forgetting, past, persons

    app.extensions["matcher"] = Matcher()
    if keeping.keep not in documents.followers:
        documents.followers.append(keeping.keep)
    documents.belonging[models.Prospect] = "organization_id"
    ticking.every_tick(app, "matching", renewing.renew)
    forgetting.FREE_TEXTS.update(prospects.TEXTS)
    persons.MORE["prospects"] = desired.owned_by
    past.HEADLINES[prospects.THING] = prospects.headline
    fits.init_app(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(api.blueprint)
    app.cli.add_command(cli.matching)
