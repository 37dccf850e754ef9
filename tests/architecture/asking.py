"""Asking for addresses as anybody would: by any method, with forms filled in, and seeing what was written."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW")
NEVER_ANSWERED = ("PUT", "PATCH", "DELETE", "OPTIONS", "BREW")
Body = Mapping[str, list[str]]

# What says when a person was last here, and how often they tried, is no change of anything.
NOTES = {"django_session", "shared_cache", "usersessions_usersession"}
_WRITING = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def written() -> Iterator[list[str]]:
    """The tables that are written to inside."""
    tables: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match = _WRITING.match(sql)
        if match and match[1] not in NOTES:
            tables.append(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def ask(client: Client, method: str, url: str, body: Body | None = None) -> HttpResponseBase:
    if method == "POST":
        return client.post(url, body or {"sent": "empty"})
    return client.generic(method, url)


# The address is on the page itself, and these differ between any two answers.
_TOKENS = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"|class="hash">[0-9a-f]{8}<')
_OWN_HEADERS = {"Set-Cookie", "Content-Length"}


def told(answer: HttpResponseBase) -> tuple[int, dict[str, str], str]:
    """All that an answer tells, without what differs between any two: the address itself and the tokens of forms."""
    address = answer.request["PATH_INFO"]
    words = answer.getvalue().decode(errors="replace").replace(address, "ADDRESS")
    headers = {name: value.replace(address, "ADDRESS") for name, value in answer.headers.items()}
    return (
        answer.status_code,
        {name: value for name, value in headers.items() if name not in _OWN_HEADERS},
        _TOKENS.sub("TOKEN", words),
    )


class _Forms(HTMLParser):
    """The forms of a page, each filled in as far as its page can: every box ticked, the last choice of each menu."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._menu = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append((given.get("action") or self.page, defaultdict(list)))
        elif not self.forms:
            return
        elif tag in ("input", "button") and name and name != "csrfmiddlewaretoken" and given.get("type") != "file":
            self.forms[-1][1][name].append(given.get("value") or "on")
        elif tag == "select":
            self._menu = name
        elif tag == "option" and self._menu and given.get("value"):
            self.forms[-1][1][self._menu] = [given["value"]]
        elif tag == "textarea":
            self._text = name

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._menu = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text and self.forms:
            self.forms[-1][1][self._text] = [data.strip() or "Words"]


def forms_of(client: Client, pages: list[str]) -> dict[str, Body]:
    """What a person would send from these pages, by the name of the address that it goes to."""
    bodies: dict[str, Body] = {}
    for page in pages:
        answer = client.get(page)
        words = answer.getvalue().decode(errors="replace") if answer.status_code == 200 else ""
        parser = _Forms(page)
        if "<form" in words:
            parser.feed(words)
        for action, body in parser.forms:
            try:
                name = resolve(action.partition("?")[0].partition("#")[0]).url_name
            except Resolver404:
                continue
            bodies.setdefault(str(name), {})
            if len(body) > len(bodies[str(name)]):
                bodies[str(name)] = dict(body)
    return bodies
