"""Invented contacts of a city, with who is who, and with every case in which two records look like one and are not."""

import csv
import random

COLUMNS = ["contact_id", "kind", "company_name", "first_name", "middle_name", "last_name", "title", "email", "other_email",
           "business_phone", "home_phone", "mobile_phone", "address", "unit", "city", "state", "zip", "parent_contact_id", "active",
           "created_on"]
FIRST = """Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly Emily
Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela
Emma Nicole Helen Samantha Katherine Christine Debra Rachel Carolyn Janet Catherine Maria Heather James Robert John Michael David William
Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy
Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander
Frank Patrick Raymond Jack Dennis Jerry Tyler Aaron José Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Walter Keith
Christian Roger Terry Sean Gerald Harold Carl Carla Erica Danielle Paula Mario Julio Julia Guadalupe Francisco Ignacio Mercedes Sofía
Joaquín Zoë Chloé Björn Renée André Inés Lucía Ramón Tamsin Otto Edda Ivo Thora Basil Wanda Ulla Marvin Martin Sherry Jean Joan
Jane""".split()
NICKNAMES = {"Robert": "Bob", "William": "Bill", "Richard": "Rick", "James": "Jim", "Michael": "Mike", "Thomas": "Tom", "Joseph": "Joe",
             "Daniel": "Dan", "Elizabeth": "Liz", "Margaret": "Peggy", "Katherine": "Kate", "Jennifer": "Jen", "Susan": "Sue",
             "Patricia": "Patty", "Francisco": "Paco", "Guadalupe": "Lupe", "Ignacio": "Nacho", "Samuel": "Sam", "Timothy": "Tim"}
COMMON = """Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor
Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen
Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts""".split()
BEGIN = "Ash Bar Cal Dun El Fen Gar Hol Ing Jar Kel Lin Mar Nor Os Pem Quin Ros Sal Tor Ul Ver Wes Yar Zim Bran Crow Dray Stan Whit".split()
MIDDLE = ["", "", "", "ing", "er", "ber", "den", "ley", "man", "ner", "ster", "wick", "dal", "gar"]
END = "ton son berg ford well stein wood field more land hurst worth quist ski ez ano elli aux ard by".split()
STREET = "Aspen Bear Cedar Dakota Elk Falcon Granite Hawthorn Iris Juniper Kestrel Linden Mesa Nugget Osage Pine Quartz Redstone Sage Talus Ute Valley Willow Yarrow".split()
STREET2 = ["", "", "", " Ridge", " Creek", " Hollow", " Mountain", " Canyon", " Meadow", " View", " Lake", " Hill"]
WAY = [("St", "Street"), ("Ave", "Avenue"), ("Dr", "Drive"), ("Ct", "Court"), ("Ln", "Lane"), ("Rd", "Road"), ("Pl", "Place"), ("Way", "Way")]
TOWNS = [("Boulder", ["80301", "80302", "80303", "80304", "80305"]), ("Longmont", ["80501", "80503", "80504"]), ("Lafayette", ["80026"]),
         ("Louisville", ["80027"]), ("Denver", ["80202", "80203", "80204", "80205", "80206", "80209", "80210", "80211"]),
         ("Niwot", ["80544"]), ("Broomfield", ["80020", "80021", "80023"])]
TRADE = "Electric Plumbing Roofing Builders Construction Heating Solar Homes Landscaping Concrete Framing Drywall Painting Design Excavating".split()
FORM = ["LLC", "LLC", "Inc", "Co", "", "Corp"]
MAIL = ["gmail.com", "yahoo.com", "outlook.com", "comcast.net", "icloud.com"]


