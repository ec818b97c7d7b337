"""Faults of the disk: a small file system that is filled, and system calls that fail."""

import os
import signal
import time
from pathlib import Path

from .processes import Process, run


class SmallDisk:
    """A file system of so many MiB in memory, mounted in a folder."""

    def __init__(self, folder, megabytes):
        self.folder = Path(folder)
        run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}M", "groundwork-faults", self.folder])
        self._filler = self.folder / "filler"

    def fill(self, leave=0):
        """Takes all the room but so many bytes."""
        with self._filler.open("wb", buffering=0) as filler:
            free = os.statvfs(self.folder)
            filler_size = max(0, free.f_bavail * free.f_frsize - leave)
            try:
                while filler_size > 0:
                    filler_size -= filler.write(b"\0" * min(filler_size, 1 << 16))
            except OSError:
                pass  # It is full.

    def free(self):
        self._filler.unlink(missing_ok=True)

    def end(self):
        self.free()
        run(["umount", "-l", self.folder], check=False)


class FailingCalls:
    """Lets system calls of a running process fail (strace), until `end`."""

    def __init__(self, process, calls, error, log, when=None):
        rule = f"{calls}:error={error}" + (f":when={when}" if when else "")
        command = ["strace", "-f", "-qq", "-p", str(process.pid), "-e", f"trace={calls}", "-e", f"inject={rule}", "-o", str(log)]
        self.log = Path(log)
        self._tracer = Process("strace", command, f"{log}.messages").start()
        time.sleep(0.3)
        if not self._tracer.is_running():
            raise AssertionError(f"strace could not attach:\n{self._tracer.log_tail()}")

    def failed(self):
        """How many calls failed so far."""
        return self.log.read_text(errors="replace").count("(INJECTED)")

    def end(self):
        """Lets go of the process, which goes on."""
        if self._tracer.is_running():
            os.kill(self._tracer.pid, signal.SIGINT)
            if self._tracer.wait(10) is None:
                self._tracer.kill9()
