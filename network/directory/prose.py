"""Markdown that people wrote, made safe to show."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "code", "pre", "br", "hr"}
LOWER = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
reader = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})


@lru_cache(maxsize=512)
def prose(text: str) -> Markup:
    """`text` as HTML: headings sit below the page's own, links leave no trace, and nothing in it can act."""
    html = reader.render(text)
    for deep, usual in LOWER.items():
        html = html.replace(f"<{deep}>", f"<{usual}>").replace(f"</{deep}>", f"</{usual}>")
    return Markup(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}))
