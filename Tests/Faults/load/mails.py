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
    unexcused: list = field(default_factory=list)


def noted(database):
    """The mails that the database says were sent, by the first part of their Message-ID."""
    return {row[0] for row in patiently(database, "SELECT message_id FROM mail WHERE state = 'sent'")}


def judge_copies(sink, faults, known=None, window=0.5):
    """`faults`: moments at which a sender was killed or a connection cut. A copy is excused when such a fault came right after the
    delivery before it, and nobody had noted that delivery yet. `known`: {Message-ID's first part: when it was seen to be noted}."""
    copies, known = Copies(), known or {}
    for (message_id, to), deliveries in sink.copies().items():
        for earlier, later in zip(deliveries, deliveries[1:]):
            was_noted = known.get(message_id.partition("@")[0], later.at) < later.at
            next_fault = min((fault - earlier.at for fault in faults if fault >= earlier.at), default=None)
            if not was_noted and (message_id in sink.cut or (next_fault is not None and next_fault <= window)):
                copies.excused += 1
            else:
                fault = "no fault after it" if next_fault is None else f"the next fault {next_fault:.2f} s after it"
                noted_then = ", noted as sent before it was sent again" if was_noted else ""
                copies.unexcused.append(f"DOUBLED the mail {message_id} to {to}: again after {later.at - earlier.at:.2f} s, {fault}{noted_then}")
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
