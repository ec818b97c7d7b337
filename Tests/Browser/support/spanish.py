"""What the pages say in Spanish for what they say in English, so that one journey is walked in both.

A journey is written with the English words. In Spanish each of them is looked up in the words of the modules and of the city,
its holes are filled with what the English words had there, and the page must say exactly that.
"""

import re
from functools import lru_cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
_PARTS = re.compile(r"(\{\w+\})|(\s+)|([.,:;?]+(?=\s|$))")
_HOLE = re.compile(r"\{\w+\}")


class Beginning(str):
    """The words with which a name begins."""


class AsTyped(str):
    """Words that somebody typed: the same in every language."""


def one_of(*texts):
    """Any of these words; each is text, a `Beginning` or a pattern."""
    return texts


def in_english(said):
    """How the browser is asked for these words: exact text, or a pattern."""
    if isinstance(said, tuple):
        return re.compile("|".join(_source(in_english(one)) for one in said))
    return re.compile("^" + re.escape(said)) if isinstance(said, Beginning) else said


@lru_cache(maxsize=None)
def in_spanish(said, within=False):
    """A pattern for the same words in Spanish. `within`: the words may be a part of what the page says. Names, numbers and what
    else is in no list of words stay as they are."""
    if isinstance(said, tuple):
        return re.compile("|".join(_source(in_spanish(one, within)) for one in said))
    if isinstance(said, AsTyped) or (isinstance(said, str) and "@" in said and " " not in said):
        return said
    if isinstance(said, re.Pattern):
        found = [_filled(spanish, {}) for english, spanishes in _texts() if said.search(english) for spanish in spanishes]
        return re.compile("|".join(f"^{one}$" for one in dict.fromkeys(found))) if found else said
    best, found = 0, {}
    for english, spanishes in _texts():
        known, holes = _reads(english, said, within)
        if known > best:
            best, found = known, {}
        if known and known == best:
            found.update(dict.fromkeys(_filled(spanish, holes) for spanish in spanishes))
    if not found:
        return in_english(said)
    end = "" if isinstance(said, Beginning) else "$"
    return re.compile("|".join(one if within else f"^{one}{end}" for one in found))


def _source(said):
    return said.pattern if isinstance(said, re.Pattern) else f"^{re.escape(said)}$"


def _pieces(text):
    return [piece for piece in _PARTS.split(text) if piece]


def _reads(english, said, within):
    """How many letters of `said` are words of the English text, and what stands in its holes; 0 when it does not read so."""
    pieces = _pieces(english)
    ends = {len(pieces)}
    starts = {0}
    if isinstance(said, Beginning) or within:
        ends = set(range(1, len(pieces) + 1))
    if within:
        starts = set(range(len(pieces)))
    best = (0, 0, {})
    for start in starts:
        for end in range(start + 1, len(pieces) + 1):
            piece = pieces[end - 1]
            if not _HOLE.fullmatch(piece) and piece not in said:
                break
            run = pieces[start:end]
            known = sum(len(one) for one in run if re.search("[A-Za-z]", one) and not _HOLE.fullmatch(one))
            if end in ends and known and (known, len(run)) > best[:2]:
                match = _pattern(tuple(run)).fullmatch(said)
                if match:
                    best = (known, len(run), match.groupdict())
    return best[0], best[2]


@lru_cache(maxsize=None)
def _pattern(pieces):
    seen, source = set(), ""
    for piece in pieces:
        if not _HOLE.fullmatch(piece):
            source += re.escape(piece)
        elif piece in seen:
            source += f"(?P={piece[1:-1]})"
        else:
            seen.add(piece)
            source += f"(?P<{piece[1:-1]}>.+?)"
    return re.compile(source)


def _filled(spanish, holes):
    return "".join(
        re.escape(piece) if not _HOLE.fullmatch(piece)
        else _hole(holes[piece[1:-1]]) if piece[1:-1] in holes else ".+"
        for piece in re.split(r"(\{\w+\})", spanish))


def _hole(value):
    """A contact type or a role inside a sentence is said in Spanish too."""
    both = {value} | {spanish for english, spanishes in _texts() if english == value for spanish in spanishes}
    return f"(?:{'|'.join(map(re.escape, sorted(both)))})"


@lru_cache(maxsize=None)
def _texts():
    """Every English text with the Spanish ones it may become (a plural has several)."""
    texts = {}
    for english in ROOT.glob("Sources/*/Words/en.yaml"):
        _pair(_read(english), _read(english.with_name("es.yaml")), texts)
    for path in (ROOT / "Cities/boulder").glob("*.yaml"):
        _city(_read(path), texts)
    return tuple((english, tuple(spanishes)) for english, spanishes in texts.items())


def _read(path):
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def _pair(english, spanish, texts):
    if isinstance(english, str):
        texts.setdefault(english, {})[spanish] = None
    elif "other" in english and set(english) <= {"one", "many", "other"}:
        for text in english.values():
            texts.setdefault(text, {}).update(dict.fromkeys(spanish.values()))
    else:
        for key in english:
            _pair(english[key], spanish[key], texts)


def _city(node, texts):
    if isinstance(node, dict) and {"en", "es"} <= set(node):
        texts.setdefault(node["en"], {})[node["es"]] = None
    elif isinstance(node, (dict, list)):
        for value in node.values() if isinstance(node, dict) else node:
            _city(value, texts)
