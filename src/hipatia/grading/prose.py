"""A claim inside a sentence: ``Le quedan 12 manzanas`` claims 12. Only where one quantity is claimed."""

from __future__ import annotations

import re

from ..numerals import plain_word
from .labels import is_noun
from .units import parse_unit

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?[,.;:]?")
_LINKS = set("por de del en al para con cada in per for of on at to left each total".split())
_MATH_WORDS = set("sen sin cos tan tg ln log sqrt mcm mcd pi".split())


def quantity(text: str) -> str:
    """The one quantity of a sentence, with its unit: ``12 manzanas``; empty where there is none or more."""
    pieces = text.split()
    if len(pieces) > 80:
        return ""
    kinds = [_is_word(piece) for piece in pieces]
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(pieces):
        if kinds[i]:
            i += 1
            continue
        j = i
        while j < len(pieces) and not kinds[j]:
            j += 1
        runs.append((i, j))
        i = j
    runs = [(a, b) for a, b in runs if re.search(r"[\dπ√]|[a-z]\s*=", " ".join(pieces[a:b]))]
    if len(runs) != 1:
        return ""
    a, b = runs[0]
    number = " ".join(pieces[a:b]).rstrip(",;:.")
    if "=" in number:
        number = number.rsplit("=", 1)[1].strip()
    if not number or pieces[b - 1][-1] in ",;:":
        return number
    after = [piece.rstrip(",;:.") for piece in pieces[b : b + 4]]
    for count in range(len(after), 0, -1):
        if parse_unit(" ".join(after[:count])):
            return f"{number} {' '.join(after[:count])}"
    if after and number[0] not in "$€£" and is_noun(after[:1]) and plain_word(after[0]) not in _LINKS:
        return f"{number} {after[0]}"
    return number


def _is_word(piece: str) -> bool:
    bare = piece.strip("¿?¡!\"'()*_")
    return (
        bool(_WORD.fullmatch(bare))
        and len(bare.rstrip(",.;:")) > 1
        and plain_word(bare) not in _MATH_WORDS
        or (plain_word(bare.rstrip(",.;:")) in ("a", "y", "e", "o", "u"))
    )
