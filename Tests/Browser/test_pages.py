"""Pages anybody can open: each works without JavaScript, in both languages, and says what it is."""

import pytest

PUBLIC = ["/", "/register", "/sign-in", "/access-request", "/search", "/help", "/guide", "/accessibility", "/staff/sign-in"]


@pytest.mark.parametrize("language", ["English", "Español"])
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_whole(read_only_city, crowd, javascript, address, language):
    visitor = crowd(read_only_city, javascript, f"a reader of {language}")
    if language == "Español":
        visitor.opens("/")
        visitor.follows("Español")
    assert visitor.opens(address) == 200
    assert visitor.heading()
    assert visitor.page.title()
    assert visitor.page.get_by_role("heading", level=1).count() == 1
    other = "English" if language == "Español" else "Español"
    visitor.sees_link(other)
    if language == "English":
        visitor.sees_link("Sign in")


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
