"""Messages to people: a queue in the database, sent right after the request or by the operator's timer.

`post` queues a mail that is necessary (signing in, security, one's own data). `notice` queues one that its reader may
do without, and is given to a person as often as they chose. `forget` takes away what waits for an address.
"""

from flask import Flask

from network.mail.links import to_preferences
from network.mail.notices import notice, readers
from network.mail.queue import forget, post

__all__ = ["forget", "notice", "post", "readers", "to_preferences"]


def init_app(app: Flask) -> None:
    """Set up the queue's pages and commands, the postman, and what a tick does."""
    from network.mail import cli, postman, views, waiting, wording

    wording.init_app(app)
    postman.init_app(app)
    waiting.init_app()
    app.register_blueprint(views.blueprint)
    app.cli.add_command(cli.mail)
