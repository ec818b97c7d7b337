"""Every route of the program, as `groundwork routes --json` lists them, and which of them are no pages."""

import json
import re
from dataclasses import dataclass

from .city import run

# Routes that answer a GET with something else than a page. Each is fetched too, and must be what it is said to be.
NO_PAGE = {
    "JSON": {"application/json": ["/demo/mail.json", "/account/records.json", "/staff/imports/{id}/report.json"]},
    "CSV": {"text/csv": ["/search.csv"]},
    "YAML": {"application/yaml": ["/accessibility/conformance.yaml"]},
    "XML": {"application/xml": ["/sitemap.xml", "/sitemaps/{part}"]},
    "plain text": {"text/plain": ["/robots.txt", "/healthz", "/readyz", "/metrics"]},
    "without content": {"": ["/language/{code}", "/session"]},
}
# Forms in which nobody can make a mistake that the browser lets through.
NOTHING_TO_FILL_IN = {
    "/cases/{number}/contacts/add-email": "the email was typed on another page",
    "/account/language": "a list to choose from",
    "/staff/desk/clean-up/batch/{batch}": "one box to tick",
    "/staff/desk/access-requests/{number}/assign": "a list to choose from",
}
# Addresses that no page links to, with what they need.
BESIDE = ["/language/es", "/sitemaps/0", "/search?q=kitchen", "/search?q=zzyzx", "/register/check-email", "/account/emails/check-email",
          "/account/not-me", "/staff/pack/publish", "/help/ask", "/access-request", "/no/such/page"]


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    access: str
    fields: tuple

    @property
    def pattern(self):
        parts = re.split(r"\{\w+\}", self.path)
        return re.compile("[^/]+".join(re.escape(part) for part in parts))

    @property
    def visible_fields(self):
        return [name for name, kind in self.fields if kind != "hidden"]


class Routes:
    def __init__(self, folder):
        listed = json.loads(run(folder, "routes", "--json"))
        self.all = [
            Route(one["method"], one["path"], one["access"], tuple((field["name"], field["kind"]) for field in one["fields"]))
            for one in listed]
        self.no_pages = {path for kinds in NO_PAGE.values() for paths in kinds.values() for path in paths}
        self.pages = [route for route in self.all if route.method == "GET" and route.path not in self.no_pages]
        self.forms = [route for route in self.all if route.method == "POST" and route.visible_fields]

    def of(self, address, method="GET"):
        """The route that serves the address. One without parameters goes before one with."""
        path = address.split("?")[0].split("#")[0]
        fitting = [route for route in self.all if route.method == method and route.pattern.fullmatch(path)]
        return min(fitting, key=lambda route: route.path.count("{"), default=None)

    def unknown_no_pages(self):
        return self.no_pages - {route.path for route in self.all if route.method == "GET"}
