"""Our public search beside Datasette and Redmine: the same rows, the same machine, the same run, the same number of clients."""

import shutil
import tempfile
from pathlib import Path

import load
import peers
from server import Server

CLIENTS = 4
WANTED = 50
# Each page of a peer, by the beginning of its name, and what one would open here instead.
COMPARABLE = {"newest": "list", "search": "words", "one number": "number", "list": "list", "one issue": "case"}


def measure(city, queries, seconds, report, say):
    ours = {}
    with Server(city) as server:
        numbers = [path for path in queries.a["number"]]
        words = queries.b["hundred"] + queries.b["tenth"]
        cases = ["/cases/" + path.split("q=")[1].split("&")[0] for path in numbers]
        for name, paths in {"list": ["/search"], "words": words, "number": numbers, "case": cases}.items():
            ours[name] = load.most(server.base, paths, seconds, clients=CLIENTS, contains="</html>")
            report.add("peers", city.database, f"ours: {name}", round(ours[name]["requests_per_second"]), "requests/s")
    scratch = Path(tempfile.mkdtemp(prefix="groundwork-peers."))
    try:
        found = peers.measure(queries.record.rows, city.cases, scratch, seconds, say)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    report.details["peers"] = {"ours": ours, "theirs": found}
    for page in found:
        if "missing" in page:
            report.add("peers", page["peer"], page["missing"][:46], "-", "")
            continue
        rate = page["requests_per_second"]
        report.add("peers", page["peer"], page["page"], round(rate, 1), "requests/s")
        like = next((ours[mine] for start, mine in COMPARABLE.items() if page["page"].lower().startswith(start)), None)
        # Answers for machines have no page around them: they stand there for the record.
        if like and rate and not page["page"].endswith("JSON"):
            times = round(like["requests_per_second"] / rate)
            report.add("peers", page["peer"], f"ours is faster, {page['page']}"[:46], times, "times", f">= {WANTED}", times >= WANTED)
