"""Somebody who fetches pages without a browser: cookies, forms, a language. Quick enough for every page and every role."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import CookieJar

from .reading import forms, links, read


@dataclass
class Answer:
    path: str
    status: int
    kind: str
    location: str
    text: str

    @property
    def is_html(self):
        return self.kind == "text/html"

    @cached_property
    def root(self):
        return read(self.text)

    def forms(self):
        return forms(self.root, self.path)

    def links(self):
        return links(self.root)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    def __init__(self, city, name, account=None):
        self.city = city
        self.name = name
        self.account = account
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _Stay)

    def get(self, address):
        return self._ask(address)

    def opens(self, address, values=None):
        """Like `get`, and goes on where it is sent."""
        answer = self._ask(address, values)
        for _ in range(6):
            if not answer.location:
                return answer
            answer = self._ask(answer.location)
        return answer

    def sends(self, address, values, having=(), form=None):
        """Opens the page, fills in the first form that has those fields, sends it, and goes on where it is sent."""
        page = self.opens(address)
        wanted = set(having or values)
        for one in page.forms():
            known = set(one.fields) | set(one.hidden)
            if one.method == "post" and wanted <= known and (form is None or form in one.action):
                return self.opens(one.action, {**one.hidden, **one.fields, **values})
        raise AssertionError(f"{self.name}: {page.path} ({page.status}) has no form {form or ''} with {sorted(wanted)}")

    def signs_in(self):
        at = "/staff/sign-in" if "city-staff" in self.account["email"] else "/sign-in"
        answer = self.sends(at, {"email": self.account["email"], "password": self.account["password"]})
        assert answer.status == 200, f"{self.name} cannot sign in: {answer.status}"
        return self

    def weighs(self, address):
        """The bytes that come for an address, compressed as a browser asks for it."""
        request = urllib.request.Request(self.city.url + address, headers={"Accept-Encoding": "gzip, deflate, br"})
        with self._opener.open(request, timeout=20) as answer:
            return len(answer.read())

    def speaks(self, language):
        self.opens(f"/language/{language}")
        return self

    def _ask(self, address, values=None):
        url = urllib.parse.urljoin(self.city.url + "/", address)
        assert url.startswith(self.city.url), f"{address} leads away from the city"
        data = None if values is None else urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(url, data, {"Origin": self.city.url, "Accept-Language": "en-US"})
        try:
            answer = self._opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            body = answer.read().decode(errors="replace")
            kind = answer.headers.get("content-type", "").split(";")[0]
            return Answer(url[len(self.city.url):].split("#")[0], answer.status, kind, answer.headers.get("location", ""), body)
