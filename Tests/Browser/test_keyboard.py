"""The contractor's whole journey without touching a mouse."""

import re

from support.city import link_in
from support.keyboard import Keyboard
from support.steps import PASSWORD, last_name, registers


def test_a_contractor_does_everything_by_keyboard(city, person):
    company, homeowner = city.account("unregistered company"), city.account("homeowner")
    name = homeowner["name"]
    contractor = person("the contractor")
    keys = Keyboard(contractor)

    contractor.opens("/register")
    keys.types("Email", company["email"])
    keys.presses("Continue")
    contractor.opens(link_in(city.mail(company["email"])))
    keys.presses("Confirm", key="Space")
    keys.types("First name", "Jordan")
    keys.types("Last name", "Avery")
    keys.types("Phone", "303-555-0142")
    keys.types("Password", PASSWORD)
    keys.presses("Create account")
    contractor.sees(re.compile(r"You now act for \S+"))

    contractor.opens("/dashboard")
    number = contractor.case_numbers("Active")[0]
    keys.follows(number)
    contractor.sees_heading(number)
    keys.follows(re.compile("^Contacts"))
    keys.chooses("Add contact as")
    keys.types("Last name, company or email", last_name(homeowner))
    keys.presses("Search")
    keys.presses(f"Add {name} to favorites", key="Space")
    contractor.sees_button(f"Remove {name} from favorites")
    if not contractor.has_button(f"Add {name}"):
        keys.chooses("Add contact as")
        keys.types("Last name, company or email", last_name(homeowner))
        keys.presses("Search")
    keys.presses(f"Add {name}")
    contractor.sees_button(f"Remove {name}")

    keys.opens_menu("Account menu")
    out = contractor.page.get_by_role("button", name="Sign out", exact=True)
    keys.presses("Sign out") if out.count() else keys.follows("Sign out")
    contractor.sees_link("Sign in")


def test_the_first_tab_offers_to_skip_to_the_content(person):
    visitor = person("somebody with a screen reader")
    for address in ("/", "/search", "/sign-in"):
        visitor.opens(address)
        visitor.page.keyboard.press("Tab")
        skip = visitor.page.get_by_role("link", name="Skip to main content", exact=True)
        assert skip.and_(visitor.page.locator(":focus")).count() == 1, f"{address} does not begin with the skip link"
        visitor.page.keyboard.press("Enter")
        visitor.page.keyboard.press("Tab")
        inside = visitor.page.get_by_role("main").locator(":focus").count()
        assert inside or visitor.page.get_by_role("contentinfo").locator(":focus").count(), f"{address}: nothing was skipped"


def test_an_error_is_reached_and_mended_by_keyboard(person):
    visitor = person("somebody in a hurry")
    keys = Keyboard(visitor)
    visitor.opens("/register")
    keys.types("Email", "not an email")
    with visitor.expecting(400, 422):
        keys.presses("Continue")
    summary = visitor.page.get_by_role("main").get_by_role("alert").get_by_role("link").first
    keys.follows(summary.inner_text().strip())
    field = visitor.page.get_by_role("textbox", name="Email", exact=True)
    assert field.and_(visitor.page.locator(":focus")).count() == 1, "the summary's link does not lead to the field"
    keys.types("Email", "somebody.in.a.hurry@example.org")
    keys.presses("Continue")
    visitor.sees_heading("Check your email")


def test_asking_for_access_and_answering_it_by_keyboard(city, person):
    known = city.account("unregistered person")
    number, name = known["cases"][0], known["name"]
    first, last = name.rsplit(" ", 1)
    asker = person("the asker")
    registers(asker, "another.address@example.org", first=first, last=last)
    keys = Keyboard(asker)
    asker.opens("/dashboard")
    keys.follows("Something missing?")
    asker.sees_heading("Ask for access")
    keys.types("Case number or address", number)
    keys.types("What is your part in it?", "I own the house")
    keys.presses("Send request")
    asker.sees_heading("Request received")

    steward = person("the contact steward")
    desk = Keyboard(steward)
    account = city.account("contact steward")
    steward.opens("/staff/sign-in")
    desk.types("Email", account["email"])
    desk.types("Password", account["password"])
    desk.presses("Sign in")
    steward.sees_heading("Desk")
    desk.follows("Access requests")
    desk.follows(re.compile(r"^[A-Z]+-?\d"))
    desk.presses(f"Link {name}", key="Space")

    asker.opens("/dashboard")
    keys.follows(number)
    asker.sees_heading(number)
