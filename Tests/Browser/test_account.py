"""What people do with their account: addresses, what is on file, and the way through a demo city."""

import json
import re

import pytest
from playwright.sync_api import expect

from support.city import eventually, link_in
from support.spanish import Beginning
from support.steps import PASSWORD, registers

OWN_PAGES = ["", "/details", "/emails", "/mail", "/following", "/collections", "/password", "/records", "/activity", "/not-me",
             "/confirm-password", "/close"]


def test_an_added_email_brings_the_cases_of_its_record(city, person):
    known = city.account("unregistered person")
    homeowner = person("the homeowner")
    registers(homeowner, "hollis@new.example", first="Hollis", last="Vandermeer")
    homeowner.opens("/dashboard")
    assert homeowner.case_numbers() == []
    homeowner.opens("/account")
    homeowner.follows("Add or remove an email")
    homeowner.sees_heading("Email addresses")
    homeowner.fills("New email", known["email"])
    homeowner.presses("Add this email")
    homeowner.sees_heading("Check your email")
    link = link_in(city.mail(known["email"]))
    scanner = person("the mail scanner")
    scanner.opens(link)
    homeowner.opens(link)
    homeowner.sees_heading("Add this email")
    homeowner.presses("Add it to my account")
    homeowner.sees("belongs to your account now")
    homeowner.opens("/dashboard")
    assert set(known["cases"]) <= set(homeowner.case_numbers())

    homeowner.opens("/account/records")
    homeowner.follows("Email addresses")
    homeowner.sees(known["email"])
    homeowner.opens("/account/records")
    homeowner.follows("Records connected to you")
    homeowner.sees_link(re.compile("Something wrong"))

    homeowner.opens("/account/emails")
    homeowner.presses(f"Use for email: {known['email']}")
    homeowner.presses("Remove hollis@new.example")
    homeowner.sees("Your cases stay")
    homeowner.opens("/dashboard")
    assert set(known["cases"]) <= set(homeowner.case_numbers())
    homeowner.signs_out()
    homeowner.signs_in({"email": known["email"], "password": PASSWORD})


def test_a_wrong_new_email_says_what_to_do(city, person):
    applicant = person("the applicant").signs_in(city.account("applicant"))
    applicant.opens("/account/emails")
    applicant.fills("New email", "not an address")
    with applicant.expecting(422):
        applicant.presses("Add this email")
    applicant.sees_heading(re.compile("Email addresses"))
    assert applicant.typed("New email") == "not an address"


@pytest.mark.parametrize("language, role", [("English", "company owner"), ("Español", "homeowner")])
def test_every_page_of_my_account_is_whole(read_only_city, crowd, javascript, language, role):
    owner = crowd(read_only_city, javascript, f"a reader of {language}").signs_in(read_only_city.account(role))
    if language == "Español":
        owner.follows("Español")
    for page in OWN_PAGES:
        assert owner.opens(f"/account{page}") == 200
        assert owner.page.get_by_role("heading", level=1).count() == 1


def test_the_dark_account_is_as_readable(read_only_city, crowd, javascript):
    owner = crowd(read_only_city, javascript, "somebody at night", color_scheme="dark")
    owner.signs_in(read_only_city.account("company owner"))
    for page in OWN_PAGES:
        owner.opens(f"/account{page}")


def test_a_search_is_kept_found_again_and_put_back(city, person):
    homeowner = person("the homeowner").signs_in(city.account("homeowner"))
    homeowner.opens("/searches")
    homeowner.sees("You have not saved a search yet")
    homeowner.opens("/search")
    homeowner.fills("Search records", "kitchen")
    homeowner.presses("Search")
    homeowner.unfolds("Save this search")
    homeowner.fills("Name of the search", "Kitchens nearby")
    homeowner.presses("Save")
    homeowner.sees("Saved as “Kitchens nearby”.")
    homeowner.opens("/account")
    homeowner.follows("All your searches")
    homeowner.presses("Remove “Kitchens nearby”")
    homeowner.sees("“Kitchens nearby” is removed.")
    homeowner.presses("Put it back")
    homeowner.follows("Kitchens nearby")
    assert homeowner.typed("Search records") == "kitchen"
    homeowner.opens("/searches")
    homeowner.presses("Forget recent searches")
    homeowner.sees("You have not searched in this browser")


def test_a_case_of_somebody_else_is_followed_and_kept_in_a_collection(city, person):
    number = city.account("company owner")["cases"][0]
    applicant = person("the applicant").signs_in(city.account("applicant"))
    applicant.opens("/account")
    applicant.follows("Cases you follow")
    applicant.sees("You do not follow a case yet")
    applicant.opens(f"/cases/{number}")
    applicant.presses("Follow this case")
    applicant.sees(f"You follow {number} now.")
    applicant.follows("Add to a collection")
    applicant.sees_heading(f"Collections with {number}")
    applicant.fills("Name of a new collection", "Next door")
    applicant.presses("Save")
    applicant.sees("Your collections are saved.")
    applicant.follows("Next door")
    applicant.sees_heading("Next door")
    applicant.presses(f"Take out {number}")
    applicant.sees(f"{number} is no longer in this collection.")
    applicant.presses("Put it back")
    applicant.sees_link(number)
    applicant.opens("/account/collections")
    applicant.presses("Remove “Next door”")
    applicant.sees("“Next door” is removed.")
    applicant.presses("Put it back")
    applicant.sees_link(number)

    applicant.opens("/account/following")
    applicant.presses(f"Stop following {number}")
    applicant.sees(f"You no longer follow {number}.")
    applicant.presses("Follow it again")
    applicant.sees_link(number)


