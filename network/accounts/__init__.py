"""Who signs in, and for which organisations they act."""

from flask import Flask
from sqlalchemy.orm import Session


def init_app(app: Flask) -> None:
    from network import clock, mail, ticking
    from network.accounts import actions, browsers, cli, hats, present, waiting
    from network.accounts import passkeys as credentials
    from network.accounts.models import Person
    from network.accounts.views import (  # noqa: F401 (each module adds its routes)
        blueprint,
        colleagues,
        coming,
        mine,
        passkeys,
        recovery,
        signing_in,
    )
    from network.extensions import db
    from network.permissions import providers

    def forget(session: Session) -> str:
        """What `flask ops tick` forgets."""
        return f"{actions.forget(session, clock.now(), present.LONGEST)} links, sessions and invitations forgotten"

    present.init_app(app)
    waiting.init_app()
    mail.readers.find = lambda id: db.session.get(Person, id)
    providers.sign_in = coming.asked_to_sign_in
    app.register_blueprint(blueprint)
    app.cli.add_command(cli.accounts)
    app.jinja_env.globals.update(
        HATS=hats.NAMES,
        HAT_MEANINGS=hats.MEANINGS,
        browser_said=browsers.browser_said,
        ago=browsers.ago,
        passkey_home=credentials.home,
    )
    ticking.every_tick(app, "accounts", forget)
