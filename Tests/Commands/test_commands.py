"""Commands: what they say, and how they end (0 good, 1 failed, 2 wrong usage)."""

import json
import sqlite3


def test_exit_codes(program):
    assert program("--help").code == 0
    assert program("--version").code == 0
    assert program("nonsense").code == 2
    assert program("serve", "--port", "high").code == 2
    assert program("import", "nonsense", ".").code == 2
    assert program("city", "check", "/nowhere").code == 1


def test_routes_are_described_as_they_are_served(program):
    answer = program("routes", "--json")
    routes = json.loads(answer.out)
    assert {"method", "path", "access", "fields"} == set(routes[0])
    by_path = {(route["method"], route["path"]): route for route in routes}
    assert by_path["GET", "/staff/desk"]["access"].startswith("staff")
    assert [field["name"] for field in by_path["POST", "/register"]["fields"]] == ["email"]


def test_doctor_says_what_to_fix_and_then_that_all_is_well(program):
    first = program("doctor")
    assert first.code == 1 and "groundwork migrate" in first.out, first
    assert program("migrate").code == 0
    well = program("doctor")
    assert well.code == 0 and "Everything is well." in well.out, well
    down = program("doctor", GROUNDWORK_SMTP_URL="smtp://127.0.0.1:1")
    assert down.code == 1 and "✘ Mail" in down.out, down


def test_a_city_goes_to_an_archive_and_back_to_the_row(program):
    assert program("demo", "--cases", "30", "--seed", "3").code == 0
    assert program("backup", "first").code == 0
    again = program("backup", "first")
    assert again.code == 1 and "first" in again.err, again
    elsewhere = f"sqlite:{program.folder}/restored.sqlite"
    restored = program("restore", "first", GROUNDWORK_DATABASE_URL=elsewhere)
    assert restored.code == 0, restored
    verified = program("audit", "verify", GROUNDWORK_DATABASE_URL=elsewhere)
    assert verified.code == 0 and "every one fits" in verified.out, verified
    assert program("export", "everything", "second", GROUNDWORK_DATABASE_URL=elsewhere).code == 0
    first, second = (
        {path.name: path.read_bytes() for path in (program.folder / name / "tables").iterdir()} for name in ("first", "second"))
    assert first == second
    refused = program("restore", "first", GROUNDWORK_DATABASE_URL=elsewhere)
    assert refused.code == 1 and "empty" in refused.err, refused


def test_audit_names_what_a_checkpoint_saw_and_is_gone(program):
    assert program("demo", "--cases", "30", "--seed", "3").code == 0
    written = program("audit", "checkpoint")
    assert written.code == 0, written
    folder = program.folder / "city.checkpoints"
    assert program("audit", "verify", folder).code == 0
    with sqlite3.connect(program.folder / "city.sqlite") as db:
        key, subject, sequence = db.execute(
            "SELECT id, subject, sequence FROM fact f WHERE subject LIKE 'case:%' AND sequence > 1"
            " AND sequence = (SELECT MAX(sequence) FROM fact g WHERE g.subject = f.subject) LIMIT 1").fetchone()
        before = db.execute(
            "SELECT hash FROM fact WHERE subject = ? AND sequence = ?", (subject, sequence - 1)).fetchone()[0]
        db.execute("DELETE FROM fact_reference WHERE fact_id = ?", (key,))
        db.execute("DELETE FROM fact WHERE id = ?", (key,))
        db.execute("UPDATE fact_head SET sequence = ?, hash = ? WHERE subject = ?", (sequence - 1, before, subject))
    assert program("audit", "verify").code == 0
    found = program("audit", "verify", folder)
    assert found.code == 1 and f"{subject} entry {sequence} is missing" in found.err, found


def test_a_schema_of_another_version(program):
    assert program("migrate").code == 0
    path = program.folder / "city.sqlite"

    def change(sql):
        with sqlite3.connect(path) as db:
            db.execute(sql)

    change("INSERT INTO schema_migration (name, applied_at, kind) VALUES ('later.1-adds', 0, 'expand')")
    assert program("audit", "verify").code == 0
    change("INSERT INTO schema_migration (name, applied_at, kind) VALUES ('later.2-removes', 0, 'contract')")
    newer = program("audit", "verify")
    assert newer.code == 1 and "newer version" in newer.err and "later.2-removes" in newer.err, newer
    change("DELETE FROM schema_migration WHERE name LIKE 'later.%'")
    change("DELETE FROM schema_migration WHERE name = 'jobs.1-create'")
    older = program("audit", "verify")
    assert older.code == 1 and "groundwork migrate" in older.err, older


def test_a_rehearsal_changes_nothing(program):
    assert program("migrate").code == 0
    folder = program.folder / "legacy"
    folder.mkdir()
    (folder / "contacts.csv").write_text(
        "contact_id,kind,company_name,first_name,middle_name,last_name,title,email\np1,person,,Ada,,Lindqvist,,ada@example.org\n")
    before = (program.folder / "city.sqlite").read_bytes()
    answer = program("import", "legacy", folder, "--rehearse", "--report", "report.json")
    assert answer.code == 0, answer
    assert json.loads((program.folder / "report.json").read_text())["files"]["contacts.csv"]["imported"] == 1
    assert (program.folder / "city.sqlite").read_bytes() == before


def test_a_bounce_is_read_from_standard_input(program):
    assert program("migrate").code == 0
    assert program("mail", "bounce", stdin=b"Subject: hello\r\n\r\nno bounce\r\n").code == 0


def test_a_mail_that_cannot_be_kept_is_asked_for_again(program):
    answer = program(
        "mail", "receive", stdin=b"From: gil@example.org\r\nIn-Reply-To: <a@city.example>\r\n\r\nUnit 4\r\n",
        GROUNDWORK_DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert answer.code == 75, answer
    assert answer.err.strip(), "It says what is wrong."
