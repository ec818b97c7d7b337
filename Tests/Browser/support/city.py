"""A throw-away demo city: one data folder and, when started, one `groundwork serve --demo` on a free port."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("GROUNDWORK_TEST_PROGRAM", ROOT / ".build/debug/groundwork"))


def eventually(check, what, seconds=20.0, every=0.05):
    """Asks `check` until it answers something true, and returns that."""
    deadline = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > deadline:
            detail = what() if callable(what) else what
            raise AssertionError(f"Waited {seconds:.0f} s in vain: {detail}")
        time.sleep(every)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder, base_url=None):
    """The settings of a city in `folder`, and none of the caller's own."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith("GROUNDWORK_")}
    settings["GROUNDWORK_DATABASE_URL"] = f"sqlite:{folder}/groundwork.sqlite"
    settings["GROUNDWORK_CITY"] = "Cities/boulder"
    if base_url:
        settings["GROUNDWORK_BASE_URL"] = base_url
    return settings


def run(folder, *arguments):
    """Runs a command of the program on the city in `folder` and returns what it printed."""
    done = subprocess.run(
        [PROGRAM, *arguments], cwd=ROOT, env=environment(folder), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=240)
    if done.returncode != 0:
        raise AssertionError(f"groundwork {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr or done.stdout}")
    return done.stdout


def build_demo(folder):
    """Makes the demo city the tests copy theirs from."""
    folder.mkdir(parents=True)
    run(folder, "demo", "--seed", "7", "--cases", "200")
    accounts = json.loads(run(folder, "demo", "--accounts", "--json"))
    (folder / "accounts.json").write_text(json.dumps(accounts))


class City:
    """One served city with data of its own. Stopped by its process id, never by name."""

    def __init__(self, folder, template=None):
        self.folder = Path(folder)
        if template:
            shutil.copytree(template, self.folder)
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = self.folder / "serve.log"
        self.process = None

    # --- the process

    def start(self, settings=None):
        assert self.process is None, "already serving"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--demo", "--hostname", "localhost", "--port", str(self.port)],
                cwd=ROOT, env=environment(self.folder, self.url) | (settings or {}), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._is_up, lambda: f"/healthz did not answer 200; the log ends with\n{self.log_tail()}", seconds=60)
        return self

    def _is_up(self):
        if self.process.poll() is not None:
            raise AssertionError(f"serve ended with {self.process.returncode}:\n{self.log_tail()}")
        try:
            with urllib.request.urlopen(self.url + "/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("serve did not stop within 20 s of being asked to")
        finally:
            self.process = None

    def kill9(self):
        """Ends the server as a power cut would: no warning, no last write."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def restart(self):
        """Serves the same data at the same address again."""
        return self.start()

    def log_tail(self, lines=40):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    # --- who lives there

    def accounts(self):
        """What `groundwork demo --accounts --json` says: a list of role, name, email, password."""
        return json.loads((self.folder / "accounts.json").read_text())

    def account(self, role):
        """The first entry with that role; extra keys (`number`, `cases`) are told in docs/testing.md."""
        for entry in self.accounts():
            if entry["role"].lower() == role.lower():
                return entry
        roles = sorted({entry["role"] for entry in self.accounts()})
        raise AssertionError(f"The demo city has nobody with the role {role!r}; it has {roles}")

    # --- mail

    def mails(self, to=None):
        """Mail sent so far, newest first."""
        with urllib.request.urlopen(self.url + "/demo/mail.json", timeout=10) as answer:
            box = json.loads(answer.read())
        return [mail for mail in box if to is None or mail["to"].lower() == to.lower()]

    def mail(self, to, subject_contains="", more_than=0):
        """Waits for the newest mail to that address. `more_than`: how many matching ones were there before."""

        def arrived():
            matching = [m for m in self.mails(to) if subject_contains.lower() in m["subject"].lower()]
            return matching[0] if len(matching) > more_than else None

        return eventually(
            arrived, lambda: f"no mail to {to} about {subject_contains!r}; there is "
            f"{[(m['to'], m['subject']) for m in self.mails()][:10]}")


def link_in(mail):
    """The link a mail is about: the longest, because it carries the token."""
    assert mail["links"], f"no link in the mail {mail['subject']!r}:\n{mail['text']}"
    return max(mail["links"], key=len)


CASE_NUMBER = re.compile(r"^[A-Z][A-Z0-9-]*\d{4}-\d{3,}$")
