"""Connections to hosts outside, each over by a moment that is said before."""

import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse

from network.outside.addresses import Target, Unreachable, is_public

Resolve = Callable[[str, float], Sequence[str]]
"""The numbers of a host by its name, found within so many seconds; raises OSError."""
Dial = Callable[[str, int, float], socket.socket]
"""A connection to a number and a port, made within so many seconds; raises OSError."""

TRIED = 3  # numbers of a host


def resolve(host: str, seconds: float) -> Sequence[str]:
    """Ask the system's resolver, for the name as it stands: the neighbourhood's own endings are never tried."""
    found: list[str] = []
    wrong: list[OSError] = []

    def ask() -> None:
        try:
            for row in socket.getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM):
                found.append(str(row[4][0]))
        except (OSError, UnicodeError) as error:
            wrong.append(error if isinstance(error, OSError) else OSError(str(error)))

    asking = threading.Thread(target=ask, daemon=True)  # a resolver can't be told when to give up
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError
    if wrong:
        raise wrong[0]
    return list(dict.fromkeys(found))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), seconds)


@cache
def certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def left(until: float) -> float:
    """The seconds until a moment; raises TimeoutError when it is over."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class Reader(io.RawIOBase):
    """Reads from a socket, to its end or until a moment: one that sends drop by drop holds nobody up."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's buffer is any
        self.sock.settimeout(left(self.until))
        return self.sock.recv_into(buffer)


class Line:
    """A socket as `http.client` uses one, over by a moment."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(Reader(self.sock, self.until))

    def sendall(self, content: bytes) -> None:
        self.sock.settimeout(left(self.until))
        self.sock.sendall(content)

    def close(self) -> None:
        """Nothing: `http.client` says so as soon as the headers are there, and the body is still to come."""

    def hang_up(self) -> None:
        self.sock.close()


def numbers_of(target: Target, find: Resolve, until: float) -> list[str]:
    """The public numbers of a host, looked up once: whoever connects to one of them never asks for the name again."""
    try:
        found = [target.host] if target.number else list(find(target.host, left(until)))
    except TimeoutError:
        raise Unreachable("time") from None
    except OSError:
        raise Unreachable("name", target.host) from None
    public = [number for number in found if is_public(number)]
    if not public:
        raise Unreachable("private" if found else "name", target.host)
    return public


def connected(target: Target, find: Resolve, call: Dial, until: float) -> Line:
    """A line to the host of a target, encrypted and its certificate asked for where the address says so."""
    numbers = numbers_of(target, find, until)[:TRIED]
    for number in numbers:
        try:
            sock = call(number, target.port, left(until))
        except OSError as error:
            if number == numbers[-1]:
                raise Unreachable("time" if isinstance(error, TimeoutError) else "connect", target.host) from None
            continue
        if target.scheme == "https":
            try:
                sock.settimeout(left(until))
                sock = certificates().wrap_socket(sock, server_hostname=target.host)
            except OSError as error:
                sock.close()
                raise Unreachable("time" if isinstance(error, TimeoutError) else "certificate", target.host) from None
        return Line(sock, until)
    raise AssertionError("a host has a number")


def asked(line: Line, method: str, target: Target, headers: dict[str, str]) -> HTTPResponse:
    """Send one request over a line; its answer, of which no body is read yet."""
    connection = HTTPConnection(target.host, target.port)
    connection.sock = line
    try:
        connection.request(method, target.path, headers={"Host": target.named, "Connection": "close"} | headers)
        return connection.getresponse()
    except TimeoutError:
        raise Unreachable("time") from None
    except (OSError, HTTPException, ValueError):
        raise Unreachable("broken") from None


def body_of(answer: HTTPResponse, most: int, cut: bool = False) -> bytes:
    """The body of an answer; one that is longer than it may be is refused, or `cut` off."""
    pieces, size = [], 0
    try:
        while size <= most and (piece := answer.read(min(65_536, most + 1 - size))):
            pieces.append(piece)
            size += len(piece)
        if size <= most and answer.length:
            raise Unreachable("broken")
    except TimeoutError:
        raise Unreachable("time") from None
    except (OSError, HTTPException, ValueError):
        raise Unreachable("broken") from None
    if size > most and not cut:
        raise Unreachable("size", most // 1_000_000)
    return b"".join(pieces)[:most]
