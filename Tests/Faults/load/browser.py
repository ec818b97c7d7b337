"""A browser as small as the tests need: one connection, cookies, pages and form posts. Every browser has a network address of its
own (127.x.y.z), so that limits per address count each person for themselves."""

import http.client
import itertools
import threading
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

# A server may close a connection that says nothing for a minute; nobody sends a form on one that is about to be closed.
KEPT_OPEN = 20

_numbers = itertools.count(1)
_lock = threading.Lock()


def new_address():
    with _lock:
        number = next(_numbers)
    return f"127.{1 + number // 62500 % 250}.{number // 250 % 250}.{2 + number % 250}"


class Gone(Exception):
    """No answer came. `was_sent`: the request had left, so nobody knows what became of it."""

    def __init__(self, error, was_sent):
        super().__init__(type(error).__name__)
        self.was_sent = was_sent


@dataclass
class Answer:
    status: int
    location: str
    text: str

    def __str__(self):
        title = self.text.partition("<title>")[2].partition("</title>")[0]
        return f"{self.status} {self.location or title or self.text[:120]}"


class Browser:
    def __init__(self, url, timeout=60, address=None, origin=None):
        """`origin`: what stands in the address bar, when that is not where the connection goes."""
        self.url = url
        self.origin = origin or url
        self.address = address or new_address()
        self.cookies = {}
        self._host = urlsplit(url)
        self._timeout = timeout
        self._connection = None
        self._used = 0.0
        # Called just before a form is sent.
        self.about_to_post = lambda: None

    def get(self, path):
        return self._ask("GET", path, None, {})

    def post(self, path, fields):
        self.about_to_post()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return self._ask("POST", path, urlencode(fields), headers)

    def _ask(self, method, path, body, headers):
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        was_sent = False
        if time.monotonic() - self._used > KEPT_OPEN:
            self.leave()
        self._used = time.monotonic()
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(
                    self._host.hostname, self._host.port, timeout=self._timeout, source_address=(self.address, 0))
            if self._connection.sock is None:
                self._connection.connect()
            was_sent = True
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            self.leave()
            raise Gone(error, was_sent) from error
        for header in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return Answer(response.status, response.headers.get("Location") or "", text)

    def leave(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None
