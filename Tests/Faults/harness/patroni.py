"""Two PostgreSQL nodes under Patroni with synchronous replication, etcd, and HAProxy before them."""

import json
import os
import shutil
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

from .databases import PostgreSQL
from .haproxy import HAProxy
from .processes import Process, as_postgres, children, eventually, free_port, postgres_programs, run

# Every ttl seconds a leader must show that it lives; 20 is the least that Patroni accepts.
CONFIG = """
scope: groundwork
name: {name}
restapi: {{listen: "127.0.0.1:{rest}", connect_address: "127.0.0.1:{rest}"}}
etcd3: {{host: "127.0.0.1:{etcd}"}}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 3
    retry_timeout: 5
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {{max_connections: 100, max_locks_per_transaction: 256}}
  initdb: [{{encoding: UTF8}}, {{locale: C.UTF-8}}, data-checksums]
  pg_hba: ["host replication rep 127.0.0.1/32 scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256"]
postgresql:
  listen: "127.0.0.1:{port}"
  connect_address: "127.0.0.1:{port}"
  data_dir: {folder}/{name}
  bin_dir: {bin}
  pgpass: {folder}/{name}.pgpass
  authentication:
    replication: {{username: rep, password: rep}}
    superuser: {{username: postgres, password: pg}}
    rewind: {{username: rew, password: rew}}
  parameters:
    unix_socket_directories: "{folder}"
    shared_buffers: 64MB
    max_pred_locks_per_transaction: 512
    max_pred_locks_per_relation: 4000
    max_pred_locks_per_page: 32
"""


class Node:
    """One PostgreSQL and the Patroni that runs it."""

    def __init__(self, folder, name, etcd):
        self.name = name
        self.data = folder / name
        self.port, self.rest = free_port(), free_port()
        self.config = folder / f"{name}.yml"
        self.config.write_text(
            CONFIG.format(name=name, rest=self.rest, port=self.port, etcd=etcd, folder=folder, bin=postgres_programs()))
        self.patroni = Process(f"patroni {name}", ["patroni", self.config], folder / f"{name}.log", cwd=folder, user=as_postgres())

    def _postmaster(self):
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def kill9(self):
        """Patroni and PostgreSQL with everything below them, as if the machine lost its power."""
        family = self._postgres()
        self.patroni.kill9(family=True)
        _kill9(family)

    def kill9_postgres(self):
        """PostgreSQL alone: Patroni starts it again, on the same timeline, when it notices."""
        _kill9(self._postgres())

    def _postgres(self):
        pid = self._postmaster()
        return [pid, *children(pid)] if pid and Path(f"/proc/{pid}").exists() else []

    def end(self):
        self.patroni.end()
        self.kill9()


def _kill9(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


class PatroniCluster:
    def __init__(self, folder):
        self.folder = Path(folder)
        etcd, peers = free_port(), free_port()
        self.etcd = Process(
            "etcd",
            ["etcd", "--data-dir", self.folder / "etcd", "--listen-client-urls", f"http://127.0.0.1:{etcd}",
             "--advertise-client-urls", f"http://127.0.0.1:{etcd}", "--listen-peer-urls", f"http://127.0.0.1:{peers}",
             "--initial-advertise-peer-urls", f"http://127.0.0.1:{peers}", "--initial-cluster", f"default=http://127.0.0.1:{peers}"],
            self.folder / "etcd.log", cwd=self.folder, user=as_postgres())
        self.nodes = [Node(self.folder, name, etcd) for name in ("n1", "n2")]
        self.haproxy = HAProxy.before_patroni(self.folder, {node.name: (node.port, node.rest) for node in self.nodes})
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            for node in self.nodes:
                shutil.chown(node.config, "postgres", "postgres")

    def start(self):
        self.etcd.start()
        time.sleep(1)
        self.nodes[0].patroni.start()
        eventually(lambda: self.leader(), lambda: f"a first leader:\n{self.nodes[0].patroni.log_tail()}", 90, every=0.5)
        self.nodes[1].patroni.start()
        self.haproxy.start()
        self.wait_until_safe()
        return self

    # --- who is what

    def members(self):
        """What any Patroni says of the cluster: {name: role}, of those that run."""
        for node in self.nodes:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{node.rest}/cluster", timeout=3) as answer:
                    members = json.load(answer)["members"]
                    return {one["name"]: one["role"] for one in members if one.get("state") in ("running", "streaming")}
            except (urllib.error.URLError, ConnectionError, TimeoutError, KeyError):
                continue
        return {}

    def leader(self):
        return next((node for node in self.nodes if self.members().get(node.name) == "leader"), None)

    def wait_until_safe(self, seconds=120):
        """Until there are a leader and a synchronous standby: then a leader may die without loss."""
        eventually(
            lambda: sorted(self.members().values()) == ["leader", "sync_standby"],
            lambda: f"a leader and a synchronous standby; there are {self.members()}:\n"
                    + "\n".join(node.patroni.log_tail(6) for node in self.nodes), seconds, every=0.5)

    # --- what is done to it

    def kill9_leader(self):
        node = self.leader()
        node.kill9()
        return node

    def switch_over(self):
        """The standby takes over in peace."""
        leader = self.leader()
        other = next(node for node in self.nodes if node is not leader)
        run([*as_postgres(), "patronictl", "-c", leader.config, "switchover", "groundwork", "--leader", leader.name, "--candidate",
             other.name, "--force"], cwd=self.folder, seconds=120, env=os.environ | {"LC_ALL": "C.UTF-8", "HOME": str(self.folder)})
        eventually(lambda: self.leader() is other, lambda: f"{other.name} to lead; there are {self.members()}", 60, every=0.5)

    # --- databases

    def _url(self, user, hosts, name, more=""):
        return f"postgres://{user}@{hosts}/{name}{more}"

    def create(self, name):
        """An empty database, and its two addresses: by HAProxy, and by both nodes."""
        proxy = f"127.0.0.1:{self.haproxy.port}"
        admin = self._url("postgres:pg", proxy, "postgres")
        for sql in ("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'groundwork') THEN "
                    "CREATE ROLE groundwork LOGIN PASSWORD 'groundwork'; END IF; END $$",
                    f"CREATE DATABASE {name} OWNER groundwork"):
            run([postgres_programs() / "psql", "-X", "-q", "-d", admin, "-c", sql])
        both = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return (
            PostgreSQL(self._url("groundwork:groundwork", proxy, name), self._url("postgres:pg", proxy, name)),
            self._url("groundwork:groundwork", both, name, "?target_session_attrs=read-write"))

    def end(self):
        self.haproxy.end()
        for node in self.nodes:
            node.end()
        self.etcd.end()
