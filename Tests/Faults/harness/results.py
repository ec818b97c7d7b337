"""What was measured: a line while running, a table at the end, `var/faults.json` for later."""

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Result:
    scenario: str
    # "SQLite", "PostgreSQL", "PostgreSQL, several hosts" …
    on: str
    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    # Seconds in which nothing was acknowledged; None where it says nothing.
    longest_gap: float | None = None
    measured_how: str = ""
    # Anything that must not be: each makes the run fail.
    problems: list = field(default_factory=list)
    # Numbers and remarks worth keeping.
    notes: dict = field(default_factory=dict)
    # Why it did not run; then nothing above counts.
    skipped: str = ""

    @property
    def failed(self):
        return bool(self.lost or self.doubled or self.problems)

    @property
    def outcome(self):
        return "not run" if self.skipped else "FAILED" if self.failed else "passed"

    def line(self):
        if self.skipped:
            return f"{self.scenario} ({self.on}): not run: {self.skipped}"
        gap = "" if self.longest_gap is None else f", longest gap {self.longest_gap:.1f} s"
        return (f"{self.scenario} ({self.on}): {self.outcome}: {self.rounds} rounds, {self.acknowledged} acknowledged, "
                f"{self.lost} lost, {self.doubled} doubled{gap}")

    def take(self, ledger, verdict, start=None, end=None):
        """Fills in what a load's ledger says."""
        self.acknowledged = verdict.acknowledged
        self.lost, self.doubled = len(verdict.lost), len(verdict.doubled)
        self.problems += verdict.problems
        self.longest_gap = ledger.longest_gap(start, end)
        refusals = ledger.refusals()
        self.problems += [f"refused {one}" for one in refusals[:10]]
        if len(refusals) > 10:
            self.problems.append(f"and {len(refusals) - 10} more refusals")
        self.notes["failed requests"] = dict(sorted(ledger.failures.items(), key=lambda pair: -pair[1])[:12])
        self.notes["unacknowledged"] = sum(1 for write in ledger.snapshot() if write.acknowledged is None and not write.refusal)
        return self


def table(results):
    head = ("scenario", "on", "rounds", "acknowledged", "lost", "doubled", "longest gap", "outcome")
    rows = [head] + [
        (one.scenario, one.on) + (("", "", "", "", "", one.outcome) if one.skipped else (
            str(one.rounds), str(one.acknowledged), str(one.lost), str(one.doubled),
            "" if one.longest_gap is None else f"{one.longest_gap:.1f} s", one.outcome))
        for one in results]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def keep(results, program, path):
    """Renews the rows of the scenarios that ran in the file, and leaves the others."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {}
    if path.exists():
        kept = {(row["scenario"], row["on"]): row for row in json.loads(path.read_text())}
    for one in results:
        row = asdict(one) | {
            "outcome": one.outcome, "program": program.version, "build": program.build,
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
        if not one.skipped or (one.scenario, one.on) not in kept:
            kept[one.scenario, one.on] = row
    path.write_text(json.dumps(list(kept.values()), indent=1, ensure_ascii=False) + "\n")


def markdown(path):
    """The kept rows as the table of docs/reliability.md."""
    lines = [
        "| scenario | rounds | acknowledged | lost | doubled | longest gap | measured how |",
        "|---|--:|--:|--:|--:|--:|---|"]
    for row in json.loads(Path(path).read_text()):
        if row["skipped"]:
            continue
        gap = "" if row["longest_gap"] is None else f"{row['longest_gap']:.1f} s"
        outcome = "" if row["outcome"] == "passed" else " **failed**"
        lines.append(
            f"| `{row['scenario']}`{outcome} {row['on']} | {row['rounds']} | {row['acknowledged']:,} | {row['lost']} | {row['doubled']} | {gap} | "
            f"{row['measured_how']}; {row['build']} build |")
    return "\n".join(lines)
