"""Searches that people make, taken from the rows of a city: mix A and mix B of P1."""

import json
import random
import sqlite3
import urllib.parse

KINDS = ("permit", "plan", "license", "code", "request")


def address(**parameters):
    return "/search?" + urllib.parse.urlencode({name: value for name, value in parameters.items() if value})


class SQLiteRecord:
    """The public entries of a city's file."""

    def __init__(self, file):
        self.db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self.file = file
        self.size, top, bottom = self.db.execute("SELECT COUNT(*), MAX(case_id), MIN(case_id) FROM public_entry").fetchone()
        self.cases = bottom, top

    def entries(self, case_ids):
        """Of each the next: number, module, type, status, applied, street."""
        for case_id in case_ids:
            found = self.db.execute(
                "SELECT number, module, type, status, applied, street_folded FROM public_entry WHERE case_id >= ? ORDER BY case_id "
                "LIMIT 1", (case_id,)).fetchone()
            if found:
                yield found

    def terms(self, ranges):
        """For each (least, most, limit) the words that so many entries hold."""
        self.db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, public_entry_text, row)")
        return [[term for (term,) in self.db.execute(
            "SELECT term FROM temp.vocabulary WHERE doc BETWEEN ? AND ? AND length(term) > 2 AND term NOT GLOB '*_*' "
            "ORDER BY term LIMIT ?", wanted)] for wanted in ranges]

    def rows(self):
        """Every public row, for the peers."""
        db = sqlite3.connect(self.file)
        db.row_factory = sqlite3.Row
        for row in db.execute(
                "SELECT number, module AS kind, type, work_class, status, applied, address, description, contractors "
                "FROM public_entry ORDER BY id"):
            yield dict(row)


class PostgresRecord:
    """The same of a city on PostgreSQL: a very large one need not be made twice."""

    def __init__(self, server, database):
        self.sql = lambda statement: server.sql(statement, database)
        self.size, top, bottom = map(int, self.sql("SELECT COUNT(*), MAX(case_id), MIN(case_id) FROM public_entry").split("|"))
        self.cases = bottom, top

    def entries(self, case_ids):
        found = self.sql(
            f"SELECT row_to_json(e) FROM unnest(ARRAY[{','.join(map(str, case_ids))}]::bigint[]) WITH ORDINALITY w (case_id, place), "
            "LATERAL (SELECT number, module, type, status, applied, street_folded FROM public_entry e "
            "WHERE e.case_id >= w.case_id ORDER BY e.case_id LIMIT 1) e ORDER BY w.place")
        for line in found.splitlines():
            yield tuple(json.loads(line).values())

    def terms(self, ranges):
        """Of a sample of a hundred thousand entries: how many hold a rare word is counted among all, of a common one estimated."""
        percent = min(100, 100 * 100_000 / self.size)
        self.sql(f"""
            CREATE SCHEMA IF NOT EXISTS bench;
            SET enable_seqscan = off;
            CREATE TABLE IF NOT EXISTS bench.vocabulary AS
            SELECT word AS term, CASE WHEN seen < 10 THEN (
                SELECT count(*) FROM public_entry t
                WHERE array_to_tsvector(string_to_array(t.words, ' ')) @@ CAST(quote_literal(word) AS tsquery))
                ELSE round(seen * 100 / {percent}) END AS doc
            FROM (
                SELECT word, count(DISTINCT e.id) AS seen
                FROM public_entry e TABLESAMPLE SYSTEM ({percent}) REPEATABLE (1), unnest(string_to_array(e.words, ' ')) word
                WHERE word NOT LIKE '%\\_%' GROUP BY word) sample""")
        return [self.sql(
            f"SELECT term FROM bench.vocabulary WHERE doc BETWEEN {least} AND {most} AND length(term) > 2 AND term NOT LIKE '%\\_%' "
            f'ORDER BY term COLLATE "C" LIMIT {limit}').splitlines() for least, most, limit in ranges]


class Queries:
    """By class: `number`, `address`, `dates`; `one`, `hundred`, `tenth`, and the pages 50 of the last.

    `record` is a city's; one of the same size and seed on the other database has the same cases.
    """

    def __init__(self, record, count=2000, seed=7):
        self.dice = random.Random(seed)
        self.record = record
        rows = []
        while len(rows) < count:
            wanted = [self.dice.randint(*record.cases) for _ in range(count)]
            rows += [found for found in record.entries(wanted) if found[4] and found[5]]
        rows = rows[:count]
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
        cases = self.record.size
        common, hundred, once = self.record.terms([
            (int(cases * 0.05), int(cases * 0.2), 10_000), (50, 200, 400_000), (1, 1, 2_000_000)])
        # A prefix index adds terms of two and three letters with a letter before them; those with a digit first are its own.
        common = [term for term in common if term.isalpha()]
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
