"""What is named in the lists of packages, and whether docs/security/libraries.csv has it all (script/sbom --check)."""

import csv
import io
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = "docs/security/libraries.csv"
COLUMNS = ["kind", "name", "where", "through", "for", "untrusted", "c", "risky", "keeper"]
KINDS = ("swift", "toolchain", "debian", "python", "file")
WHERE = ("program", "build", "tests")
REQUIREMENTS = [
    "Tests/Browser/requirements.txt", "Tests/Browser/provider.txt", "Tests/Browser/checkers.txt", "Tests/Commands/requirements.txt",
    "Tests/Faults/requirements.txt",
]


def source(path, root=ROOT):
    file = root / path
    return file.read_text(encoding="utf-8") if file.is_file() else ""


# What is named ------------------------------------------------------------------------------------------------------------------


def swift_named(package):
    """The packages of Package.swift."""
    return set(re.findall(r'\.package\(url: "https://[^"]*/([\w.-]+?)(?:\.git)?"', package))


def debian_named(bootstrap):
    """The packages of script/bootstrap: its two lists, and what is added to them."""
    lists = re.findall(r"^\s*(?:running|testing)=\(([^)]*)\)", bootstrap, re.M)
    return {name for words in [*lists, *re.findall(r"wanted\+=\(([a-z][^)]*)\)", bootstrap)] for name in words.split()}


def python_named(requirements):
    """Name and version of each line `name==version`."""
    return re.findall(r"^([\w.-]+)==([^\s#]+)", requirements, re.M)


def swift_resolved(resolved):
    """Name, address, version and commit of every package that the build took; empty before a build."""
    pins = json.loads(resolved)["pins"] if resolved else []
    found = []
    for pin in pins:
        address = pin["location"].removesuffix(".git")
        found.append((address.rsplit("/", 1)[-1], address, pin["state"].get("version", ""), pin["state"]["revision"]))
    return found


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


# The list -----------------------------------------------------------------------------------------------------------------------


def problems_of_list(text, package, bootstrap, requirements, resolved=""):
    """What is used and not listed, what is listed and gone, and marks that do not fit."""
    reader = csv.DictReader(io.StringIO(text))
    if reader.fieldnames != COLUMNS:
        return [f"the columns of {LIST} are {reader.fieldnames}, not {COLUMNS}"]
    rows, problems = list(reader), []
    listed = {kind: {} for kind in KINDS}
    for row in rows:
        name = row["name"]
        if row["kind"] not in KINDS or row["where"] not in WHERE or row["untrusted"] not in ("yes", "no") or row["c"] not in ("yes", "no", "rust"):
            problems.append(f"{LIST}: the row of {name} says something else than it may")
            continue
        if normal(name) in listed[row["kind"]]:
            problems.append(f"{LIST} has {name} twice")
        listed[row["kind"]][normal(name)] = row
        if not row["for"] or not row["keeper"]:
            problems.append(f"{LIST} does not say what {name} is for and who keeps it")
        if row["where"] == "program" and (row["untrusted"], row["c"]) == ("yes", "yes") and not row["risky"]:
            problems.append(f"{LIST}: {name} is C, runs in the program and reads what anybody sends: say under risky what that means")

    def compare(kind, used, place):
        names = {normal(one): one for one in used}
        for one in sorted(set(names) - set(listed[kind])):
            problems.append(f"{names[one]} is in {place} and not in {LIST}")
        return names

    brought = {normal(one[0]) for one in swift_resolved(resolved)}
    swift = compare("swift", swift_named(package), "Package.swift")
    if brought:
        compare("swift", [one[0] for one in swift_resolved(resolved)], "Package.resolved")
    debian = compare("debian", debian_named(bootstrap), "script/bootstrap")
    python = compare("python", [name for name, _ in python_named(requirements)], "the requirements of the tests")
    for kind, names in (("swift", swift), ("debian", debian), ("python", python)):
        for key, row in listed[kind].items():
            # What another package brings along is known after a build only.
            is_there = key in brought or (not brought and row["through"]) if kind == "swift" and key not in names else key in names
            if not is_there:
                problems.append(f"{row['name']} is in {LIST} and is used nowhere any more")
    for row in listed["file"].values():
        if not (ROOT / row["name"]).is_file():
            problems.append(f"{row['name']} is in {LIST} and is no file")
    return problems


def problems_here():
    return problems_of_list(
        source(LIST), source("Package.swift"), source("script/bootstrap"), "\n".join(source(one) for one in REQUIREMENTS),
        source("Package.resolved"))
