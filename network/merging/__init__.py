"""Two pages of one organisation become one: asked of a second person, and undone for 30 days."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.directory import alike
    from network.merging import actions, forgetting, models, views, waiting  # noqa: F401 (models is there for its table)
    from network.profiles import forgetting as erasing

    if forgetting.forget_organization not in erasing.ORGANIZATION_GOES:
        erasing.PERSON_GOES.append(forgetting.forget_person)
        erasing.ORGANIZATION_GOES.append(forgetting.forget_organization)
    erasing.FREE_TEXTS.update(forgetting.TEXTS)
    ticking.every_tick(app, "merges", actions.forget_moved)
    ticking.every_tick(app, "look-alikes", alike.search)
    waiting.init_app()
    app.register_blueprint(views.blueprint)
