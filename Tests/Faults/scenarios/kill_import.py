"""kill-import: an import is killed (SIGKILL) and run again until it is done, while a server serves the same database."""

import json
import time

from harness.city import DATABASES, City, cities
from harness.databases import SQLite, count
from harness.processes import Process
from harness.results import Result
from load.effects import count_effects
from load.people import contractors, older_portal
from load.visitors import Load

KILLS = 50
# An import gets some hundreds of rows further before it is killed; there must be enough for the last kill.
CASES_PER_KILL = 120

# What an import makes, without ids and moments of its own.
CONTENT = {
    "contact": """
        SELECT c.legacy_id, c.kind, c.company_name, c.first_name, c.last_name, c.search_name, c.findable, p.legacy_id,
               CASE WHEN c.until IS NULL THEN 0 ELSE 1 END,
               (SELECT COUNT(*) FROM contact_email e WHERE e.contact_id = c.id AND e.until IS NULL),
               (SELECT COUNT(*) FROM contact_phone h WHERE h.contact_id = c.id AND h.until IS NULL),
               (SELECT COUNT(*) FROM contact_address a WHERE a.contact_id = c.id AND a.until IS NULL),
               (SELECT COUNT(*) FROM fact f WHERE f.subject = 'contact:' || c.id)
        FROM contact c LEFT JOIN contact p ON p.id = c.parent_id WHERE c.legacy_id LIKE 'P%'""",
    "case_record": """
        SELECT r.number, r.module, r.type, r.work_class, r.status, r.bucket, r.description, r.project, r.valuation_cents, r.applied,
               r.active_on, p.number, r.contractor_state,
               (SELECT COUNT(*) FROM case_location l WHERE l.case_id = r.id),
               (SELECT COUNT(*) FROM public_entry e WHERE e.case_id = r.id),
               (SELECT COUNT(*) FROM fact f WHERE f.subject = 'case:' || r.id)
        FROM case_record r LEFT JOIN case_record p ON p.id = r.parent_id WHERE r.number LIKE '%2024-%'""",
    "case_grant": """
        SELECT r.number, c.legacy_id, g.contact_type, g.may_view, g.may_act, g.may_bill, g.may_request_inspection, g.is_primary,
               CASE WHEN g.until IS NULL THEN 0 ELSE 1 END
        FROM case_grant g JOIN case_record r ON r.id = g.case_id JOIN contact c ON c.id = g.contact_id WHERE r.number LIKE '%2024-%'""",
    "legacy_portal_user": "SELECT user_id, email, contact_legacy_id, last_sign_in FROM legacy_portal_user",
}


def run(stage):
    export = older_portal(stage.folder / "export", max(1500, stage.rounds(KILLS) * CASES_PER_KILL), stage.options.seed)
    wanted = None
    for city in cities(stage, DATABASES):
        wanted = wanted or undisturbed(stage, export)
        yield play(stage, city, export, wanted)


def content(database):
    """Everything imported as sorted text, so that both databases can be compared."""
    return {
        name: sorted("|".join("" if value is None else str(value) for value in row) for row in database.rows(sql))
        for name, sql in CONTENT.items()}


def undisturbed(stage, export):
    """What the import makes when nobody disturbs it."""
    city = City(stage, "undisturbed", SQLite(stage.folder / "undisturbed.sqlite"))
    began = time.monotonic()
    city.import_legacy(export)
    stage.say(f"undisturbed import: {time.monotonic() - began:.1f} s")
    return content(city.database)


def play(stage, city, export, wanted):
    kills = stage.rounds(KILLS)
    people = contractors(stage.folder / f"{city.name}-people", 120)
    city.import_legacy(stage.folder / f"{city.name}-people")
    server = city.server().start()
    load = stage.started(Load(city, server.url, people, stage.clients(2), stage.options.seed, think=0.2, reads=2)).start()
    result = Result(
        "kill-import", city.database.kind,
        measured_how=f"{len(wanted['case_record']):,} cases with contacts; SIGKILL all over it, and run again until done; contacts, cases, grants and "
                     "portal users compared value by value with an undisturbed import; people post forms meanwhile")
    total = sum(len(path.read_text().splitlines()) - 1 for path in export.glob("*.csv"))
    tries, code, endings = 0, None, []
    while result.rounds < kills and code != 0 and tries < kills + 5:
        code = attempt(stage, city, export, tries, total / kills / 2)
        tries += 1
        if code is None:
            result.rounds += 1
        elif code:
            endings.append(last_words(stage, city, tries - 1))
    for again in range(tries, tries + 5):
        code = attempt(stage, city, export, again)
        if code == 0:
            break
        endings.append(last_words(stage, city, again))
    result.problems += [f"{endings.count(one)} imports that nobody had killed failed: {one}" for one in dict.fromkeys(endings)]
    report = stage.folder / f"{city.name}-report.json"
    done = city.run("import", "legacy", export, "--report", report, check=False)
    if done.returncode == 0:
        result.problems += [
            f"a further run {what} {counts[what]} rows of {name}"
            for name, counts in json.loads(report.read_text())["files"].items() for what in ("imported", "updated") if counts[what]]
    else:
        result.problems.append(f"a further run ended with {done.returncode}: {done.stderr.strip().splitlines()[-1]}")
    load.finish()
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)

    made = content(city.database)
    for name, rows in wanted.items():
        missing, extra = set(rows) - set(made[name]), set(made[name]) - set(rows)
        result.notes[name] = f"{len(made[name])} of {len(rows)} rows"
        if missing or extra or len(rows) != len(made[name]):
            result.problems.append(
                f"{name}: {len(made[name])} rows instead of {len(rows)}; missing {sorted(missing)[:1]}, extra {sorted(extra)[:1]}")
    result.notes["logged"] = server.errors()
    result.notes["slowest post meanwhile, s"] = slowest(load, "POST")
    result.notes["slowest page meanwhile, s"] = slowest(load, "GET")
    server.stop()
    result.problems += city.problems()
    return result


def attempt(stage, city, export, number, rows=None):
    """Imports; with `rows`, until about so many more rows are in, or, now and then, only until it has hardly begun. Answers the exit
    code; None when it was killed."""
    program = city.program
    process = Process(
        "import", [program.binary, "import", "legacy", export], log(stage, city, number), program.environment(city.environment()),
        program.home)
    before = imported(city)
    stage.started(process).start()
    if rows is None:
        code = process.wait(600)
    elif stage.chance.random() < 0.15:
        code = process.wait(stage.chance.uniform(0.02, 0.3))
    else:
        enough = before + stage.chance.uniform(0, 1.6) * rows
        while imported(city) < enough and process.wait(0.02) is None:
            pass
        code = process.wait(stage.chance.uniform(0, 0.1))
    process.kill9()
    stage.say(f"import {number + 1}: {before} rows before, {imported(city)} after; {'killed' if code is None else f'ended with {code}'}")
    return code


def log(stage, city, number):
    return stage.folder / f"{city.name}-import-{number}.log"


def last_words(stage, city, number):
    lines = [line for line in log(stage, city, number).read_text().splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("Error")), lines[-1] if lines else "nothing was said")[:300]


def imported(city):
    return count(city.database, "SELECT COUNT(*) FROM import_row WHERE format = 'legacy'")


def slowest(load, method):
    times = [seconds for kind, all_times in load.timings.items() if kind.startswith(method) for _, seconds in all_times]
    return round(max(times, default=0), 2)
