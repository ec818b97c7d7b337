"""soak: many people for a long time, reading and writing. No error; memory that does not grow."""

import time

from harness.city import cities
from harness.results import Result
from load.effects import count_effects
from load.people import contractors
from load.visitors import Load

CLIENTS = 64
# The server may hold so much more in its last third than in its first: 10 % or 8 MiB.
GROWTH, SLACK = 1.10, 8


def run(stage):
    for city in cities(stage):
        yield play(stage, city)


def play(stage, city):
    minutes, clients = stage.options.minutes, stage.clients(CLIENTS)
    people = contractors(stage.folder / f"{city.name}-people", int(clients * (2 + 2 * minutes)))
    city.import_legacy(stage.folder / f"{city.name}-people")
    server = city.server().start()
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed, think=0.5, reads=3)).start()
    samples = []
    while (passed := time.monotonic() - load.began) < minutes * 60:
        time.sleep(min(2, minutes * 2))
        samples.append((passed, server.anonymous_memory()))
        stage.say(f"{samples[-1][1]:.1f} MiB, {len(load.ledger.acknowledged)} acknowledged, {sum(load.ledger.failures.values())} failed")
    load.finish()
    result = Result(
        "soak", city.database.kind, 1,
        measured_how=f"{clients} clients for {minutes:g} minutes, each with pauses of 0–0.5 s, four or five pages for each form; server and "
                     "clients on one machine; times as the clients see them; memory is RssAnon every 2 s")
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    result.problems += [f"{reason}, {times} times" for reason, times in load.ledger.failures.items()]
    result.notes["logged"] = server.errors()
    first, last = third(samples, 0), third(samples, 2)
    result.notes |= {
        "requests": sum(map(len, load.timings.values())), "RssAnon, MiB": f"first third {first:.1f}, last third {last:.1f}"}
    # A shorter run is all warming up.
    if minutes >= 5 and last > max(first * GROWTH, first + SLACK):
        result.problems.append(f"memory grew from {first:.1f} to {last:.1f} MiB")
    if city.database.dialect == "postgres":
        sql = "SELECT xact_commit, xact_rollback FROM pg_stat_database WHERE datname = current_database()"
        committed, back = city.database.rows(sql)[0]
        result.notes["transactions rolled back, most to be run again"] = f"{back} of {committed + back}"
    for kind, times in [(method, of(load, method)) for method in ("GET", "POST")] + sorted(load.timings.items()):
        seconds = sorted(seconds for _, seconds in times)
        result.notes[kind] = f"{len(seconds)}, p50 {at(seconds, 0.50):.0f} ms, p99 {at(seconds, 0.99):.0f} ms"
    server.stop(60)
    result.problems += city.problems()
    return result


def of(load, method):
    """All times of pages, or of forms."""
    return [pair for kind, times in load.timings.items() if kind.startswith(method) for pair in times]


def third(samples, which):
    """The mean memory of the first (0) or last (2) third of the time."""
    size = max(1, len(samples) // 3)
    part = samples[:size] if which == 0 else samples[-size:]
    return sum(memory for _, memory in part) / len(part)


def at(seconds, share):
    """The quantile in milliseconds."""
    return 1000 * seconds[min(len(seconds) - 1, int(len(seconds) * share))]
