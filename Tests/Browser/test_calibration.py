"""The rig looks at itself: known barriers are planted one by one into real pages, and it is measured what finds each.

The table it prints stands in docs/accessibility.md."""

from dataclasses import replace

import pytest

from support import looks
from support.barriers import BARRIERS
from support.checks import NARROW, ROOT, STANDARDS, WIDE, html_problems
from support.contract import Contract
from support.english import english_runs
from support.promises import help_links, wrong_purposes
from support.reading import read
from support.rig import RUN
from support.stage import Stage

pytestmark = pytest.mark.timeout(900)


class Instruments:
    """Everything that looks at one page; each answers a set of words."""

    def __init__(self, browser, city):
        self.stage = Stage(browser, city, scripts=True, reduced_motion="reduce").with_axe()
        self.stage.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.canvas = browser.new_page()

    def find(self, sheet, html):
        """All but the HTML checker, which takes its pages together."""
        planted = replace(sheet, html=html, root=read(html))
        found = {
            "axe": self._axe(sheet, html),
            "focus covered": self._tab(sheet, html, looks.covered_focus),
            "focus mark": self._tab(sheet, html, lambda page: looks.faint_focus(page, self.canvas)),
            "keyboard order": looks.out_of_order(self.stage.shows(sheet, html=html)),
            "target size": looks.small_targets(self.stage.shows(sheet, html=html)),
            "320 px": looks.cut_off(self.stage.shows(sheet, NARROW, html)),
            "text spacing": looks.cut_off(self.stage.shows(sheet, html=html), looks.SPACING),
            "motion": looks.moving(self.stage.shows(sheet, html=html)),
            "error page": Contract(planted).problems() if sheet.status == 422 else [],
            "language": english_runs(planted.root),
            "help order": [str(help_links(planted.root))],
            "purpose of fields": wrong_purposes(sheet.route, planted.root),
            "pasting": self._pasting(sheet, html),
        }
        return {name: set(problems) for name, problems in found.items()}

    def _axe(self, sheet, html):
        problems = set()
        for width in (WIDE, NARROW):
            found = self.stage.shows(sheet, width, html).evaluate(RUN, [STANDARDS, None])
            problems |= {(one["rule"], one["element"]) for one in found}
        return problems

    def _tab(self, sheet, html, look):
        try:
            return look(self.stage.shows(sheet, html=html))
        except AssertionError as held:
            return ["the keyboard is held: " + str(held)]

    def _pasting(self, sheet, html):
        page = self.stage.shows(sheet, html=html)
        password = page.locator("main input[type=password]")
        if not password.count():
            return []
        page.evaluate("navigator.clipboard.writeText('arches')")
        password.last.focus()
        page.keyboard.press("Control+V")
        return [] if password.last.input_value() == "arches" else ["nothing can be pasted"]

    def closes(self):
        self.stage.closes()
        self.canvas.close()


def html_faults(pages):
    """What the HTML checker says of each of {name: html}, without lines."""
    found = {name: set() for name in pages}
    for problem in html_problems(list(pages.items())):
        name, fault = problem.split(", line ", 1)
        found[name].add(fault.split(": ", 1)[1].split("\n")[0])
    return found


def page_of(tour, barrier):
    return next(
        sheet for sheet in tour.sheets
        if sheet.route == barrier.route and sheet.language == barrier.language and sheet.status == barrier.status and barrier.old in sheet.html)


def test_planted_barriers_are_found(tour, browser, capsys):
    instruments = Instruments(browser, tour.city)
    clean, rows, wrong, pages = {}, [], [], {}
    sheets = {barrier.name: page_of(tour, barrier) for barrier in BARRIERS}
    for barrier in BARRIERS:
        pages[barrier.name] = barrier.planted(sheets[barrier.name].html)
        pages["clean: " + barrier.name] = sheets[barrier.name].html
    faults = html_faults(pages)
    for barrier in BARRIERS:
        sheet = sheets[barrier.name]
        key = sheet.path, sheet.role, sheet.language, sheet.after
        if key not in clean:
            clean[key] = instruments.find(sheet, sheet.html)
        found = instruments.find(sheet, pages[barrier.name])
        by = [name for name, problems in found.items() if problems - clean[key][name]]
        if faults[barrier.name] - faults["clean: " + barrier.name]:
            by.insert("axe" in by, "HTML checker")
        rows.append(f"| {barrier.name} | {', '.join(by) or 'only a person'} |")
        if bool(by) != barrier.is_found:
            wrong.append(f"{barrier.name}: {'found by ' + ', '.join(by) if by else 'nothing finds it'}")
    instruments.closes()
    count = sum("only a person" not in row for row in rows)
    with capsys.disabled():
        print(f"\n\nCalibration: {count} of {len(rows)} planted barriers are found\n" + "\n".join(rows))
    assert not wrong, "\n".join(wrong)
    told = (ROOT / "docs/accessibility.md").read_text()
    missing = [row for row in rows if row not in told]
    assert not missing, "docs/accessibility.md does not say what was measured; these rows are new:\n" + "\n".join(missing)
