"""reregister: the first morning after a city moved in. A thousand people of the older portal create their accounts again at the same
time; each finds exactly what is theirs, and no mail goes to anybody else."""

import random
import threading
import time

from harness.city import cities
from harness.results import Result
from load.browser import Browser
from load.people import Export
from load.visitors import Load, Person

PEOPLE, CLIENTS = 1000, 64


def run(stage):
    for city in cities(stage):
        yield play(stage, city)


class Truth:
    """Whom the older portal knew, and what must become of each email: `link` (contact), `owner` (contact), or `steward`."""

    def __init__(self, folder, count, chance):
        self.emails = {}
        export = Export(folder)
        for number in range(count):
            email = f"r{number:05}@older.example"
            kind = number % 10
            if kind < 6:
                self._contact(export, f"P{number}", "person", f"Rereg{number:05}", email)
                self.emails[email] = ("link", f"P{number}")
            elif kind < 9:
                self._contact(export, f"O{number}", "company", f"Rereg Works {number:05}", email)
                self.emails[email] = ("owner", f"O{number}")
            else:
                # Two people of one house.
                self._contact(export, f"P{number}", "person", f"Rereg{number:05}", email)
                self._contact(export, f"Q{number}", "person", f"Other{number:05}", email)
                self.emails[email] = ("steward", "")
            contact = f"{'O' if 6 <= kind < 9 else 'P'}{number}"
            export.add("portal_users", user_id=f"U{number}", email=email.upper() if chance.random() < 0.2 else email,
                       contact_id=contact, last_sign_in="2024-11-05")
            export.add("cases", case_number=f"ELE2024-{number:05}", module="permit", type="Electrical Permit", status="Issued",
                       description="Panel", applied="2024-03-01", address=f"{100 + number} Walnut St", city="Boulder", state="CO",
                       zip="80302")
            export.add("case_contacts", case_number=f"ELE2024-{number:05}", contact_id=contact, contact_type="Applicant", primary="true")
        export.close()

    def _contact(self, export, id, kind, name, email):
        export.add("contacts", contact_id=id, kind=kind, company_name=name if kind == "company" else "",
                   first_name="Ada" if kind == "person" else "", last_name=name if kind == "person" else "", email=email,
                   address="1 Pearl St", city="Boulder", state="CO", zip="80302", active="true", created_on="2015-05-01")


class Morning:
    """Everybody registers once; `clients` at a time."""

    def __init__(self, load, emails, clients, seed):
        self._rest = iter(emails)
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._come, args=(load, random.Random(seed * 1000 + number)), daemon=True) for number in range(clients)]

    def run(self):
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join()

    def _come(self, load, chance):
        person = Person(load, chance)
        while True:
            with self._lock:
                email = next(self._rest, None)
            if email is None:
                return
            person.browser = person._browser()
            person._register(Someone(email, email.split("@")[0].upper()))


class Someone:
    def __init__(self, email, last_name):
        self.email, self.last_name = email, last_name


def play(stage, city):
    count, clients = stage.rounds(PEOPLE), stage.clients(CLIENTS)
    truth = Truth(stage.folder / f"{city.name}-older", count, stage.chance)
    city.import_legacy(stage.folder / f"{city.name}-older")
    server = city.server().start()
    load = stage.started(Load(city, server.url, [], 0, stage.options.seed))
    load.began = time.monotonic()
    Morning(load, list(truth.emails), clients, stage.options.seed).run()
    load.ended = time.monotonic()

    result = Result(
        "reregister", city.database.kind, 1,
        measured_how=f"{count} people of an older portal register with their email, {clients} at a time: 60 % one person, 30 % a company "
                     "without an owner, 10 % a mailbox of two people; links, owners, requests and recipients compared with what was exported")
    # Too many passwords at once are told to wait; that is what the bound is for.
    patient, failures = [], []
    for reason, times in load.ledger.failures.items():
        (patient if ": 429" in reason else failures).append(f"{reason}, {times} times")
    result.problems += failures
    result.notes["told to wait"] = "; ".join(patient) or "nobody"
    result.acknowledged = sum(1 for write in load.ledger.snapshot() if write.kind == "finish" and write.acknowledged is not None)
    result.problems += wrong(city.database, truth.emails)
    result.notes["seconds"] = f"{load.ended - load.began:.0f}, {count / (load.ended - load.began):.1f} people/s"
    result.notes["logged"] = server.errors()
    for kind, times in sorted(load.timings.items()):
        seconds = sorted(seconds for _, seconds in times)
        result.notes[kind] = f"{len(seconds)}, p50 {1000 * seconds[len(seconds) // 2]:.0f} ms, slowest {1000 * seconds[-1]:.0f} ms"
    server.stop(60)
    result.problems += city.problems()
    return result


def wrong(database, truth):
    """Every difference between what must be and what is."""
    problems = []
    accounts = dict(database.rows("SELECT folded, account_id FROM account_email WHERE until IS NULL"))
    # Whoever has no record of their own gets a new one; what counts here is what the older portal knew.
    links, owners, steward = {}, {}, {}
    for email, contact in database.rows(
            "SELECT e.folded, c.legacy_id FROM contact_link l JOIN account_email e ON e.account_id = l.account_id "
            "JOIN contact c ON c.id = l.contact_id WHERE l.until IS NULL AND c.legacy_id IS NOT NULL"):
        links.setdefault(email, []).append(contact)
    for email, contact, role in database.rows(
            "SELECT e.folded, c.legacy_id, m.role FROM membership m JOIN account_email e ON e.account_id = m.account_id "
            "JOIN contact c ON c.id = m.organization_id WHERE m.until IS NULL"):
        owners.setdefault(email, []).append((contact, role))
    for (email,) in database.rows("SELECT folded FROM access_request WHERE kind = 'claim-undecided'"):
        steward[email] = steward.get(email, 0) + 1
    for email, (what, contact) in truth.items():
        expected = ([contact] if what == "link" else [], [(contact, "owner")] if what == "owner" else [], 1 if what == "steward" else 0)
        found = (links.get(email, []), owners.get(email, []), steward.get(email, 0))
        if email not in accounts:
            problems.append(f"{email} has no account")
        elif found != expected:
            problems.append(f"{email}: {found}, should be {expected}")
    if len(accounts) != len(truth):
        problems.append(f"{len(accounts)} accounts for {len(truth)} people")
    recipients = {row[0] for row in database.rows("SELECT DISTINCT recipient_folded FROM mail")}
    if recipients - truth.keys():
        problems.append(f"mail to {sorted(recipients - truth.keys())[:5]}")
    return problems[:20]
