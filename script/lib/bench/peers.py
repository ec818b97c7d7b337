#!/usr/bin/env python3
"""Software that a city would otherwise run, on the same rows as our public search.

Redmine (Debian packages) stands for the staff list of cases, Datasette (PyPI) for the public search. Both get the same
rows in a SQLite database of their own, and k6 asks for their pages: four people, each of whom waits for an answer
before asking again. The peers take on other work than ours. What is different is said beside every number.

By itself it is a trial on invented rows:  python peers.py --count 20000 --seconds 5 --scratch DIR
"""

import argparse
import contextlib
import html
import importlib.metadata
import itertools
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = ["number", "kind", "type", "work_class", "status", "applied", "address", "description", "contractors"]
SEARCHED = ["number", "address", "description", "contractors"]
INDEXED = ["kind", "type", "status", "applied", "number"]
BATCH = 5000
PEOPLE = 4
PAGE_ROWS = 20
# A page that takes longer counts as a wrong answer.
TIMEOUT = 30
WARMING_SECONDS = 2
START_SECONDS = 180
STOP_SECONDS = 10

REDMINE = Path("/usr/share/redmine")
REDMINE_PACKAGES = ["redmine", "redmine-sqlite", "racc", "puma"]
REDMINE_PAGE_ROWS = 25
PROJECT = "permits"
NO_STATUS = "None"

K6_SCRIPT = """
import http from 'k6/http';
import exec from 'k6/execution';
import { SharedArray } from 'k6/data';
import { Counter, Trend } from 'k6/metrics';

const asks = new SharedArray('asks', () => JSON.parse(open(__ENV.ASKS)));
const took = new Trend('took', true);
const wrong = new Counter('wrong');

export const options = {
  scenarios: {
    page: {
      executor: 'constant-vus', vus: Number(__ENV.PEOPLE), duration: __ENV.DURATION,
      gracefulStop: `${Number(__ENV.TIMEOUT) + 5}s`,
    },
  },
  summaryTrendStats: ['count', 'med', 'p(99)'],
};

export default function () {
  const ask = asks[exec.scenario.iterationInTest % asks.length];
  const begun = Date.now();
  const answer = http.get(__ENV.SITE + ask.path, {
    timeout: `${__ENV.TIMEOUT}s`, redirects: 0, tags: { name: 'page' },
  });
  // An answer that never came has no timings of its own.
  took.add(answer.status === 0 ? Date.now() - begun : answer.timings.duration);
  if (answer.status !== 200 || !answer.body || !answer.body.includes(ask.expect)) wrong.add(1);
}

export function handleSummary(data) {
  const values = (name) => (data.metrics[name] ? data.metrics[name].values : {});
  return {
    [__ENV.RESULT]: JSON.stringify({
      seconds: data.state.testRunDurationMs / 1000,
      requests: values('took').count || 0,
      median: values('took').med || 0,
      p99: values('took')['p(99)'] || 0,
      wrong: values('wrong').count || 0,
    }),
  };
}
"""


class Missing(Exception):
    """A peer that cannot be installed or started. The text says why."""


def measure(
    rows: Callable[[], Iterable[dict]], count: int, scratch: Path, seconds: float = 10, say=print,
) -> list[dict]:
    """Measures both peers on the first `count` of the rows. A peer that fails says why and does not stop the other."""
    scratch = Path(scratch).resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    database = scratch / "permits.db"
    begun = time.monotonic()
    count = build_database(rows, count, database)
    if count == 0:
        return [{"peer": peer, "missing": "there are no rows"} for peer in ["Datasette", "Redmine"]]
    say(f"Datasette: {count} rows with their text index in {time.monotonic() - begun:.1f} s")
    results = []
    for peer, pages in [("Datasette", datasette_pages), ("Redmine", redmine_pages)]:
        try:
            k6()
            with contextlib.closing(pages(database, count, scratch, seconds, say)) as measured:
                for one in measured:
                    results.append(one)
        except (Missing, OSError, sqlite3.Error, subprocess.SubprocessError) as problem:
            say(f"{peer} is missing: {problem}")
            results.append({"peer": peer, "missing": str(problem)})
    return results


