"""A web of our own: one server on this machine that plays every host, behind a resolver that knows only them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from network.outside.fetching import Fetcher

PUBLIC = "93.184.216.34"
HOME = "https://tent.alt"


@dataclass
class Web:
    """What hosts answer, by host and path; what isn't said is 404, and so is every robots.txt."""

    port: int = 0
    pages: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # method and address, as they came
    headers: list[dict[str, str]] = field(default_factory=list)
    called: list[tuple[str, int]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    rested: list[float] = field(default_factory=list)

    def say(self, address: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        """Let an address answer so."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[address] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, content)

    def play(self, address: str, act: Callable[[Any], None]) -> None:
        """Let an address answer as a function does."""
        self.pages[address] = act

    def resolve(self, host: str, seconds: float) -> list[str]:
        self.looked_up.append(host)
        if host not in self.numbers and not any(address.startswith(f"{host}/") for address in self.pages):
            raise socket.gaierror("no such host")
        return self.numbers.get(host, [PUBLIC])

    def dial(self, number: str, port: int, seconds: float) -> socket.socket:
        self.called.append((number, port))
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def fetcher(self) -> Fetcher:
        """A fetcher for one run. The rule on addresses stands; only the way to the public number is bent to us."""
        return Fetcher(HOME, self.resolve, self.dial, self.rested.append)

    def pages_asked(self) -> list[tuple[str, str]]:
        """What was asked for beside robots.txt."""
        return [one for one in self.asked if not one[1].endswith("/robots.txt")]


@contextmanager
def serving() -> Iterator[Web]:
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            address = self.headers["Host"] + self.path
            web.asked.append((self.command, address))
            web.headers.append(dict(self.headers))
            page = web.pages.get(address, (404, {}, b""))
            if callable(page):
                page(self)
                return
            status, headers, body = page
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_GET = do_HEAD = answer

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def dripping(handler: Any) -> None:
    """Send a header that never ends, a letter at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _letter in range(200):
        handler.wfile.write(b"a")
        time.sleep(0.02)
