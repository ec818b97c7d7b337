"""Using the portal without a mouse: Tab to get somewhere, Enter or Space to do it, letters to type."""

from playwright.sync_api import expect

FOCUS_IS_VISIBLE = """() => {
    const style = getComputedStyle(document.activeElement);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
}"""


class Keyboard:
    def __init__(self, person, at_most=150):
        self.person = person
        self.page = person.page
        self.at_most = at_most

    def reaches(self, role, name):
        """Presses Tab until the one thing of that role and name has the focus, and the focus can be seen."""
        self._tabs_to(self.person._one(role, name), f"the {role} {name!r}")

    def _tabs_to(self, wanted, what):
        expect(wanted.first).to_be_attached()
        focused = wanted.and_(self.page.locator(":focus"))
        for _ in range(self.at_most):
            if focused.count():
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"Tab never reached {what} at {self.page.url}")
        assert self.page.evaluate(FOCUS_IS_VISIBLE), f"the focus cannot be seen on {what} at {self.page.url}"

    def follows(self, link):
        self.reaches("link", link)
        self._does("Enter")

    def presses(self, button):
        self.reaches("button", button)
        self._does("Space")

    def activates(self, thing):
        self._tabs_to(thing, str(thing))
        self._does("Enter")

    def types(self, field, text):
        """Found by its label: a password field has no role of its own."""
        self._tabs_to(self.person.field(field), f"the field {field!r}")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def chooses(self, field, option=None):
        """Chooses with the arrow keys. Answers what was chosen."""
        self.reaches("combobox", field)
        select = self.person._one("combobox", field)
        options = [text.strip() for text in select.locator("option:not([value=''])").all_inner_texts()]
        choice = option if option in options else options[0]
        self.page.keyboard.press("Home")
        for _ in range(self.at_most):
            if select.locator("option:checked").inner_text().strip() == choice:
                return choice
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys never chose {choice!r} in {field!r}")

    def _does(self, key):
        """Presses the key; when that opens another page, waits for it."""
        before = len(self.person._documents)
        self.page.keyboard.press(key)
        for _ in range(100):
            if len(self.person._documents) > before:
                break
            self.page.wait_for_timeout(20)
        self.person.looks()
