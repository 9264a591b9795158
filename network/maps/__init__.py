"""The partner map: the network as graph, geography and table; drawing it; saved views."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.maps import changing, forgetting, models, moving, saying  # noqa: F401 (each registers its tables or steps)
    from network.maps.blueprint import blueprint
    from network.maps.views import (  # noqa: F401 (each adds its routes)
        days,
        drawing,
        files,
        looking,
        measuring,
        neighbouring,
        panels,
        pipeline,
        reaching,
        saving,
        scenes,
        tiles,
    )
    from network.profiles import forgetting as erasing

    if forgetting.forget_organization not in erasing.ORGANIZATION_GOES:
        erasing.ORGANIZATION_GOES.append(forgetting.forget_organization)
    erasing.FREE_TEXTS.update(forgetting.TEXTS)
    ticking.every_tick(app, "maps", forgetting.forget_steps)
    saying.init_app(app)
    neighbouring.init_app(app)
    app.register_blueprint(blueprint)
