"""What must hold on every page: accessible at two widths, nothing sideways on a phone, valid HTML."""

import hashlib
import json
import re
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error

from .city import ROOT
from .reading import read

CHECKERS = ROOT / ".venv/checkers"
WIDE, NARROW = 1280, 320

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

RUN_AXE = """async (standards) => {
    const found = await axe.run(document, {
        runOnly: { type: 'tag', values: standards },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
    });
    return found.violations.map(v => ({
        rule: v.id, help: v.help, where: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200) + '\\n      ' + n.failureSummary),
    }));
}"""

SIDEWAYS = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1);
    return [`the page is ${document.documentElement.scrollWidth} px wide`].concat(
        wide.slice(-5).map(e => e.outerHTML.slice(0, 160)));
}"""


def sameness(html):
    """A key that two showings of one page share: tokens and digits differ between them, the page does not."""
    html = re.sub(r"[A-Za-z0-9_\-+/=]{20,}", "…", html)
    return hashlib.sha256(re.sub(r"\d+", "0", html).encode()).hexdigest()


def settled_content(page):
    """The page's HTML as it is now, asked again when the page was just leaving."""
    for _ in range(5):
        try:
            return page.content()
        except Error:
            page.wait_for_load_state("load")
    return page.content()


class Known:
    """Skeletons that axe found nothing on, in a folder that all processes of a run share: a file for each."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def __contains__(self, kind):
        return self._file(kind).exists()

    def add(self, kind):
        self._file(kind).touch()

    def _file(self, kind):
        return self.folder / hashlib.sha256(repr(kind).encode()).hexdigest()


class Checker:
    """Checks pages in a context of its own, so that a page whose JavaScript is off is checked exactly as that person has it:
    the captured HTML at its own address, with the server's own styles, and no script of the page running.

    Of pages with the same skeleton axe looks at one, as `support/rig.py` has it; whether words fit is looked at on each page that
    somebody on a phone was served."""

    def __init__(self, browser, known):
        self.browser = browser
        self.known = known
        self.axe = (CHECKERS / "axe.min.js").read_text()
        self.seen = set()
        self.assets = {}
        self.copy = None
        self.html = ""

    def problems(self, page, javascript, color_scheme="light", widths=(WIDE, NARROW)):
        """Every problem of the page as it stands, in words. A page that was checked before is not checked again."""
        html = settled_content(page)
        if not javascript:
            # The checker's browser has scripts on, and would hide what is there for people without them.
            html = re.sub(r"</?noscript[^>]*>", "", html)
        whole = f"{color_scheme} {widths} {sameness(html)}"
        if whole in self.seen:
            return []
        kind = (color_scheme, widths, read(html).skeleton())
        if kind in self.known:
            # Whoever is on a phone has the page before them as it is.
            found = self._sideways(page) if page.viewport_size["width"] <= NARROW else []
        else:
            copy = self._show(html, page.url, color_scheme, widths[0])
            found = self._axe(copy, widths)
            for width in [one for one in widths if one <= NARROW]:
                copy.set_viewport_size({"width": width, "height": 900})
                found += self._sideways(copy)
        if not found:
            self.seen.add(whole)
            self.known.add(kind)
        return found

    @staticmethod
    def _sideways(page):
        wide = page.evaluate(SIDEWAYS)
        return [f"scrolls sideways at {page.viewport_size['width']} px:\n    " + "\n    ".join(wide)] if wide else []

    def leaves(self):
        if self.copy:
            self.copy.context.close()

    def _axe(self, copy, widths):
        copy.evaluate(self.axe)
        found = []
        for width in widths:
            copy.set_viewport_size({"width": width, "height": 900})
            for violation in copy.evaluate(RUN_AXE, STANDARDS):
                where = "\n    ".join(violation["where"])
                found.append(f"{violation['rule']} at {width} px: {violation['help']}\n    {where}")
        return found

    def _show(self, html, url, color_scheme, width):
        if self.copy is None:
            self.copy = self.browser.new_context().new_page()
            self.copy.route("**/*", self._answer)
        self.html = html
        self.copy.emulate_media(color_scheme=color_scheme)
        self.copy.set_viewport_size({"width": width, "height": 900})
        self.copy.goto(url)
        return self.copy

    def _answer(self, route):
        kind, path = route.request.resource_type, urlsplit(route.request.url).path
        if kind == "document":
            route.fulfill(
                body=self.html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": "script-src 'none'"})
        elif kind == "script":
            route.abort()
        elif path.startswith("/assets/"):
            # Their names change with what is in them.
            if path not in self.assets:
                got = route.fetch()
                self.assets[path] = (got.body(), got.headers["content-type"], got.status)
            body, content_type, status = self.assets[path]
            route.fulfill(body=body, content_type=content_type, status=status)
        else:
            route.continue_()


class PageCollection:
    """Every different page the tests were served, for the HTML checker at the end."""

    def __init__(self):
        self.pages = {}

    def add(self, url, html):
        self.pages.setdefault(sameness(html), (url, html))

    def problems(self):
        return html_problems(list(self.pages.values()))


def html_problems(pages):
    """What the Nu HTML checker says about [(url, html)]: errors and warnings, in words.

    It may not guess the language of a page: it draws samples, and of one list of addresses and dates in Spanish it says now
    and then that it is Slovak. `english.py` finds what was left untranslated, and always the same."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for index, (url, html) in enumerate(pages):
            path = Path(folder) / f"{index:04}.html"
            path.write_text(html, encoding="utf-8")
            names[path.name] = url
        done = subprocess.run(
            ["java", "-Xss4m", "-jar", CHECKERS / "vnu.jar", "--format", "json", "--exit-zero-always", "--no-langdetect", folder],
            capture_output=True, text=True, timeout=240)
        report = json.loads(done.stderr or done.stdout)
    problems = []
    for message in report["messages"]:
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        page = names.get(message.get("url", "").rsplit("/", 1)[-1], message.get("url"))
        problems.append(
            f"{page}, line {message.get('lastLine')}: {message['message']}\n    {message.get('extract', '').strip()}")
    return problems
