"""P8 and P10: how fast and how well `contacts match` finds contacts that are one."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import febrl
from cities import KEPT, PROGRAM
from contacts import Contacts


def run(contacts, pairs):
    """Seconds on the clock and of processors, the most memory it had resident, and what it said."""
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        work = subprocess.Popen([PROGRAM, "contacts", "match", contacts, "--output", pairs], stdout=said, stderr=said)
        _, status, used = os.wait4(work.pid, 0)
        seconds = time.monotonic() - begun
        work.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode()
    if work.returncode != 0:
        raise SystemExit(f"contacts match failed:\n{text}")
    return {"seconds": seconds, "processor_seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024, "said": text}


def city(size):
    """Contacts of a large city and its true pairs, made once and kept."""
    path, truth = KEPT / f"contacts-{size}.csv", KEPT / f"contacts-{size}.json"
    if not truth.exists():
        made = Contacts(size)
        made.write(path)
        truth.write_text(json.dumps(sorted(sorted(pair) for pair in made.truth())))
    return path, {frozenset(pair) for pair in json.loads(truth.read_text())}


def p8(size, turns, report):
    """A large city, as often as asked for; the fastest counts, since whatever else runs only makes it slower."""
    contacts, truth = city(size)
    with tempfile.TemporaryDirectory(prefix="groundwork-bench.") as folder:
        pairs = Path(folder) / "pairs.csv"
        runs = [run(contacts, pairs) for _ in range(turns)]
        figures = febrl.quality(pairs, truth)
    fastest, largest = min(one["seconds"] for one in runs), max(one["megabytes"] for one in runs)
    report.details["P8"] = {"runs": runs, "quality": figures}
    report.add("P8", "-", f"match {size:,} contacts (fastest of {turns})", round(fastest, 1), "s", "<= 60", fastest <= 60)
    report.add("P8", "-", "processor time (least)", round(min(one["processor_seconds"] for one in runs), 1), "s")
    report.add("P8", "-", "resident memory (most)", round(largest), "MB", "<= 2048", largest <= 2048)
    quality("P8", f"{size:,} contacts", figures, report, {})


def quality(bench, name, figures, report, wanted):
    """A row each for what is found. `wanted` has the least that is asked for, by figure."""
    report.add(bench, "-", f"{name}: false merges", figures["false_merges"], "pairs", "= 0", figures["false_merges"] == 0)
    for figure in ("precision", "recall", "best_f1", "blocking_recall"):
        least = wanted.get(figure)
        report.add(bench, "-", f"{name}: {figure.replace('_', ' ')}", f"{figures[figure]:.4f}", "",
                   f">= {least}" if least else "", figures[figure] >= least if least else None)


def p10(report):
    """FEBRL with three sets of fields. What the contract asks for is asked of name and address."""
    details = report.details["P10"] = []
    with tempfile.TemporaryDirectory(prefix="groundwork-bench.") as folder:
        contacts, pairs = Path(folder) / "contacts.csv", Path(folder) / "pairs.csv"
        for fields in febrl.FIELDS:
            for name in febrl.SETS:
                truth = febrl.write(name, contacts, fields)
                measured = run(contacts, pairs)
                figures = febrl.quality(pairs, truth)
                details.append({"set": name, "fields": fields, **figures, **measured})
                wanted = {}
                if fields == "name and address" and name == "FEBRL 3":
                    wanted = {"recall": 0.93, "best_f1": 0.985, "blocking_recall": 0.98}
                quality("P10", f"{name}, {fields}", figures, report, wanted)
                report.add("P10", "-", f"{name}, {fields}: time", round(measured["seconds"], 2), "s")
                report.add("P10", "-", f"{name}, {fields}: memory", round(measured["megabytes"]), "MB")
