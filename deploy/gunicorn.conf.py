"""How Big Tent is served: one thread a worker, one worker a core; a proxy that buffers stands in front of it.

Each worker loads the application itself, so no database connection is shared across a fork.
"""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 5000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 2)
worker_class = "sync"
threads = 1
preload_app = False
timeout = 30
graceful_timeout = 10
max_requests = 20_000  # a leak in a library never lives long
max_requests_jitter = 2_000
control_socket_disable = True
accesslog = None  # the application logs its requests itself
loglevel = "warning"
pythonpath = "."


def post_worker_init(worker):
    """Say where, once the first worker can answer."""
    if worker.age == 1:
        print(f"Big Tent serves on http://{bind} (Ctrl-C stops it)", flush=True)
