"""The checks themselves can fail: each finds what is planted for it. These need no city."""

import http.server
import threading
from types import SimpleNamespace

import pytest

from support.checks import Checker, Known, PageCollection, html_problems
from support.keyboard import Keyboard
from support.person import Person

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head><body><main><h1>Good</h1>
<form method="post" action="/twice"><p><label for="e">Email</label> <input id="e" name="e">
<label for="k">Kind</label> <select id="k" name="k"><option value="">Choose</option><option>Applicant</option><option>Contact</option></select></p>
<p><button style="min-height:44px">Send</button></p></form>
<h2>Pending</h2><p><a href="/a">BLD2026-00001</a></p><h2>Active</h2><p><a href="/b">ELE2026-00002</a> <a href="/x">Other words</a></p>
<h2>Recent</h2><p><a href="/c">BLD-SFD2026-00003</a></p></main></body></html>"""

PAGES = {
    "/good": GOOD,
    "/twice": GOOD.replace("Good", "Thank you"),
    "/pale": GOOD.replace("<h1>", '<h1 style="color:#ccc">'),
    "/wide": GOOD.replace("</form>", '</form><p style="width:800px">wide</p>'),
    "/unlabelled": GOOD.replace('<label for="e">', "<label>"),
    "/script": GOOD.replace("</main>", '</main><script>console.error("planted")</script>'),
    "/broken-picture": GOOD.replace("</main>", '<img src="/none.png" alt="none"></main>'),
    "/without": GOOD.replace("</main>", '<noscript><p style="color:#ddd">pale</p></noscript></main>'),
    "/unseen-focus": GOOD.replace("<button style=\"", "<button style=\"outline:0;"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def _answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        html = PAGES.get(self.path)
        self.send_response(200 if html else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((html or GOOD.replace("Good", "Not found")).encode())

    do_GET = do_POST = _answer

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def house():
    server = http.server.ThreadingHTTPServer(("localhost", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(url=f"http://localhost:{server.server_port}")
    server.shutdown()


@pytest.fixture
def checker(browser, tmp_path):
    """One that has seen nothing: these pages differ in a style, which no skeleton has."""
    one = Checker(browser, Known(tmp_path))
    yield one
    one.leaves()


@pytest.fixture
def visitor(house, browser, checker, javascript):
    person = Person(browser, house, javascript, checker, PageCollection())
    yield person
    person.leaves()


def test_a_good_page_has_no_problems(visitor):
    visitor.opens("/good")
    visitor.fills("Email", "somebody@example.org")
    assert visitor.chooses("Kind", "Contact") == "Contact"
    assert visitor.chooses("Kind") == "Applicant"
    visitor.presses("Send")
    visitor.sees_heading("Thank you")
    assert visitor.problems == []
    assert len(visitor.collection.pages) == 2


def test_case_numbers_are_read_below_their_heading(visitor):
    visitor.opens("/good")
    assert visitor.case_numbers("Active") == ["ELE2026-00002"]
    assert visitor.case_numbers() == ["BLD2026-00001", "ELE2026-00002", "BLD-SFD2026-00003"]


@pytest.mark.parametrize("address, words", [
    ("/pale", "color-contrast at 1280 px"), ("/pale", "color-contrast at 320 px"), ("/wide", "scrolls sideways at 320 px"),
    ("/unlabelled", "label at 1280 px"), ("/broken-picture", "none.png answered 404"), ("/nowhere", "answered 404"),
])
def test_a_planted_problem_is_found(visitor, address, words):
    visitor.opens(address)
    assert any(words in problem for problem in visitor.problems), visitor.problems


def test_a_declared_status_is_no_problem(visitor):
    with visitor.expecting(404):
        assert visitor.opens("/nowhere") == 404
    assert visitor.problems == []


def test_a_console_error_is_found(house, browser, checker):
    person = Person(browser, house, True, checker, PageCollection())
    person.opens("/script")
    person.leaves()
    assert any("planted" in problem for problem in person.problems)


def test_what_only_people_without_scripts_see_is_checked(house, browser, checker):
    person = Person(browser, house, False, checker, PageCollection())
    person.opens("/without")
    person.leaves()
    assert any("color-contrast" in problem for problem in person.problems)


def test_the_keyboard_reaches_types_chooses_and_sends(visitor):
    keys = Keyboard(visitor)
    visitor.opens("/good")
    keys.types("Email", "somebody@example.org")
    assert keys.chooses("Kind", "Contact") == "Contact"
    keys.presses("Send")
    visitor.sees_heading("Thank you")


def test_an_unseen_focus_is_found(visitor):
    visitor.opens("/unseen-focus")
    with pytest.raises(AssertionError, match="focus cannot be seen"):
        Keyboard(visitor).reaches("button", "Send")


def test_the_html_checker_finds_a_planted_error():
    assert html_problems([("/good", GOOD)]) == []
    found = html_problems([("/good", GOOD), ("/bad", GOOD.replace("<p>", "<p></div>", 1))])
    assert len(found) == 1 and found[0].startswith("/bad, line"), found
