"""Checks very many pages in little time: axe in two browsers at once, on pages kept in memory; then the HTML checker on all of them.

A page is checked at both widths in light, and its colors in dark, which is all that differs there. Contrast is judged by AAA (7:1). Of
pages with the same skeleton one is checked, and one of each route and language; with GROUNDWORK_TEST_ALL=1 every different page is, its
colors in dark at both widths, and pages without problems are remembered for the next run."""

import os
import queue
import threading
import time
from dataclasses import dataclass, field

from playwright.sync_api import sync_playwright

from .browser import launch
from .checks import CHECKERS, NARROW, SIDEWAYS, STANDARDS, WIDE, html_problems, sameness
from .remembered import Remembered

ALL = os.environ.get("GROUNDWORK_TEST_ALL") == "1"
WORKERS = 2

RUN = """async ([standards, only]) => {
    const options = only ? { runOnly: only } : {
        runOnly: { type: 'tag', values: standards },
        rules: { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: true } } };
    const found = await axe.run(document, { ...options, resultTypes: ['violations'] });
    return found.violations.flatMap(v => v.nodes.slice(0, 5).map(n => ({
        rule: v.id, help: v.help, element: n.html.slice(0, 200), summary: n.failureSummary })));
}"""
# A mail is a letter, shown as it was sent: it has no landmarks and begins without a heading.
NOT_FOR_MAILS = {"landmark-one-main", "page-has-heading-one", "region"}
# The rules that look at colors.
COLORS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
# After how many pages a long run says how far it is.
STEP = 200


@dataclass(frozen=True)
class Violation:
    """One rule that one element breaks, and how many pages have it."""

    rule: str
    help: str
    element: str
    summary: str
    where: str
    pages: list = field(default_factory=list, compare=False, hash=False)

    def __str__(self):
        more = f", and {len(self.pages) - 1} more" if len(self.pages) > 1 else ""
        return f"{self.rule} {self.where}: {self.help}\n    on {self.pages[0]}{more}\n    {self.element}\n    {self.summary}"


class Rig:
    def __init__(self, city, seen):
        self.city = city
        self.seen = seen
        self.axe = (CHECKERS / "axe.min.js").read_text()
        self.runs = self.known = 0
        self.violations = {}
        self.remembered = Remembered(RUN, COLORS, sorted(NOT_FOR_MAILS)) if ALL else set()
        self._assets = {}
        self._lock = threading.Lock()

    # --- which pages

    @staticmethod
    def chosen(sheets):
        """One sheet of each skeleton, and of each route and language; all different ones when everything is asked for."""
        keys, found = set(), []
        for sheet in sheets:
            wanted = {sameness(sheet.html)} if ALL else {sheet.skeleton}
            if sheet.status == 200:
                wanted.add((sheet.route, sheet.language))
            if wanted - keys:
                keys |= wanted
                found.append(sheet)
        return found

    # --- axe

    def check(self, sheets):
        """Checks them all, and says how far it is; what was found is in `violations`."""
        waiting, begun = queue.Queue(), time.monotonic()
        todo = [sheet for sheet in sheets if sheet.html not in self.remembered]
        for sheet in todo:
            waiting.put(sheet)
        broken, self.known = [], len(sheets) - len(todo)

        def work():
            try:
                with sync_playwright() as playwright:
                    browser = launch(playwright)
                    page = self._page(browser)
                    while True:
                        try:
                            self._one(page, waiting.get_nowait())
                        except queue.Empty:
                            break
                        done = len(todo) - waiting.qsize()
                        if done % STEP == 0:
                            print(f"{done} of {len(todo)} pages checked after {time.monotonic() - begun:.0f} s, "
                                  f"{len(self.violations)} problems", flush=True)
                    browser.close()
            except Exception as error:
                broken.append(error)

        threads = [threading.Thread(target=work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if broken:
            raise broken[0]

    def _page(self, browser):
        page = browser.new_context(reduced_motion="reduce").new_page()
        page.add_init_script(self.axe)
        page.sheet = None

        def answer(route):
            if route.request.resource_type == "document":
                route.fulfill(body=page.sheet.html, content_type="text/html; charset=utf-8",
                              headers={"Content-Security-Policy": "script-src 'none'"})
            elif route.request.resource_type == "script":
                route.abort()
            else:
                url = route.request.url
                if url not in self._assets:
                    got = route.fetch()
                    self._assets[url] = (got.body(), got.headers["content-type"])
                body, kind = self._assets[url]
                route.fulfill(body=body, content_type=kind)

        page.route("**/*", answer)
        return page

    def _one(self, page, sheet):
        page.sheet, page.clean = sheet, True
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.goto(self.city.url + sheet.path)
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="light")
            self._axe(page, f"at {width} px")
            if width == NARROW and (sideways := page.evaluate(SIDEWAYS)):
                self._found(page, "reflow", "the page scrolls sideways", sideways[-1], sideways[0], f"at {width} px")
            if width == WIDE or ALL:
                page.emulate_media(color_scheme="dark")
                self._axe(page, f"at {width} px, dark", COLORS)
        if page.clean:
            # Those who go about on pages like this one need no axe any more.
            self.seen.add(("light", (WIDE, NARROW), sheet.skeleton))
            if ALL:
                self.remembered.add(sheet.html)

    def _axe(self, page, where, only=None):
        found = page.evaluate(RUN, [STANDARDS, only])
        with self._lock:
            self.runs += 1
        for one in found:
            if page.sheet.route == "/demo/mail/{id}/html" and one["rule"] in NOT_FOR_MAILS:
                continue
            self._found(page, one["rule"], one["help"], one["element"], one["summary"], where)

    def _found(self, page, rule, help, element, summary, where):
        page.clean = False
        with self._lock:
            violation = Violation(rule, help, element, summary, where)
            self.violations.setdefault(violation, violation).pages.append(str(page.sheet))


def html_violations(sheets):
    """What the HTML checker says about one page of each skeleton; in chunks, so that one run does not take too long."""
    pages = [(str(sheet), sheet.html) for sheet in sheets]
    return [problem for start in range(0, len(pages), 400) for problem in html_problems(pages[start:start + 400])]
