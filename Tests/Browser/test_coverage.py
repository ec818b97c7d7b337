"""Every page, for everybody, in both languages: none is left out, and each is accessible and valid HTML (A-01).

The figures it prints stand in docs/accessibility.md."""

import re

import pytest

from support.rig import ALL, Rig, html_violations
from support.routes import NO_PAGE, NOTHING_TO_FILL_IN
from support.tour import LANGUAGES

# The first test waits for everybody's tour.
pytestmark = pytest.mark.timeout(900)


# The tour writes very long messages; a page with a secret in its address is never compressed.
AS_LONG_AS_TYPED = {"/access-request/{token}"}


def served(tour, path):
    return [sheet for sheet in tour.sheets if sheet.route == path and sheet.status == 200]


def test_every_page_was_opened(tour):
    missing = [route.path for route in tour.routes.pages if not served(tour, route.path)]
    assert not missing, (
        "Nobody of the tour was served these pages. Let somebody do in support/furnished.py what makes the page appear, or, if "
        f"it is no page, name the route in NO_PAGE of support/routes.py: {missing}")
    assert not tour.routes.unknown_no_pages(), f"NO_PAGE names routes that do not exist: {tour.routes.unknown_no_pages()}"


def test_every_page_was_opened_in_both_languages(tour):
    for route in tour.routes.pages:
        languages = {sheet.language for sheet in served(tour, route.path)}
        assert languages == {"en", "es"}, f"{route.path} was only served in {languages}"


def test_what_is_no_page_is_what_the_table_says(tour):
    wrong = [
        f"{path} is said to be {what} ({kind or 'no content'}) and answers {tour.kinds.get(path)!r}"
        for what, kinds in NO_PAGE.items() for kind, paths in kinds.items() for path in paths if tour.kinds.get(path) != kind]
    assert not wrong, "\n".join(wrong)


def test_every_form_was_sent_with_mistakes(tour):
    missing = [route.path for route in tour.routes.forms if route.path not in tour.forms_tried and route.path not in NOTHING_TO_FILL_IN]
    assert not missing, (
        "The tour met no page with a form for these routes. Let somebody do in support/furnished.py what makes the form appear: "
        f"{missing}")


def test_no_page_fails(tour):
    failing = {str(sheet) for sheet in tour.sheets if sheet.status >= 500}
    assert not failing, f"answered 500 and up: {sorted(failing)}"


def test_every_public_page_is_light(tour, capsys):
    """P5: what must come before anything is painted, and everything the page asks for."""
    _, guest = tour.people[0]
    first, all_of_it, assets = {}, {}, {}
    for language in LANGUAGES:
        guest.speaks(language)
        for sheet in tour.sheets:
            if (sheet.role, sheet.language, sheet.status, sheet.after) != ("guest", language, 200, ""):
                continue
            if sheet.route in AS_LONG_AS_TYPED:
                continue
            page = guest.weighs(sheet.path)
            needed, later = assets_of(sheet.html)
            for asset in needed + later:
                assets.setdefault(asset, guest.weighs(asset))
            first[sheet.path, language] = page + sum(assets[asset] for asset in needed)
            all_of_it[sheet.path, language] = first[sheet.path, language] + sum(assets[asset] for asset in later)
            assert len(needed) <= 1, f"{sheet}: more than one stylesheet is waited for: {needed}"
    heaviest, most = max(first, key=first.get), max(all_of_it, key=all_of_it.get)
    with capsys.disabled():
        print(f"\n\nWeight of {len(first)} public pages, compressed\n  heaviest first paint: {first[heaviest]} bytes, {heaviest}"
              f"\n  heaviest in all, without pictures that wait: {all_of_it[most]} bytes, {most}")
    assert first[heaviest] <= 14 * 1024, heaviest
    assert all_of_it[most] <= 50 * 1024, most


def assets_of(html):
    """The addresses a page must have before it is painted, and the ones that may come later."""
    needed = re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"', html)
    scripts = re.findall(r"<script([^>]*)>", html)
    later = []
    for attributes in scripts:
        source = re.search(r'src="([^"]+)"', attributes)
        if source:
            (later if re.search(r"\b(defer|async)\b|type=\"module\"", attributes) else needed).append(source[1])
    later += re.findall(r'<link[^>]*rel="icon"[^>]*href="([^"]+)"', html)
    for picture in re.findall(r"<img([^>]*)>", html):
        if 'loading="lazy"' not in picture:
            later.append(re.search(r'src="([^"]+)"', picture)[1])
    return needed, later


@pytest.mark.timeout(3 * 3600 if ALL else 3600)
def test_every_page_is_accessible_and_valid(tour, known, capsys):
    rig = Rig(tour.city, known)
    chosen = rig.chosen(tour.sheets)
    with capsys.disabled():
        rig.check(chosen)
    html = html_violations(chosen)
    everything, pages = tour.routes.all, tour.routes.pages
    gets = [route for route in everything if route.method == "GET"]
    covered = [route for route in pages if served(tour, route.path)]
    figures = [
        f"routes registered: {len(everything)}: {len(gets)} GET, {len(everything) - len(gets)} POST",
        f"pages covered: {len(covered)} of {len(pages)}; not pages: "
        + ", ".join(f"{sum(map(len, kinds.values()))} {what}" for what, kinds in NO_PAGE.items()),
        f"forms sent with mistakes: {len(tour.forms_tried)} of {len(tour.routes.forms)}; nothing to fill in: {len(NOTHING_TO_FILL_IN)}",
        f"people: {len(tour.people)}; pages fetched: {tour.fetched}, of them HTML: {len(tour.sheets)}",
        f"distinct skeletons: {len({sheet.skeleton for sheet in tour.sheets})}; pages checked: {len(chosen)}"
        + (f", {rig.known} of them by an earlier run" if rig.known else ""),
        f"axe runs: {rig.runs}; pages for the HTML checker: {len(chosen)}",
        f"violations: {len(rig.violations)} by axe, {len(html)} by the HTML checker",
    ]
    with capsys.disabled():
        print("\n\nCoverage\n  " + "\n  ".join(figures))
    found = [str(violation) for violation in rig.violations] + html
    assert not found, f"{len(found)} problems:\n\n" + "\n\n".join(found[:60])
