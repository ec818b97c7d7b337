"""Pictures of every page in every condition. Each entry of PAGES is an address, or a function that goes there."""

import html
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from support.browser import launch
from support.city import City, ROOT, build_demo, link_in

FOLDER = ROOT / "var" / "screens"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

# name: (options of the browser, language)
CONDITIONS = {
    "wide": ({"viewport": WIDE}, "en"),
    "dark": ({"viewport": WIDE, "color_scheme": "dark"}, "en"),
    "phone": ({"viewport": PHONE}, "en"),
    "phone-spanish": ({"viewport": PHONE}, "es"),
    "forced-colors": ({"viewport": WIDE, "forced_colors": "active"}, "en"),
    "huge": ({"viewport": {"width": 3840, "height": 2160}}, "en"),
    "print": ({"viewport": {"width": 794, "height": 1123}}, "en"),
}

LONG = "Maximiliana Konstantinopolitanska-Wolfeschlegelsteinhausenberger de la Santísima Trinidad y Compañía"


class Tour:
    """One role's way through the city in one condition."""

    def __init__(self, context, city, language):
        self.page = context.new_page()
        self.city = city
        self.language = language
        if language == "es":
            self.page.goto("/language/es")

    def signs_in(self, role, at="/sign-in"):
        account = self.city.account(role)
        self.page.goto(at)
        self.page.locator("input[name=email]").fill(account["email"])
        self.page.locator("input[name=password]").fill(account["password"])
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state("load")

    def posts(self, address, values=(), form=0):
        """Fills fields by name and presses the button of a form of the main part."""
        self.page.goto(address)
        for name, value in dict(values).items():
            field = self.page.locator(f"main [name={name}]").first
            kind = field.evaluate("e => e.type")
            if kind.startswith("select"):
                field.select_option(index=1)
            elif kind in ("radio", "checkbox"):
                field.check()
            else:
                field.fill(value)
        self.page.locator("main form:has([name=once])").nth(form).locator("button:not([name])").last.click()
        self.page.wait_for_load_state("load")


def case_of(tour):
    """The first case of the dashboard."""
    tour.page.goto("/dashboard")
    links = tour.page.locator("main a").all_inner_texts()
    return next(text for text in links if re.fullmatch(r"[A-Z-]+\d{4}-\d+", text))


def request_of(tour, queue):
    tour.page.goto(f"/staff/desk/{queue}")
    return tour.page.locator("main a[href*='/access-requests/']").first.get_attribute("href")


def public_pages(tour):
    for name, address in {
        "home": "/", "register": "/register", "check-email": "/register/check-email", "sign-in": "/sign-in",
        "staff-sign-in": "/staff/sign-in", "reset": "/reset", "search": "/search", "search-words": "/search?q=panel",
        "search-nothing": "/search?q=zzzzqqq", "search-typo": "/search?q=electrcal", "guide": "/guide",
        "guide-old-portal": "/guide/old-portal", "guide-create": "/guide/create-an-account", "guide-add": "/guide/add-a-contact",
        "guide-types": "/guide/contact-types", "guide-missing": "/guide/missing-cases", "guide-company": "/guide/company",
        "guide-questions": "/guide/questions", "guide-staff": "/guide/staff", "guide-search": "/guide?q=company",
        "help": "/help", "ask": "/access-request", "primary-email": "/help/primary-email", "accessibility": "/accessibility",
        "conformance": "/accessibility/conformance", "not-found": "/no/such/page", "demo": "/demo", "demo-mail": "/demo/mail",
    }.items():
        yield name, lambda address=address: tour.page.goto(address)
    yield "register-error", lambda: tour.posts("/register", {"email": "nobody"})
    yield "ask-error", lambda: tour.posts("/access-request")
    yield "ask-received", lambda: tour.posts(
        "/access-request", {"case": "ELE2021-00408", "part": "Owner", "email": "screens@mail.example", "name": LONG})
    yield "topics", lambda: tour.page.goto("/help/ask")
    yield "question", lambda: tour.page.goto(first(tour, "/help/ask", "main a[href*='/help/ask/']"))
    yield "finish", lambda: finish(tour)
    yield "finish-error", lambda: tour.page.locator("main form button[type=submit]").first.click()
    yield "mail", lambda: tour.page.goto(first(tour, "/demo/mail", "main a[href*='/demo/mail/']"))
    yield "sign-in-wrong", lambda: wrong_password(tour)


