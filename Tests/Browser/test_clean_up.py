"""The clean-up list by keys: each presses what stands on the page, and all of them can be switched off (B10, WCAG 2.1.4)."""

from playwright.sync_api import expect
from support.city import eventually


def at_the_list(city, crowd):
    steward = crowd(city, True, "the steward").signs_in(city.account("contact steward"), at="/staff/sign-in")

    def has_pairs():
        steward.page.goto("/staff/desk/clean-up")
        return steward.page.locator("[data-item]").count() >= 2

    eventually(has_pairs, "two likely duplicates stand on the list", seconds=60, every=0.5)
    steward.looks()
    return steward


def test_the_keys_go_through_the_list_and_decide(city, crowd):
    steward = at_the_list(city, crowd)
    page = steward.page
    rows = page.locator("[data-item]")
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(row)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/desk/clean-up/*/*")
    steward.looks()
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)
    # What is typed is no key.
    steward.fills("How do you know? (optional)", "old, dull, known")
    assert page.url == first
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("l")
    steward.sees("wait under “Later”.")
    steward.looks()
    page.keyboard.press("d")
    steward.sees("stay apart.")
    steward.looks()


def test_the_keys_can_be_switched_off(city, crowd):
    steward = at_the_list(city, crowd)
    page = steward.page
    steward.presses("Turn keyboard shortcuts off")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("j")
    expect(page.locator("[data-item]").first).not_to_be_focused()
    steward.reloads()
    steward.presses("Turn keyboard shortcuts on")
    page.keyboard.press("j")
    expect(page.locator("[data-item]").first).to_be_focused()
