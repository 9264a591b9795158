"""A throwaway PostgreSQL server: in a temporary folder, on a Unix socket only, gone at the end."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50", "shared_buffers=64MB")
MISSING = "PostgreSQL's server programs are missing: `make test` installs them, or apt install postgresql"


def program(name: str) -> str:
    """The path of one of the server's programs, of the newest version there is."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    path = str(installed[-1]) if installed else shutil.which(name)
    if not path:
        raise FileNotFoundError(MISSING)
    return path


@contextlib.contextmanager
def throwaway_server() -> Iterator[str]:
    """Start a server and give the folder of its socket; the user is `test`, the password none.

    The server refuses to run as root, so root starts it as the user `postgres`.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": [], "cwd": "/"}
    log = folder / "log"
    initdb = [program("initdb"), "-D", f"{folder}/cluster", "-U", "test", "-A", "trust", "-E", "UTF8"]
    settings = [*FAST, "listen_addresses=", f"unix_socket_directories={folder}"]
    try:
        subprocess.run([*initdb, "--locale=C.UTF-8", "-N"], check=True, stdout=subprocess.DEVNULL, **user)
        with log.open("wb") as out:
            command = [program("postgres"), "-D", f"{folder}/cluster", *(part for s in settings for part in ("-c", s))]
            server = subprocess.Popen(command, stdout=out, stderr=out, **user)
        try:
            wait_until_ready(server, log)
            yield str(folder)
        finally:
            server.send_signal(signal.SIGINT)  # SIGTERM would wait for every pooled connection to close
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(server: "subprocess.Popen[bytes]", log: Path, seconds: float = 20) -> None:
    """Return when the server accepts connections; raise RuntimeError with its log when it doesn't."""
    end = time.monotonic() + seconds
    while "ready to accept connections" not in log.read_text(errors="replace"):
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


def address(folder: str, database: str) -> str:
    """The SQLAlchemy address of a database of that server."""
    return f"postgresql+psycopg://test@/{database}?host={folder}"


def parts(url: str) -> tuple[str, str]:
    """The folder and the database that such an address names."""
    database, _, folder = url.partition("test@/")[2].partition("?host=")
    return folder, database
