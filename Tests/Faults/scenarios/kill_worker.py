"""kill-worker: the worker that sends mails is killed (SIGKILL) again and again, while people post forms that are told by mail."""

import time

from harness.city import cities
from harness.results import Result
from harness.smtp import Sink
from load.effects import count_effects
from load.mails import cannot_send, judge_copies, longest_wait, noted, settings, two_letters, wait_for_all
from load.people import contractors
from load.visitors import Load

ROUNDS = 100
# A job of a worker that died is taken over when its lease has run out.
PATIENCE = 240


def run(stage):
    program = stage.program
    missing = cannot_send(program) or (
        "" if program.has_command("worker") and program.has_option("serve", "--no-worker") else "this build knows no worker")
    if missing:
        yield Result("kill-worker", "both", skipped=missing)
        return
    for city in cities(stage):
        yield play(stage, city)


def play(stage, city):
    rounds, clients = stage.rounds(ROUNDS), stage.clients(4)
    people = contractors(stage.folder / f"{city.name}-people", min(1500, 40 + 6 * rounds))
    city.import_legacy(stage.folder / f"{city.name}-people")
    sink = stage.started(Sink()).start()
    server = city.server(split=True, **settings(sink.url)).start()
    worker = city.worker(base_url=server.url, **settings(sink.url)).start()
    # Who registers reads the mail in the database, so that nobody waits for a dead worker's mail.
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed, think=0.1)).start()
    load.wait_for_writes(clients * 2, 120)
    kills, known = [], {}
    for number in range(rounds):
        time.sleep(stage.chance.uniform(0.1, 1.0))
        if stage.chance.random() < 0.6:
            # Right after a mail was taken: between the mail server's yes and the worker's note of it.
            sink.taken.clear()
            sink.taken.wait(5)
            time.sleep(stage.chance.uniform(0, 0.02))
        worker.kill9()
        kills.append(time.monotonic())
        for message_id in noted(city.database):
            known.setdefault(message_id, kills[-1])
        stage.say(f"kill {number + 1}: {len(sink.snapshot())} mails delivered, {len(load.ledger.acknowledged)} writes acknowledged")
        worker.start()
    load.finish()
    missing = wait_for_all(load.ledger, sink, PATIENCE)
    result = Result(
        "kill-worker", city.database.kind, rounds,
        measured_how=f"{clients} clients, `serve --no-worker` and `worker`, aiosmtpd; SIGKILL to the worker, in most rounds 0–20 ms after "
                     "a mail was taken; mails counted by recipient and Message-ID in the sink's log")
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    copies = judge_copies(sink, kills, known)
    result.lost += len(missing)
    result.doubled += len(copies.unexcused)
    result.problems += [f"LOST mail to {address}" for address in missing[:10]]
    result.problems += copies.unexcused[:10] + two_letters(load.ledger, sink)[:10]
    result.longest_gap = None  # The server was never away.
    result.notes |= {
        "mails delivered": len(sink.snapshot()), "longest wait for a mail, s": longest_wait(load.ledger, sink),
        "copies after a kill between the mail server's yes and the note of it": copies.excused,
        "longest time without the note, s": round(copies.slowest_note, 2)}
    if not worker.is_running():
        result.problems.append(f"the worker ended:\n{worker.log_tail(12)}")
    worker.stop(60)
    server.stop(60)
    result.problems += city.problems()
    return result
