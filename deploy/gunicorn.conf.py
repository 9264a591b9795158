"""How Big Tent is served: one thread a worker, one worker a core; a proxy that buffers stands in front of it.

Each worker loads the application itself, so no database connection is shared across a fork. Threads would only wait for
one another: SQLite lets go of the interpreter at every row.
"""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 5000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 2)
worker_class = "sync"
threads = 1
preload_app = False
timeout = 30
graceful_timeout = 10
max_requests = 50_000  # a leak in a library never lives long
max_requests_jitter = 5_000
control_socket_disable = True
accesslog = None  # the application logs its requests itself
loglevel = "warning"


def post_worker_init(worker):
    """Learn the visitor's address from the proxy, where only a proxy can ask; say where we serve."""
    if bind.startswith("unix:"):
        from werkzeug.middleware.proxy_fix import ProxyFix

        worker.wsgi = ProxyFix(worker.wsgi, x_for=1, x_proto=1, x_host=1)
    if worker.age == 1:
        print(f"Big Tent serves on {bind if ':/' in bind else f'http://{bind}'} (Ctrl-C stops it)", flush=True)
