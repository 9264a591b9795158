"""What a web server and the `flask` command load: `wsgi:app`."""

from network import create_app

app = create_app()
