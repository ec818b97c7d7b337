"""What only somebody without a mouse meets. Their journeys are those of test_journeys.py, walked "by keyboard"."""

from support.keyboard import Keyboard


def test_the_first_tab_offers_to_skip_to_the_content(read_only_city, crowd, javascript):
    visitor = crowd(read_only_city, javascript, "somebody with a screen reader")
    for address in ("/", "/search", "/sign-in"):
        visitor.opens(address)
        visitor.page.keyboard.press("Tab")
        skip = visitor.page.get_by_role("link", name="Skip to main content", exact=True)
        assert skip.and_(visitor.page.locator(":focus")).count() == 1, f"{address} does not begin with the skip link"
        visitor.page.keyboard.press("Enter")
        visitor.page.keyboard.press("Tab")
        inside = visitor.page.get_by_role("main").locator(":focus").count()
        assert inside or visitor.page.get_by_role("contentinfo").locator(":focus").count(), f"{address}: nothing was skipped"


def test_an_error_is_reached_and_mended_by_keyboard(read_only_city, crowd, javascript):
    visitor = crowd(read_only_city, javascript, "somebody in a hurry")
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
