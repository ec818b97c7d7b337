"""mail: the mail server refuses, is slow, says "later", is gone and comes back. No form may fail for it, and mails come once."""

import time

from harness.city import cities
from harness.databases import count
from harness.results import Result
from harness.smtp import OpenSMTPD, Sink
from load.effects import count_effects
from load.mails import SENDER, cannot_send, judge_copies, longest_wait, sent_after_refusal, settings, two_letters, wait_for_all
from load.people import contractors
from load.visitors import Load

SECONDS = 8
# What the mail server does, one after the other, so many seconds each.
WEATHER = ("take", "later", "take", 2.5, "gone", "take", "refuse", "take")


def run(stage):
    if missing := cannot_send(stage.program):
        yield Result("mail", "both", skipped=missing)
        return
    for city in cities(stage):
        for relayed in (True, False):
            yield play(stage, city, relayed)


def play(stage, city, relayed):
    way = "through OpenSMTPD" if relayed else "directly"
    name = f"{city.name}-{'relayed' if relayed else 'direct'}"
    clients = stage.clients(3)
    start = 0 if relayed else 50_000
    people = contractors(stage.folder / f"{name}-people", 80, start)
    city.import_legacy(stage.folder / f"{name}-people")
    sink = stage.started(Sink()).start()
    relay = stage.started(OpenSMTPD(stage.folder_for(f"{name}-smtpd"), sink)).start() if relayed else None
    server = city.server(name, **settings(relay.url if relayed else sink.url)).start()
    # Who registers reads the mail in the database: nobody waits for the weather.
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed, think=0.3))
    load.start_numbers_at(1 if relayed else 5_000_000)
    load.start()
    for weather in WEATHER:
        stage.say(f"{way}: {weather}; {len(load.ledger.acknowledged)} acknowledged, {len(sink.snapshot())} mails delivered")
        if weather == "gone":
            sink.away()
        else:
            sink.mode = weather
        if relayed and not load.wait_for_writes(1, 20):
            break
        time.sleep(SECONDS)
        if weather == "gone":
            sink.mode = "take"
            sink.start()
    load.finish()
    missing = wait_for_all(load.ledger, sink, 240, nudge=relay.try_now if relayed else lambda: None)
    time.sleep(5)  # Copies would come after the last mail.
    result = Result(
        "mail", f"{city.database.kind}, {way}", len(WEATHER),
        measured_how=f"{clients} clients; the sink takes, says 451, takes 2.5 s for a mail, is gone, says 550, {SECONDS} s each; mails "
                     "counted by recipient and Message-ID in its log" + ("; OpenSMTPD's retries hurried by smtpctl" if relayed else ""))
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    result.problems += [f"a form failed: {reason}, {times} times" for reason, times in load.ledger.failures.items()]
    copies = judge_copies(sink)
    result.lost += len(missing)
    result.doubled += len(copies.unexcused)
    result.problems += [f"LOST mail to {address}" for address in missing[:10]]
    result.problems += copies.unexcused[:10] + two_letters(load.ledger, sink)[:10]
    if not relayed:
        # With no relay between, 550 is an answer to the program itself, and final.
        result.problems += [f"a mail to {address} was refused for good and sent again" for address in sent_after_refusal(sink)[:5]]
        recorded = count(city.database, "SELECT COUNT(*) FROM mail WHERE state = 'failed'")
        if recorded < len(sink.refused):
            result.problems.append(f"{len(sink.refused)} addresses were refused and only {recorded} mails are recorded as failed")
    result.notes |= {
        "mails delivered": len(sink.snapshot()), "longest wait for a mail, s": longest_wait(load.ledger, sink),
        "told 451": sink.told_later, "told 550": len(sink.refused),
        "copies where the connection was cut": copies.excused,
        "bounces back to the city": sum(1 for one in sink.snapshot() if one.to == SENDER)}
    server.stop(60)
    sink.away()
    if relay:
        relay.end()
    result.problems += city.problems()
    return result