def test_a_guest_signs_in_on_the_way_to_following_a_case(city, person):
    number = city.account("company owner")["cases"][0]
    guest = person("the guest")
    guest.opens(f"/cases/{number}")
    guest.presses("Follow this case")
    guest.sees_heading("Sign in")
    homeowner = city.account("company member")
    guest.fills("Email", homeowner["email"])
    guest.fills("Password", homeowner["password"])
    guest.presses("Sign in")
    guest.sees_heading(re.compile(re.escape(number)))
    guest.presses("Follow this case")
    guest.sees(f"You follow {number} now.")


def test_what_the_city_holds_can_be_downloaded(read_only_city, crowd, javascript):
    owner = crowd(read_only_city, javascript, "the owner").signs_in(read_only_city.account("company owner"))
    answer = owner.context.request.get(f"{read_only_city.url}/account/records.json")
    records = json.loads(answer.text())
    assert answer.headers["content-disposition"].startswith("attachment")
    assert {case["number"] for case in records["cases"]} >= set(read_only_city.account("company owner")["cases"])
    assert records["organizations"][0]["role"] == "owner"


def test_this_was_not_me_signs_the_other_browser_out(city, person):
    homeowner = city.account("homeowner")
    thief = person("somebody else").signs_in(homeowner)
    owner = person("the homeowner").signs_in(homeowner)
    owner.opens("/account/activity")
    owner.follows(Beginning("This wasn't me"))
    owner.sees_heading("This wasn’t you?")
    owner.presses("Sign everybody else out")
    owner.sees_heading("Choose a new password")
    owner.fills("Current password", homeowner["password"])
    owner.fills("New password", PASSWORD)
    owner.presses("Save password")
    owner.sees("new password is saved")
    thief.opens("/account")
    thief.sees_heading("Sign in")


def test_somebody_is_warned_before_the_session_ends_and_can_stay(city, crowd):
    steward = crowd(city, True, "the steward")
    steward.page.clock.install()
    steward.signs_in(city.account("contact steward"))
    warning = steward.page.get_by_text("You will be signed out in less than five minutes.")
    assert not warning.is_visible()
    steward.page.clock.fast_forward(116 * 60 * 1000)
    eventually(warning.is_visible, "no warning")
    steward.looks()
    steward.page.get_by_role("button", name="Stay signed in", exact=True).click()
    eventually(lambda: not warning.is_visible(), "the warning stays")


def test_a_page_shows_nothing_of_a_session_that_has_ended(city, crowd):
    owner = crowd(city, True, "the homeowner")
    owner.signs_in(city.account("homeowner"))
    left_open, being_typed = owner.context.new_page(), owner.context.new_page()
    for page, address in ((left_open, "/account"), (being_typed, "/account/details")):
        page.clock.install()
        page.goto(address)
    being_typed.get_by_label("Phone").fill("303-555-0177")
    owner.signs_out()
    for page in (left_open, being_typed):
        page.clock.fast_forward(11_000)
    expect(left_open.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert left_open.evaluate("localStorage.length") == 0
    # What somebody is writing stays theirs; sending it leads to sign-in and brings it back.
    expect(being_typed.get_by_label("Phone")).to_have_value("303-555-0177")


# --- the way through a demo city


@pytest.mark.parametrize("language", ["English", "Español"])
def test_everything_the_walk_through_leads_to_is_there(read_only_city, crowd, javascript, language):
    visitor = crowd(read_only_city, javascript, "somebody new here")
    visitor.opens("/")
    if language == "Español":
        visitor.follows("Español")
    visitor.follows("Try this demo city" if language == "English" else "Pruebe esta ciudad de demostración")
    links = visitor.page.get_by_role("main").get_by_role("link")
    addresses = {link.get_attribute("href") for link in links.all()}
    assert len(addresses) >= 9
    for address in addresses:
        assert visitor.context.request.get(read_only_city.url + address).status == 200, address
    for account in read_only_city.accounts():
        if account["email"]:
            visitor.sees(account["email"])


# --- the guide


PICTURES = {"create-an-account": 5, "old-portal": 4, "add-a-contact": 1, "missing-cases": 1, "company": 1, "staff": 2}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_guide_shows_the_real_pages(read_only_city, crowd, javascript, language):
    reader = crowd(read_only_city, javascript, "a reader", locale=f"{language}-US")
    for page, pictures in PICTURES.items():
        reader.opens(f"/guide/{page}")
        images = reader.page.get_by_role("main").get_by_role("img").all()
        assert len(images) == pictures, page
        pictures_are_there(reader, images, read_only_city)


def pictures_are_there(reader, images, city):
    for image in images:
        image.scroll_into_view_if_needed()
        eventually(lambda: image.evaluate("i => i.complete && i.naturalWidth > 0"), "the picture does not come")
        natural = image.evaluate("i => [i.naturalWidth, i.naturalHeight]")
        assert natural == [int(image.get_attribute("width")), int(image.get_attribute("height"))]
        assert image.get_attribute("alt")
        answer = reader.context.request.get(city.url + image.get_attribute("src"))
        assert answer.headers["content-type"] == "image/webp"
        assert "immutable" in answer.headers["cache-control"]
        assert len(answer.body()) <= 25_000
