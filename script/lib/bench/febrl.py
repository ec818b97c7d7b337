"""FEBRL 1 to 4 (Christen 2008) as contacts.csv, with who is who; and how good a list of pairs is."""

import csv
import itertools
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / ".venv" / "checkers" / "febrl"
# The two files of the fourth set are two lists of the same people: here one list.
SETS = {"FEBRL 1": ["dataset1.csv"], "FEBRL 2": ["dataset2.csv"], "FEBRL 3": ["dataset3.csv"], "FEBRL 4": ["dataset4a.csv", "dataset4b.csv"]}
NAME = {"first_name": ["given_name"], "last_name": ["surname"]}
ADDRESS = {"address": ["street_number", "address_1"], "unit": ["address_2"], "city": ["suburb"], "zip": ["postcode"], "state": ["state"]}
# A seven-digit number of one's own is what a phone is. A contact has no day of birth.
NUMBER = {"mobile_phone": ["soc_sec_id"]}
FIELDS = {"name": NAME, "name and address": NAME | ADDRESS, "name, address and a number": NAME | ADDRESS | NUMBER}


def write(name, path, fields="name and address"):
    """Writes the contacts and returns every true pair of contact_ids."""
    columns = FIELDS[fields]
    people = {}
    with open(path, "w", newline="", encoding="utf-8") as output:
        writer = csv.writer(output)
        writer.writerow(["contact_id", *columns])
        for file in SETS[name]:
            with open(FOLDER / file, encoding="utf-8") as source:
                for row in csv.DictReader(source, skipinitialspace=True):
                    row = {key.strip(): value.strip() for key, value in row.items()}
                    writer.writerow([row["rec_id"], *(" ".join(row[key] for key in keys).strip() for keys in columns.values())])
                    people.setdefault(row["rec_id"].split("-")[1], []).append(row["rec_id"])
    return {frozenset(pair) for ids in people.values() for pair in itertools.combinations(ids, 2)}


def quality(pairs, truth):
    """Figures of a pairs file: a pair is right when it is in `truth`."""
    with open(pairs, encoding="utf-8", newline="") as file:
        rows = [(float(row["score"]), row["band"], frozenset((row["a"], row["b"])) in truth) for row in csv.DictReader(file)]
    same = [right for _, band, right in rows if band == "same"]
    rows.sort(key=lambda row: -row[0])
    right, best = 0, 0.0
    for count, row in enumerate(rows, 1):
        right += row[2]
        # A limit lies between two scores, not between two pairs of one score.
        if right and (count == len(rows) or rows[count][0] != row[0]):
            best = max(best, 2 * right / (count + len(truth)))
    return {"true": len(truth), "listed": len(rows), "same": len(same), "false_merges": len(same) - sum(same),
            "precision": sum(same) / len(same) if same else 1.0, "recall": sum(same) / len(truth) if truth else 1.0,
            "best_f1": best, "blocking_recall": right / len(truth) if truth else 1.0}
