"""What people come to do, each from start to end and in every way of `WAYS`: with scripts and without, by keyboard alone, on a
phone of 320 pixels, and in Spanish.

Every page met on the way is checked for accessibility at two widths, for scripts that fail and requests that fail; see docs/testing.md.
"""

import re

from support.city import eventually, link_in
from support.spanish import Beginning, one_of
from support.steps import (
    PASSWORD, last_name, looks_for_contact, opens_an_active_permit, opens_contacts, registers, rows_about,
)

# --- my cases are there when I sign in


def test_a_contractor_registers_and_finds_the_companys_cases(city, person):
    company = city.account("unregistered company")
    contractor = person("the contractor")
    registers(contractor, company["email"])
    contractor.sees("You now act for")
    if company.get("name"):
        contractor.sees(f"You now act for {company['name']}")
    contractor.opens("/dashboard")
    contractor.sees_heading("My cases")
    for bucket in ("Needs your attention", "Pending", "Active", "Recent", "Drafts"):
        contractor.sees_heading(bucket, level=2)
    contractor.sees_link("Something missing?")
    listed = contractor.case_numbers()
    assert listed
    assert set(company.get("cases", [])) <= set(listed)


def test_a_person_the_city_knows_registers_and_finds_their_cases(city, person):
    known = city.account("unregistered person")
    homeowner = person("the homeowner")
    registers(homeowner, known["email"])
    homeowner.opens("/dashboard")
    listed = homeowner.case_numbers()
    assert listed
    assert set(known.get("cases", [])) <= set(listed)


def test_somebody_new_registers_and_is_told_what_to_do_next(person):
    newcomer = person("the newcomer")
    registers(newcomer, "newcomer@example.org")
    newcomer.opens("/dashboard")
    newcomer.sees_heading("My cases")
    assert newcomer.case_numbers() == []
    newcomer.sees_link("Something missing?")


def test_a_confirmation_link_opened_by_a_mail_scanner_still_works(city, person):
    newcomer = person("the newcomer")
    newcomer.opens("/register")
    newcomer.fills("Email", "scanned@example.org")
    newcomer.presses("Continue")
    link = link_in(city.mail("scanned@example.org"))
    scanner = person("the mail scanner")
    scanner.opens(link)
    scanner.opens(link)
    newcomer.opens(link)
    newcomer.presses("Confirm")
    newcomer.sees_heading("Finish your account")


def test_registering_says_the_same_for_an_email_the_city_knows(city, person):
    words = {}
    for email in (city.account("homeowner")["email"], city.account("unregistered person")["email"], "nobody@example.org"):
        visitor = person(f"somebody with {email}")
        visitor.opens("/register")
        visitor.fills("Email", email)
        visitor.presses("Continue")
        visitor.sees_heading("Check your email")
        words[email] = visitor.main_text().replace(email, "EMAIL")
    assert len(set(words.values())) == 1, words


# --- contacts on a case


def test_a_contractor_adds_a_homeowner_who_then_sees_the_permit(city, person):
    homeowner = city.account("homeowner")
    name = homeowner["name"]

    contractor = person("the contractor")
    registers(contractor, city.account("unregistered company")["email"])
    number = opens_an_active_permit(contractor)
    opens_contacts(contractor, number)
    looks_for_contact(contractor, last_name(homeowner))
    contractor.presses(f"Add {name} to favorites")
    favorites = contractor.region("My favorites")
    favorites.get_by_text(name).first.wait_for()
    contractor.sees_button(f"Remove {name} from favorites")
    if not contractor.has_button(f"Add {name}"):
        looks_for_contact(contractor, last_name(homeowner))
    contractor.presses(f"Add {name}")
    contractor.sees_button(f"Remove {name}")
    contractor.signs_out()

    resident = person("the homeowner").signs_in(homeowner)
    resident.opens("/dashboard")
    resident.sees_link(number)
    resident.follows(number)
    resident.sees_heading(number)


def test_a_contractor_removes_a_homeowner_who_then_no_longer_has_the_permit(city, person):
    homeowner = city.account("homeowner")
    name = homeowner["name"]
    contractor = person("the contractor")
    registers(contractor, city.account("unregistered company")["email"])
    number = opens_an_active_permit(contractor)
    opens_contacts(contractor, number)
    looks_for_contact(contractor, last_name(homeowner))
    contractor.presses(f"Add {name}")
    resident = person("the homeowner").signs_in(homeowner)
    resident.opens("/dashboard")
    assert number in resident.case_numbers()

    contractor.presses(f"Remove {name}")
    if contractor.heading() != number:  # a page that asks whether you are sure
        contractor.presses(f"Remove {name}")
    opens_contacts(contractor, number)
    assert not contractor.has_button(f"Remove {name}")
    resident.opens("/dashboard")
    assert number not in resident.case_numbers()