# Rows

def build_database(rows, count, path):
    """Streams the rows into a table with a text index and the plain indexes. Returns how many there were."""
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(f"CREATE TABLE permits ({', '.join(f'{name} TEXT' for name in COLUMNS)})")
        marks = ", ".join("?" * len(COLUMNS))
        stream = ([row.get(name) for name in COLUMNS] for row in itertools.islice(rows(), count))
        while batch := list(itertools.islice(stream, BATCH)):
            database.executemany(f"INSERT INTO permits VALUES ({marks})", batch)
        for name in INDEXED:
            database.execute(f"CREATE INDEX permits_{name} ON permits ({name})")
        names = ", ".join(SEARCHED)
        database.execute(f'CREATE VIRTUAL TABLE permits_fts USING fts5 ({names}, content="permits")')
        database.execute("INSERT INTO permits_fts (permits_fts) VALUES ('rebuild')")
        database.commit()
        return database.execute("SELECT count(*) FROM permits").fetchone()[0]


def sample(database, count, wanted):
    """Rows from all parts of the table, the same every time: key, number, address, description."""
    chance = random.Random(count)
    keys = sorted(chance.sample(range(1, count + 1), min(count, wanted)))
    one = "SELECT rowid, number, address, description FROM permits WHERE rowid = ?"
    found = [database.execute(one, [key]).fetchone() for key in keys]
    chance.shuffle(found)
    return found


def searches(database, count, wanted):
    """Different things to search for: one word of a description, two of them, or one with a word of the address."""
    def words(text):
        return [word for word in re.findall(r"[^\W\d_]{4,}", text or "")]

    chance = random.Random(count + 1)
    found = {}
    for turn, (_, _, address, description) in enumerate(sample(database, count, wanted * 4)):
        described, located = words(description), words(address)
        if not described:
            continue
        picked = [chance.choice(described)]
        others = [word for word in (described if turn % 3 == 1 else located) if word != picked[0]]
        if turn % 3 and others:
            picked.append(chance.choice(others))
        found[" ".join(picked).lower()] = None
        if len(found) == wanted:
            break
    return list(found)


# Asking

@contextlib.contextmanager
def server(command, log, **options):
    """Runs a server in a process group of its own and ends the whole group."""
    with open(log, "wb") as file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True, **options)
        try:
            yield process
        finally:
            stop_group(process)


def stop_group(process):
    """Asks the group to end, waits for its leader, and then ends what is left of it."""
    for ask in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, ask)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)


def run(command, log, limit=None, **options):
    """Runs a command to its end in a group of its own. A failure says the last lines that it wrote."""
    with server(command, log, **options) as process:
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            raise Missing(f"{Path(command[0]).name} did not end within {limit} seconds") from None
    if process.returncode != 0:
        raise Missing(f"{' '.join(map(str, command[:4]))} failed: {last_lines(log)}")


