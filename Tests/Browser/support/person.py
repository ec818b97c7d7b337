"""Somebody at a browser. They find things as people do: by what a thing is and what it is called."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import expect

from .city import CASE_NUMBER
from .keyboard import Keyboard
from .spanish import in_english, in_spanish


class Person:
    def __init__(self, browser, city, javascript, checker, collection, name="somebody", **options):
        self.city = city
        self.javascript = javascript
        self.name = name
        has_no_mouse = options.pop("keyboard", False)
        self.language = options.pop("language", "en")
        self.color_scheme = options.get("color_scheme", "light")
        self.checker = checker
        self.collection = collection
        self.problems = []
        self.expected_statuses = set()
        self.outage = False
        self._documents = []
        self.context = browser.new_context(
            **{"java_script_enabled": javascript, "base_url": city.url, "locale": "en-US",
               "viewport": {"width": 1280, "height": 900}, **options})
        self.context.set_default_timeout(10_000)
        self.context.set_default_navigation_timeout(20_000)
        self.page = self.context.new_page()
        self.keys = Keyboard(self) if has_no_mouse else None
        self._watch(self.page)
        if self.language == "es":
            # They choose it once, from the link on every page.
            self.opens("/")
            self.activates(self.page.get_by_role("link", name="Español", exact=True))

    def said(self, words, within=False):
        """How the page says these English words in this person's language."""
        return in_spanish(words, within) if self.language == "es" else in_english(words)

    # --- going about

    def opens(self, address):
        """Types an address. Answers the page's status."""
        answer = self.page.goto(address)
        self.looks()
        return answer.status if answer else None

    def follows(self, link):
        """Follows the first link of exactly that name (or a pattern): a case may stand in two lists of the dashboard."""
        if self.keys:
            self.keys.follows(link)
            return
        self._one("link", link).first.click()
        self.looks()

    def presses(self, button):
        if self.keys:
            self.keys.presses(button)
            return
        self._one("button", button).click()
        self.looks()

    def activates(self, thing):
        """Clicks something that is no plain link or button of one name, or presses Enter on it."""
        if self.keys:
            self.keys.activates(thing)
            return
        thing.click()
        self.looks()

    def fills(self, field, text):
        if self.keys:
            self.keys.types(field, text)
            return
        self.field(field).fill(text)

    def chooses(self, field, option=None):
        """Chooses an option of a select or radio group; without a name, the first real one. Answers what was chosen."""
        select = self._one("combobox", field)
        if select.count() and self.keys:
            return self.keys.chooses(field, option)
        if select.count():
            options = [text.strip() for text in select.locator("option:not([value=''])").all_inner_texts()]
            choice = option if option in options else options[0]
            select.select_option(label=choice)
            return choice
        group = self._one("group", field).or_(self._one("radiogroup", field)).first
        radio = self._one("radio", option, group) if option else group.get_by_role("radio").first
        radio.check()
        return option

    def answers(self, field, text):
        """Fills in a field of whatever kind it is: typed text, or the first choice where there are only choices."""
        if self._one("textbox", field).count():
            self.fills(field, text)
        else:
            self.chooses(field)

    def reloads(self):
        self.page.reload()
        self.looks()

    def field(self, label):
        label = self.said(label)
        return self.page.get_by_label(label, exact=isinstance(label, str))

    def typed(self, label):
        """What stands in the field of that name."""
        return self.field(label).input_value()

    def opens_row(self, words, role="row"):
        """Follows the first link in the row (or another part of a list) that holds these words."""
        rows = self.page.get_by_role("main").get_by_role(role)
        self.activates(rows.filter(has_text=self.said(words, within=True)).get_by_role("link").first)

    def unfolds(self, summary):
        """Opens what is folded away under these words."""
        words = self.said(summary, within=True)
        self.activates(self.page.get_by_text(words, exact=isinstance(words, str)))

    def _one(self, role, name, place=None, **options):
        name = self.said(name)
        return (place or self.page).get_by_role(role, name=name, exact=isinstance(name, str), **options)

    # --- seeing

    def sees_heading(self, name, level=1):
        expect(self._one("heading", name, level=level)).to_be_visible()

    def sees(self, text):
        expect(self._text(text).first).to_be_visible()

    def sees_link(self, name):
        expect(self._one("link", name).first).to_be_visible()

    def sees_button(self, name):
        expect(self._one("button", name).first).to_be_visible()

    def does_not_see(self, text):
        expect(self._text(text)).to_have_count(0)

    def has_button(self, name):
        return self._one("button", name).count() > 0

    def region(self, name):
        return self._one("region", name)

    def _text(self, words):
        return self.page.get_by_role("main").get_by_text(self.said(words, within=True))

    def heading(self):
        return self.page.get_by_role("heading", level=1).first.inner_text().strip()

    def main_text(self):
        return self.page.get_by_role("main").inner_text()

    def case_numbers(self, under=None):
        """The case numbers linked on the page, or only those between one second-level heading and the next."""
        if under:
            under = self._one("heading", under, level=2).inner_text().strip()
            place = f'normalize-space(.)="{under}"'
            links = self.page.locator(f"xpath=//h2[{place}]/following::a[preceding::h2[1][{place}]]")
        else:
            links = self.page.get_by_role("main").get_by_role("link")
        texts = [text.strip() for text in links.all_inner_texts()]
        return list(dict.fromkeys(text for text in texts if CASE_NUMBER.match(text)))

    def looks(self):
        """Waits for the page and checks it. Every helper that can change the page ends here."""
        self.page.wait_for_load_state("load")
        for document in self._documents:
            try:
                self.collection.add(document.url, document.text())
            except Exception:
                continue  # the browser has already let go of a page that sent us on at once
        self._documents.clear()
        title = f"{self.name} at {self.page.url}"
        self.problems += [f"{title}: {problem}" for problem in self.checker.problems(self.page, self.javascript, self.color_scheme)]

    # --- what everybody does

    def signs_in(self, account, at="/sign-in", password=None):
        if urlsplit(self.page.url).path != at:
            self.opens(at)
        self.fills("Email", account["email"])
        self.fills("Password", password or account["password"])
        self.presses("Sign in")
        self.sees_button("Account menu")
        return self

    def signs_out(self):
        self.activates(self._one("button", "Account menu"))
        out = self._one("button", "Sign out").or_(self._one("link", "Sign out")).or_(self._one("menuitem", "Sign out"))
        self.activates(out)
        self.sees_link("Sign in")

    # --- what may not happen

    @contextmanager
    def expecting(self, *statuses):
        """Within this, answers with these statuses are right."""
        before = set(self.expected_statuses)
        self.expected_statuses |= set(statuses)
        try:
            yield
        finally:
            self.expected_statuses = before

    def _watch(self, page):
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._problem(f"script error: {error}"))
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _problem(self, what):
        if not self.outage:
            self.problems.append(f"{self.name} at {self.page.url}: {what}")

    def _console(self, message):
        # The browser repeats failed requests here; they are judged by status in `_response`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._problem(f"console error: {message.text}")

    def _response(self, response):
        same_origin = response.url.startswith(self.city.url)
        if same_origin and response.status >= 400 and response.status not in self.expected_statuses:
            self._problem(f"{response.request.method} {response.url} answered {response.status}")
        if (same_origin and response.request.resource_type == "document" and not 300 <= response.status < 400
                and "text/html" in response.headers.get("content-type", "")):
            self._documents.append(response)

    def _failed(self, request):
        aborted = "ERR_ABORTED" in (request.failure or "")
        download = request.resource_type == "document" and aborted
        # The browser gives up the tab's icon when somebody goes on before it has come. Any other fetch must arrive.
        icon = "/assets/icon." in request.url and aborted
        # A page that keeps itself up to date stops listening when it is left.
        stream = request.resource_type == "eventsource" and aborted
        if request.url.startswith(self.city.url) and not download and not icon and not stream:
            self._problem(f"{request.method} {request.url} failed: {request.failure}")

    def leaves(self):
        self.context.close()
