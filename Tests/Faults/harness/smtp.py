"""Where mails go: a sink that takes, refuses, delays or is gone as it is told, and a real mail server (OpenSMTPD) before it."""

import asyncio
import email
import email.policy
import os
import re
import threading
import time
from dataclasses import dataclass

from .processes import Process, answers, eventually, free_port, run


@dataclass
class Delivery:
    """A mail that was taken: the sink said 250."""
    at: float
    to: str
    subject: str
    message_id: str
    link: str | None


class Sink:
    """aiosmtpd on a port of its own. Its log is the truth about what was delivered."""

    def __init__(self):
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        # "take"; "refuse" (550), "later" (451): said to the recipient's address; a number: so many seconds before a mail is taken.
        self.mode = "take"
        self._lock = threading.Lock()
        self.deliveries = []
        # Recipients that were told 550, and when.
        self.refused = {}
        self.told_later = 0
        # Mails under way when the sink was taken away: nobody knows whether the sender heard that they were taken.
        self.cut = set()
        self._under_way = set()
        # Set whenever a mail was just taken.
        self.taken = threading.Event()
        self._controller = None

    def start(self):
        from aiosmtpd.controller import Controller
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=10)
        self._controller.start()
        return self

    def away(self):
        """Gone: connections are refused, those open are cut."""
        if self._controller is not None:
            with self._lock:
                recent = {one.message_id for one in self.deliveries if one.at > time.monotonic() - 1}
                self.cut |= self._under_way | recent
            self._controller.stop()
            self._controller = None

    end = away

    # --- aiosmtpd's hooks

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refuse":
            self.refused[address.lower()] = time.monotonic()
            return "550 5.1.1 nobody of this name here"
        if self.mode == "later":
            self.told_later += 1
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        message_id = str(mail["Message-ID"] or "").strip("<> ")
        self._under_way.add(message_id)
        try:
            if isinstance(self.mode, (int, float)):
                await asyncio.sleep(self.mode)
            part = mail.get_body(("plain",))
            link = re.search(r"https?://\S+", part.get_content()) if part else None
            with self._lock:
                for to in envelope.rcpt_tos:
                    self.deliveries.append(
                        Delivery(time.monotonic(), to.lower(), str(mail["Subject"]), message_id, link[0] if link else None))
            self.taken.set()
            return "250 OK"
        finally:
            self._under_way.discard(message_id)

    # --- what came

    def snapshot(self):
        with self._lock:
            return list(self.deliveries)

    def link_to(self, address):
        """The link of the first mail to that address; None while there is none."""
        return next((one.link for one in self.snapshot() if one.to == address and one.link), None)

    def recipients(self):
        return {one.to for one in self.snapshot()}

    def copies(self):
        """{Message-ID: its deliveries} of what came more than once. Another address is another mail."""
        found = {}
        for one in self.snapshot():
            found.setdefault((one.message_id or one.subject, one.to), []).append(one)
        return {key: copies for key, copies in found.items() if len(copies) > 1}


class OpenSMTPD:
    """Takes mails at once, keeps them on disk and hands them to the sink. Its spool and its control socket have fixed places: it gets a
    mount namespace in which they are its own, so that nothing of the machine is touched. Needs root."""

    CONFIG = """
listen on 127.0.0.1 port {port}
action "relay" relay host smtp://127.0.0.1:{sink}
match from any for any action "relay"
"""
    PRIVATE = "mount -t tmpfs -o mode=755 tmpfs /var/spool && mount -t tmpfs -o mode=755 tmpfs /run && exec smtpd -d -f {config}"

    def __init__(self, folder, sink):
        if os.getuid() != 0:
            raise SystemExit("OpenSMTPD needs root: run the scenario mail as root.")
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        config = folder / "smtpd.conf"
        config.write_text(self.CONFIG.format(port=self.port, sink=sink.port))
        self.process = Process(
            "smtpd", ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", self.PRIVATE.format(config=config)],
            folder / "smtpd.log")

    def start(self):
        self.process.start()
        eventually(lambda: answers(self.port), lambda: f"OpenSMTPD:\n{self.process.log_tail()}", 20)
        return self

    def _control(self, *words):
        inside = int(run(["pgrep", "--parent", self.process.pid]).stdout.split()[0])
        return run(["nsenter", "--target", inside, "--mount", "--pid", "smtpctl", *words], check=False).stdout

    def try_now(self):
        """Its own next try would be some 7 minutes away."""
        self._control("schedule", "all")
        self._control("resume", "route", "1")

    def waiting(self):
        """How many mails it has not handed on."""
        return len(self._control("show", "queue").splitlines())

    def end(self):
        self.process.kill9(family=True)
