"""Introductions: asking, consenting, declining, following up."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.introductions import checking, forgetting, models, openness, queries, timing, wording  # noqa: F401 (tables)
    from network.introductions.views import (  # noqa: F401 (each module adds its routes)
        answering,
        asking,
        blueprint,
        conversation,
        following,
        settings,
        value,
    )
    from network.matching import hooks
    from network.profiles import forgetting as erasing
    from network.profiles import past, persons

    if openness.standing_aside not in hooks.aside:
        hooks.aside.append(openness.standing_aside)
        hooks.numbers.append(queries.numbers)
        erasing.PERSON_GOES.append(forgetting.forget_person)
        erasing.ORGANIZATION_GOES.append(forgetting.forget_organization)
        erasing.ORGANIZATION_GOES.append(checking.forget_organization)
    erasing.FREE_TEXTS.update(forgetting.TEXTS)
    persons.MORE["introductions"] = queries.said_by
    past.HEADLINES["introduction"] = wording.headline
    past.HEADLINES[checking.THING] = checking.headline
    ticking.every_tick(app, "introductions", timing.look)
    ticking.every_tick(app, "value", checking.ask_everyone)
    app.register_blueprint(blueprint)
