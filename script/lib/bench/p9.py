"""P9: `import legacy` of 1 case : 2 contacts : 1 inspection, with facts and search index, while the site serves."""

import csv
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from cities import PROGRAM, City, environment
from server import Server

TARGET = 5000
CONTACT = ["contact_id", "kind", "company_name", "first_name", "middle_name", "last_name", "title", "email", "other_email",
           "business_phone", "home_phone", "mobile_phone", "address", "unit", "city", "state", "zip", "parent_contact_id",
           "active", "created_on"]
CASE = ["case_number", "module", "type", "work_class", "status", "description", "applied", "issued", "expires", "finalized",
        "address", "unit", "city", "state", "zip", "parcel", "parent_case_number", "valuation", "project"]
PART = ["case_number", "contact_id", "contact_type", "primary"]
INSPECTION = ["inspection_number", "case_number", "type", "status", "requested_for", "scheduled_for", "result", "completed_on",
              "inspector"]
FIRST = ["Tamsin", "Otto", "Edda", "Ivo", "Thora", "Basil", "Wanda", "Ulla"]
LAST = ["Fennimore", "Amsel", "Yarrow", "Dunmore", "Novak", "Ibarra", "Lindqvist", "Okafor"]
STREETS = ["Pika Ct", "Bear Mountain Dr", "Columbine Ridge Ave", "Flagstone Ave", "Juniper St"]
WORK = ["New panel and two circuits", "Rewire of the kitchen", "Service upgrade to 200 A", "Charger for an electric car"]


def write_export(folder, cases):
    """Invented people and permits, the same every time."""
    def table(name, columns, rows):
        with open(folder / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)

    def contact(number):
        first, last = FIRST[number % 8], LAST[number // 8 % 8]
        street = f"{100 + number % 9000} {STREETS[number % 5]}"
        return [f"c{number}", "person", "", first, "", last, "", f"p{number}@mail.example", "", "", "",
                f"303-555-{number % 10000:04}", street, "", "Boulder", "CO", "80304", "", "true", "2012-05-04"]

    def case(number):
        day = f"{2010 + number % 8}-{1 + number % 12:02}-{1 + number % 28:02}"
        return [f"ELE{2010 + number % 8}-{number:05}", "permit", "Electrical Permit", "Electrical Permit", "Issued",
                WORK[number % 4], day, day, "", "", f"{100 + number} {STREETS[number % 5]}", "", "Boulder", "CO", "80304",
                f"1577{number:08}", "", "1200.00", ""]

    def key(number):
        return f"ELE{2010 + number % 8}-{number:05}"

    table("contacts.csv", CONTACT, (contact(number) for number in range(2 * cases)))
    table("cases.csv", CASE, (case(number) for number in range(cases)))
    table("case_contacts.csv", PART, (
        [key(number // 2), f"c{number}", ["Applicant", "Property Owner"][number % 2], "true"] for number in range(2 * cases)))
    table("inspections.csv", INSPECTION, (
        [f"I{number}", key(number), "Rough electrical", "Completed", "2015-03-01", "2015-03-02", "Pass", "2015-03-02",
         "Dana Kowalczyk"] for number in range(cases)))


class Visitor:
    """Somebody who searches all the while."""

    def __init__(self, server):
        self.server = server
        self.took = []
        self.failed = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.ask)

    def ask(self):
        while not self.ended.wait(0.05):
            begun = time.monotonic()
            try:
                urllib.request.urlopen(f"{self.server.base}/search?q=pika", timeout=10).read()
                self.took.append(time.monotonic() - begun)
            except OSError:
                self.failed += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()


def one(city, export, report):
    known = environment(city.url)
    subprocess.run([PROGRAM, "migrate"], env=known, check=True, stdout=subprocess.DEVNULL)
    with Server(city) as server, Visitor(server) as visitor:
        begun = time.monotonic()
        done = subprocess.run([PROGRAM, "import", "legacy", export], env=known, capture_output=True, text=True)
        seconds = time.monotonic() - begun
    if done.returncode != 0:
        raise SystemExit(f"The import on {city.database} failed:\n{done.stderr}")
    rate = round(city.cases / seconds)
    took = sorted(visitor.took) or [0]
    # What was said last of each file.
    steps = list({line.split(":")[0]: line for line in done.stderr.splitlines() if ".csv:" in line}.values())
    report.details[f"P9 {city.database}"] = {"seconds": seconds, "pages": len(took), "pages_failed": visitor.failed, "steps": steps}
    report.add("P9", city.database, f"import of {city.cases:,} cases, site serving", rate, "cases/s", f">= {TARGET}", rate >= TARGET)
    report.add("P9", city.database, "search meanwhile, median", round(statistics.median(took) * 1000, 1), "ms")
    report.add("P9", city.database, "search meanwhile, worst", round(took[-1] * 1000, 1), "ms", "", None if not visitor.failed else False)


def measure(cases, postgres, databases, report):
    folder = Path(tempfile.mkdtemp(prefix="groundwork-bench."))
    try:
        export = folder / "export"
        export.mkdir()
        write_export(export, cases)
        if databases != "postgres":
            one(City("SQLite", cases, f"sqlite:{folder}/city.sqlite"), export, report)
        if databases != "sqlite":
            postgres.create("bench_import")
            one(City("PostgreSQL", cases, postgres.url("bench_import")), export, report)
            postgres.sql('DROP DATABASE "bench_import"')
    finally:
        shutil.rmtree(folder)
