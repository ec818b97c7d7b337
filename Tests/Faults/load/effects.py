"""What each kind of write leaves in the database when it was done once: the rows that are counted.

Tokens are addresses and places that only one write ever uses. Each query answers rows of (token, how often)."""

from harness.databases import patiently

# An argument of a fact, as a whole number.
_ARGUMENT = {
    "sqlite": "CAST(json_extract(f.body, '$.arguments.{0}') AS INTEGER)",
    "postgres": "CAST(CAST(f.body AS json) -> 'arguments' ->> '{0}' AS BIGINT)",
}


def _invited_fact(dialect):
    return f"""
        SELECT i.folded, COUNT(*) FROM fact f
        JOIN case_invitation i ON i.id = {_ARGUMENT[dialect].format('invitation')}
        WHERE f.kind = 'case.contact-invited' GROUP BY i.folded"""


def _plain(sql):
    return lambda dialect: sql


_TOKENS = "SELECT folded, COUNT(*) FROM email_token WHERE purpose = '{}' AND folded LIKE '%@contractors.example' GROUP BY folded"
_REQUESTS = """
    SELECT r.case_text, COUNT({what}) FROM access_request r {join}
    WHERE r.case_text LIKE '% Fault Street' GROUP BY r.case_text"""
_REQUEST_FACTS = "LEFT JOIN fact f ON f.subject = 'request:' || r.id AND f.kind = 'request.received'"

_requests = {
    "request": _plain(_REQUESTS.format(what="*", join="")),
    "fact": _plain(_REQUESTS.format(what="f.id", join=_REQUEST_FACTS)),
}

EFFECTS = {
    "register": {"token": _plain(_TOKENS.format("register"))},
    "confirm": {"token": _plain(_TOKENS.format("finish"))},
    "finish": {
        "account": _plain("""
            SELECT e.folded, COUNT(*) FROM account_email e JOIN account a ON a.id = e.account_id
            WHERE e.folded LIKE '%@contractors.example' GROUP BY e.folded"""),
        # Every account of the contractors has its own last name; a second account would share it.
        "name": _plain("""
            SELECT LOWER(last_name) || '@contractors.example', COUNT(*) FROM account
            WHERE first_name = 'Fault' GROUP BY last_name"""),
        "fact": _plain("""
            SELECT e.folded, COUNT(*) FROM fact f JOIN account_email e ON f.subject = 'account:' || e.account_id
            WHERE f.kind = 'account.created' AND e.folded LIKE '%@contractors.example' GROUP BY e.folded"""),
    },
    "add-contact": {
        "invitation": _plain("SELECT folded, COUNT(*) FROM case_invitation WHERE folded LIKE '%@invited.example' GROUP BY folded"),
        "fact": _invited_fact,
    },
    "request": _requests,
    "guest-request": _requests,
}

# Which of them is told by a mail, and to whom: kind -> the mail's recipient for a token.
MAILS = "SELECT recipient_folded, COUNT(*) FROM mail WHERE recipient_folded LIKE '%@invited.example' GROUP BY recipient_folded"


def count_effects(database):
    """{kind: {what: {token: how often}}}"""
    answers = {}
    found = {}
    for kind, effects in EFFECTS.items():
        found[kind] = {}
        for name, query in effects.items():
            sql = query(database.dialect)
            if sql not in answers:
                answers[sql] = dict(patiently(database, sql))
            found[kind][name] = answers[sql]
    return found


def count_mails(database):
    """What was queued for the people added to cases: each gets exactly one mail."""
    return {"add-contact": {"mail": dict(patiently(database, MAILS))}}
