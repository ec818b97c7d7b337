"""planted: the counting itself. A loss, a double, a broken chain and a refused post are planted; each must be found."""

import sqlite3

from harness.city import City
from harness.databases import SQLite
from harness.results import Result
from load.effects import count_effects
from load.people import contractors
from load.visitors import Load

PLANTED = {
    "a lost invitation": "DELETE FROM case_invitation WHERE folded = '{add-contact}'",
    "a doubled request": """
        INSERT INTO access_request (number, typed, folded, name, phone, language, kind, case_text, part_text, contacts, reason, state,
                                    revision, received_on, created_at, answer)
        SELECT 'AR-0', typed, folded, name, phone, language, kind, case_text, part_text, contacts, reason, state, revision, received_on,
               created_at, answer
        FROM access_request WHERE case_text = '{guest-request}'""",
    "a lost account": "UPDATE account_email SET folded = 'nobody' WHERE folded = '{finish}'",
    "a changed fact": "UPDATE fact SET actor = 'nobody' WHERE id = (SELECT MAX(id) FROM fact WHERE kind = 'request.received')",
}


def run(stage):
    city = City(stage, "sqlite", SQLite(stage.folder / "city.sqlite"))
    people = contractors(stage.folder / "people", 20)
    city.import_legacy(stage.folder / "people")
    server = city.server().start()
    load = stage.started(Load(city, server.url, people, 3)).start()
    load.wait_for_writes(60)
    load.finish()
    server.stop()

    result = Result("planted", "SQLite", len(PLANTED), measured_how="rows are taken away, doubled and changed behind the program's back")
    clean = load.ledger.verdict(lambda: count_effects(city.database))
    result.acknowledged = clean.acknowledged
    result.problems += clean.problems + city.problems()
    tokens = {write.kind: write.token for write in load.ledger.acknowledged}
    connection = sqlite3.connect(city.database.path)
    connection.execute("PRAGMA foreign_keys = OFF")
    for name, sql in PLANTED.items():
        for kind, token in tokens.items():
            sql = sql.replace(f"{{{kind}}}", token)
        connection.execute(sql)
        connection.commit()
        found = load.ledger.verdict(lambda: count_effects(city.database))
        seen = {
            "a lost invitation": any(tokens["add-contact"] in line for line in found.lost),
            "a doubled request": any(tokens["guest-request"] in line for line in found.doubled),
            "a lost account": any(tokens["finish"] in line for line in found.lost),
            "a changed fact": bool(city.audit_problems()),
        }[name]
        if not seen:
            result.problems.append(f"{name} was not found")
    connection.close()
    yield result
