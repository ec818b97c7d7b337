"""A city with data of its own: a database, people in it, and the servers that serve it."""

import json
import re
import urllib.error
import urllib.request

from .databases import SQLite
from .postgres import PostgresServer
from .processes import Process, eventually, free_port

DATABASES = ("SQLite", "PostgreSQL")


class City:
    """One database. Commands of the program run on it, servers and workers serve it."""

    def __init__(self, stage, name, database, program=None):
        self.stage = stage
        self.name = name
        self.database = database
        self.program = program or stage.program
        self.settings = {}

    def environment(self, program=None, **more):
        places = (program or self.program).own_places(self.stage.folder / self.name)
        return {"GROUNDWORK_DATABASE_URL": self.database.url} | places | self.settings | more

    def run(self, *arguments, seconds=600, check=True, program=None):
        program = program or self.program
        return program.run(*arguments, settings=self.environment(program), seconds=seconds, check=check)

    def import_legacy(self, folder):
        return self.run("import", "legacy", folder)

    def server(self, name="serve", program=None, base_url=None, split=False, port=None, **settings):
        """A server that is not started yet."""
        return self.stage.started(Server(self, name, program or self.program, base_url, split, port, settings))

    def worker(self, name="worker", base_url=None, **settings):
        """A worker that is not started yet, for servers that are `split` from theirs."""
        program = self.program
        if base_url:
            settings["GROUNDWORK_BASE_URL"] = base_url
        log = self.stage.folder / f"{self.name}-{name}.log"
        environment = program.environment(self.environment(**settings))
        return self.stage.started(Process(name, [program.binary, "worker"], log, environment, program.home))

    def audit_problems(self):
        """What `audit verify` says against the facts; empty when every chain fits."""
        done = self.run("audit", "verify", check=False)
        return [] if done.returncode == 0 else [f"audit verify: {done.stderr.strip() or done.stdout.strip()}"]

    def problems(self):
        """Everything that a fault may have left behind in the database itself."""
        return self.database.problems() + self.audit_problems()


class Server(Process):
    """`groundwork serve` at an address of its own that stays the same over restarts. In demo mode, where no mail leaves the machine."""

    def __init__(self, city, name, program, base_url, split, port, settings):
        self.port = port or free_port()
        self.own_url = f"http://127.0.0.1:{self.port}"
        # What people type: the address of whatever stands before the server.
        self.url = base_url or self.own_url
        arguments = ["serve", "--hostname", "127.0.0.1", "--port", self.port]
        if "GROUNDWORK_SMTP_URL" not in settings:
            arguments.append("--demo")
        if split:
            arguments.append("--no-worker")
        environment = program.environment(city.environment(program, GROUNDWORK_BASE_URL=self.url, **settings))
        log = city.stage.folder / f"{city.name}-{name}.log"
        super().__init__(name, [program.binary, *arguments], log, environment, program.home)

    def serves_at(self, url):
        """The address that people type, known only now: that of a proxy before this server."""
        self.url = url
        self.env["GROUNDWORK_BASE_URL"] = url

    def start(self, wait=True):
        super().start()
        if wait:
            self.wait_until_up()
        return self

    def wait_until_up(self, seconds=60):
        eventually(self.is_up, lambda: f"{self.name} to answer /healthz; its log ends with\n{self.log_tail()}", seconds, every=0.02)

    def is_up(self):
        if not self.is_running():
            raise AssertionError(f"{self.name} ended with {self._popen.returncode}:\n{self.log_tail()}")
        try:
            with urllib.request.urlopen(self.own_url + "/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def errors(self):
        """What it logged as errors, and how often: lines of JSON, or of swift-log's own form."""
        found = {}
        for line in self.log.read_text(errors="replace").splitlines():
            try:
                entry = json.loads(line)
                reason = entry.get("error") or entry.get("message") if entry.get("level") in ("error", "critical") else None
            except (ValueError, AttributeError):
                match = re.search(r" (?:error|critical) .*?error=(.*)", line)
                reason = match and match[1]
            if reason:
                reason = str(reason)[:110]
                found[reason] = found.get(reason, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: -pair[1])[:6])

    def anonymous_memory(self):
        """RssAnon in MiB."""
        status = open(f"/proc/{self.pid}/status").read()
        return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


def cities(stage, wanted=DATABASES, postgres=""):
    """A city on each of the databases, one after the other; each with a schema and no data. `postgres`: more settings for PostgreSQL."""
    for kind in wanted:
        if stage.options.database not in (None, kind):
            continue
        if kind == "SQLite":
            city = City(stage, "sqlite", SQLite(stage.folder / "city.sqlite"))
        else:
            server = stage.started(PostgresServer(stage.folder_for("postgres"), postgres))
            city = City(stage, "postgres", server.create("groundwork"))
            city.postgres = server
        city.run("migrate")
        stage.say(f"{kind}: schema made")
        yield city