def first(tour, address, selector):
    tour.page.goto(address)
    return tour.page.locator(selector).first.get_attribute("href")


def finish(tour):
    email = f"new-{id(tour)}@mail.example"
    tour.page.goto("/register")
    tour.page.locator("input[name=email]").fill(email)
    tour.page.locator("main form button[type=submit]").click()
    tour.page.goto(link_in(tour.city.mail(email)))
    tour.page.locator("main form button[type=submit]").click()


def wrong_password(tour):
    tour.page.goto("/sign-in")
    tour.page.locator("input[name=email]").fill("somebody@mail.example")
    tour.page.locator("input[name=password]").fill("not the password")
    tour.page.locator("main form button[type=submit]").first.click()


def own_pages(tour):
    tour.signs_in("company owner")
    number = case_of(tour)
    for name, address in {
        "dashboard": "/dashboard", "cases": "/cases", "case": f"/cases/{number}", "case-contacts": f"/cases/{number}/contacts",
        "case-locations": f"/cases/{number}/locations", "case-sub-records": f"/cases/{number}/sub-records",
        "case-timeline": f"/cases/{number}/timeline", "case-fees": f"/cases/{number}/fees",
        "case-inspections": f"/cases/{number}/inspections", "account": "/account", "account-details": "/account/details",
        "account-emails": "/account/emails", "account-mail": "/account/mail", "account-password": "/account/password",
        "account-records": "/account/records", "account-activity": "/account/activity", "account-requests": "/account/requests",
        "searches": "/searches", "correct": "/help/correct", "account-security": "/account/security",
        "account-close": "/account/close", "account-same": "/account/contacts/same", "confirm-password": "/account/confirm-password",
        "following": "/account/following", "collections": "/account/collections", "case-collections": f"/cases/{number}/collections",
        "claim": "/claim", "claim-card": "/claim/card", "claim-code": "/claim/code", "claim-invoice": "/claim/invoice",
        "claim-letter": "/claim/letter",
    }.items():
        yield name, lambda address=address: tour.page.goto(address)
    yield "contact-search", lambda: tour.page.goto(f"/cases/{number}/contacts?as=applicant&q=construction")
    yield "organization", lambda: tour.page.goto(first(tour, "/account", "main a[href*='/account/organization/']"))
    yield "organization-invite", lambda: tour.page.goto(
        first(tour, first(tour, "/account", "main a[href*='/account/organization/']"), "main a[href$='/invite']"))
    yield "claim-card-error", lambda: tour.posts("/claim/card", {"case": number, "code": "not this one"})
    yield "place", lambda: tour.page.goto(first(tour, f"/cases/{number}", "main a[href*='/addresses/']"))


def desk_pages(tour):
    tour.signs_in("contact steward", at="/staff/sign-in")
    for name, address in {
        "desk": "/staff/desk", "desk-requests": "/staff/desk/access-requests", "desk-questions": "/staff/desk/questions",
        "desk-numbers": "/staff/desk/numbers", "staff-roles": "/staff/roles", "staff-patterns": "/staff/patterns",
        "forbidden": "/staff/system", "staff-contacts": "/staff/contacts", "staff-contacts-found": "/staff/contacts?q=front",
        "staff-contacts-nothing": "/staff/contacts?q=zzzzqqq", "clean-up": "/staff/desk/clean-up", "clean-up-batch": "/staff/desk/clean-up/batch",
        "proposals": "/staff/desk/clean-up/proposals", "letters": "/staff/desk/letters", "staff-claims": "/staff/claims",
    }.items():
        yield name, lambda address=address: tour.page.goto(address)
    yield "desk-request", lambda: tour.page.goto(request_of(tour, "access-requests"))
    yield "desk-question", lambda: tour.page.goto(request_of(tour, "questions"))
    yield "staff-contact", lambda: tour.page.goto(first(tour, "/staff/contacts?q=front", "main a[href*='/staff/contacts/']"))
    yield "contact-hold", lambda: tour.page.goto(first(tour, "/staff/contacts?q=front", "main a[href*='/staff/contacts/']") + "/hold")
    yield "contact-merge", lambda: tour.page.goto(first(tour, "/staff/contacts?q=front", "main a[href*='/staff/contacts/']") + "/merge?q=range")
    yield "clean-up-pair", lambda: tour.page.goto(first(tour, "/staff/desk/clean-up", "main a[href*='/staff/desk/clean-up/']"))
    yield "card", lambda: tour.page.goto(f"/staff/cases/{tour.city.account('company owner')['cases'][0]}/card")


