"""postgres-restart: PostgreSQL is killed (SIGKILL) and started again, while people post forms. The server of the portal stays up."""

import time

from harness.city import cities
from harness.postgres import SLOW_COMMITS
from harness.results import Result
from load.effects import count_effects
from load.people import contractors
from load.visitors import Load

ROUNDS = 30
RECOVERY = 60


def run(stage):
    for city in cities(stage, ["PostgreSQL"], SLOW_COMMITS):
        yield play(stage, city)


def play(stage, city):
    rounds, clients = stage.rounds(ROUNDS), stage.clients(12)
    people = contractors(stage.folder / "people", min(600, 40 + 8 * rounds))
    city.import_legacy(stage.folder / "people")
    server = city.server().start()
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed)).start()
    load.wait_for_writes(20)
    result = Result(
        "postgres-restart", "PostgreSQL",
        measured_how=f"{clients} clients; SIGKILL to every process of PostgreSQL, started again after 0–3 s; in one of four rounds only to one "
                     "process of a connection; commits slowed by 20 ms, so that many are under way; every row counted after each round")
    slowest = 0.0
    for number in range(rounds):
        load.posting.clear()
        load.posting.wait(5)
        time.sleep(stage.chance.uniform(0, 0.06))
        if number % 4 == 3:
            how = "one backend"
            city.postgres.kill9_one_backend(stage.chance)
            time.sleep(0.5)
        else:
            down = stage.chance.choice([0, stage.chance.uniform(0, 3)])
            how = f"all, down for {down:.1f} s"
            city.postgres.kill9()
            time.sleep(down)
            city.postgres.start()
        back = time.monotonic()
        result.rounds += 1
        if not load.wait_for_writes(1, RECOVERY):
            result.problems.append(
                f"round {result.rounds}: nothing was acknowledged within {RECOVERY} s of PostgreSQL being back:\n{server.log_tail(6)}")
            break
        slowest = max(slowest, load.ledger.acknowledged_since(back)[0].acknowledged - back)
        verdict = load.ledger.verdict(lambda: count_effects(city.database))
        stage.say(f"round {result.rounds}: {how}; {verdict.acknowledged} acknowledged, {len(verdict.lost)} lost, "
                  f"{len(verdict.doubled)} doubled")
        if verdict.problems:
            break
        load.wait_for_writes(clients * 2, 10)
    load.finish()
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    if not server.is_running():
        result.problems.append(f"the server ended:\n{server.log_tail(12)}")
    else:
        server.stop()
    result.problems += city.problems()
    result.notes["logged"] = server.errors()
    result.notes |= {"repeated posts": load.repeats, "first write after PostgreSQL is back, at most, s": round(slowest, 2)}
    return result
