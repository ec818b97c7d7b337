"""`contacts match` on people of whom it is known who is who (P10): FEBRL 1 to 4, and generated cities."""

import csv
import signal
import subprocess
import sys
from decimal import Decimal

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "script" / "lib" / "bench"))
import febrl  # noqa: E402
from contacts import Contacts  # noqa: E402


def matched(program, truth):
    answer = program("contacts", "match", "contacts.csv", "--output", "pairs.csv")
    assert answer.code == 0, answer
    assert not list(program.folder.glob("*.partial"))
    return febrl.quality(program.folder / "pairs.csv", truth), answer


@pytest.mark.parametrize("name", febrl.SETS)
def test_nobody_is_taken_for_another_on_febrl(program, name):
    figures, _ = matched(program, febrl.write(name, program.folder / "contacts.csv"))
    assert figures["precision"] == 1.0, figures
    assert figures["same"] > 0, figures
    if name == "FEBRL 3":
        assert figures["recall"] >= 0.93, figures
        assert figures["best_f1"] >= 0.985, figures
        assert figures["blocking_recall"] >= 0.98, figures


@pytest.mark.parametrize("fields", ["name", "name, address and a number"])
def test_nobody_is_taken_for_another_with_fewer_or_more_fields(program, fields):
    for name in ("FEBRL 1", "FEBRL 3"):
        figures, _ = matched(program, febrl.write(name, program.folder / "contacts.csv", fields))
        assert figures["false_merges"] == 0, (name, figures)


@pytest.mark.parametrize("size,seed", [(400, 3), (6_000, 1), (6_000, 2)])
def test_nobody_is_taken_for_another_in_a_city(program, size, seed):
    city = Contacts(size, seed)
    city.write(program.folder / "contacts.csv")
    figures, answer = matched(program, city.truth())
    assert figures["false_merges"] == 0, figures
    assert figures["recall"] >= 0.4, figures
    assert "wrong to be expected" in answer.out and "share one of" in answer.out, answer


def test_the_weights_add_up_to_the_score(program):
    febrl.write("FEBRL 1", program.folder / "contacts.csv")
    assert program("contacts", "match", "contacts.csv", "--output", "pairs.csv").code == 0
    with open(program.folder / "pairs.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:4] == ["a", "b", "score", "band"]
    for row in rows:
        assert sum(Decimal(value) for value in list(row.values())[4:]) == Decimal(row["score"]), row
        assert row["band"] == ("same" if Decimal(row["score"]) >= 10 else "review")
    again = (program.folder / "pairs.csv").read_bytes()
    assert program("contacts", "match", "contacts.csv", "--output", "pairs.csv").code == 0
    assert (program.folder / "pairs.csv").read_bytes() == again


def test_a_bad_file_is_refused_with_a_sentence(program):
    for text, says in [("name;mail\n", "contact_id"), ("contact_id,email\n", "first_name"), ("", "empty")]:
        (program.folder / "contacts.csv").write_text(text)
        answer = program("contacts", "match", "contacts.csv", "--output", "pairs.csv")
        assert answer.code == 1 and says in answer.err, answer
        assert not list(program.folder.glob("pairs.csv*"))
    assert program("contacts", "match", "nowhere.csv", "--output", "pairs.csv").code == 1
    assert program("contacts", "match", "contacts.csv").code == 2
    help = program("contacts", "match", "--help")
    assert help.code == 0 and "contact_id" in help.out and "same" in help.out, help


def test_ctrl_c_leaves_no_half_file(program):
    Contacts(30_000, 1).write(program.folder / "contacts.csv")
    work = subprocess.Popen([str(program.path), "contacts", "match", "contacts.csv", "--output", "pairs.csv"], cwd=program.folder,
                            env=program.environment, stderr=subprocess.PIPE)
    # It has begun when it says so.
    assert b"Reading" in work.stderr.readline()
    work.send_signal(signal.SIGINT)
    said = work.stderr.read().decode()
    assert work.wait(timeout=60) == 1 and "Stopped. pairs.csv was not written." in said, said
    assert not list(program.folder.glob("pairs.csv*"))
