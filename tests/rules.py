"""The house style of a page: each rule takes the tree of a page and says, in words, what to mend."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

from tests.markup import Element

CONTROLS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button", "reset", "image")
DATA_SCRIPTS = ("application/ld+json", "application/json")
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "hx-get", "hx-post"})
REFERENCES = frozenset({"for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "headers"})
EXTERNAL = frozenset({"external", "license", "nofollow", "noopener", "noreferrer", "ugc"})
SAID_OF_OURSELVES = frozenset({"canonical", "alternate"})
LEFT_OVER = re.compile(r"\{\{|\{%|%\(\w+\)[sd]|LazyString|<built-in|Undefined\b")


def has_one_heading(page: Element) -> Iterator[str]:
    headings = page.all("h1")
    if len(headings) != 1:
        yield f"it has {len(headings)} h1: give it exactly one"
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    for above, below in zip(levels, levels[1:], strict=False):
        if below > above + 1:
            yield f"an h{below} follows an h{above}: don't skip a level"


def has_title_language_and_direction(page: Element) -> Iterator[str]:
    html = page.first(lambda element: element.tag == "html")
    titles = [title for title in page.all("title") if title.within("head")]
    if len(titles) != 1 or not "".join(map(str, titles[0].inside)).strip():
        yield "it needs one title, with words in it"
    if html is None or not html.get("lang"):
        yield "html needs a lang"
    if html is None or html.get("dir") not in ("ltr", "rtl"):
        yield "html needs a dir, ltr or rtl"
    if len(page.all("main")) != 1:
        yield "it needs exactly one main"


def ids_are_unique_and_meant(page: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page if element.get("id") is not None)
    for name, count in ids.items():
        if count > 1:
            yield f"the id {name} stands {count} times"
    for element in page:
        for attribute in REFERENCES & element.attributes.keys():
            for name in element.attributes[attribute].split():
                if name not in ids:
                    yield f'{element}: {attribute}="{name}" names an id that is not on the page'
        target = element.get("hx-target") or ""
        if target.startswith("#") and target[1:] not in ids:
            yield f"{element}: hx-target {target} is not on the page"


def every_control_has_a_label(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label") if label.text}
    for control in page.all(*CONTROLS):
        if control.get("type") in UNLABELLED or control.get("aria-label") or control.get("aria-labelledby"):
            continue
        if control.get("id") not in labelled and not control.within("label"):
            yield f"{control} needs a label"


def everything_pressed_has_a_name(page: Element) -> Iterator[str]:
    for element in page.all("a", "button", "summary"):
        pictures = any(picture.get("alt") for picture in element.all("img"))
        if not (element.text or element.get("aria-label") or element.get("aria-labelledby") or pictures):
            yield f"{element} has no words: say where it leads or what it does"
    for picture in page.all("img"):
        if picture.get("alt") is None:
            yield f"{picture} needs an alt, empty when it only decorates"


def nothing_is_inline(page: Element) -> Iterator[str]:
    for element in page:
        if element.tag == "style" or (
            element.tag == "script" and not element.get("src") and element.get("type") not in DATA_SCRIPTS
        ):
            yield f"{element}: no inline {element.tag}; put it into a file in static/"
        for name, value in element.attributes.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{element}: no {name} attribute; the content security policy blocks it"
            if value.strip().lower().startswith(("javascript:", "vbscript:")):
                yield f"{element}: no script in {name}"


def nothing_comes_from_elsewhere(page: Element) -> Iterator[str]:
    for element in page:
        for name in ADDRESSES & element.attributes.keys():
            address = urlsplit(element.attributes[name].strip())
            if not address.netloc:
                continue
            words = set((element.get("rel") or "").split())
            if element.tag == "a" and name == "href":
                if not words & EXTERNAL:
                    yield f"{element}: a link to elsewhere needs a rel (noopener, nofollow, external ...)"
            elif not (element.tag == "link" and words & SAID_OF_OURSELVES):
                yield f"{element}: {name} asks another host, {address.netloc}"


def nothing_is_left_over(page: Element) -> Iterator[str]:
    for found in LEFT_OVER.finditer(page.text):
        yield f"{found.group()!r} is left over from the template or a translation"


def protected(headers: Headers) -> Iterator[str]:
    """What the headers of a page lack."""
    policy = headers.get("Content-Security-Policy", "")
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors"):
        if part not in policy:
            yield f"Content-Security-Policy lacks {part}"
    if "unsafe" in policy:
        yield "Content-Security-Policy says unsafe"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options must be nosniff"
    for name in ("Referrer-Policy", "Permissions-Policy"):
        if not headers.get(name):
            yield f"{name} is missing"
    if "HX-Request" not in headers.get("Vary", ""):
        yield "Vary must name HX-Request"


IN_ANY_PART = (
    ids_are_unique_and_meant,
    every_control_has_a_label,
    everything_pressed_has_a_name,
    nothing_is_inline,
    nothing_comes_from_elsewhere,
    nothing_is_left_over,
)
OF_A_PAGE = (has_one_heading, has_title_language_and_direction, *IN_ANY_PART)
OF_A_FRAGMENT = tuple(rule for rule in IN_ANY_PART if rule is not ids_are_unique_and_meant)
