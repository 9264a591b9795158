"""The staff's desk: the questions that the network asks of itself, everything that waits for a person, all history."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.matching.looking import desk
    from network.profiles import persons
    from network.staff import deciding, forgetting, models, together  # noqa: F401 (for its tables)
    from network.staff.blueprint import blueprint
    from network.staff.views import desk as desk_views  # noqa: F401 (each adds its routes)
    from network.staff.views import history, many, queue  # noqa: F401 (each adds its routes)

    together.init_app()
    persons.MORE["desk"] = deciding.decided_by
    ticking.every_tick(app, "desk", forgetting.forget)
    app.jinja_env.globals["desk_of_reader"] = desk
    app.register_blueprint(blueprint)
