"""What axe cannot see: where the focus is, how large things are, what happens at 320 pixels, what an error page says.

Every test goes over the same pages: one of each route, in English, by whoever sees most of it; docs/accessibility.md tells the rules."""

import re

import pytest

from support import looks
from support.browser import launch
from support.checks import NARROW, WIDE
from support.contract import Contract
from support.english import english_runs, is_typed, typed_texts
from support.promises import help_links, wrong_purposes
from support.reading import title
from support.stage import Stage

pytestmark = pytest.mark.timeout(900)
SPANISH, ENGLISH = "es", "en"


@pytest.fixture(scope="module")
def sheets(tour):
    """One page of each route, the longest that anybody was served, and one error page of each form."""
    longest = {}
    for sheet in tour.sheets:
        page = sheet.status == 200 and not sheet.after or sheet.status == 422
        if page and sheet.language == ENGLISH and not sheet.route.startswith("/demo/mail/"):
            if len(sheet.html) > len(longest[sheet.route].html if sheet.route in longest else ""):
                longest[sheet.route] = sheet
    return sorted(longest.values(), key=lambda sheet: sheet.route)


@pytest.fixture
def stage(browser, tour):
    shown = Stage(browser, tour.city, scripts=True)
    yield shown
    shown.closes()


def report(problems):
    """Fails with each problem once, and the pages that have it."""
    pages = {}
    for sheet, problem in problems:
        pages.setdefault(problem, []).append(str(sheet))
    lines = [f"{problem}\n    on {found[0]}" + (f" and {len(found) - 1} more" if found[1:] else "") for problem, found in pages.items()]
    assert not lines, f"{len(lines)} problems:\n\n" + "\n".join(lines)


def over(sheets, stage, look, width=WIDE):
    """What `look` finds on each page."""
    return [(sheet, problem) for sheet in sheets for problem in look(stage.shows(sheet, width))]


# --- focus


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_covers_what_has_the_focus(sheets, stage, width):
    report(over(sheets, stage, looks.covered_focus, width))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_a_thick_line_of_strong_contrast(sheets, stage, browser, scheme):
    stage.page.emulate_media(color_scheme=scheme)
    canvas, known = browser.new_page(), set()
    report(over(sheets, stage, lambda page: looks.faint_focus(page, canvas, known)))
    canvas.close()


def test_the_keyboard_goes_the_way_the_eye_does(sheets, stage):
    report(over(sheets, stage, looks.out_of_order))


# --- size


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_targets_are_large_enough(sheets, stage, width):
    report(over(sheets, stage, looks.small_targets, width))


# --- reflow


def test_nothing_is_cut_off_at_320_pixels(sheets, stage):
    report(over(sheets, stage, looks.cut_off, NARROW))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_cut_off_when_text_is_spaced_out(sheets, stage, width):
    report(over(sheets, stage, lambda page: looks.cut_off(page, looks.SPACING), width))


