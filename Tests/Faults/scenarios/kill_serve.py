"""kill-serve: the server is killed (SIGKILL) again and again, while people post forms."""

import time

from harness.city import cities
from harness.results import Result
from load.effects import count_effects, count_mails
from load.people import contractors
from load.visitors import Load

ROUNDS = 100


def run(stage):
    for city in cities(stage):
        yield play(stage, city)


def play(stage, city):
    rounds, clients = stage.rounds(ROUNDS), stage.clients(6)
    people = contractors(stage.folder / f"{city.name}-people", min(1500, 40 + 6 * rounds))
    city.import_legacy(stage.folder / f"{city.name}-people")
    server = city.server().start()
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed))
    load.start()
    load.wait_for_writes(clients)
    result = Result(
        "kill-serve", city.database.kind, rounds,
        measured_how=f"{clients} clients; SIGKILL at a random moment, in half of the rounds 0–40 ms after a form was sent, in one of ten "
                     "also while starting; every row counted after each kill")
    slowest_start, unheard = 0.0, 0
    for number in range(rounds):
        at = kill(stage, load, server)
        # Nobody writes now: what was done and not heard of can be told apart.
        verdict = load.ledger.verdict(lambda: count_effects(city.database))
        unheard += verdict.unheard
        stage.say(f"round {number + 1}: killed {at}; {summary(verdict)}")
        if verdict.problems:
            break
        began = time.monotonic()
        if stage.chance.random() < 0.1:
            server.start(wait=False)
            time.sleep(stage.chance.uniform(0, 0.4))
            server.kill9()
        server.start()
        slowest_start = max(slowest_start, time.monotonic() - began)
        if not load.wait_for_writes(1):
            result.problems.append(f"nothing was acknowledged within 60 s of restart {number + 1}; the log ends with\n{server.log_tail(8)}")
            break
    load.finish()
    verdict = load.ledger.verdict(lambda: count_effects(city.database))
    result.take(load.ledger, verdict, load.began, load.ended)
    result.problems += mail_problems(load.ledger, city)
    result.problems += city.problems()
    result.notes |= {"repeated posts": load.repeats, "of them done already": unheard, "slowest restart, s": round(slowest_start, 2)}
    server.stop()
    return result


def summary(verdict):
    return (f"{verdict.acknowledged} acknowledged, {len(verdict.lost)} lost, {len(verdict.doubled)} doubled, "
            f"{verdict.unheard} done and not heard of")


def kill(stage, load, server):
    """Kills the server at some moment, and says at which."""
    if stage.chance.random() < 0.5:
        time.sleep(stage.chance.uniform(0.2, 1.5))
        server.kill9()
        return "at any time"
    time.sleep(stage.chance.uniform(0.1, 0.8))
    load.posting.clear()
    load.posting.wait(5)
    delay = stage.chance.uniform(0, 0.04)
    time.sleep(delay)
    server.kill9()
    return f"{delay * 1000:.0f} ms after a post began"


def mail_problems(ledger, city, seconds=60):
    """Everybody who was added to a case is told once. Mails may be written a little after what they tell."""
    added = [write for write in ledger.acknowledged if write.kind == "add-contact"]
    deadline = time.monotonic() + seconds
    while True:
        mails = count_mails(city.database)["add-contact"]["mail"]
        missing = [write.token for write in added if mails.get(write.token, 0) == 0]
        if not missing or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    twice = [token for token, count in mails.items() if count > 1]
    return [f"no mail was queued to {token}" for token in missing[:10]] + [f"two mails were queued to {token}" for token in twice[:10]]
