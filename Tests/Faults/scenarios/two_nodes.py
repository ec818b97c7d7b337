"""two-nodes: two servers and one worker on one PostgreSQL, behind HAProxy without stickiness. What one node did, the other knows."""

import threading
import time
from urllib.parse import quote

from harness.city import cities
from harness.haproxy import HAProxy
from harness.results import Result
from harness.smtp import Sink
from load.browser import Browser
from load.effects import count_effects
from load.forms import hidden_fields
from load.mails import cannot_send, longest_wait, settings, wait_for_all
from load.people import contractors
from load.visitors import PASSWORD, Load, Person

TWINS = 40
SECONDS = 15
# A password may be tried so often in a quarter of an hour.
TRIES = 10


def run(stage):
    for city in cities(stage, ["PostgreSQL"]):
        yield play(stage, city)


def play(stage, city):
    program = stage.program
    is_split = program.has_command("worker") and program.has_option("serve", "--no-worker")
    forwards = program.has_setting("GROUNDWORK_TRUSTED_PROXIES")
    more = {"GROUNDWORK_TRUSTED_PROXIES": "127.0.0.0/8"} if forwards else {}
    people = contractors(stage.folder / "people", 200)
    city.import_legacy(stage.folder / "people")
    sink = None if cannot_send(program) else stage.started(Sink()).start()
    if sink:
        more |= settings(sink.url)
    nodes = [city.server(name, base_url="http://127.0.0.1", split=is_split, **more) for name in ("a", "b")]
    proxy = stage.started(HAProxy.before_web(
        stage.folder_for("haproxy"), {node.name: (node.port, True) for node in nodes}, forwards))
    for node in nodes:
        node.serves_at(proxy.url)
        node.start()
    worker = city.worker(base_url=proxy.url, **more).start() if is_split and sink else None
    proxy.start()
    for node in nodes:
        proxy.enable(node.name)

    result = Result(
        "two-nodes", "PostgreSQL", stage.rounds(TWINS),
        measured_how=f"two `serve{' --no-worker' if is_split else ''}`{' and one `worker`' if worker else ''} behind HAProxy, round robin; "
                     "each round one form sent to both nodes at the same time; sessions, sign-out and sign-in limits across the nodes; "
                     f"then {SECONDS} s of load")
    load = stage.started(Load(
        city, proxy.url, people, stage.clients(4), stage.options.seed, think=0.05, reads=1, mailbox=sink.link_to if sink else None))
    contractor, _ = load.next_person()
    someone = Person(load, stage.chance)
    someone.browser = Browser(proxy.url)
    someone._register(contractor)
    stage.say("somebody registered through the proxy")
    pair = [at(node, proxy, someone.browser) for node in nodes]
    result.problems += session_problems(pair)
    result.problems += twin_problems(stage, load, pair, contractor.case, result.rounds)
    result.problems += limit_problems(nodes, proxy, load.next_person()[0].email)
    result.problems += sign_out_problems(pair)

    load.start()
    time.sleep(SECONDS)
    load.finish()
    served = {node.name: proxy.state(node.name)[0] for node in nodes}
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(city.database)), load.began, load.ended)
    result.problems += [f"a request failed: {reason}, {times} times" for reason, times in load.ledger.failures.items()]
    result.notes |= {"nodes": served, "worker": "apart" if worker else "in each node"}
    if sink:
        result.problems += [f"no mail to {address}" for address in wait_for_all(load.ledger, sink, 60)[:10]]
        result.problems += [f"{key} delivered {len(copies)} times" for key, copies in list(sink.copies().items())[:10]]
        result.notes |= {"mails delivered": len(sink.snapshot()), "longest wait for a mail, s": longest_wait(load.ledger, sink)}
    for process in [*nodes, worker]:
        if process:
            process.stop(60)
    result.problems += city.problems()
    return result


def at(node, proxy, browser):
    """The same browser (cookies, address) at one of the nodes."""
    twin = Browser(node.own_url, origin=proxy.url, address=browser.address)
    twin.cookies = dict(browser.cookies)
    return twin


def session_problems(pair):
    found = [browser.get("/dashboard") for browser in pair]
    return [f"a session is not known on node {index}: {answer}" for index, answer in enumerate(found) if answer.status != 200]


def twin_problems(stage, load, pair, case, rounds):
    """Sends one form to both nodes at the same time: one change, one answer."""
    problems = []
    for _ in range(rounds):
        email = f"i{load.next_number():08}@invited.example"
        action = f"/cases/{case}/contacts/add-email"
        fields = hidden_fields(pair[0].get(f"/cases/{case}/contacts?as=contact&q={quote(email)}").text, action)
        write = load.ledger.begin("add-contact", email, fields["once"])
        answers, gate = [None, None], threading.Barrier(2)

        def send(index):
            gate.wait()
            answers[index] = pair[index].post(action, fields)

        threads = [threading.Thread(target=send, args=(index,)) for index in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if [answer.status for answer in answers] != [303, 303] or answers[0].location != answers[1].location:
            problems.append(f"one form sent to both nodes: {answers[0]} and {answers[1]}")
        if any(answer.status == 303 for answer in answers):
            load.ledger.acknowledge(write)
    stage.say(f"{rounds} forms sent to both nodes at once")
    return problems[:10]


def limit_problems(nodes, proxy, email):
    """Wrong passwords at alternating nodes: the limit counts them together."""
    browsers = [Browser(node.own_url, origin=proxy.url) for node in nodes]
    statuses = []
    for number in range(TRIES + 2):
        browser = browsers[number % 2]
        fields = hidden_fields(browser.get("/sign-in").text, "/sign-in")
        statuses.append(browser.post("/sign-in", fields | {"email": email, "password": "not the password at all"}).status)
    wanted = [422] * TRIES + [429] * 2
    return [] if statuses == wanted else [f"{TRIES + 2} wrong passwords at alternating nodes were answered {statuses}"]


def sign_out_problems(pair):
    """Signed out at one node, the session is dead at the other at its very next request."""
    problems = []
    fields = hidden_fields(pair[0].get("/dashboard").text, "/sign-out")
    if fields is None:
        return ["no form to sign out on the dashboard"]
    pair[0].post("/sign-out", fields)
    for index, browser in reversed(list(enumerate(pair))):
        answer = browser.get("/dashboard")
        if answer.status == 200:
            problems.append(f"the session lives on at node {index} after signing out")
    return problems
