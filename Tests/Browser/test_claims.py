"""Showing that a case is one's own: the permit card, the letter, and taking it back."""

import re

from support.city import link_in
from support.steps import registers

CARD_CODE = "DEMO-CARD-CODE"


def test_the_card_of_the_walk_through_connects_a_case_and_a_party_takes_it_back(city, person):
    number = city.account("company owner")["cases"][0]
    home = person("the homeowner").signs_in(city.account("homeowner"))
    home.opens("/dashboard")
    home.follows("Show that it is yours")
    home.sees_heading("Show that it is yours")
    home.follows("I have the permit card")
    home.fills("Case number", number)
    home.fills("Code", "AAAA-BBBB-CCCC")
    with home.expecting(422):
        home.presses("Connect")
    home.sees("This does not match what we have on file.")
    home.fills("Code", CARD_CODE.lower())
    home.presses("Connect")
    home.sees_heading(number)
    home.sees(re.compile("You are on case .* now"))

    party = person("somebody on the case")
    party.opens(link_in(city.mail(city.account("company owner")["email"], "was connected with an account")))
    party.sees_heading("Is this wrong?")
    party.presses("This is wrong")
    party.sees(re.compile("^This was taken back on"))
    home.opens("/claim")
    home.sees(re.compile("^Taken back on"))


def test_somebody_asks_for_a_letter_and_its_code_comes_on_paper_only(city, person):
    asker = person("somebody with an old address")
    registers(asker, "moved@example.org", first="Mo", last="Vedder")
    asker.opens("/claim")
    asker.follows("Send me a letter with a code")
    with asker.expecting(422):
        asker.presses("Send the letter")
    asker.sees("Enter a license number, or a name and a street address.")
    asker.fills("Name on the record", "Nobody Known")
    asker.fills("Street address on the record", "1 Nowhere St")
    asker.presses("Send the letter")
    asker.sees_heading("Thank you")
    asker.follows("I have a letter with a code")
    asker.fills("Code", "AAAA-BBBB-CCCC")
    with asker.expecting(422):
        asker.presses("Connect")
    asker.sees("This does not match what we have on file.")


def test_staff_print_a_card_whose_code_works(city, person):
    number = city.account("applicant")["cases"][0]
    steward = person("the contact steward").signs_in(city.account("contact steward"), at="/staff/sign-in")
    steward.opens(f"/cases/{number}")
    steward.follows("Permit card")
    steward.presses("Make a card with a new code")
    code = steward.page.locator("code").first.inner_text()
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", code)
    home = person("the homeowner").signs_in(city.account("homeowner"))
    home.opens(f"/claim/card?case={number}")
    home.fills("Code", code)
    home.presses("Connect")
    home.sees_heading(number)
    steward.opens("/staff/claims")
    steward.sees(re.compile(f": {number}$"))
