"""patroni: two PostgreSQL nodes with synchronous replication; the leader is killed, and later relieved, while people post forms."""

import time

from harness.city import City
from harness.patroni import PatroniCluster
from harness.results import Result
from load.effects import count_effects
from load.people import contractors
from load.visitors import Load

KILLS = 3
RECOVERY = 90
WAYS = {"through HAProxy": "haproxy", "several hosts": "hosts"}


def run(stage):
    cluster = stage.started(PatroniCluster(stage.folder_for("cluster"))).start()
    stage.say(f"cluster up: {cluster.members()}")
    for way, name in WAYS.items():
        yield play(stage, cluster, way, name)


def play(stage, cluster, way, name):
    kills, clients = stage.rounds(KILLS), stage.clients(4)
    database, hosts = cluster.create(f"groundwork_{name}")
    city = City(stage, name, database)
    if name == "hosts":
        city.settings["GROUNDWORK_DATABASE_URL"] = hosts
    city.run("migrate")
    people = contractors(stage.folder / f"{name}-people", 80 + 40 * kills)
    city.import_legacy(stage.folder / f"{name}-people")
    server = city.server().start()
    load = stage.started(Load(city, server.url, people, clients, stage.options.seed)).start()
    load.wait_for_writes(20)
    result = Result(
        "patroni", f"PostgreSQL, {way}",
        measured_how=f"{clients} clients; Patroni with synchronous_mode, ttl 20 s, 2 nodes, 1 etcd; SIGKILL to the leader and its Patroni, "
                     "once to its PostgreSQL alone; then one switchover")
    gaps = {}
    for fault in ["kill"] * kills + ["crash", "switchover"]:
        cluster.wait_until_safe()
        load.posting.clear()
        load.posting.wait(10)
        began = time.monotonic()
        node = None
        if fault == "kill":
            node = cluster.kill9_leader()
        elif fault == "crash":
            cluster.leader().kill9_postgres()
        else:
            cluster.switch_over()
        result.rounds += 1
        if not load.wait_for_writes(clients, RECOVERY):
            result.problems.append(f"{fault} {result.rounds}: nothing was acknowledged within {RECOVERY} s:\n{server.log_tail(6)}")
            break
        time.sleep(2)
        gap = load.ledger.longest_gap(began, time.monotonic())
        gaps.setdefault(fault, []).append(round(gap, 1))
        if node:
            node.patroni.start()
        verdict = load.ledger.verdict(lambda: count_effects(database))
        stage.say(f"{fault} {result.rounds}: gap {gap:.1f} s; {verdict.acknowledged} acknowledged, {len(verdict.lost)} lost, "
                  f"{len(verdict.doubled)} doubled")
        if verdict.problems:
            break
    load.finish()
    result.take(load.ledger, load.ledger.verdict(lambda: count_effects(database)), load.began, load.ended)
    if server.is_running():
        server.stop()
    else:
        result.problems.append(f"the server ended:\n{server.log_tail(12)}")
    cluster.wait_until_safe()
    result.problems += city.problems()
    result.notes["logged"] = server.errors()
    result.notes |= {f"gap at each {fault}, s": times for fault, times in gaps.items()} | {"repeated posts": load.repeats}
    return result
