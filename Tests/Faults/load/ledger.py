"""Who wrote what, and what was acknowledged: so that losses and doubles are counted, not guessed."""

import threading
import time
from dataclasses import dataclass, field


@dataclass
class Write:
    """One thing somebody wants done, sent as often as needed with one once-key."""
    kind: str
    # What the thing is found by in the database: nobody else ever uses it.
    token: str
    once: str
    begun: float
    acknowledged: float | None = None
    # Answers that refuse (4xx): there must be none.
    refusal: str | None = None
    tries: int = 0


@dataclass
class Verdict:
    """What of the writes is in the database."""
    acknowledged: int
    lost: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    # Done, but whoever sent it has not heard so: what the once-key is for.
    unheard: int = 0

    @property
    def problems(self):
        return [f"LOST {one}" for one in self.lost[:20]] + [f"DOUBLED {one}" for one in self.doubled[:20]]


class Ledger:
    def __init__(self):
        self._lock = threading.Lock()
        self.writes = []
        # (what went wrong, how often): failed requests of every kind, by their reason.
        self.failures = {}

    def begin(self, kind, token, once):
        write = Write(kind, token, once, time.monotonic())
        with self._lock:
            self.writes.append(write)
        return write

    def acknowledge(self, write):
        write.acknowledged = time.monotonic()

    def failed(self, reason):
        with self._lock:
            self.failures[reason] = self.failures.get(reason, 0) + 1

    def snapshot(self):
        with self._lock:
            return list(self.writes)

    @property
    def acknowledged(self):
        return [write for write in self.snapshot() if write.acknowledged is not None]

    def acknowledged_since(self, moment):
        return [write for write in self.acknowledged if write.acknowledged > moment]

    def longest_gap(self, start=None, end=None):
        """The longest time in which nobody at all was acknowledged anything, in seconds."""
        moments = sorted(write.acknowledged for write in self.acknowledged)
        moments = [start] * (start is not None) + [
            moment for moment in moments if (start is None or moment >= start) and (end is None or moment <= end)
        ] + [end] * (end is not None)
        return max((later - earlier for earlier, later in zip(moments, moments[1:])), default=0.0)

    def refusals(self):
        return [f"{write.kind} {write.token}: {write.refusal}" for write in self.snapshot() if write.refusal]

    def verdict(self, found):
        """Compares with the database. `found()` answers {kind: {what it must leave: {token: how often}}}.
        What is acknowledged now must be found then exactly once; anything else at most once."""
        settled = self.acknowledged
        counts = found()
        verdict = Verdict(len(settled))
        for write in settled:
            missing = [name for name, tokens in counts[write.kind].items() if tokens.get(write.token, 0) == 0]
            if missing:
                verdict.lost.append(f"{write.kind} {write.token}, sent {write.tries} times: no {', '.join(missing)}")
        heard = {id(write) for write in settled}
        for write in self.snapshot():
            found_often = [
                f"{name} {tokens[write.token]} times" for name, tokens in counts[write.kind].items() if tokens.get(write.token, 0) > 1]
            if found_often:
                verdict.doubled.append(f"{write.kind} {write.token}, sent {write.tries} times: {', '.join(found_often)}")
            verdict.unheard += id(write) not in heard and any(tokens.get(write.token) for tokens in counts[write.kind].values())
        return verdict
