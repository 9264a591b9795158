"""A visitor for the tests: every page that she opens is checked, and so is every fragment of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from network.extensions import db
from tests import rules
from tests.markup import Element, read

TIMES = 3  # how often the same kind of fragment is fetched and compared, in one run of the tests
ASKED_BY_HTMX = {"HX-Request": "true"}


def addresses(app: Flask, slugs: Sequence[str], id: int) -> list[str]:
    """The address of every page that can be opened, for some organisations, and for one number of whatever has one."""
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        values: dict[str, object] = {}
        for name, converter in rule._converters.items():
            first = sorted(getattr(converter, "items", ["about"]))[0]
            values[name] = id if type(converter).__name__ == "IntegerConverter" else first
        for slug in slugs:
            with app.test_request_context():
                found[app.url_for(rule.endpoint, **(values | ({"slug": slug} if "slug" in values else {})))] = None
    return list(found)


class CheckedClient(FlaskClient):
    """A visitor who looks closely: a page that breaks the house style fails the test that opened it.

    So does a 500; a test that plants a failure says `client.breaks = True` before.
    """

    breaks = False
    compared: Counter[tuple[str, ...]] = Counter()

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()  # what the test changed is there for the request
        response = self.fetch(*arguments, **options)
        if response.status_code == 500 and not self.breaks:
            blame(response, ["it answers 500; the captured log says why"])
        redirects = 300 <= response.status_code < 400
        if response.mimetype == "text/html" and response.request.method != "HEAD" and not redirects:
            asked_by_htmx = "HX-Request" in response.request.headers
            self.check_fragment(response) if asked_by_htmx else self.check_page(response)
        if has_app_context():
            db.session.expire_all()  # and what the request changed is there for the test
        return response

    def fetch(self, *arguments: Any, **options: Any) -> TestResponse:
        """The answer alone, asked in a scope of its own as every served request is."""
        with self.application.app_context():
            return super().open(*arguments, **options)

    def send(self, path: str, action: str = "", **typed: Any) -> TestResponse:
        """Open the page at `path`, fill in its form for posting (the one with that `action`, or the only one), send it.

        What isn't `typed` goes as it stands in the form, the token with it; None leaves a field out.
        """
        page = read(self.get(path).text)[0]
        posted = [one for one in page.all("form") if (one.get("method") or "").lower() == "post"]
        fitting = [one for one in posted if not action or one.get("action") == action]
        assert len(fitting) == 1, f"{path} has {len(fitting)} forms for {action or 'posting'}: {posted}"
        values: dict[str, Any] = {}
        for name, value in controls(fitting[0]):
            values.setdefault(name, []).append(value)
        values = {name: value for name, value in (values | typed).items() if value is not None}
        return self.post(fitting[0].get("action") or path, data=values)

    def check_page(self, response: TestResponse) -> None:
        page, complaints = read(response.text)
        complaints += [complaint for rule in rules.OF_A_PAGE for complaint in rule(page)]
        complaints += rules.protected(response.headers)
        if not complaints and response.status_code == 200 and response.request.method == "GET":
            complaints += self.compare_with_fragments(page, response.request.full_path)
        blame(response, complaints)

    def check_fragment(self, response: TestResponse) -> None:
        part, complaints = read(response.text)
        complaints += [complaint for rule in rules.OF_A_FRAGMENT for complaint in rule(part)]
        blame(response, complaints + list(rules.protected(response.headers)))

    def compare_with_fragments(self, page: Element, address: str) -> list[str]:
        """What is wrong with the fragment of this page, and with those that its links and forms ask for."""
        wanted = [(address, "")]
        for element in page:
            if element.get("hx-get") is not None:
                wanted.append((asked_for(element), element.get("hx-target") or ""))
        complaints = []
        for asked, target in wanted:
            path = urlsplit(asked).path or urlsplit(address).path
            kind = (self.endpoint(path), target, *sorted(dict(parse_qsl(urlsplit(asked).query))))
            self.compared[kind] += 1
            if self.compared[kind] <= TIMES:
                complaints += self.compare(asked if urlsplit(asked).path else path + asked, target)
        return complaints

    def compare(self, address: str, target: str) -> list[str]:
        """A fragment must be a part of the page at the same address, standing in the element it is meant for."""
        page, fragment = self.fetch(address), self.fetch(address, headers=ASKED_BY_HTMX)
        if page.mimetype != "text/html":
            return []
        whole, part = read(page.text)[0], read(fragment.text)[0]
        if part.all("html"):
            return [f"{address} answers htmx with a whole page: name its block in render()"] if target else []
        place = whole.first(lambda element: element.get("id") == target.removeprefix("#")) if target else whole
        if place is None:
            return [f"{address} has no element {target} to put its fragment into"]
        if page.status_code != fragment.status_code:
            return [f"{address} answers {page.status_code}, and to htmx {fragment.status_code}"]
        if part.text not in place.text:
            return [f"the fragment of {address} is not a part of its page:\n  {part.text[:300]}\n  {place.text[:300]}"]
        return []

    def endpoint(self, path: str) -> str:
        try:
            return self.application.url_map.bind("localhost").match(path)[0]
        except HTTPException:
            return path


def asked_for(element: Element) -> str:
    """The address that a link leads to, or that a form asks for when nobody changes it."""
    address = element.get("hx-get") or element.get("href") or element.get("action") or ""
    if element.tag != "form":
        return address
    return f"{address.partition('?')[0]}?{urlencode(controls(element))}"


def controls(form: Element) -> list[tuple[str, str]]:
    """The names and values that a form sends when nobody changes anything."""
    fields = []
    for control in form.all("input", "select", "textarea"):
        options = control.all("option")
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        ticked = control.get("type") not in ("checkbox", "radio") or control.get("checked") is not None
        value = chosen[0].get("value") if chosen else control.get("value")
        if control.tag == "textarea":
            value = control.text
        if control.get("name") and ticked and control.get("type") not in ("submit", "button", "file"):
            fields.append((control.get("name") or "", value or ""))
    return fields


def blame(response: TestResponse, complaints: list[str]) -> None:
    """Fail the test with everything that is wrong with the page."""
    if complaints:
        lines = "\n".join(f"- {complaint}" for complaint in dict.fromkeys(complaints))
        raise AssertionError(f"{response.request.method} {response.request.full_path} is not as it should be:\n{lines}")