def support_pages(tour):
    tour.signs_in("supervisor", at="/staff/sign-in")
    yield "support", lambda: tour.page.goto("/staff/accounts")
    yield "support-error", lambda: tour.posts("/staff/accounts", {"email": "nobody@example.org"})
    yield "support-account", lambda: tour.posts("/staff/accounts", {"email": tour.city.account("company owner")["email"]})


def administration_pages(tour):
    tour.signs_in("administrator", at="/staff/sign-in")
    for name, address in {"pack": "/staff/pack", "imports": "/staff/imports", "system": "/staff/system",
            "security": "/staff/security", "security-empty": "/staff/security?network=192.0.2.99"}.items():
        yield name, lambda address=address: tour.page.goto(address)
    yield "security-error", lambda: tour.posts("/staff/security", {"find": "somebody"})
    yield "pack-version", lambda: tour.page.goto(first(tour, "/staff/pack", "main a[href*='/staff/pack/history/']"))


def prepares(context, city):
    """What the desk has to do, before anybody looks at it."""
    tour = Tour(context, city, "en")
    person = {"email": "screens@mail.example", "name": LONG}
    tour.posts("/access-request", {"case": "ELE2021-00408", "part": "Owner", **person})
    topic = first(tour, "/help/ask", "main a[href*='/help/ask/']")
    tour.posts(topic, {"about": "My address", "text": "I moved. How do I change my address?", **person})
    assert not tour.page.locator("main .errors").count(), f"{topic} did not take the question"


TOURS = [public_pages, own_pages, desk_pages, support_pages, administration_pages]


def sheet(taken):
    """One page that shows them all, a row for each page."""
    rows = []
    for name in dict.fromkeys(name for name, _ in taken):
        cells = "".join(
            f'<td><a href="{condition}/{name}.png"><img loading="lazy" src="{condition}/{name}.png" alt="{name}, {condition}"></a></td>'
            if (name, condition) in taken else "<td></td>" for condition in CONDITIONS)
        rows.append(f"<tr><th scope=row>{html.escape(name)}</th>{cells}</tr>")
    head = "".join(f"<th scope=col>{condition}</th>" for condition in CONDITIONS)
    style = "img{width:220px;max-height:330px;object-fit:cover;object-position:top;border:1px solid #999}th,td{padding:4px;vertical-align:top}"
    (FOLDER / "index.html").write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Screens</title><style>{style}</style>"
        f"<table><tr><th></th>{head}</tr>{''.join(rows)}</table></html>", encoding="utf-8")


def main(words):
    if not words:
        shutil.rmtree(FOLDER, ignore_errors=True)
    conditions = [name for name in CONDITIONS if name in words] or list(CONDITIONS)
    parts = [word for word in words if word not in CONDITIONS]
    taken, missed = [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build_demo(Path(folder) / "data")
        city = City(Path(folder) / "city", template=Path(folder) / "data").start()
        browser = launch(playwright)
        try:
            with_context = browser.new_context(base_url=city.url)
            prepares(with_context, city)
            with_context.close()
            for condition in conditions:
                options, language = CONDITIONS[condition]
                (FOLDER / condition).mkdir(parents=True, exist_ok=True)
                for tour in TOURS:
                    context = browser.new_context(base_url=city.url, **options)
                    context.set_default_timeout(5000)
                    steps = Tour(context, city, language)
                    for name, goes in tour(steps):
                        if parts and not any(part in name for part in parts):
                            continue
                        try:
                            goes()
                            steps.page.wait_for_load_state("load")
                            if condition == "print":
                                steps.page.emulate_media(media="print")
                            steps.page.screenshot(path=FOLDER / condition / f"{name}.png", full_page=True)
                            taken.append((name, condition))
                        except Exception as problem:
                            missed.append(f"{condition}/{name}: {str(problem).splitlines()[0]}")
                        finally:
                            if condition == "print":
                                steps.page.emulate_media(media="screen")
                    context.close()
        finally:
            browser.close()
            city.stop()
    sheet(taken)
    print(f"{len(taken)} pictures in {FOLDER}; {len(missed)} could not be taken")
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
