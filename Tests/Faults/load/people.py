"""Invented people and their cases, as a legacy export: what the load's contractors find when they register."""

import csv
import random
from dataclasses import dataclass

CONTACTS = (
    "contact_id,kind,company_name,first_name,middle_name,last_name,title,email,other_email,business_phone,home_phone,mobile_phone,"
    "address,unit,city,state,zip,parent_contact_id,active,created_on").split(",")
USERS = "user_id,email,contact_id,last_sign_in".split(",")
CASES = (
    "case_number,module,type,work_class,status,description,applied,issued,expires,finalized,address,unit,city,state,zip,parcel,"
    "parent_case_number,valuation,project").split(",")
CASE_CONTACTS = "case_number,contact_id,contact_type,primary".split(",")


@dataclass(frozen=True)
class Contractor:
    """Somebody whom the city knows by this address, with a permit of their own."""
    email: str
    last_name: str
    case: str


class Export:
    """The four files, row by row."""

    def __init__(self, folder):
        folder.mkdir(exist_ok=True)
        self._files = {}
        self._writers = {}
        for name, columns in (
                ("contacts", CONTACTS), ("portal_users", USERS), ("cases", CASES), ("case_contacts", CASE_CONTACTS)):
            self._files[name] = (folder / f"{name}.csv").open("w", newline="", encoding="utf-8")
            self._writers[name] = csv.DictWriter(self._files[name], columns)
            self._writers[name].writeheader()
        self.folder = folder

    def add(self, file, **fields):
        self._writers[file].writerow(fields)

    def close(self):
        for file in self._files.values():
            file.close()
        return self.folder


def contractors(folder, count, start=0):
    """Writes an export of so many contractors, each the applicant of one electrical permit, and answers them."""
    export = Export(folder)
    people = []
    for number in range(start, start + count):
        one = Contractor(f"c{number:06}@contractors.example", f"C{number:06}", f"ELE2025-{number:05}")
        export.add("contacts", contact_id=f"F{number}", kind="person", first_name="Fault", last_name=one.last_name, email=one.email,
                   mobile_phone="303-555-0142", address=f"{100 + number} Walnut St", city="Boulder", state="CO", zip="80302",
                   active="true", created_on="2020-05-01")
        export.add("cases", case_number=one.case, module="permit", type="Electrical Permit", status="In Review",
                   description="New panel", applied="2025-03-01", address=f"{100 + number} Walnut St", city="Boulder", state="CO",
                   zip="80302")
        export.add("case_contacts", case_number=one.case, contact_id=f"F{number}", contact_type="Applicant", primary="true")
        people.append(one)
    export.close()
    return people


FIRST = "Ana Ben Chen Dara Elif Femi Gita Hugo Inés Jonas Kofi Lena Mina Noor Otto Priya Quinn Rosa Sven Tala Uma Vera Wim Yara Zoë"
LAST = "Abbott Brandt Castillo Dufour Eriksen Fischer García Huang Ibrahim Jensen Kowalski Larsen Moreau Nakamura Okafor Petrov Silva"
STREETS = "Arapahoe Pearl Spruce Walnut Mapleton Canyon Baseline Folsom Iris Juniper".split()
TYPES = [("Electrical Permit", "ELE", "permit"), ("Plumbing Permit", "PLB", "permit"), ("Mechanical Permit", "MEC", "permit")]
STATUSES = ["In Review", "Received", "Issued", "Closed"]


def older_portal(folder, cases, seed):
    """Writes the export of a small city: companies, people who work for some of them, permits with two contacts each, some of them
    below another one."""
    chance = random.Random(seed)
    export = Export(folder)
    people = max(20, cases * 3 // 4)
    for number in range(people):
        is_company = number % 4 == 0
        first, last = chance.choice(FIRST.split()), chance.choice(LAST.split())
        parent = f"P{chance.randrange(0, number // 4 + 1) * 4}" if number > 8 and not is_company and chance.random() < 0.3 else ""
        export.add(
            "contacts", contact_id=f"P{number}", kind="company" if is_company else "person",
            company_name=f"{last} {chance.choice(['Electric', 'Homes', 'Plumbing', 'Design'])} {number}" if is_company else "",
            first_name="" if is_company else first, last_name="" if is_company else last, email=f"p{number}@older.example",
            business_phone=f"303-555-{number % 10000:04}", address=f"{chance.randrange(100, 9900)} {chance.choice(STREETS)} St",
            city="Boulder", state="CO", zip="80302", parent_contact_id=parent, active=chance.choice(["true", "true", "true", "false"]),
            created_on=f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 10)}-15")
        if number % 3 == 0:
            export.add("portal_users", user_id=f"U{number}", email=f"p{number}@older.example", contact_id=f"P{number}",
                       last_sign_in="2024-11-05")
    numbers = []
    for number in range(cases):
        kind, prefix, module = TYPES[number % 3]
        case = f"{prefix}2024-{number:05}"
        parent = chance.choice(numbers) if numbers and chance.random() < 0.2 else ""
        street = f"{chance.randrange(100, 9900)} {chance.choice(STREETS)} St"
        export.add(
            "cases", case_number=case, module=module, type=kind, status=chance.choice(STATUSES),
            description=f"Work number {number}", applied=f"2024-0{chance.randrange(1, 10)}-{chance.randrange(10, 28)}", address=street,
            city="Boulder", state="CO", zip="80302", parent_case_number=parent, valuation=f"{chance.randrange(500, 90000)}.00")
        for part, contact in zip(("Applicant", "Property Owner"), chance.sample(range(people), 2)):
            export.add("case_contacts", case_number=case, contact_id=f"P{contact}", contact_type=part,
                       primary="true" if part == "Applicant" else "false")
        numbers.append(case)
    return export.close()
