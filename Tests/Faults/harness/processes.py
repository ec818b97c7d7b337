"""Real processes: started, killed and stopped by their own process id, never by name."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path


def eventually(check, what, seconds=30.0, every=0.05):
    """Asks `check` until it answers something true, and returns that. `what`: what is waited for, or a function that says it."""
    deadline = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what() if callable(what) else what}")
        time.sleep(every)


def free_port():
    """A port that nobody listens on, chosen by the operating system."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port, host="127.0.0.1"):
    """Whether anybody accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def as_postgres():
    """What makes a command run as the user postgres: PostgreSQL, etcd and Patroni must not run as root."""
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []


def run(command, env=None, cwd=None, seconds=240, check=True):
    """Runs a command to its end and returns what it printed."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr}{done.stdout}")
    return done


def postgres_programs():
    """The folder of PostgreSQL's newest programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not folders:
        raise SystemExit("PostgreSQL is missing. Run script/bootstrap --test.")
    return folders[-1]


def children(pid):
    """The processes below a process, the process itself left out."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, ring = [], [pid]
    while ring:
        ring = [child for child, parent in parents.items() if parent in ring]
        found += ring
    return found


class Process:
    """A process of ours. It ends when the tests end, however they end (PR_SET_PDEATHSIG)."""

    def __init__(self, name, command, log, env=None, cwd=None, user=()):
        self.name = name
        self.command = [str(part) for part in command]
        self.log = Path(log)
        self.env = env
        self.cwd = cwd
        self.user = list(user)
        self._popen = None

    @property
    def pid(self):
        return self._popen.pid

    def start(self):
        """Must be called on the main thread: a process ends with the thread that started it."""
        assert not self.is_running(), f"{self.name} runs already"
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                [*(self.user or ["setpriv"]), "--pdeathsig", "KILL", *self.command], cwd=self.cwd, env=self.env,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        return self

    def is_running(self):
        return self._popen is not None and self._popen.poll() is None

    def wait(self, seconds):
        """The exit code; None when it has not ended by then."""
        try:
            return self._popen.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill9(self, family=False):
        """Ends it as a power cut would. `family`: with every process below it."""
        if self._popen is None:
            return
        family = children(self.pid) if family and self.is_running() else []
        if self.is_running():
            self._popen.send_signal(signal.SIGKILL)
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._popen.wait()

    def stop(self, seconds=20):
        """Asks it to end (SIGTERM) and answers its exit code. One that does not end is killed, and that is an error."""
        if not self.is_running():
            return None if self._popen is None else self._popen.returncode
        self._popen.terminate()
        code = self.wait(seconds)
        if code is None:
            self.kill9(family=True)
            raise AssertionError(f"{self.name} did not end within {seconds} s of SIGTERM")
        return code

    def end(self):
        """For the end of a test: by whatever means."""
        try:
            self.stop(10)
        except AssertionError:
            pass

    def log_tail(self, lines=25):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""