def last_lines(log):
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return " / ".join(lines[-3:])[-500:]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(url, limit):
    """The status and the text of a page, without a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=limit) as response:
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as refusal:
        return refusal.code, ""


def wait_for(url, process, log):
    """Asks until the page answers with 200."""
    ends = time.monotonic() + START_SECONDS
    said = "no answer"
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise Missing(f"the server ended: {last_lines(log)}")
        try:
            status, _ = answer(url, TIMEOUT)
            if status == 200:
                return
            said = f"status {status}"
        except OSError as problem:
            said = str(problem)
        time.sleep(0.1)
    raise Missing(f"the server did not start within {START_SECONDS} seconds: {said}")


def page(site, name, asks, differs, scratch, seconds, say):
    """One measured page. `asks` are pairs of a path and the text that its answer must contain."""
    peer, version, address = site
    if not asks:
        raise Missing(f"the rows give nothing to ask for on the page: {name}")
    warm(address, asks)
    script, list_of_asks, result = scratch / "k6.js", scratch / "k6-asks.json", scratch / "k6-result.json"
    script.write_text(K6_SCRIPT)
    list_of_asks.write_text(json.dumps([{"path": path, "expect": expect} for path, expect in asks]))
    result.unlink(missing_ok=True)
    environment = {
        **os.environ, "SITE": address, "ASKS": str(list_of_asks), "RESULT": str(result), "PEOPLE": str(PEOPLE),
        "DURATION": f"{seconds}s", "TIMEOUT": str(TIMEOUT), "NO_PROXY": "127.0.0.1"}
    # The empty address keeps k6 from opening a port for its own control.
    run([k6(), "run", "--quiet", "--no-color", "--no-usage-report", "--address", "", script], scratch / "k6.log",
        limit=seconds + TIMEOUT + 60, env=environment)
    got = json.loads(result.read_text())
    one = {
        "peer": peer, "version": version, "page": name,
        "requests_per_second": round(got["requests"] / got["seconds"], 2), "median_ms": round(got["median"], 1),
        "p99_ms": round(got["p99"], 1), "requests": got["requests"], "wrong": got["wrong"], "differs": differs}
    say(f"{peer}, {name}: {one['requests_per_second']} a second, median {one['median_ms']} ms, "
        f"p99 {one['p99_ms']} ms, {one['wrong']} wrong of {one['requests']}, {len(asks)} different addresses")
    return one


def k6():
    """The program that asks, which pip puts beside Python."""
    program = Path(sys.executable).parent / "k6"
    if not program.exists():
        raise Missing("k6 is not installed beside this Python")
    return program


def warm(address, asks):
    """Asks for a few pages first, so that no cold start is measured."""
    ends = time.monotonic() + WARMING_SECONDS
    for path, _ in asks[-8:]:
        with contextlib.suppress(OSError):
            answer(address + path, TIMEOUT)
        if time.monotonic() > ends:
            break


def query(path, **values):
    return path + "?" + urllib.parse.urlencode(values, doseq=True)


# Datasette

def datasette_pages(database, count, scratch, seconds, say):
    """The table, its search and one number, as pages for people and in Datasette's fastest form."""
    try:
        version = importlib.metadata.version("datasette")
    except importlib.metadata.PackageNotFoundError:
        raise Missing("datasette is not installed in this Python") from None
    asks = datasette_asks(database, count)
    port, log = free_port(), scratch / "datasette.log"
    site = ("Datasette", version, f"http://127.0.0.1:{port}")
    command = [sys.executable, "-m", "datasette", "serve", database, "--host", "127.0.0.1", "--port", str(port),
               "--setting", "sql_time_limit_ms", "5000"]
    with server(command, log, cwd=scratch) as process:
        wait_for(site[2] + "/-/versions.json", process, log)
        for name, differs in DATASETTE_PAGES.items():
            yield page(site, name, asks[name], differs, scratch, seconds, say)


DATASETTE_PAGES = {
    "newest 20 rows":
        "Datasette counts every row and looks which columns it could offer as filters, on each page anew; ours counts "
        "no further than 1,000 and always offers the same filters.",
    "search for words":
        "Datasette lists what it finds in the order of the table, counts all of it and looks which columns could be "
        "filters; ours lists the newest first, stops counting at 1,000 and takes the last word as a beginning.",
    "one number":
        "Datasette compares the number letter by letter; ours also finds it in another writing.",
    "search for words, JSON":
        "Datasette sends the bare rows in the order of the table and counts nothing; ours sends the newest first, with "
        "names for each key and a total.",
    "one number, JSON":
        "Datasette sends the bare row and counts nothing; ours also finds the number in another writing and sends "
        "names for each key.",
}


