"""Finds English on a Spanish page by the little words of a language: two of them in a row of text that is said to be Spanish."""

import csv
import io
import re

from .furnished import TYPED

# None of these is a Spanish word.
ENGLISH = set("""the and of to is are was were been with for this that these those it its you your our we they their from by on at
not or if when what which who how has have had will would can could should may must do does did here there all any only about
after before into than then them his her him us out up down new now more most other some such each because while where
""".split())
SKIPPED = {"script", "style", "svg", "code"}
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


def english_runs(root, language="", at_least=2):
    """Texts whose nearest `lang` is es and which have that many English words. What is quoted, or is marked translate=no, is left."""
    language = root.attributes.get("lang", language)
    if root.tag in SKIPPED or root.attributes.get("translate") == "no":
        return []
    found = []
    if language == "es":
        words = re.findall(r"[a-záéíóúñü]+", QUOTED.sub(" ", root.text).lower())
        if sum(word in ENGLISH for word in words) >= at_least:
            found.append(" ".join(root.text.split()))
    for child in root.children:
        found += english_runs(child, language, at_least)
    return found


def typed_texts(city, guest):
    """What people typed, in the language they typed it in: descriptions of cases, what the people of the rig wrote, subjects of mails."""
    rows = csv.DictReader(io.StringIO(guest.opens("/search.csv").text.lstrip("\ufeff")))
    described = {value.strip() for row in rows for name, value in row.items() if "escri" in name and value}
    return described | set(TYPED.values()) | {mail["subject"] for mail in city.mails()}


def is_typed(run, texts):
    """The head of a case writes its description without the full stop at its end."""
    return any(text.removesuffix(".") in run for text in texts)
