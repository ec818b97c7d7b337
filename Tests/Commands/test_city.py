"""City packs from the command line: checked, compared, published, taken back."""

import shutil
import sqlite3

import pytest
from conftest import ROOT

BOULDER = ROOT / "Cities" / "boulder"


@pytest.fixture
def folder(program):
    copy = program.folder / "pack"
    shutil.copytree(BOULDER, copy)
    return copy


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def live(program):
    with sqlite3.connect(program.folder / "city.sqlite") as db:
        return db.execute("SELECT hash FROM city_pack_live WHERE until IS NULL").fetchall()


def test_check_names_file_and_line_and_what_was_meant(program, folder):
    good = program("city", "check", folder)
    assert good.code == 0 and "no problems" in good.out, good
    change(folder, "statuses.yaml", "bucket: pending", "bucket: pendng")
    change(folder, "roles.yaml", "contact.link,", "contact.lnk,")
    bad = program("city", "check", folder)
    assert bad.code == 1, bad
    assert 'cannot be "pendng"; did you mean "pending"?' in bad.err, bad
    assert 'cannot be "contact.lnk"; did you mean "contact.link"?' in bad.err, bad
    line = 1 + (folder / "statuses.yaml").read_text()[: (folder / "statuses.yaml").read_text().index("pendng")].count("\n")
    assert f"{folder}/statuses.yaml:{line}: " in bad.err, bad


def test_diff_tells_old_and_new(program, folder):
    same = program("city", "diff", BOULDER, folder)
    assert same.code == 0 and "Nothing would change." in same.out, same
    change(folder, "city.yaml", "response_working_days: 3", "response_working_days: 5")
    other = program("city", "diff", BOULDER, folder)
    assert other.code == 0, other
    assert "response_working_days\n        - 3\n        + 5" in other.out, other
    assert program("city", "diff", BOULDER, "/nowhere").code == 1
    assert program("city", "diff", BOULDER).code == 2


def test_publish_and_rollback(program, folder):
    assert program("migrate", GROUNDWORK_CITY=folder).code == 0
    first = live(program)
    assert len(first) == 1
    change(folder, "city.yaml", "response_working_days: 3", "response_working_days: 5")
    assert program("migrate", GROUNDWORK_CITY=folder).code == 0
    assert live(program) == first, "a changed folder is not live by itself"

    published = program("city", "publish", folder, "--why", "Summer", GROUNDWORK_CITY=folder)
    assert published.code == 0 and "+ 5" in published.out and "is live" in published.out, published
    second = live(program)
    assert len(second) == 1 and second != first
    assert program("city", "diff", first[0][0][:10], "live", GROUNDWORK_CITY=folder).out.count("response_working_days") == 1

    back = program("city", "rollback", "--why", "Too slow", GROUNDWORK_CITY=folder)
    assert back.code == 0, back
    assert live(program) == first
    with sqlite3.connect(program.folder / "city.sqlite") as db:
        assert [why for (why,) in db.execute("SELECT why FROM city_pack_live ORDER BY id")] == ["", "Summer", "Too slow"]
    assert program("audit", "verify", GROUNDWORK_CITY=folder).code == 0
    assert program("city", "rollback", "ffff0000", GROUNDWORK_CITY=folder).code == 1


def test_a_pack_with_problems_is_not_published(program, folder):
    assert program("migrate", GROUNDWORK_CITY=folder).code == 0
    first = live(program)
    change(folder, "topics.yaml", "kind: question", "kind: qestion")
    refused = program("city", "publish", folder, GROUNDWORK_CITY=folder)
    assert refused.code == 1 and "topics.yaml:" in refused.err, refused
    assert live(program) == first
    assert program("migrate", GROUNDWORK_CITY=folder).code == 0, "what is live goes on"


def test_a_role_of_the_pack_is_given_and_another_is_refused_with_the_list(program):
    assert program("migrate").code == 0
    wrong = program("staff", "create", "dana@city.example", "--role", "contact-stewart")
    assert wrong.code == 2, wrong
    assert 'did you mean "contact-steward"?' in wrong.err and "administrator" in wrong.err, wrong
    right = program("staff", "create", "dana@city.example", "--role", "contact-steward")
    assert right.code == 0 and "/staff/sign-in/link?token=" in right.out, right


def test_a_role_ends_and_the_list_says_who_has_one(program):
    assert program("migrate").code == 0
    assert "Nobody has a role." in program("staff", "list").out
    for role in ("intake", "administrator"):
        assert program("staff", "create", "dana@city.example", "--role", role).code == 0
    assert [line.split("\t")[:2] for line in program("staff", "list").out.splitlines()] == [
        ["dana@city.example", "administrator"], ["dana@city.example", "intake"]]
    ended = program("staff", "end", "Dana@City.example", "--role", "intake")
    assert ended.code == 0 and "is no longer intake." in ended.out, ended
    again = program("staff", "end", "dana@city.example", "--role", "intake")
    assert again.code != 0 and "has no role intake" in again.err, again
    assert "is no longer administrator." in program("staff", "end", "dana@city.example").out
    assert "Nobody has a role." in program("staff", "list").out
