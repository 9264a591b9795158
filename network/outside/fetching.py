"""Fetches from the public web as a good neighbour: seldom, slowly, where robots.txt allows, and saying who asks."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.robotparser import RobotFileParser

from network.outside import lines
from network.outside.addresses import Target, Unreachable, target_of

NAME = "BigTent"
SECONDS = 20.0  # for all that one address takes, pauses aside
MOST = 16_000_000  # bytes
ROBOTS = 500_000  # bytes of a robots.txt: what follows is not read
REDIRECTS = 5
PERMANENT, LEADING = (301, 308), (301, 302, 303, 307, 308)
PAUSE, LONGEST_PAUSE = 3.0, 30.0  # seconds between two requests to a host; one that asks for more isn't asked


@dataclass(frozen=True)
class Answer:
    """What was answered at last, and from where. `moved` is where redirects lead that are for ever, else empty."""

    url: str
    status: int
    headers: Mapping[str, str]  # their names in small letters
    body: bytes
    moved: str = ""


@dataclass
class Fetcher:
    """Asks hosts for what is at their addresses, for as long as one run takes: it remembers whom it asked when."""

    home: str  # the address of this instance
    resolve: lines.Resolve = lines.resolve
    dial: lines.Dial = lines.dial
    rest: Callable[[float], None] = time.sleep
    robots: dict[tuple[str, str, int], RobotFileParser | Unreachable] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)

    @property
    def agent(self) -> str:
        """How we introduce ourselves."""
        return f"{NAME} (+{self.home.rstrip('/')}/about)"

    def fetch(
        self, url: str, method: str = "GET", headers: Mapping[str, str] | None = None, most: int = MOST
    ) -> Answer:
        """What is at an address, at most so many bytes of it; raises Unreachable, with the reason."""
        return self.follow(target_of(url), method, dict(headers or {}), most)

    def follow(self, target: Target, method: str, headers: dict[str, str], most: int, robots: bool = False) -> Answer:
        """Ask a target, and where it leads; each step is looked at as the first. `robots` is for robots.txt itself."""
        left, moved, permanent = SECONDS, "", True
        for _step in range(REDIRECTS + 1):
            if not robots:
                self.ask_leave(target)
            self.pause(target)
            began = time.monotonic()
            answer = self.ask(target, method, headers, most, began + left, robots)
            left -= time.monotonic() - began
            where = answer.headers.get("location", "")
            if answer.status not in LEADING or not where:
                return Answer(answer.url, answer.status, answer.headers, answer.body, moved)
            permanent &= answer.status in PERMANENT
            target = target.at(where)
            moved = target.url if permanent else moved
        raise Unreachable("redirects")

    def ask(self, target: Target, method: str, headers: dict[str, str], most: int, until: float, cut: bool) -> Answer:
        """One request and its answer."""
        line = lines.connected(target, self.resolve, self.dial, until)
        try:
            said = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "identity"} | headers
            answer = lines.asked(line, method, target, said)
            found = {name.lower(): value for name, value in answer.getheaders()}
            wanted = method == "GET" and answer.status not in LEADING and most
            body = lines.body_of(answer, most, cut) if wanted else b""
            return Answer(target.url, answer.status, found, body)
        finally:
            line.hang_up()

    def pause(self, target: Target, seconds: float = PAUSE) -> None:
        """Wait until a host may be asked again."""
        rules = self.robots.get((target.scheme, target.host, target.port))
        if isinstance(rules, RobotFileParser):
            seconds = max(seconds, float(rules.crawl_delay(NAME) or 0))
        ago = time.monotonic() - self.asked_at.get(target.host, -LONGEST_PAUSE)
        if ago < seconds:
            self.rest(seconds - ago)
        self.asked_at[target.host] = time.monotonic()

    def ask_leave(self, target: Target) -> None:
        """Raise Unreachable where a host's robots.txt, asked for once, wants us to stay away, or can't be had."""
        key = target.scheme, target.host, target.port
        if key not in self.robots:
            try:
                self.robots[key] = self.rules(target)
            except Unreachable as error:
                self.robots[key] = error
        rules = self.robots[key]
        if isinstance(rules, Unreachable):
            raise rules
        if not rules.can_fetch(NAME, target.url) or float(rules.crawl_delay(NAME) or 0) > LONGEST_PAUSE:
            raise Unreachable("robots", target.host)

    def rules(self, target: Target) -> RobotFileParser:
        """What a host's robots.txt says (RFC 9309): without one all is allowed, with a broken server nothing is."""
        found = RobotFileParser()
        try:
            answer = self.follow(target.at("/robots.txt"), "GET", {}, ROBOTS, robots=True)
        except Unreachable as error:
            if error.why not in ("redirects", "address", "port"):
                raise
            answer = Answer(target.url, 404, {}, b"")
        if answer.status >= 500 or answer.status == 429:
            raise Unreachable("robots", target.host)
        try:
            found.parse(answer.body.decode("utf-8", "ignore").splitlines() if answer.status < 300 else [])
        except ValueError:  # an address or a number in it that the parser can't read
            raise Unreachable("robots", target.host) from None
        return found