@pytest.fixture(scope="module")
def large_text(playwright_driver, tour):
    """A browser whose reader has set text to twice the size."""
    browser = launch(playwright_driver, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26")
    shown = Stage(browser, tour.city, scripts=True)
    yield shown
    browser.close()


def test_nothing_is_cut_off_when_text_is_twice_as_large(sheets, large_text):
    page = large_text.shows(sheets[0])
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px", "the browser did not enlarge the text"
    report(over(sheets, large_text, looks.cut_off))


# --- what the reader's system asks for


def test_with_forced_colors_the_focus_is_marked_and_nothing_is_cut_off(sheets, browser, tour):
    stage = Stage(browser, tour.city, forced_colors="active")
    report(over(sheets, stage, looks.unseen_focus) + over(sheets, stage, looks.cut_off))
    stage.closes()


def test_nothing_moves_for_those_who_ask_for_less_motion(sheets, browser, tour):
    stage = Stage(browser, tour.city, reduced_motion="reduce")
    report(over(sheets, stage, looks.moving))
    stage.closes()


# --- help


def test_help_is_in_the_same_order_on_every_page(tour):
    orders = {}
    for sheet in tour.sheets:
        if not sheet.route.startswith("/demo/mail/{id}/html"):
            staff = "staff" in next(node for node in sheet.root.all("body")).attributes.get("class", "")
            orders.setdefault((staff, help_links(sheet.root)), []).append(str(sheet))
    for staff in (False, True):
        of_kind = {order: pages for (is_staff, order), pages in orders.items() if is_staff == staff}
        assert all(of_kind), f"no help at all on {of_kind.get(())}"
        assert len(of_kind) == 1, "the order of help differs:\n" + "\n".join(f"{order}: {pages[0]}" for order, pages in of_kind.items())


# --- signing in (3.3.8)

SECRETS = {"/sign-in": ("username", "current-password"), "/staff/sign-in": ("username", "current-password"),
           "/register/finish": (None, "new-password"), "/reset/choose": (None, "new-password"),
           "/account/confirm-password": (None, "current-password")}


@pytest.mark.parametrize("path", SECRETS)
def test_a_password_can_be_pasted_and_filled_in_by_a_manager(sheets, stage, path):
    sheet = next(one for one in sheets if one.route == path)
    page = stage.shows(sheet)
    stage.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fields = page.locator("main input:not([type=hidden])")
    offers = fields.evaluate_all("fields => fields.map(field => field.autocomplete)")
    for wanted in filter(None, SECRETS[path]):
        assert wanted in offers, f"{path} has no field with autocomplete={wanted}: {offers}"
    password = page.locator("main input[type=password]").last
    page.evaluate("navigator.clipboard.writeText('four sandstone arches')")
    password.focus()
    page.keyboard.press("Control+V")
    assert password.input_value() == "four sandstone arches", f"nothing can be pasted into the password of {path}"


def test_nobody_has_to_solve_a_puzzle(tour):
    puzzles = [str(sheet) for sheet in tour.sheets if re.search(r"captcha|turnstile|challenge-platform", sheet.html, re.I)]
    assert not puzzles, puzzles


def test_fields_about_oneself_say_what_they_are_for(sheets):
    report([(sheet, problem) for sheet in sheets for problem in wrong_purposes(sheet.route, sheet.root)])


# --- errors


def test_an_error_page_says_what_is_wrong_and_leads_there(tour):
    pages = [sheet for sheet in tour.sheets if sheet.status == 422]
    assert len({sheet.route for sheet in pages}) > 15, "hardly any form was refused"
    report([(sheet, problem) for sheet in pages for problem in Contract(sheet).problems()])


def test_every_form_with_questions_that_must_be_answered_refuses_an_empty_one(tour):
    looked_at = 0
    for route in tour.routes.forms:
        sent = [sheet for sheet in tour.sheets if sheet.route == "POST " + route.path and sheet.after == ", sent empty"]
        page = next((one for one in tour.sheets if one.status == 200 and has_required(one, route)), None)
        if sent and page:
            looked_at += 1
            assert {sheet.status for sheet in sent} == {422}, f"{route.path} took an empty form: {sent[0]}"
    assert looked_at > 10, f"only {looked_at} forms with required answers were sent empty"


def has_required(sheet, route):
    for form in sheet.root.all("form"):
        if route.pattern.fullmatch(form.attributes.get("action", "")):
            controls = list(form.all("input", "textarea", "select"))
            # Of choices that begin with one, none can be left open.
            chosen = {control.attributes.get("name") for control in controls if "checked" in control.attributes}
            return any("required" in one.attributes and one.attributes.get("name") not in chosen for one in controls)
    return False


KEPT = {
    "/register/finish": {"first_name": "Jordana", "last_name": "Averystone", "company": "Sentinel Works", "phone": "12"},
    "/access-request": {"case": "A sentinel place", "part": "The sentinel's house", "email": "not an email", "name": "Sentinela"},
    "/help/primary-email": {"company": "Sentinel Works", "mailbox": "not an email", "why": "The sentinel's desk"},
}


@pytest.mark.parametrize("path", KEPT)
def test_what_was_typed_is_not_asked_again(tour, path):
    """3.3.7. An error elsewhere in the form leaves every other answer as it was."""
    role = "somebody half-way through registering" if path.startswith("/register") else "guest"
    person = next(one for name, one in tour.people if name == role)
    answer = person.sends(path, KEPT[path])
    assert answer.status == 422, f"{path} took a wrong answer"
    shown = {}
    for form in answer.forms():
        shown |= form.fields
    lost = {name: typed for name, typed in KEPT[path].items() if shown.get(name, "").strip() != typed}
    assert not lost, f"{path} asks again for {lost}; it shows {shown}"


# --- language


def test_spanish_pages_have_no_english(tour, capsys):
    """What people typed stays in their language; it is only listed, as long as the pages do not say which language that is."""
    typed = typed_texts(tour.city, tour.people[0][1])
    problems, listed = [], set()
    for sheet in tour.sheets:
        if sheet.language == SPANISH and sheet.status == 200 and not sheet.after and not sheet.route.startswith("/demo/mail/"):
            for run in english_runs(sheet.root):
                if is_typed(run, typed):
                    listed.add(run)
                else:
                    problems.append((sheet, f"“{run[:160]}” is English where the language is Spanish"))
    with capsys.disabled():
        print(f"\n\nTexts that people typed in English, on Spanish pages without a language of their own: {len(listed)}")
    report(problems)


def test_every_page_says_its_language_and_its_name(tour):
    problems = []
    for sheet in tour.sheets:
        if sheet.route == "/demo/mail/{id}/html":
            continue
        lang = next(node for node in sheet.root.all("html")).attributes.get("lang")
        if lang != sheet.language:
            problems.append((sheet, f"lang is {lang!r} and the reader asked for {sheet.language!r}"))
        if not title(sheet.root):
            problems.append((sheet, "the page has no title"))
    report(problems)