def datasette_asks(path, count):
    """The addresses of each page, with what must be on it as the database itself says."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        # Among rows of the same day SQLite chooses, for Datasette as for this statement.
        newest = database.execute("SELECT number FROM permits ORDER BY applied DESC LIMIT 1").fetchone()[0]
        found = []
        for text in searches(database, count, 400):
            match = " ".join(f'"{word}"' for word in text.split())
            first = database.execute(
                "SELECT number FROM permits WHERE rowid IN (SELECT rowid FROM permits_fts WHERE permits_fts MATCH ?) "
                "ORDER BY rowid LIMIT 1", [match]).fetchone()
            # Letters beside figures are a word for us and none for the index.
            if first:
                found.append((text, first[0]))
        numbers = [number for _, number, _, _ in sample(database, count, 400)]

    def cell(number):
        return f">{html.escape(number)}</td>"

    def value(number):
        return f'"number": {json.dumps(number)}'

    table = "/permits/permits"
    bare = {"_size": PAGE_ROWS, "_shape": "array", "_nocount": 1, "_nofacet": 1, "_nosuggest": 1}
    return {
        "newest 20 rows": [(query(table, _sort_desc="applied", _size=PAGE_ROWS), cell(newest))],
        "search for words": [(query(table, _search=text, _size=PAGE_ROWS), cell(number)) for text, number in found],
        "one number": [(query(table, number__exact=number, _size=PAGE_ROWS), cell(number)) for number in numbers],
        "search for words, JSON": [
            (query(table + ".json", _search=text, **bare), value(number)) for text, number in found],
        "one number, JSON": [
            (query(table + ".json", number__exact=number, **bare), value(number)) for number in numbers],
    }


# Redmine

def install_redmine(say=print):
    """Installs Redmine, when it is missing, with Debian's packages."""
    missing = [name for name in REDMINE_PACKAGES if not is_installed(name)]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Missing("there is no apt-get")
    if os.geteuid() != 0:
        raise Missing(f"only root can install {', '.join(missing)}")
    say(f"Redmine: installing {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="groundwork-redmine.") as folder:
        log = Path(folder) / "apt.log"
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "--no-install-recommends", *REDMINE_PACKAGES]
        # An older list of packages may still do.
        with contextlib.suppress(Missing):
            run(["apt-get", "update"], log, env=environment)
        try:
            run(install, log, env=environment)
        except Missing as failure:
            say("Redmine: its set-up failed; mending the folders that bundler looks for")
            make_gem_folders()
            run(["dpkg", "--configure", "-a"], log, env=environment)
            if not all(map(is_installed, REDMINE_PACKAGES)):
                raise failure


def is_installed(package):
    command = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() == "installed"
    except FileNotFoundError:
        return False


def make_gem_folders():
    """Bundler wants a folder for every gem; Debian ships only their specifications."""
    for root in [Path("/usr/share/rubygems-integration"), *Path("/usr/lib").glob("*/rubygems-integration")]:
        for specification in root.glob("*/specifications/*.gemspec"):
            (specification.parent.parent / "gems" / specification.stem).mkdir(parents=True, exist_ok=True)


def redmine_pages(database, count, scratch, seconds, say):
    """The list of issues, the list of one status, the search and one issue."""
    install_redmine(say)
    version = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", "redmine"], capture_output=True, text=True, check=True).stdout
    home, environment = redmine_home(scratch)
    begun = time.monotonic()
    for task in ["db:migrate", "redmine:load_default_data"]:
        run(["bundle", "exec", "rake", task], scratch / "redmine-rake.log", cwd=home, env=environment)
    say(f"Redmine: an empty database in {time.monotonic() - begun:.1f} s")
    begun = time.monotonic()
    issues = scratch / "redmine-issues.jsonl"
    write_issues(database, issues)
    run(["bundle", "exec", "ruby", "bin/rails", "runner", HERE / "redmine_seed.rb", issues, PROJECT],
        scratch / "redmine-seed.log", cwd=home, env=environment)
    issues.unlink()
    say(f"Redmine: {count} issues in {time.monotonic() - begun:.1f} s")
    asks = redmine_asks(database, home / "redmine.db", count)
    port, log = free_port(), scratch / "redmine-puma.log"
    site = ("Redmine", version, f"http://127.0.0.1:{port}")
    command = ["puma", "-C", "-", "-e", "production", "-b", f"tcp://127.0.0.1:{port}", "-w", "2", "-t", "2:4"]
    with server(command, log, cwd=home, env=environment) as process:
        wait_for(f"{site[2]}/projects/{PROJECT}", process, log)
        for name, differs in REDMINE_PAGES.items():
            yield page(site, name, asks[name], differs, scratch, seconds, say)


