"""The two kinds of database as the tests look at them: from outside, reading only."""

import os
import sqlite3
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .processes import postgres_programs, run


class Unreachable(Exception):
    """The database does not answer now."""


def patiently(database, sql, seconds=60):
    """The rows, asked for again while the database does not answer."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return database.rows(sql)
        except Unreachable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


class SQLite:
    kind = "SQLite"
    dialect = "sqlite"

    def __init__(self, path):
        self.path = Path(path)
        self.url = f"sqlite:{self.path}"

    def rows(self, sql):
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            raise Unreachable(str(error)) from error
        finally:
            connection.close()

    def problems(self):
        """What SQLite's own check of the whole file finds."""
        found = [row[0] for row in self.rows("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found


class PostgreSQL:
    kind = "PostgreSQL"
    dialect = "postgres"

    def __init__(self, url, admin_url=None):
        """`admin_url`: of a superuser, who may check the tables' files."""
        self.url = url
        self.admin_url = admin_url or url

    def rows(self, sql):
        """Every value as text, but whole numbers as numbers."""
        command = [postgres_programs() / "psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e", "-d", self.url, "-c", sql]
        done = run(command, check=False, seconds=60)
        if done.returncode != 0:
            raise Unreachable(done.stderr.strip())
        lines = done.stdout.removesuffix("\n").split("\x1e")
        return [tuple(map(_value, line.split("\x1f"))) for line in lines if line]

    def problems(self):
        """Reads every row of every table and every index entry that should lead to one."""
        where = urlsplit(self.admin_url)
        command = [
            postgres_programs() / "pg_amcheck", "--heapallindexed", "--install-missing", "-h", unquote(where.hostname or ""),
            "-p", where.port or 5432, "-U", where.username, where.path.removeprefix("/")]
        done = run(command, env=os.environ | {"PGPASSWORD": where.password or ""}, check=False, seconds=240)
        return [] if done.returncode == 0 else [done.stderr.strip() or done.stdout.strip()]


def _value(text):
    return int(text) if text.lstrip("-").isdigit() and len(text) < 18 else text


def count(database, sql):
    return int(patiently(database, sql)[0][0])
