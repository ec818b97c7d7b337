"""HAProxy before web servers or before PostgreSQL."""

import socket

from .processes import Process, answers, eventually, free_port

DEFAULTS = """
global
  stats socket {folder}/{name}.sock mode 600 level admin
defaults
  mode {mode}
  timeout connect 2s
  timeout client 60s
  timeout server 60s
"""

WEB = """
frontend web
  bind 127.0.0.1:{port}
  default_backend nodes
backend nodes
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  default-server inter 200ms fall 2 rise 1
  {who}
{servers}
"""

# As Patroni's own documentation has it: only the leader answers 200 to OPTIONS /primary.
DATABASE = """
listen primary
  bind 127.0.0.1:{port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
{servers}
"""


class HAProxy:
    def __init__(self, folder, name, mode, text):
        self._socket = folder / f"{name}.sock"
        file = folder / f"{name}.cfg"
        file.write_text(DEFAULTS.format(folder=folder, name=name, mode=mode) + text)
        self.process = Process(name, ["haproxy", "-db", "-f", file], folder / f"{name}.log")

    @classmethod
    def before_web(cls, folder, nodes, forwards):
        """Round robin without stickiness. `nodes`: {name: (port, whether requests go there from the start)}. `forwards`: the nodes
        believe X-Forwarded-For; otherwise HAProxy connects from the address of whoever asks, which works on one machine."""
        port = free_port()
        servers = "\n".join(
            f"  server {name} 127.0.0.1:{node} check" + ("" if enabled else " disabled") for name, (node, enabled) in nodes.items())
        who = "option forwardfor" if forwards else "source 0.0.0.0 usesrc clientip"
        proxy = cls(folder, "haproxy-web", "http", WEB.format(port=port, servers=servers, who=who))
        proxy.url = f"http://127.0.0.1:{port}"
        proxy.port = port
        return proxy

    @classmethod
    def before_patroni(cls, folder, nodes):
        """`nodes`: {name: (port of PostgreSQL, port of Patroni)}."""
        port = free_port()
        servers = "\n".join(f"  server {name} 127.0.0.1:{node} check port {check}" for name, (node, check) in nodes.items())
        proxy = cls(folder, "haproxy-database", "tcp", DATABASE.format(port=port, servers=servers))
        proxy.port = port
        return proxy

    def start(self):
        self.process.start()
        eventually(lambda: answers(self.port), lambda: f"HAProxy:\n{self.process.log_tail()}", 20)
        return self

    def say(self, command):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self._socket))
            line.sendall(f"{command}\n".encode())
            return b"".join(iter(lambda: line.recv(65536), b"")).decode()

    def state(self, node):
        """`UP`, `DOWN`, `MAINT`, `DRAIN` … and how many requests are with the node now."""
        for row in self.say("show stat").splitlines():
            cells = row.split(",")
            if cells[:2] == ["nodes", node]:
                return cells[17].split()[0], int(cells[4] or 0)
        raise AssertionError(f"HAProxy knows no node {node}")

    def enable(self, node):
        self.say(f"set server nodes/{node} state ready")
        eventually(lambda: self.state(node)[0] == "UP", f"HAProxy to find {node} ready", 30)

    def drain(self, node):
        """No new requests for it; waits until those under way are over."""
        self.say(f"set server nodes/{node} state drain")
        eventually(lambda: self.state(node)[1] == 0, f"the requests of {node} to end", 60)

    def end(self):
        self.process.end()