REDMINE_PAGES = {
    "list of issues, newest first":
        "Redmine lists 25 rows and counts every one in the project; our public search lists 20 and counts no further "
        "than 1,000.",
    "list of one status":
        "Redmine lists 25 rows and counts every one of that status; our public search lists 20 and counts no further "
        "than 1,000.",
    "search for words":
        "Redmine has no text index: it reads every subject and description, gathers all that it finds and also finds "
        "the middle of a word; ours asks a text index, which knows the contractors too.",
    "one issue":
        "Redmine's issue has nothing but its own fields here, with no history and no files; our page of a case also "
        "gathers the other public parts of the case.",
}


def redmine_home(scratch):
    """A copy of Redmine with settings, files and a database of its own. The one that Debian set up stays as it is."""
    home = scratch / "redmine"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(REDMINE, home, ignore=lambda folder, names: {"instances", "database.yml"} & set(names),
                    ignore_dangling_symlinks=True)
    gems = home / "Gemfile"
    gems.write_text(gems.read_text().replace(f"{REDMINE}/", f"{home}/"))
    instance = home / "instances" / "bench"
    for name in ["config", "files", "log", "public/plugin_assets", "tmp/cache"]:
        (instance / name).mkdir(parents=True)
    settings = {"adapter": "sqlite3", "database": str(home / "redmine.db"), "pool": 5, "timeout": 5000}
    (instance / "config" / "database.yml").write_text(json.dumps({"production": settings}) + "\n")
    (instance / "config" / "secret_key.txt").write_text(os.urandom(32).hex() + "\n")
    others = ("BUNDLE_", "RAILS_", "GEM_", "RUBY", "X_DEBIAN_SITEID")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return home, {**environment, "RAILS_ENV": "production", "REDMINE_INSTANCE": "bench", "REDMINE_LANG": "en",
                  "SCHEMA": os.devnull, "LANG": "C.UTF-8"}


def write_issues(database, path):
    """One line for each row, in the order of the table. Redmine's number of an issue is its place in it."""
    with contextlib.closing(sqlite3.connect(database)) as source, open(path, "w", encoding="utf-8") as file:
        for number, kind, type_, status, applied, address, description in source.execute(
                "SELECT number, kind, type, status, applied, address, description FROM permits ORDER BY rowid"):
            issue = {"subject": f"{number} {address or ''}".strip()[:255], "description": description or "",
                     "start_date": applied, "tracker": type_ or kind or "Record", "status": status or NO_STATUS}
            file.write(json.dumps(issue, ensure_ascii=False) + "\n")


