"""A small reader of HTML that is stricter than browsers: it makes a tree, and says where the markup is broken."""

import re
from collections.abc import Callable, Iterator
from html import unescape

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SILENT = frozenset({"script", "style", "template", "title"})
INLINE = frozenset("a b strong em i span small abbr time code cite q s u mark sub sup bdi bdo data kbd".split())
UNREAD = frozenset({"script", "style"})
"""Elements in which nothing is markup but their own end."""
MARKUP = re.compile(
    r"<(?:!--.*?--|![dD][^>]*|/(?P<end>[a-zA-Z][^\s/>]*)\s*"
    r"""|(?P<start>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^>"']++|"[^"]*"|'[^']*')*+))>""",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")


class Element:
    """An element with its attributes and, in order, the elements and texts inside it."""

    __slots__ = ("after", "at", "attributes", "inside", "line", "parent", "read", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, str], line: int, parent: "Element | None", read: "list[Element]"
    ) -> None:
        self.tag, self.attributes, self.line, self.parent = tag, attributes, line, parent
        self.inside: list[Element | str] = []
        self.read = read  # every element of the page in reading order, of which its own are those from `at` to `after`
        self.at = len(read)
        self.after = self.at + 1
        read.append(self)

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def __iter__(self) -> Iterator["Element"]:
        """Itself and every element below it, in reading order."""
        return iter(self.read[self.at : self.after])

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
        joined = "".join([part if isinstance(part, str) else part._texts() for part in self.inside])
        return joined if self.tag in INLINE else f" {joined} "

    def __str__(self) -> str:
        named = "".join(f' {name}="{self.attributes[name]}"' for name in ("id", "name", "href") if self.get(name))
        return f"<{self.tag}{named}> in line {self.line}"


class Reader:
    """Makes the tree, and collects what is wrong with the markup in `complaints`."""

    def __init__(self, html: str) -> None:
        self.root = self.open = Element("", {}, 0, None, [])
        self.complaints: list[str] = []
        line, read = 1, 0
        while found := self.next_markup(html, read):
            self.say(html[read : found.start()])
            line += html.count("\n", read, found.start())
            if tag := found["start"]:
                self.start(tag.lower(), found["attributes"], line)
            elif tag := found["end"]:
                self.end(tag.lower(), line)
            line, read = line + html.count("\n", found.start(), found.end()), found.end()
        self.say(html[read:])
        if self.open is not self.root:
            self.complaints.append(f"{self.open} is never closed")
        while self.open is not self.root:
            self.leave()
        self.root.after = len(self.root.read)

    def next_markup(self, html: str, read: int) -> re.Match[str] | None:
        if self.open.tag in UNREAD:
            read = html.lower().find(f"</{self.open.tag}", read)
        return MARKUP.search(html, read) if read >= 0 else None

    def say(self, text: str) -> None:
        if text:
            self.open.inside.append(text if self.open.tag in UNREAD else unescape(text))

    def start(self, tag: str, written: str, line: int) -> None:
        attributes: dict[str, str] = {}
        element = Element(tag, attributes, line, self.open, self.root.read)
        for name, *values in ATTRIBUTE.findall(written):
            name = name.lower()
            if name in attributes:
                self.complaints.append(f"{element} has the attribute {name} twice")
            attributes[name] = unescape("".join(values))
        self.open.inside.append(element)
        if tag not in VOID and not written.endswith("/"):
            self.open = element

    def end(self, tag: str, line: int) -> None:
        if tag == self.open.tag:
            self.leave()
        elif self.open.within(tag):
            self.complaints.append(f"{self.open} is not closed before </{tag}> in line {line}")
            while self.open.tag != tag:
                self.leave()
            self.leave()
        else:
            self.complaints.append(f"</{tag}> in line {line} closes nothing")

    def leave(self) -> None:
        """Close the open element; the root stays open."""
        self.open.after = len(self.root.read)
        self.open = self.open.parent or self.root


def read(html: str) -> tuple[Element, list[str]]:
    """The tree of a page or of a part of one, and what is wrong with its markup."""
    reader = Reader(html)
    return reader.root, reader.complaints
