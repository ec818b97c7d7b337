"""script/bench: measures, prints a table and writes var/bench.json."""

import argparse
import contextlib
import http.client
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import time

import equal
import extra
import load
import match
import p9
from cities import KEPT, PROGRAM, ROOT, Postgres, postgres, sqlite
from queries import PostgresRecord, Queries, SQLiteRecord
from server import Server, accounts, page_weight

LIMITS = {"SQLite": {"A": 0.20, "B": 0.12}, "PostgreSQL": {"A": 0.15, "B": 0.10}}
PUBLIC_PAGES = ["/", "/search", "/search?q=kitchen", "/search?q=kitchen&page=50", "/sign-in", "/register", "/access-request", "/help",
                "/guide", "/accessibility"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def shown(value):
    return value if isinstance(value, str) else f"{value:,}"


class Report:
    def __init__(self):
        self.rows = []
        self.details = {}

    def add(self, bench, database, what, value, unit, limit="", ok=None):
        self.rows.append({"bench": bench, "database": database, "what": what, "value": value, "unit": unit, "limit": limit,
                          "reached": ok})
        mark = {True: "", False: "   not reached", None: ""}[ok]
        say(f"  {bench:<6}{database:<12}{what:<46}{shown(value):>12} {unit} {limit}{mark}")

    def table(self):
        lines = [f"{'':<6}{'database':<12}{'what':<46}{'measured':>12} {'unit':<12}{'wanted':<12}"]
        for row in self.rows:
            mark = {True: "", False: "not reached", None: ""}[row["reached"]]
            lines.append(f"{row['bench']:<6}{row['database']:<12}{row['what']:<46}{shown(row['value']):>12} {row['unit']:<12}"
                         f"{row['limit']:<12}{mark}".rstrip())
        return "\n".join(lines)


def middle(values, digits=1):
    return round(statistics.median(values), digits)


def measure_server(city, queries, turns, seconds, report):
    """P1, P3, P5, P6, P7 on one city, every measurement `turns` times in one run of the server."""
    starts = []
    for _ in range(turns):
        with Server(city) as server:
            starts.append(server.started_in * 1000)
    report.add("P7", city.database, f"start to first 200, {city.cases:,} cases", round(max(starts)), "ms", "<= 1000",
               max(starts) <= 1000)
    with Server(city) as server:
        mixes = {"A": queries.mix(queries.a), "B": queries.mix(queries.b)}
        different = len({path for paths in mixes.values() for path in paths})
        found = {"healthz": [], "A": [], "B": []}
        p99 = {"A": [], "B": []}
        for _ in range(turns):
            found["healthz"].append(load.most(server.base, ["/healthz"], seconds))
            for name, paths in mixes.items():
                found[name].append(load.most(server.base, paths, seconds, contains="</html>"))
                p99[name].append(load.at_rate(server.base, paths, found[name][-1]["requests_per_second"] / 2, seconds))
        rates = {name: [one["requests_per_second"] for one in many] for name, many in found.items()}
        report.details[f"P1 {city.database} {city.cases}"] = {"capacity": found, "half": p99, "different_queries": different}
        report.add("P1", city.database, "/healthz", round(middle(rates["healthz"])), "requests/s")
        for name in ("A", "B"):
            limit = LIMITS[city.database][name]
            ratios = [one / base for one, base in zip(rates[name], rates["healthz"])]
            wrong = sum(one["wrong"] for one in found[name] + p99[name])
            report.add("P1", city.database, f"mix {name}, {different:,} queries", round(middle(rates[name])), "requests/s")
            report.add("P1", city.database, f"mix {name} against /healthz (least of {turns})", round(min(ratios), 3), "ratio",
                       f">= {limit:.2f}", min(ratios) >= limit and wrong == 0)
            worst = max(one["p99_ms"] for one in p99[name])
            report.add("P1", city.database, f"mix {name}, p99 at half load (worst of {turns})", round(worst, 1), "ms", "<= 25",
                       worst <= 25 and not any(one["dropped"] for one in p99[name]))
        anonymous = server.anonymous_megabytes
        report.add("P6", city.database, "anonymous memory after P1", round(anonymous), "MB", "<= 150", anonymous <= 150)
        measure_dashboard(city, server, turns, seconds, report)
        weights = [page_weight(server, path) for path in PUBLIC_PAGES]
        weights = [one for one in weights if one["status"] == 200]
        report.details[f"P5 {city.database}"] = weights
        heaviest = max(weights, key=lambda one: one["first_bytes"])
        report.add("P5", city.database, f"first paint, heaviest of {len(weights)}: {heaviest['page']}", heaviest["first_bytes"],
                   "bytes", "<= 14336", heaviest["first_bytes"] <= 14_336)
        heaviest = max(weights, key=lambda one: one["all_bytes"])
        report.add("P5", city.database, f"in all, heaviest: {heaviest['page']}", heaviest["all_bytes"], "bytes", "<= 51200",
                   heaviest["all_bytes"] <= 51_200)


def measure_dashboard(city, server, turns, seconds, report):
    owner = next(one for one in accounts(city) if one["role"] == "company owner")
    cookie = server.sign_in(owner["email"], owner["password"])
    begun = time.monotonic()
    server.get("/dashboard", {"cookie": cookie})
    first = (time.monotonic() - begun) * 1000
    found = [load.at_rate(server.base, ["/dashboard"], 20, seconds, {"cookie": cookie}) for _ in range(turns)]
    report.add("P3", city.database, "dashboard of a large company, the very first", round(first, 1), "ms")
    worst = max(one["p99_ms"] for one in found)
    report.details[f"P3 {city.database}"] = found
    wrong = sum(one["wrong"] for one in found)
    report.add("P3", city.database, f"dashboard of a large company, p99 (worst of {turns})", round(worst, 1), "ms", "<= 50",
               worst <= 50 and wrong == 0)


def measure_growth(cities, queries, report):
    """P2: the median of each class of query, one at a time, on cities of each size."""
    medians = {}
    for city in cities:
        with Server(city) as server:
            link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            which = queries[city.cases]
            for name, paths in {**which.a, **which.b}.items():
                took = []
                for path in paths[:300]:
                    begun = time.perf_counter()
                    status, _, _ = server.get(path, {"accept-encoding": "identity"}, link)
                    took.append((time.perf_counter() - begun) * 1000)
                    if status != 200:
                        say(f"  {path} was answered with {status}")
                if took:
                    medians.setdefault(name, {})[city.cases] = statistics.median(took)
    database = cities[0].database
    report.details[f"P2 {database}"] = medians
    for name, by_size in medians.items():
        sizes = sorted(by_size)
        if len(sizes) < 2:
            continue
        growth = by_size[sizes[-1]] / by_size[sizes[0]]
        report.add("P2", database, f"{name}: median at {', '.join(f'{size:,}' for size in sizes)}",
                   " / ".join(f"{by_size[size]:.2f}" for size in sizes), "ms")
        report.add("P2", database, f"{name}: growth", round(growth, 2), "times", "<= 2", growth <= 2)


def main():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("benches", nargs="*", default=[], help="p1 (with p3, p5, p6, p7), p2, p8 (a million contacts), p9, p10 (FEBRL), equal (known and unknown addresses), odd (odd texts), desk (10,000 requests), peers; nothing: all of them")
    parser.add_argument("--cases", type=int, default=1_000_000, help="how large the city is (1,000,000)")
    parser.add_argument("--turns", type=int, default=3, help="how often each measurement is made (3)")
    parser.add_argument("--seconds", type=int, default=10, help="how long each takes (10)")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--import-cases", type=int, default=50_000, help="how many cases p9 imports (50,000)")
    parser.add_argument("--requests", type=int, default=1_000, help="how often equal asks with each kind of address (1,000)")
    parser.add_argument("--contacts", type=int, default=1_000_000, help="how many contacts p8 matches (1,000,000)")
    arguments = parser.parse_args()
    known = {"p1", "p2", "p8", "p9", "p10", "equal", "odd", "desk", "peers"}
    wanted = set(arguments.benches) or known
    unknown = wanted - known
    if unknown:
        parser.error(f"there is no bench {', '.join(sorted(unknown))}")
    # Whoever ends this ends the servers it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    KEPT.mkdir(parents=True, exist_ok=True)
    report = Report()
    if "p8" in wanted:
        match.p8(arguments.contacts, arguments.turns, report)
    if "p10" in wanted:
        match.p10(report)
    if "equal" in wanted:
        equal.equal(sqlite(1_000, say), arguments.requests, report)
    sizes = sorted({10_000, 100_000, arguments.cases}) if "p2" in wanted else [arguments.cases]
    # The others ask for no server of a database.
    with Postgres() if wanted - {"p8", "p10", "equal"} else contextlib.nullcontext() as server:
        queries, cities = {}, {"SQLite": [], "PostgreSQL": []}
        if wanted & {"p1", "p2", "odd", "peers"}:
            for size in sizes:
                if arguments.database != "postgres" or "peers" in wanted:
                    city = sqlite(size, say)
                    record = SQLiteRecord(city.url.removeprefix("sqlite:"))
                    if arguments.database != "postgres":
                        cities["SQLite"].append(city)
                if arguments.database != "sqlite":
                    city = postgres(size, server, say)
                    if arguments.database == "postgres" and "peers" not in wanted:
                        record = PostgresRecord(server, city.name)
                    cities["PostgreSQL"].append(city)
                queries[size] = Queries(record)
                say(f"  words: {queries[size].terms}")
        for database, made in cities.items():
            if not made:
                continue
            if "p1" in wanted:
                measure_server(made[-1], queries[arguments.cases], arguments.turns, arguments.seconds, report)
            if "p2" in wanted:
                measure_growth(made, queries, report)
            if "odd" in wanted:
                extra.hostile(made[-1], report)
        if "desk" in wanted:
            if arguments.database != "postgres":
                extra.desk(sqlite(10_000, say), server, arguments.seconds, report)
            if arguments.database != "sqlite":
                extra.desk(postgres(10_000, server, say), server, arguments.seconds, report)
        if "p9" in wanted:
            p9.measure(arguments.import_cases, server, arguments.database, report)
        if "peers" in wanted:
            import peers_beside
            peers_beside.measure(cities["SQLite"][-1] if cities["SQLite"] else sqlite(arguments.cases, say),
                                 queries[arguments.cases], arguments.seconds, report, say)
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    (ROOT / "var" / "bench.json").write_text(json.dumps({
        "version": version, "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores",
        "cases": arguments.cases, "results": report.rows, "details": report.details}, indent=2, default=str) + "\n")
    print(report.table())
    sys.exit(0 if all(row["reached"] is not False for row in report.rows) else 1)


main()
