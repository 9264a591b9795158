"""What a web server and the `flask` command load: `wsgi:app`."""

import os

from network import create_app
from network.matching.starting import at_start

app = create_app()
if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
    at_start(app)
