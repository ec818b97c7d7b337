"""People who use the portal while things break: they register, add contacts to their case and ask for access. Whatever was not
acknowledged they send again, with the same once-key, until it is."""

import random
import threading
import time
from urllib.parse import quote, urlsplit

from harness.databases import Unreachable

from .browser import Browser, Gone
from .forms import hidden_fields
from .ledger import Ledger
from .people import Contractor

PASSWORD = "four sandstone arches at noon"
# Below the portal's limits per account and hour.
CONTACTS_EACH, REQUESTS_EACH, GUEST_REQUESTS_EACH = 30, 8, 6


class Stopped(Exception):
    """The load ends; what is not acknowledged by now stays so."""


class Refused(Exception):
    """An answer that no fault explains."""


class Load:
    """Starts so many people at once and keeps the ledger of what they wrote.

    `people`: contractors the city knows. When there are no more, newcomers without a case come.
    `think`: the longest pause between two requests of one person, in seconds.
    `reads`: how many pages somebody looks at for each thing they write."""

    def __init__(self, city, url, people, clients, seed=1, think=0.0, reads=0, mailbox=None):
        self.city = city
        self.url = url
        self.ledger = Ledger()
        self.timings = {}
        self.mailbox = mailbox or self._mail_in_database
        self.think = think
        self.reads = reads
        self.repeats = 0
        self._people = iter(people)
        self._known = [one.case for one in people]
        self._lock = threading.Lock()
        self._numbers = iter(range(1, 10**9))
        self._newcomers = iter(range(800_000, 10**9))
        # No new writes; and no more trying.
        self.closing = threading.Event()
        self.over = threading.Event()
        # Set whenever somebody is just about to send a form.
        self.posting = threading.Event()
        self._threads = [
            threading.Thread(target=Person(self, random.Random(seed * 1000 + number)).live, daemon=True) for number in range(clients)]

    def start_numbers_at(self, number):
        """For a second load on the same database."""
        self._numbers = iter(range(number, 10**9))
        self._newcomers = iter(range(800_000 + number // 100, 10**9))

    def start(self):
        self.began = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def finish(self, seconds=120):
        """Lets everybody get their last answer. What is not acknowledged after that time is left so."""
        self.closing.set()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self.ended = time.monotonic()
        self.end()
        return self

    def end(self):
        self.closing.set()
        self.over.set()
        for thread in self._threads:
            if thread.ident:
                thread.join(70)

    # --- what the people need

    def next_person(self):
        """Somebody who has not been here, and whether the city knows them."""
        with self._lock:
            one = next(self._people, None)
            if one is not None:
                return one, True
            number = next(self._newcomers)
            return Contractor(f"c{number}@contractors.example", f"C{number}", ""), False

    def next_number(self):
        with self._lock:
            return next(self._numbers)

    def known_case(self, chance):
        return chance.choice(self._known) if self._known else None

    def note(self, kind, seconds):
        with self._lock:
            self.timings.setdefault(kind, []).append((time.monotonic(), seconds))

    def repeated(self):
        with self._lock:
            self.repeats += 1

    def _mail_in_database(self, email):
        """The link of the first mail to that address; None while there is none."""
        try:
            rows = self.city.database.rows(f"SELECT link FROM mail WHERE recipient_folded = '{email}' ORDER BY id LIMIT 1")
        except Unreachable:
            return None
        return rows[0][0] if rows else None

    def wait_for_writes(self, more, seconds=60):
        """Until so many more writes are acknowledged. Answers whether they were."""
        start, deadline = len(self.ledger.acknowledged), time.monotonic() + seconds
        while len(self.ledger.acknowledged) < start + more:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


class Person:
    """One thread: somebody who comes, does everything and makes room for the next."""

    def __init__(self, load, chance):
        self.load = load
        self.chance = chance

    def live(self):
        while not self.load.closing.is_set():
            try:
                self._visit()
            except Stopped:
                return
            except Refused:
                self._pause(0.2)  # It is in the ledger. The next person comes.

    def _visit(self):
        contractor, is_known = self.load.next_person()
        self.browser = self._browser()
        self._register(contractor)
        tasks = [self._request] * REQUESTS_EACH + [self._guest_request] * GUEST_REQUESTS_EACH
        if is_known:
            tasks += [lambda: self._add_contact(contractor.case)] * CONTACTS_EACH
        self.chance.shuffle(tasks)
        for task in tasks:
            if self.load.closing.is_set():
                return
            for _ in range(self.load.reads):
                self._read(contractor.case)
            task()

    def _browser(self):
        browser = Browser(self.load.url)
        browser.about_to_post = self.load.posting.set
        return browser

    # --- what people do

    def _register(self, contractor):
        page = self._look("/register")
        self._insist("register", contractor.email, "/register", self._fields(page, "/register", email=contractor.email), "/register/")
        page = self._look(self._link_mailed_to(contractor.email))
        self._insist("confirm", contractor.email, "/register/confirm", self._fields(page, "/register/confirm"), "/register/finish")
        page = self._look("/register/finish")
        fields = self._fields(
            page, "/register/finish", first_name="Fault", last_name=contractor.last_name, company="", phone="303-555-0142", language="en",
            password=PASSWORD)
        self._insist("finish", contractor.email, "/register/finish", fields, "/dashboard")

    def _add_contact(self, case):
        email = f"i{self.load.next_number():08}@invited.example"
        page = self._look(f"/cases/{case}/contacts?as=contact&q={quote(email)}")
        action = f"/cases/{case}/contacts/add-email"
        self._insist("add-contact", email, action, self._fields(page, action), f"/cases/{case}/contacts")

    def _request(self):
        place = f"{self.load.next_number()} Fault Street"
        page = self._look("/access-request")
        fields = self._fields(page, "/access-request", case=place, part="I am the owner.")
        self._insist("request", place, "/access-request", fields, "/account/requests/")

    def _guest_request(self):
        place = f"{self.load.next_number()} Fault Street"
        signed_in, self.browser = self.browser, self._browser()
        try:
            page = self._look("/access-request")
            fields = self._fields(
                page, "/access-request", case=place, part="I am the neighbor.", email=f"g{place.split()[0]}@guests.example", name="Guest",
                phone="")
            self._insist("guest-request", place, "/access-request", fields, "/access-request/received/")
        finally:
            self.browser.leave()
            self.browser = signed_in

    def _read(self, case):
        words = self.chance.choice(["Walnut", "panel", "ELE2025", "Spruce", "electrical"])
        pages = ["/", "/dashboard", f"/search?q={words}", "/guide", "/account", "/healthz"]
        other = self.load.known_case(self.chance)
        if other:
            pages += [f"/cases/{other}", f"/cases/{other}"]
        if case:
            pages += [f"/cases/{case}", f"/cases/{case}/contacts", f"/cases/{case}/timeline"]
        self._look(self.chance.choice(pages))

    # --- how people insist

    def _fields(self, page, action, **typed):
        fields = hidden_fields(page.text, action)
        if fields is None or not fields.get("once"):
            self.load.ledger.failed(f"no form to {action} on the page")
            raise Refused(f"no form to {action}")
        return fields | typed

    def _link_mailed_to(self, email):
        deadline = time.monotonic() + 120
        while True:
            link = self.load.mailbox(email)
            if link:
                parts = urlsplit(link)
                return f"{parts.path}?{parts.query}"
            if time.monotonic() > deadline:
                self.load.ledger.failed("no mail within 120 s")
                raise Refused(f"no mail to {email}")
            self._pause(0.2)

    def _look(self, path):
        """A page, asked for again until it comes."""
        while True:
            began = time.monotonic()
            try:
                answer = self.browser.get(path)
            except Gone as gone:
                self.load.ledger.failed(f"GET {_plain(path)}: {gone}")
                self._pause(0.05)
                continue
            if answer.status >= 500:
                self.load.ledger.failed(f"GET {_plain(path)}: {answer}")
                self._pause(0.1)
                continue
            if answer.status != 200:
                self.load.ledger.failed(f"GET {_plain(path)} refused: {answer}")
                raise Refused(str(answer))
            self.load.note(f"GET {_plain(path)}", time.monotonic() - began)
            self._think()
            return answer

    def _insist(self, kind, token, path, fields, leads_to):
        """Sends a form until it is acknowledged: until the answer leads to where success leads."""
        ledger = self.load.ledger
        write = ledger.begin(kind, token, fields["once"])
        while True:
            write.tries += 1
            if write.tries > 1:
                self.load.repeated()
            began = time.monotonic()
            try:
                answer = self.browser.post(path, fields)
            except Gone as gone:
                ledger.failed(f"POST {kind}: {gone}")
                self._pause(0.05)
                continue
            if answer.status == 303 and answer.location.startswith(leads_to):
                ledger.acknowledge(write)
                self.load.note(f"POST {kind}", time.monotonic() - began)
                self._think()
                return
            if answer.status >= 500 or answer.status == 429:
                ledger.failed(f"POST {kind}: {answer}")
                self._pause(0.2)
                continue
            write.refusal = str(answer)
            raise Refused(str(answer))

    def _think(self):
        if self.load.think:
            self._pause(self.chance.uniform(0, self.load.think))

    def _pause(self, seconds):
        """Raises when the load is over: nobody insists any longer."""
        if self.load.over.wait(seconds):
            raise Stopped


def _plain(path):
    """A path without what differs from one to the next."""
    parts = path.partition("?")[0].split("/")
    return "/".join("…" if any(character.isdigit() for character in part) else part for part in parts)
