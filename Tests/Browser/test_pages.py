"""Pages anybody can open: each works without JavaScript, in both languages, and says what it is."""

import re

import pytest
from playwright.sync_api import expect

GUIDES = ["/guide", "/guide/create-an-account", "/guide/old-portal", "/guide/missing-cases", "/guide/add-a-contact",
          "/guide/contact-types", "/guide/company", "/guide/questions", "/guide/staff", "/guide?q=password", "/guide?q=zzz"]
PUBLIC = ["/", "/register", "/sign-in", "/access-request", "/search", "/help", "/help/ask", "/accessibility",
          "/accessibility/conformance", "/accessibility/conformance?level=AAA", "/staff/sign-in", *GUIDES]


@pytest.mark.parametrize("language", ["English", "Español"])
def test_every_public_page_is_whole(read_only_city, crowd, javascript, language):
    visitor = crowd(read_only_city, javascript, f"a reader of {language}")
    if language == "Español":
        visitor.opens("/")
        visitor.follows("Español")
    other = "English" if language == "Español" else "Español"
    for address in PUBLIC:
        assert visitor.opens(address) == 200, address
        assert visitor.heading() and visitor.page.title(), address
        assert visitor.page.get_by_role("heading", level=1).count() == 1, address
        visitor.sees_link(other)
        if language == "English":
            visitor.sees_link("Sign in")


# --- the guides


@pytest.mark.parametrize("language, field, button, question, guide, section", [
    ("en", "What do you need help with?", "Search", "How do I remove an employee?", "My company and its people",
     "When an employee leaves the company"),
    ("es", "¿En qué necesita ayuda?", "Buscar", "¿Cómo quito a un empleado?", "Mi empresa y su gente",
     "Cuando un empleado deja la empresa"),
])
def test_a_question_typed_on_the_help_page_leads_to_the_right_guide(
        read_only_city, crowd, javascript, language, field, button, question, guide, section):
    reader = crowd(read_only_city, javascript, "somebody with a question", locale=f"{language}-US")
    reader.opens("/help")
    reader.fills(field, question)
    reader.presses(button)
    assert reader.page.url.startswith(f"{read_only_city.url}/guide?q=")
    reader.follows(section)
    reader.sees_heading(guide)
    heading = reader.page.get_by_role("heading", name=section, level=2, exact=True)
    assert reader.page.url.endswith("#" + heading.get_attribute("id"))


def test_a_question_that_no_guide_answers_goes_to_the_help_desk_as_it_is(read_only_city, crowd, javascript):
    reader = crowd(read_only_city, javascript, "somebody with another question")
    reader.opens("/guide")
    reader.fills("Search the guides", "zeppelin mooring")
    reader.presses("Search")
    reader.sees("No guide says anything about")
    reader.follows("Ask the help desk")
    reader.follows("Something else")
    assert reader.page.get_by_label("What is it about?", exact=True).input_value() == "zeppelin mooring"


@pytest.mark.parametrize("address", ["/dashboard", "/account"])
def test_a_page_of_ones_own_asks_to_sign_in_and_then_opens(read_only_city, crowd, javascript, address):
    visitor = crowd(read_only_city, javascript, "somebody not signed in")
    with visitor.expecting(401):
        visitor.opens(address)
    homeowner = read_only_city.account("homeowner")
    if visitor.page.get_by_label("Password", exact=True).count() == 0:
        visitor.page.get_by_role("main").get_by_role("link", name="Sign in", exact=True).first.click()
    visitor.fills("Email", homeowner["email"])
    visitor.fills("Password", homeowner["password"])
    visitor.presses("Sign in")
    assert visitor.page.url.startswith(read_only_city.url + address)


def test_an_address_that_does_not_exist_says_what_to_do(read_only_city, crowd, javascript):
    visitor = crowd(read_only_city, javascript, "somebody lost")
    with visitor.expecting(404):
        assert visitor.opens("/no/such/page") == 404
    assert visitor.heading()
    assert visitor.page.get_by_role("main").get_by_role("link").count() > 0


