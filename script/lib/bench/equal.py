"""equal: whether the time of an answer tells if an address has an account (A2). Known and unknown addresses take turns, one request at a
time; what counts is how far the medians are apart, and how likely a difference as large comes by chance (Mann-Whitney). The flows go
side by side: most of an answer's time is waited, not worked."""

import concurrent.futures
import http.client
import math
import re
import secrets
import shutil
import sqlite3
import statistics
import tempfile
import time
import urllib.parse
from dataclasses import replace
from pathlib import Path

from server import Server, accounts

MOST = 0.05
LIMITS = {f"GROUNDWORK_LIMIT_{name}": "999999/1h" for name in (
    "SIGN_IN_ACCOUNT", "SIGN_IN_ADDRESS", "MAIL_RECIPIENT", "MAIL_ADDRESS", "CONTACT_ADD", "ACCESS_REQUEST", "KEPT_FORM",
    "OLD_PORTAL_MAIL", "PEOPLE_SEARCH")}


def add_accounts(city, count):
    """So many people with an address of their own and a password, as registering would leave them."""
    path = city.url.removeprefix("sqlite:")
    with sqlite3.connect(path, timeout=60) as link:
        now = link.execute("SELECT MAX(created_at) FROM account").fetchone()[0]
        secret = link.execute("SELECT secret FROM credential WHERE kind = 'password' AND until IS NULL LIMIT 1").fetchone()[0]
        have = link.execute("SELECT COUNT(*) FROM account WHERE public_id LIKE 'known-%'").fetchone()[0]
        for number in range(have, count):
            account = link.execute(
                "INSERT INTO account (public_id, first_name, last_name, phone, language, created_at) VALUES (?, 'Kay', 'Known', '', 'en', ?)",
                (f"known-{number}", now)).lastrowid
            link.execute("INSERT INTO account_email (account_id, typed, folded, proven_at, is_primary) VALUES (?, ?, ?, ?, 1)",
                         (account, known(number), known(number), now))
            link.execute("INSERT INTO credential (account_id, kind, secret, since) VALUES (?, 'password', ?, ?)", (account, secret, now))


def known(number):
    return f"kay.{number:05}@known.example"


class Visitor:
    def __init__(self, server, cookie=""):
        self.server, self.cookie = server, cookie
        self.link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def get(self, path):
        self.link.request("GET", path, headers={"cookie": self.cookie} if self.cookie else {})
        return self.link.getresponse().read().decode()

    def post(self, path, fields):
        """Milliseconds and status of an answer."""
        body = urllib.parse.urlencode(fields | {"once": secrets.token_hex(16)})
        headers = {"content-type": "application/x-www-form-urlencoded", "origin": self.server.base}
        if self.cookie:
            headers["cookie"] = self.cookie
        begun = time.perf_counter()
        self.link.request("POST", path, body, headers)
        answer = self.link.getresponse()
        answer.read()
        return (time.perf_counter() - begun) * 1000, answer.status


def flows(server, city):
    """Name, path and fields of everything that takes an address."""
    owner = next(one for one in accounts(city) if one["role"] == "company owner")
    session = server.sign_in(owner["email"], owner["password"])
    signed_in = Visitor(server, session)
    organization = re.search(r'/account/organization/[^"/]+', signed_in.get("/account"))[0]
    cases = owner["cases"]
    kind = re.search(r'<option value="([a-z-]+)"', signed_in.get(f"/cases/{cases[0]}/contacts"))[1]
    yield "register", Visitor(server), lambda email, turn: ("/register", {"email": email})
    yield "sign-in", Visitor(server), lambda email, turn: (
        "/sign-in", {"email": email, "password": "not the right password", "return": ""})
    yield "reset", Visitor(server), lambda email, turn: ("/reset", {"email": email})
    yield "invite to a case", signed_in, lambda email, turn: (
        f"/cases/{cases[turn % len(cases)]}/contacts/add-email", {"email": email, "as": kind})
    yield "invite to a company", Visitor(server, session), lambda email, turn: (
        f"{organization}/invite", {"email": email, "role": "member", "scope": "all", "days": "7"})
    yield "ask for access", Visitor(server), lambda email, turn: (
        "/access-request", {"case": "1 Elsewhere St", "part": "I rent the house", "email": email, "name": "Kay Known"})


def chance(one, other):
    """The two-sided p of the Mann-Whitney test, by its normal approximation."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    sum_of_ranks = sum(rank for rank, (_, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(one), len(other)
    u = sum_of_ranks - n * (n + 1) / 2
    deviation = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(u - n * m / 2) / deviation / math.sqrt(2))


def equal(kept, count, report):
    # What is asked leaves traces; the city that is kept stays as it is.
    with tempfile.TemporaryDirectory(prefix="groundwork-bench.") as folder:
        shutil.copytree(Path(kept.url.removeprefix("sqlite:")).parent, f"{folder}/city")
        measure(replace(kept, url=f"sqlite:{folder}/city/city.sqlite"), count, report)


def measure(city, count, report):
    add_accounts(city, count + 50)
    with Server(city, **LIMITS) as server, concurrent.futures.ThreadPoolExecutor() as threads:
        for name, times, statuses in threads.map(lambda flow: taking_turns(*flow, count), list(flows(server, city))):
            middle = {side: statistics.median(many) for side, many in times.items()}
            apart = abs(middle[True] - middle[False]) / max(middle.values())
            report.details[f"equal {name}"] = {
                "n": count, "median_ms": {"known": middle[True], "unknown": middle[False]}, "p": chance(times[True], times[False]),
                "status": {"known": sorted(statuses[True]), "unknown": sorted(statuses[False])}}
            same = statuses[True] == statuses[False]
            report.add("equal", city.database, f"{name}: medians {middle[True]:.2f} and {middle[False]:.2f} ms apart by",
                       f"{apart * 100:.1f}", "%", "< 5", apart < MOST and same)


def taking_turns(name, visitor, ask, count):
    """Milliseconds and statuses for addresses that are known (True) and that are not."""
    times, statuses = {True: [], False: []}, {True: set(), False: set()}
    for turn in range(-50, count):
        stranger = f"{secrets.token_hex(4)}.{turn % 1000:03}@known.example"
        # The one that comes first takes turns too.
        for is_known in ((True, False) if turn % 2 else (False, True)):
            path, fields = ask(known(turn + 50) if is_known else stranger, turn)
            took, status = visitor.post(path, fields)
            if turn >= 0:
                times[is_known].append(took)
                statuses[is_known].add(status)
    return name, times, statuses
