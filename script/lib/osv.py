"""Which of our versions the advisories of osv.dev name (script/sbom --holes)."""

import json
import re
from pathlib import Path

from libraries import normal


# Versions -----------------------------------------------------------------------------------------------------------------------


def order_of_debian(version):
    """A key that sorts as dpkg does: epoch, version, revision; runs of letters and numbers in turn, ~ before the end."""
    epoch, _, rest = version.partition(":") if ":" in version else ("0", "", version)
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "0")

    def weight(letter):
        return -1 if letter == "~" else ord(letter) if letter.isalpha() else ord(letter) + 256

    def key(text):
        parts = []
        while text:
            letters = re.match(r"\D*", text)[0]
            text = text[len(letters):]
            digits = re.match(r"\d*", text)[0]
            text = text[len(digits):]
            # The end of a run of letters is more than ~ and less than any letter.
            parts.append(([weight(one) for one in letters] + [0], int(digits or 0)))
        return parts + [([0], 0)]

    return int(epoch), key(upstream), key(revision)


def order_of_semantic(version):
    """A key for 1.2.3 and 1.2.3-beta.1: a version before a release sorts before it."""
    core, _, pre = version.lstrip("v").split("+")[0].partition("-")
    numbers = [int(one) for one in re.findall(r"\d+", core)] + [0, 0, 0]
    return numbers[:3], 1 if not pre else 0, [(0, int(one), "") if one.isdigit() else (1, 0, one) for one in pre.split(".")]


def order_of_python(version):
    """A key after PEP 440: dev, a, b and rc before a release, post behind it."""
    found = re.match(r"v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?", version.lower())
    if not found:
        return (0, [], (0, 0), 0, 0)
    epoch, release, pre, number, post, dev = found.groups()
    numbers = [int(one) for one in release.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    kinds = {"a": 1, "alpha": 1, "b": 2, "beta": 2, "c": 3, "rc": 3, "pre": 3, "preview": 3}
    stage = (kinds[pre], int(number or 0)) if pre else (0 if dev is not None and post is None else 9, 0)
    return (int(epoch or 0), numbers, stage, -1 if post is None else int(post or 0), float("inf") if dev is None else int(dev or 0))


ORDERS = {"Debian": order_of_debian, "PyPI": order_of_python, "SwiftURL": order_of_semantic}


def is_affected(version, affected, order):
    """Whether an entry of an advisory names the version: by its list, or by a range."""
    if version in affected.get("versions", []):
        return True
    mine = order(version)
    for span in affected.get("ranges", []):
        if span.get("type") not in ("SEMVER", "ECOSYSTEM"):
            continue
        events = [(next(iter(event.items()))) for event in span.get("events", [])]
        placed = sorted(((order("0" if at == "0" else at), what) for what, at in events), key=lambda one: (one[0], one[1] != "introduced"))
        inside = False
        for at, what in placed:
            if what == "introduced" and mine >= at:
                inside = True
            elif what in ("fixed", "limit") and mine >= at:
                inside = False
            elif what == "last_affected" and mine > at:
                inside = False
        if inside:
            return True
    return False


# Holes --------------------------------------------------------------------------------------------------------------------------


def ours(parts):
    """Ecosystem and name as advisories write them, with our version and what it is called here."""
    found = []
    for part in parts:
        purl, properties = part["purl"], {one["name"]: one["value"] for one in part.get("properties", [])}
        if purl.startswith("pkg:swift/"):
            found.append(("SwiftURL", purl.removeprefix("pkg:swift/").rsplit("@", 1)[0].lower(), part["version"], part["name"]))
        elif purl.startswith("pkg:deb/"):
            found.append(("Debian", properties["groundwork:source"], properties["groundwork:source-version"], part["name"]))
        elif purl.startswith("pkg:pypi/"):
            found.append(("PyPI", normal(part["name"]), part["version"], part["name"]))
    return found


def place_of(package):
    """The same of an advisory's package; a Debian release behind a colon is kept."""
    ecosystem, _, release = package.get("ecosystem", "").partition(":")
    name = package.get("name", "")
    if ecosystem == "SwiftURL":
        name = re.sub(r"^https?://|\.git$", "", name).lower()
    elif ecosystem == "PyPI":
        name = normal(name)
    return ecosystem, name, release


def holes(parts, advisories, release=""):
    """A sentence for each version of ours that an advisory names. Withdrawn ones say nothing."""
    known = {}
    for ecosystem, name, version, called in ours(parts):
        known.setdefault((ecosystem, name), []).append((version, called))
    found = set()
    for one in advisories:
        if one.get("withdrawn"):
            continue
        for affected in one.get("affected", []):
            ecosystem, name, of_release = place_of(affected.get("package", {}))
            if ecosystem == "Debian" and of_release and release and of_release != release:
                continue
            for version, called in known.get((ecosystem, name), []):
                if is_affected(version, affected, ORDERS[ecosystem]):
                    fixed = [at for span in affected.get("ranges", []) for event in span.get("events", []) for what, at in event.items() if what == "fixed"]
                    mended = f"; mended in {', '.join(fixed)}" if fixed else "; not mended yet"
                    found.add(f"{one.get('id', '?')}: {called} {version} ({ecosystem}){mended}. {one.get('summary', '')}".rstrip())
    return sorted(found)


def advisories_in(paths):
    """The advisories of files and folders: one in a file, or a list of them."""
    for path in map(Path, paths):
        files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        for file in files:
            content = json.loads(file.read_text(encoding="utf-8"))
            yield from content if isinstance(content, list) else [content]
