"""Demo cities of any size on both databases, made once and kept in var/bench for the next run."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("GROUNDWORK_BENCH_PROGRAM", ROOT / ".build" / "release" / "groundwork"))
KEPT = ROOT / "var" / "bench"
SEED = 1


def environment(url, **more):
    """What the program gets: it refuses settings that it does not know."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("GROUNDWORK_")}
    return {**known, "GROUNDWORK_DATABASE_URL": url, "GROUNDWORK_LOG_LEVEL": "error",
            "GROUNDWORK_CITY": str(ROOT / "Cities" / "boulder"), **more}


@dataclass
class City:
    database: str
    cases: int
    url: str
    made_in: float | None = None

    @property
    def name(self):
        """Of its database, or its file."""
        return self.url.rsplit("/", 1)[1]


class Postgres:
    """A server of our own on a socket, set as one would run it for a city on a machine with 4 GB for it; on a disk, with fsync."""

    SETTINGS = """
listen_addresses = ''
max_connections = 100
shared_buffers = 1GB
effective_cache_size = 4GB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
wal_compression = on
random_page_cost = 1.1
effective_io_concurrency = 100
max_pred_locks_per_transaction = 512
max_pred_locks_per_relation = 4000
max_pred_locks_per_page = 32
"""

    def __init__(self):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not found:
            raise SystemExit("PostgreSQL is missing. Run script/bootstrap --test.")
        self.bin = found[-1]
        self.data = KEPT / f"postgres-{found[-1].parent.name}"
        self.sockets = Path(tempfile.mkdtemp(prefix="groundwork-bench."))
        self.sockets.chmod(0o755)
        # PostgreSQL refuses to run as root.
        self.user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []

    def _own(self, path):
        if self.user:
            shutil.chown(path, "postgres", "postgres")

    def __enter__(self):
        KEPT.mkdir(parents=True, exist_ok=True)
        self._own(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            shutil.rmtree(self.data, ignore_errors=True)
            self.data.mkdir()
            self._own(self.data)
            self._run("initdb", "-D", self.data, "--username", "groundwork", "--auth", "trust", "--encoding", "UTF8",
                      "--locale", "C.UTF-8")
            with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
                file.write(self.SETTINGS)
        # One that an earlier run was not allowed to end.
        if (self.data / "postmaster.pid").exists():
            subprocess.run([*self.user, self.bin / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"], check=False,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        self._run("pg_ctl", "-D", self.data, "-l", self.sockets / "log", "-o", f"-k {self.sockets}", "-w", "start")
        return self

    def __exit__(self, *_):
        subprocess.run([*self.user, self.bin / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"], check=False,
                       stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _run(self, program, *arguments):
        subprocess.run([*self.user, self.bin / program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def sql(self, statement, database="postgres"):
        done = subprocess.run(
            [*self.user, self.bin / "psql", "-h", self.sockets, "-U", "groundwork", "-d", database, "-XAtq", "-v", "ON_ERROR_STOP=1"],
            check=True, capture_output=True, text=True, cwd="/", input=statement)
        return done.stdout.strip()

    def url(self, database):
        return f"postgres://groundwork@{str(self.sockets).replace('/', '%2F')}/{database}"

    def create(self, database):
        if self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
            self.sql(f'DROP DATABASE "{database}"')
        self.sql(f'CREATE DATABASE "{database}"')


def _demo(city, say):
    say(f"Making a city of {city.cases:,} cases on {city.database}")
    begun = time.monotonic()
    subprocess.run([PROGRAM, "demo", "--cases", str(city.cases), "--seed", str(SEED)], env=environment(city.url), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    city.made_in = round(time.monotonic() - begun, 1)
    say(f"  {city.made_in} s, {city.cases / city.made_in:,.0f} cases a second")


def _pack(city, ask, say):
    """What the work of the queue does within minutes: the record packed (`PackedRecord.worthwhile`). `ask` runs a query."""
    if city.cases < 20_000:
        return
    begun = time.monotonic()
    worker = subprocess.Popen([PROGRAM, "worker"], env=environment(city.url), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not ask("SELECT 1 FROM public_pack_state WHERE ready_at IS NOT NULL"):
            if worker.poll() is not None or time.monotonic() - begun > 900:
                raise SystemExit(f"The record of {city.cases:,} cases was not packed.")
            time.sleep(0.5)
    finally:
        worker.terminate()
        worker.wait()
    say(f"  packed after {time.monotonic() - begun:.1f} s")


def _stamp():
    """Cities of another schema, or of the demo of another program, are not taken again."""
    sources = [*ROOT.glob("Sources/*/Migrations.swift"), ROOT / "Sources/Core/CoreMigrations.swift",
               *ROOT.glob("Sources/Import/Demo/*.swift"), *ROOT.glob("Sources/PublicRecord/Index/*.swift"),
               *ROOT.glob("Sources/PublicRecord/Packed/*.swift")]
    import hashlib
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def sqlite(cases, say):
    folder = KEPT / f"sqlite-{cases}-{_stamp()}"
    city = City("SQLite", cases, f"sqlite:{folder}/city.sqlite")
    if not (folder / "done").exists():
        for old in KEPT.glob(f"sqlite-{cases}-*"):
            shutil.rmtree(old)
        folder.mkdir(parents=True)
        _demo(city, say)
        with contextlib.closing(sqlite3.connect(folder / "city.sqlite")) as db:
            _pack(city, lambda query: db.execute(query).fetchall(), say)
        (folder / "done").write_text(str(city.made_in))
    city.made_in = float((folder / "done").read_text())
    return city


def postgres(cases, server, say):
    name = f"bench_{cases}_{_stamp()}"
    city = City("PostgreSQL", cases, server.url(name))
    done = KEPT / f"{name}.done"
    if not done.exists():
        for old in KEPT.glob(f"bench_{cases}_*.done"):
            server.sql(f'DROP DATABASE IF EXISTS "{old.stem}"')
            old.unlink()
        server.create(name)
        _demo(city, say)
        _pack(city, lambda query: server.sql(query, name), say)
        # What autovacuum does within minutes of a load.
        server.sql("VACUUM ANALYZE", name)
        done.write_text(str(city.made_in))
    city.made_in = float(done.read_text())
    return city
