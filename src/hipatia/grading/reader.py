"""A text to the values it may mean: ``read("x = 2 o x = 3")``. Several, where it is ambiguous.

An empty list says that the text was not understood whole. Cheapest first: a numeral, a short form, signs,
a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from . import labels, prose
from .formulas import numeral, structured
from .latex import NotationError
from .notation import plain
from .passages import MAX_DEPTH, fields, said_twice, sentence, worked
from .rewrites import rewritten, trimmed
from .short import alone, short
from .times import read_time
from .values import Label, Scalar, Value

MAX_READINGS = 12
MAX_TEXT = 3000
_WORDS_ALONE = re.compile(r"^\D+$|\bpara las?\b|\b[Ll]as? \d+ (?:y|con|menos) ")  # of a time of day
_AFFIRMED = re.compile(r"[^\W\d_]{2,}[,.:;]\s+(?=.{0,30}[\d=])(?!.*\b(?:no|not|ni|nor)\b)")
_LETTERS = re.compile(r"[A-ZÑ](?:[\s,;-]+[A-ZÑ])+")  # X Y Z: letters in order, no product


def read(text: str) -> list[Value]:
    """The values that a text (any notation) may mean; empty when it is not understood whole."""
    try:
        return list(_read(plain(text)))
    except (NotationError, RecursionError):
        return []


@lru_cache(maxsize=2048)
def _read(text: str, depth: int = 0) -> tuple[Value, ...]:
    text = trimmed(text)
    if not text or len(text) > MAX_TEXT:
        return ()
    if fast := numeral(text):
        return fast
    if only := alone(text):
        return (only,)
    if _LETTERS.fullmatch(text):
        return ()
    if depth < MAX_DEPTH and ")" in text and " (" in text and (twice := said_twice(text, depth, _read)):
        return twice
    moments = read_time(text)
    text = rewritten(text).strip()
    return numeral(text) or tuple(dict.fromkeys(_values(text, moments, depth)))[:MAX_READINGS]


def _values(text: str, moments: list[Value], depth: int) -> list[Value]:
    """The values of a text that is no plain number. ``moments``: the times and measures that it may be."""
    found: list[Value] = []
    if label := labels.read_label(text):
        found.append(label)
        if label.kind == "yes" and depth < MAX_DEPTH and (more := _AFFIRMED.match(text)):
            return [*found, *_read(text[more.end() :], depth + 1)]  # Sí, x = 4
        if label.kind in ("none", "all", "yes", "no"):
            return found
        if label.kind == "option" and depth < MAX_DEPTH - 1 and (rest := labels.option_text(text)):
            found.extend(_read(rest, depth + 1))
    brief = short(text)
    counted = any(isinstance(v, Scalar) and not v.noun for v in brief)  # ten thirty: 10:30, and 1030
    if not counted and any(
        isinstance(v, Label) and (v.kind == "date" or _WORDS_ALONE.search(text)) for v in moments
    ):
        return moments
    found.extend((*brief, *moments))
    if listed := fields(text, depth, _read):
        found.append(listed)
    conditional = depth < MAX_DEPTH and ", " in text and prose.PREMISE.match(text)  # Si x = 2, y = 7
    decided = any(isinstance(v, Scalar) or (isinstance(v, Label) and v.kind == "ratio") for v in found)
    if not conditional and not decided:
        found.extend((depth < MAX_DEPTH and worked(text, depth, _read)) or structured(text))
    if not found and depth < MAX_DEPTH:
        found.extend(sentence(text, depth, _read))
    return found
