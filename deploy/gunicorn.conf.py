"""How Big Tent is served: one thread a worker, one worker a core; a proxy that buffers stands in front of it.

The application is loaded once, before the workers are forked; each of them opens its own database connection. Threads
would only wait for one another: SQLite lets go of the interpreter at every row.
"""

import os
import signal

from werkzeug.middleware.proxy_fix import ProxyFix

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 5000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 2)
worker_class = "sync"
threads = 1
preload_app = True
timeout = 30
graceful_timeout = 10
max_requests = 50_000  # a leak in a library never lives long
max_requests_jitter = 5_000
control_socket_disable = True
accesslog = None  # the application logs its requests itself
loglevel = "warning"


def when_ready(server):
    """Ctrl-C in a terminal ends it as a stop by the system does: requests under way are answered first."""
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def post_fork(server, worker):
    """Let no worker use a database connection that was opened before it was born."""
    app = server.app.wsgi()
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose(close=False)


def post_worker_init(worker):
    """Learn the visitor's address from the proxy, where only a proxy can ask; say where we serve.

    The index of matches is begun here: a thread that was started before the fork would not go on in the worker.
    """
    from network.matching.starting import at_start

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    at_start(worker.wsgi)
    if bind.startswith("unix:"):
        worker.wsgi = ProxyFix(worker.wsgi, x_for=1, x_proto=1, x_host=1)
    if worker.age == 1:
        print(f"Big Tent serves on {bind if ':/' in bind else f'http://{bind}'} (Ctrl-C stops it)", flush=True)