def redmine_asks(path, redmine, count):
    """The addresses of each page, with the number that must be on it. An issue has the key of its row."""
    with contextlib.closing(sqlite3.connect(redmine)) as database:
        keys = dict(database.execute("SELECT name, id FROM issue_statuses"))
    with contextlib.closing(sqlite3.connect(path)) as database:
        newest = database.execute("SELECT number FROM permits ORDER BY rowid DESC LIMIT 1").fetchone()[0]
        # SQLite gives the other columns of the row that has the greatest key.
        statuses = database.execute("SELECT status, number, max(rowid) FROM permits GROUP BY status").fetchall()
        issues = "SELECT *, rowid AS key, number || ' ' || coalesce(address, '') AS subject FROM permits"
        found = []
        # The more rows, the fewer searches are answered in the time.
        for text in searches(database, count, max(40, min(400, 8_000_000 // count))):
            words = text.split()
            conditions = " AND ".join(["(subject LIKE ? OR description LIKE ?)"] * len(words))
            first = database.execute(
                f"SELECT number FROM ({issues}) WHERE {conditions} ORDER BY key DESC LIMIT 1",
                [f"%{word}%" for word in words for _ in range(2)]).fetchone()
            # Small letters are not found as capital ones outside of ASCII.
            if first:
                found.append((text, first[0]))
        some = sample(database, count, 400)
    listed = {"set_filter": 1, "sort": "id:desc", "per_page": REDMINE_PAGE_ROWS}
    address = f"/projects/{PROJECT}/issues"
    return {
        "list of issues, newest first": [(query(address, **listed), html.escape(newest))],
        "list of one status": [
            (query(address, **listed, **{"f[]": "status_id", "op[status_id]": "=", "v[status_id][]": key}),
             html.escape(number)) for status, number, _ in statuses for key in [keys[status or NO_STATUS]]],
        "search for words": [(query("/search", q=text, issues=1), html.escape(number)) for text, number in found],
        "one issue": [(f"/issues/{key}", html.escape(number)) for key, number, _, _ in some],
    }


# A trial by itself

def invented_rows(count):
    """Invented permits, the same every time."""
    types = {
        "permit": ["Electrical Permit", "Plumbing Permit", "Building Permit", "Roofing Permit", "Demolition Permit"],
        "plan": ["Site Plan", "Land Use Review"], "license": ["Contractor License", "Rental License"]}
    statuses = ["Issued", "In Review", "Finaled", "Submitted", "Expired", "Withdrawn"]
    classes = ["New", "Alteration", "Repair", "Addition"]
    streets = [
        "Pika Ct", "Bear Mountain Dr", "Columbine Ridge Ave", "Flagstone Ave", "Juniper St", "Marmot Ln", "Kestrel Way",
        "Aspenglow Blvd", "Old Quarry Rd", "Thistle Pl"]
    doing = ["New", "Replace", "Repair", "Move", "Upgrade", "Remove", "Extend", "Inspect"]
    things = [
        "panel", "boiler", "deck", "garage", "carport", "furnace", "stairway", "fence", "solar array", "kitchen",
        "bathroom", "skylight", "chimney", "retaining wall", "water heater", "sprinkler system", "electric car charger",
        "roof shingles", "porch", "basement"]
    places = [
        "behind the house", "beside the driveway", "under the eaves", "along the alley", "over the workshop",
        "inside the cellar", "near the greenhouse", "facing the orchard", "within the warehouse",
        "above the storefront"]
    firms = ["Fennimore", "Amsel", "Yarrow", "Dunmore", "Ibarra", "Lindqvist", "Okafor", "Novak"]
    trades = ["Electric", "Builders", "Plumbing", "Roofing"]
    first_day = date(2008, 1, 2)
    chance = random.Random(14)
    for number in range(count):
        kind = chance.choice(list(types))
        day = first_day + timedelta(days=number * 6200 // count)
        contractors = f"{chance.choice(firms)} {chance.choice(trades)} LLC" if number % 3 else ""
        yield {"number": f"{kind[:3].upper()}{day.year}-{number:07}", "kind": kind, "type": chance.choice(types[kind]),
               "work_class": chance.choice(classes), "status": chance.choice(statuses),
               "applied": None if number % 97 == 0 else day.isoformat(),
               "address": f"{100 + chance.randrange(9800)} {chance.choice(streets)}, Boulder, CO 80304",
               "description": f"{chance.choice(doing)} the {chance.choice(things)} {chance.choice(places)} and "
                              f"{chance.choice(doing).lower()} a {chance.choice(things)}",
               "contractors": contractors}


def main():
    ask = argparse.ArgumentParser(description="Measures Datasette and Redmine on invented rows.")
    ask.add_argument("--count", type=int, default=20_000)
    ask.add_argument("--seconds", type=float, default=5)
    ask.add_argument("--scratch", type=Path, required=True)
    given = ask.parse_args()
    # An ended trial also ends the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    def say(text):
        print(text, file=sys.stderr, flush=True)

    results = measure(lambda: invented_rows(given.count), given.count, given.scratch, given.seconds, say)
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