def test_the_dark_page_is_as_readable(read_only_city, crowd, javascript):
    visitor = crowd(read_only_city, javascript, "somebody at night", color_scheme="dark")
    for address in ("/", "/search", "/sign-in"):
        visitor.opens(address)


def test_on_a_phone_what_was_found_comes_before_the_filters_are_opened(read_only_city, crowd, javascript):
    visitor = crowd(read_only_city, javascript, "somebody with a phone", viewport={"width": 320, "height": 800})
    visitor.opens("/search")
    kind = visitor.page.get_by_label("Kind", exact=True)
    assert not kind.is_visible()
    visitor.page.get_by_text("Filters", exact=True).click()
    visitor.chooses("Kind", "License")
    visitor.presses("Search")
    assert visitor.case_numbers()
    assert not kind.is_visible(), "what was found is pushed away"
    visitor.page.get_by_text("Filters: 1 set", exact=True).click()
    assert kind.locator("option:checked").inner_text() == "License"


def test_a_field_says_what_is_wrong_when_it_is_left_and_takes_it_back(read_only_city, crowd):
    visitor = crowd(read_only_city, True, "somebody who mistypes")
    visitor.opens("/register")
    email = visitor.page.get_by_label("Email", exact=True)
    email.press("Tab")
    assert email.get_attribute("aria-invalid") is None, "nobody is told off for a field they only passed by"
    email.fill("rosa@")
    email.press("Tab")
    expect(email).to_have_accessible_description(re.compile("Enter an email address in the form name@example.com."))
    assert email.get_attribute("aria-invalid") == "true"
    visitor.looks()
    email.fill("rosa@mail.example")
    expect(email).not_to_have_attribute("aria-invalid", "true")
    expect(visitor.page.get_by_text("Enter an email address in the form name@example.com.")).to_have_count(0)


def test_a_hint_does_not_move_the_button_away_from_under_the_finger(read_only_city, crowd):
    visitor = crowd(read_only_city, True, "somebody in a hurry")
    visitor.opens("/register")
    visitor.fills("Email", "rosa@")
    with visitor.expecting(422):
        visitor.presses("Continue")
    visitor.sees_heading("There is a problem", level=2)


def test_a_table_can_be_put_in_another_order_by_its_headings(read_only_city, crowd):
    visitor = crowd(read_only_city, True, "the contractor")
    visitor.signs_in(read_only_city.account("company owner"))
    number = visitor.case_numbers()[0]
    visitor.opens(f"/cases/{number}/contacts")
    table = visitor.page.get_by_role("table").first
    names = table.locator("tbody th")
    before = names.all_inner_texts()
    assert len(before) > 1
    heading = table.get_by_role("button", name="Name", exact=True)
    heading.focus()
    heading.press("Enter")
    assert table.get_by_role("columnheader", name="Name", exact=True).get_attribute("aria-sort") == "ascending"
    rising = names.all_inner_texts()
    heading.press("Enter")
    assert names.all_inner_texts() == rising[::-1]
    assert sorted(rising) == sorted(before)
    visitor.looks()


def test_a_page_that_updates_itself_can_be_stopped(read_only_city, crowd, javascript):
    steward = crowd(read_only_city, javascript, "the contact steward")
    steward.opens("/staff/sign-in")
    steward.signs_in(read_only_city.account("contact steward"), at="/staff/sign-in")
    steward.opens("/staff/desk")
    if javascript:
        steward.presses("Stop updating this page")
        steward.sees_button("Update this page again")
    else:
        # There is nothing to stop.
        expect(steward.page.get_by_text("Stop updating this page")).not_to_be_visible()


def test_what_only_the_server_can_say_stays_while_somebody_types(read_only_city, crowd):
    visitor = crowd(read_only_city, True, "somebody who forgot")
    visitor.opens("/sign-in")
    visitor.fills("Email", "nobody@example.org")
    visitor.fills("Password", "not the password")
    with visitor.expecting(401, 403, 422):
        visitor.presses("Sign in")
    said = visitor.page.locator(".problem")
    before = said.all_inner_texts()
    visitor.page.get_by_label("Password", exact=True).press_sequentially("abc")
    assert said.all_inner_texts() == before
