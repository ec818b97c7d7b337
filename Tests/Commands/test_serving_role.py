"""On PostgreSQL a role may serve that can change neither the schema nor what was logged (V13.2.2, V16.4.2)."""

import re
import subprocess

import pytest
from conftest import ROOT


@pytest.fixture
def postgres(tmp_path):
    """The address of a server of this test's own."""
    server = subprocess.Popen(
        [ROOT / "script/lib/with-postgres", "sh", "-c", "echo $GROUNDWORK_TEST_POSTGRES; cat"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield server.stdout.readline().strip()
    server.stdin.close()
    server.wait(60)


def says(url, *statements):
    """What psql answers, and whether it took everything."""
    host = re.search(r"@(%2F[^/]+)/", url)[1].replace("%2F", "/")
    user = re.search(r"//([^@]+)@", url)[1]
    done = subprocess.run(
        ["psql", "--host", host, "--username", user, "--dbname", "groundwork", "--tuples-only", "--no-align", "-v", "ON_ERROR_STOP=1",
         *(part for statement in statements for part in ("-c", statement))], capture_output=True, text=True, timeout=60)
    return done.returncode == 0, done.stdout.strip() + done.stderr


def test_who_serves_changes_neither_the_schema_nor_the_log(program, postgres):
    settings = {"GROUNDWORK_DATABASE_URL": postgres}
    unknown = program("migrate", "--serving-role", "clerk", **settings)
    assert unknown.code != 0 and "CREATE ROLE clerk LOGIN" in unknown.err, unknown
    assert says(postgres, 'CREATE ROLE "the clerk" LOGIN')[0]
    assert program("demo", "--cases", "20", "--seed", "3", **settings).code == 0
    granted = program("migrate", "--serving-role", "the clerk", **settings)
    assert granted.code == 0 and "the clerk may serve with it." in granted.out, granted

    clerk = postgres.replace("//groundwork@", "//the%20clerk@")
    as_clerk = {"GROUNDWORK_DATABASE_URL": clerk}
    # The work itself goes on: an account, its facts, a mail, a job.
    link = program("staff", "create", "dana@city.example", "--role", "intake", **as_clerk)
    assert link.code == 0 and "token=" in link.out, link
    assert program("doctor", **as_clerk).code == 0
    assert program("audit", "verify", **as_clerk).code == 0
    rest = clerk.replace("the%20clerk", "the clerk")
    for statement in (
        "UPDATE fact SET actor = 'nobody'", "DELETE FROM fact", "TRUNCATE fact", "UPDATE fact SET body = NULL", "DELETE FROM fact_payload",
        "DELETE FROM fact_reference", "CREATE TABLE mine (x INT)", "ALTER TABLE account ADD COLUMN mine INT", "DROP TABLE mail",
        "DELETE FROM schema_migration", "CREATE FUNCTION f() RETURNS INT LANGUAGE sql AS 'SELECT 1'",
    ):
        taken, answer = says(rest, statement)
        assert not taken and ("permission denied" in answer or "must be owner" in answer), (statement, answer)


def test_sqlite_has_no_roles(program):
    answer = program("migrate", "--serving-role", "clerk")
    assert answer.code != 0 and "SQLite has no roles" in answer.err, answer
