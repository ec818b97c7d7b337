"""What several journeys do in the same way, step by step."""

import re

from .city import link_in
from .spanish import Beginning

PASSWORD = "four sandstone arches at noon"


def registers(person, email, first="Jordan", last="Avery", company=None, password=PASSWORD):
    """From the empty form to an account, through the mail."""
    person.opens("/register")
    person.sees_heading("Create an account")
    person.fills("Email", email)
    before = len(person.city.mails(email))
    person.presses("Continue")
    person.sees_heading("Check your email")
    mail = person.city.mail(email, more_than=before)
    person.opens(link_in(mail))
    person.sees_heading("Confirm your email")
    person.presses("Confirm")
    person.sees_heading("Finish your account")
    person.fills("First name", first)
    person.fills("Last name", last)
    if company:
        person.fills("Company (optional)", company)
    person.fills("Phone", "303-555-0142")
    person.fills("Password", password)
    person.presses("Create account")
    person.sees_button("Account menu")
    return {"email": email, "password": password, "name": f"{first} {last}"}


def opens_an_active_permit(person):
    """Opens the first case under "Active" and answers its number."""
    person.opens("/dashboard")
    person.sees_heading("My cases")
    active = person.case_numbers("Active")
    assert active, "nothing under Active on the dashboard"
    person.follows(active[0])
    person.sees_heading(active[0])
    return active[0]


def opens_contacts(person, number):
    person.opens(f"/cases/{number}")
    person.sees_heading(number)
    tabs = person._one("navigation", "Case")
    person.activates(tabs.get_by_role("link", name=re.compile(r"^Contact(o?)s")))
    person.sees_heading("Add a contact", level=2)


def looks_for_contact(person, words, contact_type=None):
    """Chooses a contact type and searches; answers the type."""
    chosen = person.chooses("Add contact as", contact_type)
    person.fills("Last name, company or email", words)
    person.presses("Search")
    return chosen


def invites_by_email(person, email, contact_type=None):
    """Adds whoever has exactly this email; works whether or not the city knows it."""
    looks_for_contact(person, email, contact_type)
    person.presses(Beginning(f"Add {email}"))


def rows_about(person, words):
    """The rows of a page's tables and lists that say these words."""
    return person.page.get_by_role("main").locator("tr, li").filter(has_text=words)


def last_name(account):
    return account["name"].split()[-1]
