"""Values given one after the other, where several are expected: ``x = 5`` on one line, ``y = 1`` on the next."""

from __future__ import annotations

import re

from ..number_words import plain_word
from .reader import read
from .sentences import LETTER, sentences_of
from .values import Named, Seq, Value


def gathered(response: str, right: list[Value], given: list[list[Value]]) -> list[Value]:
    """The values of several unknowns, or of several named things, that a response gives in several places."""
    wanted = next((v for v in right if isinstance(v, Seq) and v.kind in ("bare", "tuple")), None)
    if wanted and (told := {i.name for i in wanted.items if isinstance(i, Named) and len(i.name) > 2}):
        return read(_fields(response, told)) if len(told) == len(wanted.items) else []
    last = next((v for values in given for v in values if isinstance(v, Named)), None)
    if not wanted or not last or not 2 <= len(wanted.items) <= 4:
        return []
    names = {item.name for item in wanted.items if isinstance(item, Named)} or set("xyz"[: len(wanted.items)])
    if any(len(name) > 1 for name in names) or len(names) != len(wanted.items) or last.name not in names:
        return []
    return read(_assignments(response, names))


def _assignments(response: str, names: set[str]) -> str:
    """``x = 5 ; y = 1``: the last value that a response gives to each of these letters, where it gives all."""
    sentences = sentences_of(response)
    if not sentences:
        return ""
    last = {
        name: value for s in sentences for name, value in LETTER.findall(s.replace("$", " ")) if name in names
    }
    if set(last) != names or not any(
        name in names for name, _ in LETTER.findall(sentences[-1].replace("$", " "))
    ):
        return ""
    return " ; ".join(f"{name} = {value.rstrip('.')}" for name, value in last.items())


_FIELD_LINE = re.compile(
    r"\W*(?:el |la |los |las |the )?([^\W\d_]+)\s*(?:[:=]|\b(?:es|is|son|are|mide)\b)\s*(.+)", re.I
)


def _fields(response: str, names: set[str]) -> str:
    """``perímetro: 16 cm ; área: 15 cm²``: what the lines of a response that begin with these names end with."""
    last: dict[str, str] = {}
    for sentence in sentences_of(response):
        match = _FIELD_LINE.match(sentence)
        if match and plain_word(match[1]) in names:
            last[plain_word(match[1])] = match[2].rpartition("=")[2].strip(" .")
    return " ; ".join(f"{name}: {value}" for name, value in last.items()) if set(last) == names else ""
