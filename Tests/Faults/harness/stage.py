"""Where a scenario plays: a temporary folder, and everything it started, ended in reverse order."""

import contextlib
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path


class Stage(contextlib.ExitStack):
    """Use as a context. What is given to `started` is ended at the end, whatever happened."""

    def __init__(self, name, program, options):
        super().__init__()
        self.name = name
        self.program = program
        self.options = options
        self.chance = random.Random(options.seed)
        self.began = time.monotonic()

    def __enter__(self):
        super().__enter__()
        self.folder = Path(tempfile.mkdtemp(prefix=f"groundwork-{self.name}."))
        # PostgreSQL runs as another user and must reach its folder below.
        self.folder.chmod(0o755)
        self.callback(self._remove)
        return self

    def _remove(self):
        if self.options.keep:
            self.say(f"kept {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def started(self, thing):
        """Ends it (its method `end`) when the scenario is over."""
        self.callback(thing.end)
        return thing

    def folder_for(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    def rounds(self, default):
        return self.options.rounds or default

    def clients(self, default):
        return self.options.clients or default

    def say(self, text):
        if self.options.verbose:
            print(f"    {time.monotonic() - self.began:7.1f} s  {text}", file=sys.stderr, flush=True)