def test_a_contractor_takes_somebody_off_by_mistake_and_puts_them_back(city, person):
    homeowner = city.account("homeowner")
    name = homeowner["name"]
    contractor = person("the contractor").signs_in(city.account("company owner"))
    number = opens_an_active_permit(contractor)
    resident = person("the homeowner").signs_in(homeowner)
    for label, search in ((name, last_name(homeowner)), ("by.mistake@example.org", "by.mistake@example.org")):
        opens_contacts(contractor, number)
        looks_for_contact(contractor, search)
        contractor.presses(one_of(f"Add {label}", Beginning(f"Add {label} as ")))
        contractor.presses(f"Remove {label}")
        contractor.presses(f"Put {label} back")
        contractor.sees(f"{label} is on this case again")
        contractor.sees_button(f"Remove {label}")
    resident.opens("/dashboard")
    assert number in resident.case_numbers()

    # Not only right after it.
    contractor.presses(f"Remove {name}")
    opens_contacts(contractor, number)
    contractor.unfolds("Taken off in the last day")
    contractor.presses(f"Put {name} back")
    contractor.sees_button(f"Remove {name}")


def test_a_contractor_adds_an_email_the_city_does_not_know(city, person):
    stranger, known = "not.yet.here@example.org", city.account("applicant")["email"]
    contractor = person("the contractor")
    registers(contractor, city.account("unregistered company")["email"])
    number = opens_an_active_permit(contractor)

    words = {}
    for email in (stranger, known):
        opens_contacts(contractor, number)
        looks_for_contact(contractor, email)
        offer = contractor.main_text().replace(email, "EMAIL")
        contractor.presses(Beginning(f"Add {email}"))
        opens_contacts(contractor, number)
        row = rows_about(contractor, email)
        assert row.count() == 1
        words[email] = (row.inner_text().replace(email, "EMAIL"), *re.findall(r".*EMAIL.*", offer))
    # The adder cannot tell who has an account.
    assert words[stranger] == words[known]

    city.mail(stranger)
    newcomer = person("the person invited")
    registers(newcomer, stranger, first="Nova", last="Quist")
    newcomer.opens("/dashboard")
    if number not in newcomer.case_numbers():  # an invitation that waits to be accepted
        newcomer.presses(re.compile("^Accept"))
        newcomer.opens("/dashboard")
    newcomer.sees_link(number)


# --- the help desk


def asks_for_access(asker, place, email=None):
    """Sends the request form; answers the request's number."""
    asker.opens("/access-request")
    asker.sees_heading("Ask for access")
    asker.fills("Case number or address", place)
    asker.answers("What is your part in it?", "I own the house")
    if email:
        asker.fills("Email", email)
    asker.presses("Send request")
    asker.sees_heading("Request received")
    number = re.search(r"[A-Z]*-?\d[\dA-Z-]*\d|\d", asker.main_text())
    assert number, "the page names no request number"
    return number.group()


def a_case_to_ask_about(city, person):
    known = city.account("unregistered person")
    if known.get("cases"):
        return known["cases"][0]
    visitor = person("somebody looking")
    visitor.opens("/search")
    visitor.presses("Search")
    return visitor.case_numbers()[0]


def test_a_guest_asks_for_access(city, person):
    number = a_case_to_ask_about(city, person)
    guest = person("the guest")
    asks_for_access(guest, number, email="guest@example.org")
    city.mail("guest@example.org")


def test_somebody_asks_for_access_and_a_steward_links_them(city, person):
    known = city.account("unregistered person")
    number = a_case_to_ask_about(city, person)
    first, last = (known.get("name") or "Pat Quimby").rsplit(" ", 1)

    # The same person, with another email than the city has.
    asker = person("the asker")
    account = registers(asker, "another.address@example.org", first=first, last=last)
    request = asks_for_access(asker, number)
    city.mail(account["email"])
    mails_before = len(city.mails(account["email"]))
    asker.opens("/dashboard")
    assert number not in asker.case_numbers()

    steward = person("the contact steward")
    steward.opens("/staff/sign-in")
    steward.signs_in(city.account("contact steward"), at="/staff/sign-in")
    steward.opens("/staff/desk")
    steward.sees_heading("Desk")
    steward.follows("Access requests")
    steward.follows(re.compile(re.escape(request)))
    steward.sees(re.compile("Why"))
    steward.sees_button("Decline")
    steward.presses(f"Link {known['name']}")

    asker.opens("/dashboard")
    asker.sees_link(number)
    # Both sides are told.
    city.mail(account["email"], more_than=mails_before)
    city.mail(known["email"])


# --- coming and going


def test_somebody_forgot_their_password(city, person):
    homeowner = city.account("homeowner")
    visitor = person("the forgetful one")
    visitor.opens("/sign-in")
    visitor.follows("I forgot my password")
    visitor.fills("Email", homeowner["email"])
    before = len(city.mails(homeowner["email"]))
    visitor.presses("Send link")
    visitor.sees_heading("Check your email")
    visitor.opens(link_in(city.mail(homeowner["email"], more_than=before)))
    visitor.fills("Password", PASSWORD)
    visitor.presses("Save password")

    back = person("the same one, later")
    with back.expecting(401, 403, 422):
        back.opens("/sign-in")
        back.fills("Email", homeowner["email"])
        back.fills("Password", homeowner["password"])
        back.presses("Sign in")
        assert not back.has_button("Account menu")
    back.signs_in(homeowner, password=PASSWORD)


