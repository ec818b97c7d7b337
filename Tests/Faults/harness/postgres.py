"""A PostgreSQL server of our own that writes as a careful city's would: fsync and synchronous_commit on."""

import os
import shutil
import signal
from pathlib import Path

from .databases import PostgreSQL
from .processes import Process, as_postgres, children, eventually, postgres_programs, run

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 200
shared_buffers = 128MB
fsync = on
full_page_writes = on
synchronous_commit = on
max_locks_per_transaction = 256
max_pred_locks_per_transaction = 512
max_pred_locks_per_relation = 4000
max_pred_locks_per_page = 32
"""


# Every commit waits 20 ms for the disk, as on a busy one, so that a kill often finds a commit that is not on disk yet.
SLOW_COMMITS = """
commit_delay = 20000
commit_siblings = 0
wal_writer_delay = 10s
"""


class PostgresServer:
    """Listens on a socket in its folder, and on no port."""

    def __init__(self, folder, more=""):
        self.folder = Path(folder)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.data = self.folder / "data"
        self.bin = postgres_programs()
        run([*as_postgres(), self.bin / "initdb", "-D", self.data, "--username", "groundwork", "--auth", "trust",
             "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums"], cwd=self.folder)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self.folder) + more)
        self.process = Process(
            "postgres", [self.bin / "postgres", "-D", self.data], self.folder / "postgres.log", cwd=self.folder, user=as_postgres())
        self.start()

    def url(self, name):
        return f"postgres://groundwork@{str(self.folder).replace('/', '%2F')}/{name}"

    def is_ready(self):
        return run([self.bin / "pg_isready", "-q", "-h", self.folder], check=False).returncode == 0

    def start(self):
        self.process.start()

        def is_up():
            if not self.process.is_running():
                # The server before it has not let go of its memory yet.
                self.process.start()
            return self.is_ready()

        eventually(is_up, lambda: f"PostgreSQL to start:\n{self.process.log_tail()}", 60, every=0.1)
        return self

    def create(self, name):
        """An empty database."""
        run(["psql", "-X", "-q", "-d", self.url("postgres"), "-c", f'CREATE DATABASE "{name}"'])
        return PostgreSQL(self.url(name))

    def kill9(self):
        """The server and every process of it, at once."""
        self.process.kill9(family=True)

    def kill9_one_backend(self, chance):
        """One process that serves a connection. PostgreSQL then ends them all, recovers and goes on by itself."""
        backends = [pid for pid in children(self.process.pid) if b"groundwork groundwork" in _command(pid)]
        if backends:
            try:
                os.kill(chance.choice(backends), signal.SIGKILL)
            except ProcessLookupError:
                pass

    def end(self):
        self.process.kill9(family=True)


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
