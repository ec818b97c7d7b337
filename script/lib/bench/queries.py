"""Searches that people make, taken from the rows of a city: mix A and mix B of P1."""

import random
import sqlite3
import urllib.parse

KINDS = ("permit", "plan", "license", "code", "request")


def address(**parameters):
    return "/search?" + urllib.parse.urlencode({name: value for name, value in parameters.items() if value})


class Queries:
    """By class: `number`, `address`, `dates`; `one`, `hundred`, `tenth`, and the pages 50 of the last.

    `file` is the city's SQLite file; a PostgreSQL city of the same size and seed has the same cases.
    """

    def __init__(self, file, count=2000, seed=7):
        self.dice = random.Random(seed)
        self.db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        top, bottom = self.db.execute("SELECT MAX(case_id), MIN(case_id) FROM public_entry").fetchone()
        rows = []
        while len(rows) < count:
            found = self.db.execute(
                "SELECT number, module, type, status, applied, street_folded FROM public_entry WHERE case_id >= ? ORDER BY case_id "
                "LIMIT 1", (self.dice.randint(bottom, top),)).fetchone()
            if found and found[4] and found[5]:
                rows.append(found)
        self.a = {"number": [], "address": [], "dates": []}
        for number, module, type, status, applied, street in rows:
            filtered = self.dice.choice([{"kind": module}, {"type": type}, {"status": status}])
            self.a["number"].append(address(q=number, **filtered))
            self.a["address"].append(address(q=street, **filtered))
            year, month, _ = applied.split("-")
            last = self.dice.choice([f"{year}-{month}-28", f"{year}-12-31"])
            self.a["dates"].append(address(**{"from": f"{year}-{month}-01", "to": last}, **filtered))
        self.b = self._words(rows, count)

    def _words(self, rows, count):
        self.db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, public_entry_text, row)")
        cases = self.db.execute("SELECT COUNT(*) FROM public_entry").fetchone()[0]

        def terms(least, most, limit):
            return [term for (term,) in self.db.execute(
                "SELECT term FROM temp.vocabulary WHERE doc BETWEEN ? AND ? AND length(term) > 2 AND term NOT GLOB '*_*' "
                "ORDER BY term LIMIT ?", (least, most, limit))]

        # A prefix index adds terms of two and three letters with a letter before them; those with a digit first are its own.
        common = [term for term in terms(cases * 0.05, cases * 0.2, 10_000) if term.isalpha()]
        hundred = terms(50, 200, 400_000)
        once = terms(1, 1, 2_000_000)
        for words in (hundred, once):
            self.dice.shuffle(words)
        self.terms = {"one": len(once), "hundred": len(hundred), "tenth": len(common)}
        mixes = {"one": once[:count], "hundred": hundred[:count], "tenth": common}
        made = {name: [] for name in (*mixes, "tenth, page 50")}
        statuses = sorted({row[3] for row in rows})
        years = sorted({row[4][:4] for row in rows})
        for name, words in mixes.items():
            for turn in range(count):
                word = words[turn % len(words)] if words else ""
                if not word:
                    continue
                more = {}
                if turn % 2:
                    more["status"] = self.dice.choice(statuses)
                if turn % 4 > 1:
                    year = self.dice.choice(years)
                    more |= {"from": f"{year}-01-01", "to": f"{year}-12-31"}
                if name == "tenth":
                    # Common words are few: a second one of any frequency makes each query another.
                    second = self.dice.choice(common) if turn % 3 == 0 else ""
                    made[name].append(address(q=f"{word} {second}".strip(), **more))
                    made["tenth, page 50"].append(address(q=word, page=50, **more))
                else:
                    made[name].append(address(q=word, **more))
        return made

    def mix(self, which):
        paths = [path for paths in which.values() for path in paths]
        self.dice.shuffle(paths)
        return paths

    def rows(self):
        """Every public row, for the peers."""
        db = sqlite3.connect(self.db.execute("PRAGMA database_list").fetchone()[2])
        db.row_factory = sqlite3.Row
        for row in db.execute(
                "SELECT number, module AS kind, type, work_class, status, applied, address, description, contractors "
                "FROM public_entry ORDER BY id"):
            yield dict(row)