class Contacts:
    """The same for a size and a seed. `rows` are the file's, `entity` says for each contact_id who it is."""

    def __init__(self, size, seed=1):
        self.chance = random.Random(seed)
        self.size = size
        self.rows, self.entity = [], {}
        self.people = self.entities = self.domains = 0
        # A large city has more names than a small one.
        made = [begin + middle + end for begin in BEGIN for middle in dict.fromkeys(MIDDLE) for end in END]
        self.chance.shuffle(made)
        self.last = COMMON * 8 + made[:max(200, min(len(made), size // 20))]
        while len(self.rows) < size:
            self.company() if self.chance.random() < 0.12 else self.household()
        self.rows = self.rows[:size]
        self.chance.shuffle(self.rows)
        renamed = {row["contact_id"]: f"c{number}" for number, row in enumerate(self.rows, 1)}
        self.entity = {renamed[old]: entity for old, entity in self.entity.items() if old in renamed}
        for row in self.rows:
            row["contact_id"] = renamed[row["contact_id"]]

    def write(self, path):
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(self.rows)

    def truth(self):
        """Every pair of contact_ids that is one person or company, the smaller first."""
        members = {}
        for contact, entity in self.entity.items():
            members.setdefault(entity, []).append(contact)
        return {frozenset((a, b)) for ids in members.values() for at, a in enumerate(ids) for b in ids[:at]}

    # who there is

    def add(self, entity, row):
        contact = f"x{len(self.rows)}"
        self.entity[contact] = entity
        self.rows.append({**row, "contact_id": contact, "active": row.get("active", "true"), "created_on": "2014-03-02"})

    def new(self):
        self.entities += 1
        return self.entities

    def yes(self, share):
        return self.chance.random() < share

    def pick(self, items):
        return items[int(self.chance.random() * len(items))]

    def phone(self):
        return f"({self.pick(['303', '720'])}) {self.chance.randint(200, 999)}-{self.chance.randint(0, 9999):04}"

    def place(self, has_unit=False):
        town, zips = self.pick(TOWNS)
        street = f"{self.chance.randint(1, 9999)} {self.pick(STREET)}{self.pick(STREET2)} {self.pick(WAY)[0]}"
        return {"address": street, "unit": f"Apt {self.chance.randint(1, 60)}" if has_unit else "", "city": town, "state": "CO",
                "zip": self.pick(zips)}

    def household(self):
        place, last, home = self.place(self.yes(0.25)), self.pick(self.last), self.phone()
        family_mail = f"the{last}s{self.chance.randint(1, 99999)}@{self.pick(MAIL)}".lower()
        firsts = self.chance.sample(FIRST, self.pick([1, 2, 2, 3, 4]))
        people = []
        if self.yes(0.02):
            # A father and a son of one name.
            first = self.pick(FIRST)
            people += [(first, f"{last} Sr"), (first, f"{last} Jr")]
        people += [(first, last if self.yes(0.9) else self.pick(self.last)) for first in firsts]
        for first, surname in people:
            self.people += 1
            row = {"kind": "person", "first_name": first, "last_name": surname, **place}
            if self.yes(0.3):
                row["middle_name"] = self.pick("ABCDEFGHJKLMNPRSTW")
            if self.yes(0.5):
                row["home_phone"] = home
            if self.yes(0.5):
                row["mobile_phone"] = self.phone()
            if self.yes(0.7):
                name = f"{first}.{surname.split()[0]}".lower()
                row["email"] = family_mail if self.yes(0.1) else f"{name}{self.people}@{self.pick(MAIL)}"
            entity = self.new()
            self.add(entity, row)
            for _ in range(self.pick([0] * 12 + [1, 1, 2])):
                self.add(entity, self.again(row))

    def company(self):
        core = f"{self.pick(self.last)} {self.pick(['', '& Sons ', 'Brothers ', 'Mountain ', 'Family '])}{self.pick(TRADE)}"
        self.domains += 1
        domain = f"{core.split()[0]}{self.domains}.example".lower()
        place = {**self.place(), "unit": f"Suite {self.chance.randint(100, 400)}" if self.yes(0.4) else ""}
        office = self.phone()
        name = f"{core} {self.pick(FORM)}".strip()
        row = {"kind": "company", "company_name": name, "business_phone": office, "email": f"{self.pick(['info', 'office', 'permits'])}@{domain}",
               **place}
        entity = self.new()
        self.add(entity, row)
        if self.yes(0.15):
            self.add(entity, self.company_again(row))
        if self.yes(0.05):
            # Two companies of one owner, in one office, under two names.
            self.add(self.new(), {**row, "company_name": f"{core} Supply LLC"})
        if self.yes(0.05):
            self.add(self.new(), {**row, "company_name": f"{self.pick(self.last)} Holdings LLC dba {self.pick(self.last)} {self.pick(TRADE)}"})
        before = None
        for first in self.chance.sample(FIRST, self.pick([0, 1, 2, 3])):
            last = self.pick(self.last)
            person = {"kind": "person", "company_name": name, "first_name": first, "last_name": last, "business_phone": office, **place}
            # One mailbox for all, or one each; now and then that of somebody who left.
            person["email"] = row["email"] if self.yes(0.3) else f"{first}@{domain}".lower()
            if before and self.yes(0.2):
                person["email"] = before
            before = person["email"]
            entity = self.new()
            self.add(entity, person)
            if self.yes(0.1):
                self.add(entity, {**person, "company_name": "", "address": "", "unit": "", "city": "", "zip": "", "state": ""})
            if self.yes(0.05):
                # Left, and is at home in the same file.
                self.add(entity, {"kind": "person", "first_name": first, "last_name": last, "email": f"{first}{self.people}@gmail.com".lower(),
                                  **self.place()})

    # the same one again, as somebody else typed it

    def again(self, row):
        row = dict(row)
        if row["first_name"] in NICKNAMES and self.yes(0.3):
            row["first_name"] = NICKNAMES[row["first_name"]]
        elif self.yes(0.1):
            row["first_name"] = self.slip(row["first_name"])
        if self.yes(0.1):
            row["last_name"] = self.slip(row["last_name"])
        elif self.yes(0.03):
            row["last_name"] = self.pick(self.last)
        if self.yes(0.3):
            row["middle_name"] = ""
        for field in ("email", "home_phone", "mobile_phone"):
            if self.yes(0.3):
                row[field] = ""
        if self.yes(0.15):
            row.update(self.place())
        elif self.yes(0.5):
            row["address"] = self.respell(row["address"])
        if self.yes(0.05):
            row["first_name"], row["last_name"] = row["last_name"], row["first_name"]
        return row

    def company_again(self, row):
        row = dict(row)
        words = row["company_name"].split()
        if words[-1] in FORM and self.yes(0.6):
            row["company_name"] = " ".join(words[:-1])
        elif self.yes(0.2):
            row["company_name"] = self.slip(row["company_name"])
        if self.yes(0.3):
            row["email"] = ""
        if self.yes(0.3):
            row["unit"] = ""
        if self.yes(0.4):
            row["address"] = self.respell(row["address"])
        return row

    def respell(self, address):
        for short, long in WAY:
            if address.endswith(" " + short):
                return address[:-len(short)] + (long if self.yes(0.7) else short + ".")
        return self.slip(address)

    def slip(self, text):
        at = self.chance.randrange(1, max(2, len(text) - 1))
        kind = self.chance.randrange(3)
        if kind == 0:
            return text[:at] + text[at + 1:]
        if kind == 1:
            return text[:at] + self.pick("aeiorstln") + text[at + 1:]
        return text[:at - 1] + text[at:at + 1] + text[at - 1:at] + text[at + 1:]
