"""Who must have got a mail after what was acknowledged, and who got one twice."""

from dataclasses import dataclass, field

from harness.databases import patiently
from harness.processes import eventually

SENDER = "portal@city.example"


def settings(url):
    return {"GROUNDWORK_SMTP_URL": url, "GROUNDWORK_MAIL_FROM": SENDER}


def cannot_send(program):
    """Why this build cannot send mail; empty when it can."""
    return "" if program.has_setting("GROUNDWORK_SMTP_URL") else "this build knows no GROUNDWORK_SMTP_URL"


def expected(ledger):
    """The addresses that an acknowledged form must have led to a mail to."""
    found = set()
    for write in ledger.acknowledged:
        if write.kind in ("register", "add-contact"):
            found.add(write.token)
        elif write.kind == "guest-request":
            found.add(f"g{write.token.split()[0]}@guests.example")
    return found


def wait_for_all(ledger, sink, seconds, nudge=lambda: None):
    """Until every mail has come that must come, except those the sink refused for good. Answers the addresses without one."""
    def missing():
        nudge()
        return expected(ledger) - sink.recipients() - set(sink.refused)
    try:
        eventually(lambda: not missing(), "mails", seconds, every=1.0)
    except AssertionError:
        pass
    return sorted(missing())


@dataclass
class Copies:
    """Mails that came more than once."""
    # A fault fell between the sink's yes and the sender's note of it: nobody can know better.
    excused: int = 0
    # The longest time between a delivery and a kill at which it was not noted yet, in seconds.
    slowest_note: float = 0.0
    unexcused: list = field(default_factory=list)


def longest_wait(ledger, sink):
    """The longest time from a form's acknowledgment to its mail, in seconds."""
    came = {}
    for one in sink.snapshot():
        came.setdefault(one.to, one.at)
    waits = [
        came[write.token] - write.acknowledged for write in ledger.acknowledged
        if write.kind in ("register", "add-contact") and write.token in came]
    return round(max(waits, default=0), 1)


def noted(database):
    """The mails that the database says were sent, by the first part of their Message-ID."""
    return {row[0] for row in patiently(database, "SELECT message_id FROM mail WHERE state = 'sent'")}


def judge_copies(sink, faults=(), known=None):
    """`faults`: moments at which the sender was killed; `known`: {Message-ID's first part: the kill at which it was seen to be noted}.
    A copy is excused when a kill, or the sink's own going away, fell between the delivery before it and the note of that."""
    copies, known = Copies(), known or {}
    for (message_id, to), deliveries in sink.copies().items():
        for earlier, later in zip(deliveries, deliveries[1:]):
            was_noted = known.get(message_id.partition("@")[0], later.at) < later.at
            fault = next((fault for fault in faults if earlier.at <= fault < later.at), None)
            if not was_noted and (fault is not None or message_id in sink.cut):
                copies.excused += 1
                copies.slowest_note = max(copies.slowest_note, fault - earlier.at if fault else 0)
            else:
                noted_then = "noted as sent" if was_noted else "not noted, and nothing happened"
                copies.unexcused.append(f"DOUBLED the mail {message_id} to {to}: again after {later.at - earlier.at:.2f} s, {noted_then}")
    return copies


def sent_after_refusal(sink):
    """Addresses that the mail server refused for good, and that were tried again. Who registered may get several mails; the others
    get one."""
    return sorted({
        one.to for one in sink.snapshot()
        if one.at > sink.refused.get(one.to, one.at) and not one.to.endswith("@contractors.example")})


def two_letters(ledger, sink):
    """Addresses that got two different mails for one thing: somebody added to a case is told once."""
    letters = {}
    for one in sink.snapshot():
        letters.setdefault(one.to, set()).add(one.message_id)
    added = {write.token for write in ledger.snapshot() if write.kind == "add-contact"}
    return [f"two different mails to {to}" for to in sorted(added) if len(letters.get(to, ())) > 1]
