"""Pages that were checked and had no problem, kept between runs: a long run that was broken off goes on where it stopped."""

import hashlib
import threading

from .checks import CHECKERS, NARROW, SIDEWAYS, STANDARDS, WIDE, sameness
from .city import ROOT

FILE = ROOT / "var/test/pages-without-problems"


class Remembered:
    """What a page looks like depends on its HTML and on Web/, and what is found on it depends on axe and on what it is asked.

    `asked`: all that decides what is looked for, besides what is named here."""

    def __init__(self, *asked, file=FILE):
        self.file = file
        self.basis = hashlib.sha256(repr((asked, STANDARDS, SIDEWAYS, WIDE, NARROW)).encode())
        for path in [CHECKERS / "axe.min.js", *sorted((ROOT / "Web").glob("*.*"))]:
            self.basis.update(path.read_bytes())
        self.known = set(file.read_text().split()) if file.exists() else set()
        self._lock = threading.Lock()

    def __contains__(self, html):
        return self._key(html) in self.known

    def add(self, html):
        key = self._key(html)
        with self._lock:
            self.known.add(key)
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a") as file:
                file.write(key + "\n")

    def _key(self, html):
        key = self.basis.copy()
        key.update(sameness(html).encode())
        return key.hexdigest()
