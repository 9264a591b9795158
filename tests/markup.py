"""A small reader of HTML that is stricter than browsers: it makes a tree, and says where the markup is broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SILENT = frozenset({"script", "style", "template", "title"})
INLINE = frozenset("a b strong em i span small abbr time code cite q s u mark sub sup bdi bdo data kbd".split())


@dataclass
class Element:
    """An element with its attributes and, in order, the elements and texts inside it."""

    tag: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None" = None
    inside: "list[Element | str]" = field(default_factory=list)

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def __iter__(self) -> Iterator["Element"]:
        """Itself and every element below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(part for part in reversed(element.inside) if isinstance(part, Element))

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self if element.tag in tags]

    def within(self, *tags: str) -> bool:
        """Whether one of its ancestors has such a tag."""
        return self.parent is not None and (self.parent.tag in tags or self.parent.within(*tags))

    def first(self, test: Callable[["Element"], bool]) -> "Element | None":
        return next(filter(test, self), None)

    @property
    def text(self) -> str:
        """What a reader reads: the texts inside, single spaces between them."""
        return " ".join(self._texts().split())

    def _texts(self) -> str:
        if self.tag in SILENT:
            return " "
        joined = "".join(part if isinstance(part, str) else part._texts() for part in self.inside)
        return joined if self.tag in INLINE else f" {joined} "

    def __str__(self) -> str:
        named = "".join(f' {name}="{self.attributes[name]}"' for name in ("id", "name", "href") if self.get(name))
        return f"<{self.tag}{named}> in line {self.line}"


class Reader(HTMLParser):
    """Makes the tree, and collects what is wrong with the markup in `complaints`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, 0)
        self.open = self.root
        self.complaints: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0], self.open)
        for name in {name for name in names if names.count(name) > 1}:
            self.complaints.append(f"{element} has the attribute {name} twice")
        self.open.inside.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open = self.open.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open.tag:
            self.open = self.open.parent or self.root
        elif self.open.within(tag):
            self.complaints.append(f"{self.open} is not closed before </{tag}> in line {self.getpos()[0]}")
            while self.open.tag != tag:
                self.open = self.open.parent or self.root
            self.open = self.open.parent or self.root
        else:
            self.complaints.append(f"</{tag}> in line {self.getpos()[0]} closes nothing")

    def handle_data(self, data: str) -> None:
        self.open.inside.append(data)

    def close(self) -> None:
        super().close()
        if self.open is not self.root:
            self.complaints.append(f"{self.open} is never closed")


def read(html: str) -> tuple[Element, list[str]]:
    """The tree of a page or of a part of one, and what is wrong with its markup."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.root, reader.complaints
