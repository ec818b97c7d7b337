"""A tour through the whole city: every page is fetched by everybody, in both languages, and every form is sent with mistakes."""

import urllib.parse
from dataclasses import dataclass

from .reading import forms
from .routes import BESIDE, NOTHING_TO_FILL_IN
from .visitor import Visitor

LANGUAGES = ("en", "es")
ROLES = ["homeowner", "company owner", "company member", "intake", "contact steward", "reviewer", "inspector", "cashier",
         "code officer", "supervisor", "administrator"]
# Different addresses of one route that everybody opens.
EXAMPLES = 4
# Far too long, and no answer in any language.
BAD = "12 %& ?! " * 450


@dataclass
class Sheet:
    """One page as somebody was served it."""

    route: str
    role: str
    language: str
    path: str
    status: int
    html: str
    skeleton: str
    root: object
    after: str = ""

    def __str__(self):
        return f"{self.path} ({self.role}, {self.language}{self.after})"


class Tour:
    def __init__(self, furnished, routes):
        self.furnished = furnished
        self.city = furnished.city
        self.routes = routes
        self.sheets = []
        self.fetched = 0
        self.kinds = {}
        self.addresses = {}
        self.forms_tried = {}
        self.people = [("guest", Visitor(self.city, "guest"))]
        self.people += [(role, furnished.visitor(role)) for role in ROLES] + furnished.people
        self._find_addresses()
        for role, person in self.people:
            for language in LANGUAGES:
                self._visit_everything(role, person.speaks(language), language)
        for language in LANGUAGES:
            for role, person in self.people:
                self._send_mistakes(role, person.speaks(language), language)

    # --- what there is to open

    def _find_addresses(self):
        """From where a person begins, every link, until nothing new comes: some addresses of each route."""
        plain = [route.path for route in self.routes.pages if "{" not in route.path]
        given = [self.furnished.invitation, *self.furnished.mail_links()]
        plain += [path for path in self.routes.no_pages if "{" not in path]
        begin = ["/", *plain, *BESIDE, *self.furnished.addresses, *(urllib.parse.urlsplit(link)._replace(scheme="", netloc="").geturl()
                                                                    for link in given)]
        for role, person in self.people:
            begun = begin + getattr(person, "addresses", [])
            waiting, seen, counted = list(begun), set(), {}
            while waiting:
                address = urllib.parse.urldefrag(waiting.pop(0)).url
                route = self.routes.of(address)
                if address in seen or (route is None and address not in BESIDE):
                    continue
                seen.add(address)
                path = route.path if route else "no route"
                if path == "/language/{code}" and address not in BESIDE:
                    continue
                counted[path] = counted.get(path, 0) + 1
                if counted[path] > EXAMPLES and address not in begun:
                    continue
                answer = person.get(address)
                if answer.status == 404 and route and address not in begun:
                    continue
                known = self.addresses.setdefault(path, {})
                good = [one for one, role_ in known.items() if role_ == role]
                if address in begun or len(good) < 2:
                    known.setdefault(address, role)
                if answer.is_html and answer.status == 200:
                    waiting += [link for link in answer.links() if link.startswith("/")]

    # --- pages

    def _visit_everything(self, role, person, language):
        own = getattr(person, "addresses", None)
        for path, known in self.addresses.items():
            for address in known:
                if own is not None and address not in own:
                    continue
                if path == "/language/{code}":
                    continue
                self._keep(path, role, language, person.get(address))
        if role == "guest":
            self.kinds["/language/{code}"] = person.get("/language/" + language).kind

    def _keep(self, route, role, language, answer, after=""):
        self.fetched += 1
        if answer.status in (200, 204):
            self.kinds.setdefault(route, answer.kind)
        if answer.is_html:
            self.sheets.append(Sheet(
                route, role, language, answer.path, answer.status, answer.text, answer.root.skeleton(), answer.root, after))

    # --- forms

    def _send_mistakes(self, role, person, language):
        """Each form once per role group and language: empty, and with what nobody could mean."""
        for sheet in [one for one in self.sheets if one.role == role and one.language == language and one.status == 200 and not one.after]:
            for form in self._forms(sheet):
                route = self.routes.of(form.action, "POST")
                tried = self.forms_tried.setdefault(route.path, set())
                if (language, sheet.route) in tried:
                    continue
                for after, value in ((", sent empty", ""), (", sent with bad values", BAD)):
                    if self._send(role, person, language, sheet, route, after, value):
                        tried.add((language, sheet.route))

    def _forms(self, sheet):
        for form in forms(sheet.root, sheet.path):
            route = self.routes.of(form.action, "POST") if form.method == "post" else None
            if route and set(route.visible_fields) & set(form.fields) and route.path not in NOTHING_TO_FILL_IN:
                yield form

    def _send(self, role, person, language, sheet, route, after, value):
        """Whether the form was still there to be sent."""
        page = person.get(sheet.path)
        for form in page.forms():
            if form.method == "post" and self.routes.of(form.action, "POST") == route:
                # Nobody can choose what a list does not offer.
                filled = {name: form.fields[name] if name in form.selects else value for name in form.fields}
                answer = person.opens(form.action, {**form.hidden, **filled})
                self._keep("POST " + route.path, role, language, answer, after)
                return True
        return False
