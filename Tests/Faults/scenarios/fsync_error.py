"""fsync-error: the disk says that it could not write (EIO) to the server on SQLite, for a while; then the machine loses power."""

import time

from harness.city import City
from harness.databases import SQLite
from harness.faults import FailingCalls
from harness.results import Result
from load.effects import count_effects
from load.people import contractors
from load.visitors import Load

ROUNDS = 20
RECOVERY = 30
# Which calls fail, and which of them: all; every second one; the ones after the third.
WAYS = (
    ("fsync,fdatasync", None), ("fsync,fdatasync", "1+2"), ("fsync,fdatasync", "3+"), ("pwrite64,fsync,fdatasync", "2+3"))


def run(stage):
    if stage.options.database == "PostgreSQL":
        return
    rounds, clients = stage.rounds(ROUNDS), stage.clients(4)
    city = City(stage, "city", SQLite(stage.folder / "city.sqlite"))
    people = contractors(stage.folder / "people", min(600, 40 + 8 * rounds))
    city.import_legacy(stage.folder / "people")
    server = city.server().start()
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed)).start()
    load.wait_for_writes(20)
    result = Result(
        "fsync-error", "SQLite",
        measured_how="strace lets fsync, fdatasync and pwrite64 fail with EIO (all, every second, every third) for 1–2.5 s; in half of the "
                     "rounds SIGKILL while they fail, otherwise the server goes on; every row counted and integrity_check after each round")
    injected, while_all_fail = 0, 0
    for number in range(rounds):
        calls, when = WAYS[number % len(WAYS)]
        fault = stage.started(FailingCalls(server, calls, "EIO", stage.folder / f"strace-{number}.log", when))
        since = time.monotonic()
        time.sleep(stage.chance.uniform(1, 2.5))
        if when is None:
            # No commit can have reached the disk.
            while_all_fail += len(load.ledger.acknowledged_since(since))
        is_killed = stage.chance.random() < 0.5
        if is_killed:
            server.kill9()
        injected += fault.failed()
        fault.end()
        result.rounds += 1
        if is_killed:
            verdict = load.ledger.verdict(lambda: count_effects(city.database))
            server.start()
        elif not server.is_running():
            result.problems.append(f"the server ended in round {result.rounds}:\n{server.log_tail(12)}")
            break
        if not load.wait_for_writes(1, RECOVERY):
            result.problems.append(
                f"round {result.rounds}: nothing was acknowledged within {RECOVERY} s of the disk being well again:\n{server.log_tail(6)}")
            break
        if not is_killed:
            verdict = load.ledger.verdict(lambda: count_effects(city.database))
        result.problems += [f"round {result.rounds}: {one}" for one in city.database.problems()]
        stage.say(f"round {result.rounds}: {calls} {when or 'all'}: {fault.failed()} failed{', killed' if is_killed else ''}; "
                  f"{verdict.acknowledged} acknowledged, {len(verdict.lost)} lost, {len(verdict.doubled)} doubled")
        if verdict.problems:
            result.problems += verdict.problems
            break
    load.finish()
    server.kill9()
    server.start()
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    server.stop()
    result.problems += city.problems()
    if while_all_fail:
        result.problems.append(f"{while_all_fail} writes were acknowledged while every fsync failed")
    if not injected:
        result.problems.append("no call failed: the fault did not take place")
    result.notes["logged"] = server.errors()
    result.notes["calls that failed"] = injected
    yield result
