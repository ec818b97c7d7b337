"""upgrade: a newer program takes over from an older one under load, behind HAProxy. No request may fail.

Old and new folder: --old FOLDER, --new FOLDER."""

import time

from harness.city import cities
from harness.haproxy import HAProxy
from harness.program import Program
from harness.results import Result
from load.effects import count_effects
from load.people import contractors
from load.visitors import Load

SECONDS = 6


def run(stage):
    if not stage.options.old:
        yield Result("upgrade", "both", skipped="needs --old FOLDER, the program that is replaced")
        return
    old, new = Program(stage.options.old), Program(stage.options.new) if stage.options.new else stage.program
    stage.program = old
    for city in cities(stage):
        yield play(stage, city, old, new)


def play(stage, city, old, new):
    clients = stage.clients(6)
    people = contractors(stage.folder / f"{city.name}-people", 300)
    city.import_legacy(stage.folder / f"{city.name}-people")
    forwards = all(program.has_setting("GROUNDWORK_TRUSTED_PROXIES") for program in (old, new))
    more = {"GROUNDWORK_TRUSTED_PROXIES": "127.0.0.0/8"} if forwards else {}
    before = city.server("old", old, base_url="http://127.0.0.1", **more)
    after = city.server("new", new, base_url="http://127.0.0.1", **more)
    proxy = stage.started(HAProxy.before_web(
        stage.folder_for(f"{city.name}-haproxy"), {"old": (before.port, True), "new": (after.port, False)}, forwards))
    for server in (before, after):
        server.serves_at(proxy.url)
    before.start()
    proxy.start()
    proxy.enable("old")
    load = stage.started(Load(city, proxy.url, people, clients, stage.options.seed, think=0.1, reads=1)).start()
    result = Result(
        "upgrade", city.database.kind, 1,
        measured_how=f"{clients} clients through HAProxy; {old.version} to {new.version}: "
                     "`migrate`, new server beside the old one, both serve, old one drained and stopped by SIGTERM")
    time.sleep(SECONDS)
    began = time.monotonic()
    city.run("migrate", program=new)
    result.notes["migrate, s"] = round(time.monotonic() - began, 1)
    time.sleep(SECONDS / 2)
    after.start()
    proxy.enable("new")
    time.sleep(SECONDS)
    both = {name: proxy.state(name)[0] for name in ("old", "new")}
    proxy.drain("old")
    code = before.stop(60)
    stage.say(f"both served: {both}; the old one ended with {code}")
    if code != 0:
        result.problems.append(f"the old server ended with {code} on SIGTERM:\n{before.log_tail(8)}")
    time.sleep(SECONDS)
    load.finish()
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    result.problems += [f"a request failed: {reason}, {times} times" for reason, times in load.ledger.failures.items()]
    result.notes["requests"] = sum(map(len, load.timings.values()))
    after.stop(60)
    city.program = new
    result.problems += city.problems()
    city.program = old
    return result
