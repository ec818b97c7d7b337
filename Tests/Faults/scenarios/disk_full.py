"""disk-full: the disk of the SQLite file is full again and again, while people post forms."""

import time

from harness.city import City
from harness.databases import SQLite
from harness.faults import SmallDisk
from harness.results import Result
from load.browser import Browser, Gone
from load.effects import count_effects
from load.people import contractors
from load.visitors import Load

ROUNDS = 20
MEGABYTES = 64
RECOVERY = 30


def run(stage):
    if stage.options.database == "PostgreSQL":
        return
    rounds, clients = stage.rounds(ROUNDS), stage.clients(4)
    disk = stage.started(SmallDisk(stage.folder_for("disk"), MEGABYTES))
    city = City(stage, "disk", SQLite(disk.folder / "city.sqlite"))
    people = contractors(stage.folder / "people", min(600, 40 + 8 * rounds))
    city.import_legacy(stage.folder / "people")
    server = city.server().start()
    pid = server.pid
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed)).start()
    load.wait_for_writes(20)
    result = Result(
        "disk-full", "SQLite",
        measured_how=f"a tmpfs of {MEGABYTES} MiB, filled but for 0–200 KB for 1–3 s; the server is never restarted; every row counted "
                     "after each round")
    refused, slowest = 0, 0.0
    while result.rounds < rounds:
        disk.fill(leave=stage.chance.choice([0, 0, 4096, stage.chance.randrange(200_000)]))
        time.sleep(0.3)
        before = sum(load.ledger.failures.values())
        time.sleep(stage.chance.uniform(1, 3))
        refused += sum(load.ledger.failures.values()) - before
        result.problems += page_problems(server, "while the disk is full")
        disk.free()
        freed = time.monotonic()
        result.rounds += 1
        if not server.is_running():
            result.problems.append(f"the server ended in round {result.rounds}:\n{server.log_tail(12)}")
            break
        if not load.wait_for_writes(1, RECOVERY):
            result.problems.append(
                f"round {result.rounds}: nothing was acknowledged within {RECOVERY} s of there being room again:\n{server.log_tail(6)}")
            break
        slowest = max(slowest, load.ledger.acknowledged_since(freed)[0].acknowledged - freed)
        verdict = load.ledger.verdict(lambda: count_effects(city.database))
        result.problems += [f"round {result.rounds}: {one}" for one in city.database.problems()]
        stage.say(f"round {result.rounds}: {verdict.acknowledged} acknowledged, {len(verdict.lost)} lost, {len(verdict.doubled)} doubled")
        if verdict.problems:
            break
    load.finish()
    if server.is_running() and server.pid != pid:
        result.problems.append("the server was restarted")
    server.stop()
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    result.problems += city.problems()
    if not refused:
        result.problems.append("nothing failed although the disk was full: the fault did not take place")
    result.notes["logged"] = server.errors()
    result.notes |= {"answers of failure while full": refused, "first write after room again, at most, s": round(slowest, 2)}
    yield result


def page_problems(server, when):
    """Reading needs no room on the disk."""
    try:
        answer = Browser(server.url, timeout=10).get("/search?q=panel")
    except Gone as gone:
        return [f"the search did not answer {when}: {gone}"]
    return [] if answer.status == 200 else [f"the search answered {answer} {when}"]
