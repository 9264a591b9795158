"""The items of a JSON list, one at a time, so that a large file never stands in memory as a whole."""

import json
from collections.abc import Iterator, Sequence
from json import JSONDecodeError
from pathlib import Path
from typing import IO, Any, NoReturn

from network.interchange.limits import LINE, Refused
from network.interchange.remarks import remark

CHUNK = 1 << 16
LISTS = ("features", "items", "organizations", "organisations", "@graph", "results", "rows", "chapters", "communities")
"""The names under which a file that is one object may hold its list."""


def not_a_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number that JSON knows")


DECODER = json.JSONDecoder(parse_constant=not_a_number)


class Text:
    """The text of a file from where reading has come to, with the line; more of it is fetched when it is needed."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.ahead = ""
        self.at = 0
        self.line = 1
        self.ended = False
        self.fetch()
        self.at = len(self.ahead) - len(self.ahead.removeprefix("\ufeff"))

    def fetch(self) -> None:
        """Take in at least as much again as is waiting."""
        waiting = len(self.ahead) - self.at
        more = self.file.read(max(CHUNK, waiting))
        self.ended = not more
        self.line += self.ahead.count("\n", 0, self.at)
        self.ahead, self.at = self.ahead[self.at :] + more, 0

    @property
    def here(self) -> int:
        """The line on which the next character stands."""
        return self.line + self.ahead.count("\n", 0, self.at)

    def next(self) -> str:
        """The next character that is no space, not taken yet; empty at the end."""
        while True:
            while self.at < len(self.ahead) and self.ahead[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.ahead) or self.ended:
                return self.ahead[self.at : self.at + 1]
            self.fetch()

    def take(self, expected: str) -> None:
        """Take one of the expected characters."""
        found = self.next()
        if not found or found not in expected:
            raise Refused(instead(expected, found) if found else remark("json_ends"), self.here)
        self.at += 1

    def value(self) -> Any:
        """The next value, whole."""
        self.next()
        while True:
            try:
                value, end = DECODER.raw_decode(self.ahead, self.at)
            except JSONDecodeError as error:
                if self.ended or len(self.ahead) - self.at > LINE:
                    line = self.line + self.ahead.count("\n", 0, error.pos)
                    column = error.pos - self.ahead.rfind("\n", 0, error.pos)
                    raise Refused(remark("no_json", reason=error.msg), line, column) from error
            except RecursionError:
                raise Refused(remark("json_deep"), self.here) from None
            except ValueError as error:
                raise Refused(remark("no_json", reason=str(error).partition(":")[0]), self.here) from error
            else:
                if end < len(self.ahead) or self.ended:
                    self.at = end
                    return value
            self.fetch()


def instead(expected: str, found: str) -> str:
    """That one of one or two characters should stand where another does."""
    if len(expected) == 1:
        return remark("json_else", wanted=repr(expected), value=repr(found))
    return remark("json_either", wanted=repr(expected[0]), other=repr(expected[1]), value=repr(found))


def json_items(path: Path, encoding: str, named: Sequence[str] = ()) -> Iterator[tuple[int, Any]]:
    """Each item of the list that a file holds, with the line on which it begins; raises Refused where it is broken.

    With `named` it is the list of such a name, and none when there is none.
    """
    with path.open(encoding=encoding) as file:
        text = Text(file)
        if text.next() == "{" and not find_list(text, named or LISTS):
            if named:
                return
            raise Refused(remark("json_list", names=", ".join(LISTS[:3])))
        text.take("[")
        if text.next() == "]":
            return
        while True:
            text.next()
            line = text.here
            yield line, text.value()
            text.take(",]")
            if text.ahead[text.at - 1] == "]":
                return


def first_list(path: Path, encoding: str, names: Sequence[str]) -> str:
    """Which of these names stands first in an object with a list; empty when none does, or it can't be read so far."""
    try:
        with path.open(encoding=encoding) as file:
            text = Text(file)
            return find_list(text, names) if text.next() == "{" else ""
    except (Refused, UnicodeDecodeError):
        return ""  # what reads the list will say what is wrong, and where


def find_list(text: Text, names: Sequence[str]) -> str:
    """Go to the list of one of these names inside an object, past what stands before it; gives the name it has."""
    text.take("{")
    while text.next() != "}":
        line = text.here
        name = text.value()
        if not isinstance(name, str):
            raise Refused(remark("json_name"), line)
        text.take(":")
        if name in names and text.next() == "[":
            return name
        text.value()
        if text.next() != "}":
            text.take(",")
    return ""