def test_a_wrong_password_says_the_same_for_everybody(city, person):
    words = []
    for email in (city.account("homeowner")["email"], city.account("unregistered person")["email"], "nobody@example.org"):
        visitor = person(f"somebody with {email}")
        visitor.opens("/sign-in")
        visitor.sees_link("I had an account on the old portal")
        visitor.fills("Email", email)
        visitor.fills("Password", "not the password at all")
        with visitor.expecting(401, 403, 422):
            visitor.presses("Sign in")
        assert not visitor.has_button("Account menu")
        words.append(visitor.main_text().replace(email, "EMAIL"))
    assert len(set(words)) == 1, words


def test_somebody_signs_out_and_their_cases_are_gone(city, person):
    homeowner = person("the homeowner").signs_in(city.account("homeowner"))
    homeowner.opens("/dashboard")
    homeowner.sees_heading("My cases")
    homeowner.signs_out()
    with homeowner.expecting(401):
        homeowner.opens("/dashboard")
    assert not homeowner.has_button("Account menu")
    homeowner.does_not_see("My cases")


def test_somebody_reads_the_portal_in_spanish_and_goes_back_to_english(read_only_city, crowd, javascript):
    visitor = crowd(read_only_city, javascript, "somebody who prefers Spanish")
    visitor.opens("/")
    html = visitor.page.locator("html")
    assert html.get_attribute("lang") == "en"
    visitor.follows("Español")
    assert html.get_attribute("lang") == "es"
    for address in ("/search", "/register", "/sign-in", "/access-request", "/"):
        visitor.opens(address)
        assert html.get_attribute("lang") == "es", f"{address} is not in Spanish"
    visitor.follows("English")
    assert html.get_attribute("lang") == "en"


def test_what_was_typed_is_there_after_the_session_ended(city, person):
    company = city.account("company owner")
    contractor = person("the contractor").signs_in(company)
    number = opens_an_active_permit(contractor)
    opens_contacts(contractor, number)
    contractor.chooses("Add contact as")
    contractor.fills("Last name, company or email", "typed.before@example.org")
    contractor.context.clear_cookies(name="session")
    with contractor.expecting(401, 403):
        contractor.presses("Search")
        contractor.fills("Email", company["email"])
        contractor.fills("Password", company["password"])
        contractor.presses("Sign in")
    field = contractor.field("Last name, company or email")
    typed = field.input_value() if field.count() else ""
    assert "typed.before@example.org" in (typed, *contractor.main_text().split())


# --- the public record


def test_a_neighbor_searches_the_records_and_opens_a_case(person):
    neighbor = person("the neighbor")
    neighbor.opens("/search")
    for filter_name in ("Kind", "Type", "Status", "Applied from", "Applied to"):
        assert neighbor.field(filter_name).count(), f"no filter {filter_name!r}"
    neighbor.presses("Search")
    numbers = neighbor.case_numbers()
    assert numbers
    neighbor.sees_link("Download CSV")

    neighbor.fills("Search records", numbers[-1])
    neighbor.presses("Search")
    neighbor.follows(numbers[-1])
    neighbor.sees_heading(numbers[-1])
    shared = person("somebody given the link")
    shared.opens(neighbor.page.url)
    shared.sees_heading(numbers[-1])


def test_a_search_that_finds_nothing_says_so_and_one_with_strange_words_does_no_harm(person):
    neighbor = person("the neighbor")
    for words in ("zzyzx quaternion", "<script>alert(1)</script>", "'; DROP TABLE cases; --", "\"unbalanced", "* OR *", "é" * 200):
        neighbor.opens("/search")
        neighbor.fills("Search records", words)
        neighbor.presses("Search")
        assert neighbor.typed("Search records").strip() == words
    assert neighbor.opens("/search") == 200


def test_an_unknown_number_and_a_confidential_case_look_the_same(city, person):
    confidential = city.account("confidential case")["number"]
    unknown = confidential[:-5] + "99999"
    neighbor = person("the neighbor")
    seen = {}
    with neighbor.expecting(404):
        for number in (confidential, unknown):
            status = neighbor.opens(f"/cases/{number}")
            seen[number] = (status, neighbor.page.title().replace(number, "N"), neighbor.main_text().replace(number, "N"))
    assert seen[confidential] == seen[unknown]
    assert seen[confidential][0] == 404
    neighbor.opens("/search")
    neighbor.fills("Search records", confidential)
    neighbor.presses("Search")
    assert confidential not in neighbor.case_numbers()


def test_mail_arrives_once(city, person):
    newcomer = person("the newcomer")
    registers(newcomer, "once@example.org")
    eventually(lambda: city.mails("once@example.org"), "no mail at all")
    subjects = [mail["subject"] for mail in city.mails("once@example.org")]
    assert len(subjects) == len(set(subjects)), subjects
