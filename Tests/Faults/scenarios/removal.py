"""removal: somebody is taken out of a company, or a case is no longer chosen for them, while they read its cases from many browsers. What
was open to them is closed at their next request (B2, B3)."""

import html
import json
import re
import threading
import time

from harness.city import cities
from harness.results import Result
from load.browser import Browser, Gone
from load.forms import hidden_fields

ROUNDS, CLIENTS = 12, 32
# The last answer that still showed something may come so long after the removal was acknowledged, in seconds.
MOST = 1.0
BEFORE, AFTER = 1.5, 1.5
LIMITS = {f"GROUNDWORK_LIMIT_{name}": "99999/1h" for name in (
    "SIGN_IN_ACCOUNT", "SIGN_IN_ADDRESS", "MAIL_RECIPIENT", "MAIL_ADDRESS", "CONTACT_ADD", "INVITATION_ANSWER")}


def run(stage):
    for city in cities(stage):
        yield play(stage, city)


class Reader(threading.Thread):
    """One browser of the member that reads without a pause."""

    def __init__(self, url, cookies, private, closes):
        """`closes`: a page that is there now and not afterwards."""
        super().__init__(daemon=True)
        self.browser = Browser(url)
        self.browser.cookies = dict(cookies)
        case = f"/cases/{private}"
        self.pages = [case, f"{case}/contacts", f"{case}/timeline", "/dashboard", "/cases", "/account/records.json"] + closes
        self.private, self.closes = private, closes
        # (asked, answered, whether something of the company was shown)
        self.answers, self.failures = [], []
        self.stops = threading.Event()

    def run(self):
        turn = 0
        while not self.stops.is_set():
            page = self.pages[turn % len(self.pages)]
            turn += 1
            asked = time.monotonic()
            try:
                answer = self.browser.get(page)
            except Gone as gone:
                self.failures.append(str(gone))
                continue
            if answer.status >= 500:
                self.failures.append(str(answer))
            shown = answer.status == 200 and (page in self.closes or self.private in answer.text)
            self.answers.append((asked, time.monotonic(), shown, page))


class Office:
    """The owner of a company and one of its members."""

    def __init__(self, city, server):
        self.url = server.url
        people = {one["role"]: one for one in json.loads(city.run("demo", "--accounts", "--json").stdout)}
        self.owner, self.member = self.signs_in(people["company owner"]), self.signs_in(people["company member"])
        self.person = people["company member"]
        self.organization = re.search(r"/account/organization/[^\"/]+", self.owner.get("/account").text)[0]
        guest = Browser(self.url)
        # A draft is for its own people alone.
        self.private = next(one for one in self.person["cases"] if guest.get(f"/cases/{one}").status == 404)

    def signs_in(self, person):
        browser = Browser(self.url)
        answer = self.sends(browser, "/sign-in", "/sign-in", {"email": person["email"], "password": person["password"]})
        assert answer.status == 303 and answer.location == "/dashboard", f"{person['role']} cannot sign in: {answer}"
        return browser

    @staticmethod
    def sends(browser, page, action, fields):
        hidden = hidden_fields(browser.get(page).text, action, having="once")
        assert hidden is not None, f"{page} has no form to {action}"
        return browser.post(action, hidden | fields)

    def address(self, ending):
        """The path of one of the buttons or links of the member's row."""
        row = next(
            row for row in re.findall(r"<tr>.*?</tr>", self.owner.get(self.organization).text, re.S)
            if html.escape(self.person["name"]) in row)
        return re.search(rf'(?:action|href)="([^"]*{ending}[^"]*)"', row)[1]

    def removes(self):
        return self.sends(self.owner, self.organization, self.address("/remove/"), {})

    def chooses(self, ticked):
        page = self.address("/cases")
        fields = {"scope": "chosen"} | ({f"case-{self.private}": "yes"} if ticked else {})
        return self.sends(self.owner, f"{page}?q={self.private}", page, fields)

    def comes_back(self, scope):
        """By an invitation to the member's address, which they accept."""
        page = f"{self.organization}/invite"
        asked = {"email": self.person["email"], "role": "member", "scope": scope, "days": "7"}
        assert self.sends(self.owner, page, page, asked).status == 303
        mails = json.loads(Browser(self.url).get("/demo/mail.json").text)
        link = next(link for mail in mails if mail["to"] == self.person["email"] for link in mail["links"] if "/invitations/" in link)
        link = link.removeprefix(self.url)
        answer = self.sends(self.member, link, f"{link}/accept", {})
        assert answer.status == 303, answer
        if scope == "chosen":
            assert self.chooses(True).status == 303
        assert self.member.get(f"/cases/{self.private}").status == 200, "the member is back and sees nothing"


def play(stage, city):
    rounds, clients = stage.rounds(ROUNDS), stage.clients(CLIENTS)
    city.run("demo", "--cases", "60", "--seed", "7")
    server = city.server(**LIMITS).start()
    office = Office(city, server)
    result = Result(
        "removal", city.database.kind, measured_how=f"{clients} browsers of one member read a draft, its tabs, their lists and the page of "
        "the company without a pause; every second round the member is removed, otherwise the case is no longer chosen for them")
    slowest, shown, refused = 0.0, 0, 0
    for number in range(rounds):
        is_removal = number % 2 == 0
        if number > 0:
            office.comes_back("all") if is_removal else office.comes_back("chosen")
        elif office.member.get(f"/cases/{office.private}").status != 200:
            result.problems.append("the member does not see the draft to begin with")
            break
        readers = [
            Reader(server.url, office.member.cookies, office.private, [office.organization] if is_removal else [])
            for _ in range(clients)]
        for reader in readers:
            reader.start()
        time.sleep(BEFORE)
        answer = office.removes() if is_removal else office.chooses(False)
        acknowledged = time.monotonic()
        if answer.status != 303:
            result.problems.append(f"round {number + 1}: the removal was answered {answer}")
        time.sleep(AFTER)
        for reader in readers:
            reader.stops.set()
        for reader in readers:
            reader.join(30)
        result.rounds += 1
        answers = [one for reader in readers for one in reader.answers]
        late = [one for one in answers if one[2] and one[0] > acknowledged]
        last = max((one[1] for one in answers if one[2]), default=acknowledged) - acknowledged
        slowest = max(slowest, last)
        before = [one for one in answers if one[2]]
        shown, refused = shown + len(before), refused + sum(1 for one in answers if not one[2] and one[0] > acknowledged)
        stage.say(f"round {number + 1}: {len(before)} answers before, the last {last * 1000:.0f} ms after the removal; {len(late)} late")
        if not before:
            result.problems.append(f"round {number + 1}: nothing was shown before the removal")
        if late:
            result.problems.append(f"round {number + 1}: asked after the removal and still shown: {sorted({one[3] for one in late})}")
        if last > MOST:
            result.problems.append(f"round {number + 1}: still shown {last:.2f} s after the removal")
        result.problems += sorted({failure for reader in readers for failure in reader.failures})[:5]
        # What was chosen ends for good, so that the next round begins the same.
        if not is_removal:
            assert office.removes().status == 303
    result.acknowledged = result.rounds
    result.notes |= {
        "answers that showed something": shown, "refused after the removal": refused,
        "the last one after the removal, ms": round(slowest * 1000)}
    server.stop(60)
    result.problems += city.problems()
    return result
