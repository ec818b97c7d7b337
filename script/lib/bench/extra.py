"""What has no letter in the contract: texts that nobody should type, and a desk with ten thousand requests."""

import http.client
import sqlite3
import time
import urllib.parse

import load
from server import Server, accounts

HOSTILE = [
    "%", "_", "*", "kitch*", "*kitchen", "\"", "\"kitchen", "'", "' OR 1=1 --", "'; DROP TABLE public_entry; --", "kitchen AND NOT bath",
    "kitchen OR", "NEAR(kitchen bath)", "kitchen & | !", "!kitchen", "kitchen:*", "words:kitchen", "^kitchen", "((kitchen)", "<->",
    "kitchen <2> bath", "\\", "\x00", "p\u0301\u0301\u0301anel", "\u202enehctik", "İSTANBUL", "😀👩‍👩‍👧‍👦", "日本語", "\t\n\r", "a", "e", "1", "0", "bo", "st ave rd dr",
    "s_issued", "d8_2500", "kitchen bathroom", "basement kitchen roof", "the of and", "2", "80", "co 80305", "boulder", "ELE2021-99999999999999",
    "a" * 10_000, "a " * 5_000, "\"" * 3_000, "(" * 3_000, "😀" * 10_000, " ".join(f"w{n}" for n in range(2_000)), "kitchen " * 1_200,
    "xqzwv", "kitchne bathrom", "electricl panle upgrde kichen", "roof rof rooof", "1195 bear mountian drve",
]
FILTERS = ["", "&status=void", "&kind=permit&order=oldest", "&from=2015-01-01&to=2024-12-31"]


def hostile(city, report):
    """Every text with and without filters, one at a time, on the city as it stands."""
    slow, wrong = [], []
    with Server(city) as server:
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        server.get("/search?q=kitchen", connection=link)
        for text in HOSTILE:
            for more in FILTERS:
                path = f"/search?q={urllib.parse.quote(text)}{more}"
                begun = time.perf_counter()
                try:
                    status, _, body = server.get(path, connection=link)
                except (http.client.HTTPException, OSError):
                    status, body = 0, b""
                    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
                slow.append(((time.perf_counter() - begun) * 1000, text[:30] + more))
                if status not in (200, 414, 422, 431) or not body:
                    wrong.append((status, text[:30] + more))
    slow.sort(reverse=True)
    report.details[f"hostile {city.database} {city.cases}"] = {"slowest": slow[:10], "wrong": wrong}
    report.add("J1", city.database, f"slowest of {len(slow)} odd texts, {city.cases:,} cases", round(slow[0][0], 1), "ms", "<= 100",
               slow[0][0] <= 100 and not wrong)


COLUMNS = ["typed", "folded", "name", "phone", "language", "kind", "case_text", "part_text", "contacts", "reason", "state", "revision",
           "received_on", "created_at", "answered_on", "answered_at", "answer", "topic", "wish", "turn", "due_on"]
REQUESTS = 10_000


def requests(numbers):
    """As many as wait at a desk that was left alone, and as many again that were answered."""
    for number in numbers:
        day, waits = f"2026-{number % 9 + 1:02}-{number % 28 + 1:02}", number % 2 == 0
        email = f"asker{number}@mail.example"
        yield (f"AR-{90_000 + number}", email, email, f"Asker {number}", "", "en", "asked", f"ELE2021-{number:05}", "I am the owner.",
               "[]", "", "waiting" if waits else "declined", 1, day, 1_780_000_000_000_000 + number, None if waits else day,
               None if waits else 1_780_000_100_000_000 + number, "" if waits else "Please write to us.", "", "{}",
               "city" if number % 4 else "asker", day)


def fill_desk(city, server):
    names = ["number", *COLUMNS]
    if city.database == "SQLite":
        with sqlite3.connect(city.url.removeprefix("sqlite:")) as db:
            if db.execute("SELECT count(*) FROM access_request").fetchone()[0] < REQUESTS:
                db.executemany(f"INSERT INTO access_request ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
                               requests(range(REQUESTS)))
        return
    database = city.url.rsplit("/", 1)[1]
    if int(server.sql("SELECT count(*) FROM access_request", database)) >= REQUESTS:
        return

    def literal(value):
        return "NULL" if value is None else str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"

    rows = ", ".join("(" + ", ".join(map(literal, row)) + ")" for row in requests(range(REQUESTS)))
    server.sql(f"INSERT INTO access_request ({', '.join(names)}) VALUES {rows}; ANALYZE access_request", database)


def desk(city, server, seconds, report):
    """The pages of a help desk with ten thousand requests, half of them waiting."""
    fill_desk(city, server)
    with Server(city) as running:
        steward = next(one for one in accounts(city) if one["role"] == "contact steward")
        cookie = {"cookie": running.sign_in(steward["email"], steward["password"])}
        for path in ("/staff/desk", "/staff/desk/access-requests", "/staff/desk/access-requests?page=200",
                     "/staff/desk/access-requests?show=answered", "/staff/desk/numbers"):
            running.get(path, cookie)
            found = load.at_rate(running.base, [path], 20, seconds, cookie)
            report.details[f"desk {city.database} {path}"] = found
            report.add("desk", city.database, f"{path}, p99", round(found["p99_ms"], 1), "ms", "<= 50",
                       found["p99_ms"] <= 50 and found["wrong"] == 0)
