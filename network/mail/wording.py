"""The words of a mail: a template read twice, as plain text and as HTML.

Templates are Markdown, but only a little of it: paragraphs, `## headings`, lists, quotations and links. What is filled
in is text, never Markdown: a name with brackets in it makes no link.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, current_app, render_template
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from network.text import gettext, ngettext

SUBJECT = "Subject: "
RULES = ("blockquote", "list", "heading", "autolink", "link", "entity", "newline")
MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&#91;", "]": "&#93;", "\\": "&#92;"})
FIRST = re.compile(r"^(\s*)(?:([#+*-]+)|(\d+)([.)]))(?=\s)", re.M)
ADDRESS = re.compile(r"https?://[^\s<>]+")
ALONE = re.compile(r"^(https?://[^\s<>]+)$", re.M)
PRESSED = re.compile(r'<p><a href="([^"]*)">(?!https?:)([^<]*)</a></p>')


@dataclass(frozen=True)
class Words:
    """What a mail says: its subject, its text, and the same as the inside of an HTML page."""

    subject: str
    text: str
    html: str


def worded(kind: str, facts: dict[str, Any]) -> Words:
    """The words of `templates/mail/<kind>.md`, in the language of the moment."""
    subject, text = written(plainly(), kind, facts, _=gettext, gettext=gettext, ngettext=ngettext, button=button_alone)
    _subject, marks = written(marked_up(), kind, facts, _=said, gettext=said, ngettext=said_number, button=button)
    html = markdown().render(ALONE.sub(r"<\1>", marks))
    return Words(subject[:300], text, PRESSED.sub(r'<p class="button"><a href="\1">\2</a></p>', html))


def written(environment: Environment, kind: str, facts: dict[str, Any], **texts: Any) -> tuple[str, str]:
    """The subject, on one line, and what follows it."""
    context: dict[str, Any] = {**texts, **facts}
    current_app.update_template_context(context)
    first, _, rest = environment.get_template(f"mail/{kind}.md").render(context).strip().partition("\n")
    return " ".join(first.removeprefix(SUBJECT).split()), re.sub(r"\n{3,}", "\n\n", rest.strip()) + "\n"


def framed(words: Words, preferences: str = "") -> tuple[str, str]:
    """The whole text and the whole HTML of a mail: signed, and with the way to fewer mails where there is one."""
    home = current_app.config["BASE_URL"].rstrip("/") + "/"
    facts = {"subject": words.subject, "body": Markup(words.html), "preferences": preferences, "home": home}
    html = render_template("mail/frame.html", **facts)
    foot = ["-- ", current_app.config["SITE_NAME"], home]
    if preferences:
        foot.append(gettext("Fewer mails, or none: %(address)s", address=preferences))
    return words.text + "\n" + "\n".join(foot) + "\n", html


@cache
def markdown() -> MarkdownIt:
    return MarkdownIt("zero").enable(list(RULES))


def plainly() -> Environment:
    """What reads a template as plain text."""
    found: Environment = current_app.extensions["mail_wording"][0]
    return found


def marked_up() -> Environment:
    """What reads a template as Markdown, in which what is filled in means nothing but itself."""
    found: Environment = current_app.extensions["mail_wording"][1]
    return found


def harmless(value: Any) -> Any:
    """A value as Markdown that reads as the value itself. An address stays as it is: it may stand in `<...>`."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    if ADDRESS.fullmatch(text):
        return text
    return FIRST.sub(harmless_start, text.translate(MARKS))


def harmless_start(found: re.Match[str]) -> str:
    """The start of a line that would make it a heading or a part of a list."""
    space, marks, number, dot = found.groups()
    return space + (number or "") + "".join(f"&#{ord(mark)};" for mark in (marks or "") + (dot or ""))


def said(text: str, **variables: Any) -> Markup:
    """A text of a template, in Markdown."""
    return Markup(gettext(text, **{name: harmless(value) for name, value in variables.items()}))


def said_number(one: str, many: str, number: int, **variables: Any) -> Markup:
    """The same for a number of things."""
    return Markup(ngettext(one, many, number, **{name: harmless(value) for name, value in variables.items()}))


def button(words: str, address: str) -> Markup:
    """The one thing to press, on a line of its own."""
    return Markup(f"[{harmless(words)}](<{address}>)")


def button_alone(words: str, address: str) -> str:
    """The same in a plain text."""
    return f"{words}:\n{address}"


def quoted(text: str) -> Markup:
    """What somebody wrote, line by line, as a quotation that means nothing but itself."""
    return Markup("\n".join(f"> {line}  " for line in str(text).splitlines()))


def quoted_harmlessly(text: str) -> Markup:
    return quoted(harmless(text))


def init_app(app: Flask) -> None:
    """Make the two readers of templates."""
    plain = app.jinja_env.overlay()
    plain.filters = {**app.jinja_env.filters, "quoted": quoted}
    marks = app.jinja_env.overlay(finalize=harmless)
    marks.filters = {**app.jinja_env.filters, "quoted": quoted_harmlessly}
    app.extensions["mail_wording"] = plain, marks
