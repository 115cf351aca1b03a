"""A claim in a sentence, to the values it may mean: what the reader of signs alone does not understand.

The functions here are given that reader (``read(text, depth)``) for the parts that they find.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from ..number_words import SMALL, plain_word, with_numerals
from ..numerals import read_number
from . import labels, prose, spoken, times, vocabulary
from .compare import same
from .formulas import structured
from .rewrites import trimmed
from .values import Named, Scalar, Seq, Value

_THINGS = re.compile(r"(?:\s*/\s*|\b(?:per|por) )?[^\W\d_]{2,}|(?<=\d) ?[mglhs]\b(?:\^\(\d\))?|[€$£]")
_TIMES = re.compile(r"\s+x\s+")
_CALCULATION = re.compile(r"\d[\d.,]*%?(?:\s*[-+*/]\s*\d[\d.,]*%?)+\s*$")
_RESULT = re.compile(r"\W*?([€$£]?\d[\d.,]*%?)[^\d=]*")  # 22 rayas/cebra
_ALTERING = vocabulary.NEGATIVE | vocabulary.CHANGES - {"mas", "menos", "minus", "plus"}

Read = Callable[[str, int], tuple[Value, ...]]
MAX_DEPTH = 3
_BRACKETED = re.compile(
    r"(?P<head>.*\S) \((?P<about>≈|aprox\w*\.?|approx\w*\.?|about|unos)? ?"
    r"(?:=|or|o|i\.e\.,?|es decir,?|o sea,?|that is,?)? ?(?P<inside>[^()]*\w[^()]*)\)(?P<rest> [^\d()]{1,20})?"
)
_RANGE = re.compile(
    r"(?:x est[aá] |x is |desde |los n[uú]meros (?:reales )?|numbers )?(?:entre|between|de|from) (?P<low>[^\s,;]+) (?:y|and|a|to|hasta) "
    r"(?P<high>[^\s,;]+)(?P<both>[,;]? ?\(?(?:ambos|both|inclu|los dos).*)?",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{4}|(?!sen|sin|cos|tan|log|mcm|mcd)[^\W\d_]{3}")
_HEADED = re.compile(
    r"[^\W\d_]{2}(?:[^\d=:;?<>≤≥]{0,60}|[^\W\d_]{0,12} ?\(\d{1,6}\)): +(\S.*)"
)  # Factor común: a(b + c)
_LOCATED = re.compile(
    r"[^\d=<>≤≥]{4,80}? (?:cuando|si|para|siempre que|en|when|whenever|if|for|at) "
    r"((?:todo |all |every )?[-−]?[\d,./]*\s?(?:[<>≤≥]\s?)?\|?[a-zA-Z]\|?\s?[=<>≤≥∈].*)"
)
_ALL_THOSE = re.compile(
    r"[^\d=<>≤≥]{3,60}? (?:es|son|is|are) ((?:(?:el |the )?(?:conjunto|set)|todos|all|los|cualquier)\b.* "
    r"(?:mayor|menor|greater|less|positiv|negativ).*)"
)
_CONFIRMED = re.compile(
    r"([^,;]*=[^,;=]*\d\S*) (?:es|is) (?:(?:la|el|the) )?(?:correct[oa]?|right|v[aá]lid[oa]|valid)"
)
_GREATER = re.compile(
    r"(\S*\d\S*) (?:es|is) (?:el |the )?(?:mayor|menor|greater|larger|bigger|less|smaller|m[aá]s \w+) (?:que|than) .+"
)
_COUNTED = re.compile(
    r".{0,40}?\b(?P<count>\w+) (?:(?:posibles|distintas|reales|real|different|possible) )?(?:soluciones|ra[ií]ces|solutions|roots"
    r"|valores|values|puntos|points|n[uú]meros|numbers)(?: (?:reales|distintas|posibles))?\s*[,:(]\s*(?P<rest>[^()]+|.*\(.*\))\)?"
)
_REMARKED = re.compile(r"(.*[\d%)°].*\S) \([^()]*[^\W\d_]{3}[^()]*\)|(?!)")
_FIELD = re.compile(
    r"(?P<name>[^\W\d_]{2,})\s*(?:\([^()]*\)\s*)?(?::|=|\b(?:es|is|son|are|mide|de|of|tiene|has|vale|cuesta|costs|pesa|en|at)\b)?\s*"
    r"(?P<value>[-−]?[\d√$€\\(].*)"
)
_FIELD_START = re.compile(r"^(?:hay |tiene |there is |it has )?(?:el|la|los|las|the|su|its|una?|an?) ", re.I)
_FIELD_NAMES = {"remainder": "resto", "residuo": "resto", "quotient": "cociente", "gcd": "mcd", "lcm": "mcm"}


def said_twice(text: str, depth: int, read: Read) -> tuple[Value, ...]:
    """``1/2 (0,5)``, ``doce (12)``: one value in two notations; nothing where they differ."""
    match = _BRACKETED.fullmatch(text)
    if not match:
        return ()
    if match["about"]:
        whole = tuple(structured(f"{match['head']} ≈ {match['inside']}"))
        return whole or read(match["head"] + (match["rest"] or ""), depth + 2)
    if match["rest"]:
        return ()
    before, inside = read(match["head"], depth + 2), read(match["inside"], depth + 2)
    if any(same(a, b) for a in before for b in inside):
        return (*before, *inside)
    return ()


def fields(text: str, depth: int, read: Read) -> Value | None:
    """``cociente 5, resto 3``: several numbers, each with the word that says what it is."""
    parts = re.split(r"\s*(?:[,;](?![^()]*\))|\by\b|\band\b|\n)\s+", text)
    if not 2 <= len(parts) <= 6 or depth > 1:
        return None
    items: list[Value] = []
    for part in parts:
        match = _FIELD.fullmatch(_FIELD_START.sub("", part.strip(" .")))
        if not match or plain_word(match["name"]) in SMALL or plain_word(match["name"]) in vocabulary.NO_NAME:
            return None
        values = read(match["value"], depth + 2)
        value = next(
            (v for v in values if isinstance(v, Scalar) or (isinstance(v, Seq) and v.kind == "tuple")), None
        )
        if value is None:
            return None
        name = plain_word(match["name"])
        items.append(Named(_FIELD_NAMES.get(name, name), value))
    return (
        Seq("bare", tuple(items))
        if len({i.name for i in items if isinstance(i, Named)}) == len(items)
        else None
    )


def sentence(text: str, depth: int, read: Read) -> list[Value]:
    """Mathematics said in words, then a claim inside a sentence."""
    if match := _REMARKED.fullmatch(text):  # Quedan 12 (había 20)
        return list(read(match[1], depth + 1))
    found: list[Value] = []
    if match := _RANGE.fullmatch(text):
        a, b = ("[", "]") if match["both"] else ("(", ")")
        return structured(f"{a}{match['low']}; {match['high']}{b}")
    if (match := _CONFIRMED.fullmatch(text)) and not vocabulary.NEGATIVE & set(plain_word(text).split()):
        found.extend((*read(match[1], depth + 1), *filter(None, [labels.in_sentence(text)])))
        return found
    if match := _GREATER.fullmatch(text):
        found.extend(read(match[1], depth + 1))
    said = spoken.spoken(with_numerals(text))
    if said != text and (spoken.COMPARATIVE.search(text) or not _WORD.search(said)):
        found.extend(structured(trimmed(said)))
        if found or depth:
            return found
    moments = times.mentions(text)
    for moment in moments:
        text = text.replace(moment, " ")
    if moments and not prose.SAYS_VALUE.search(text):
        return list(read(moments[0], depth + 1)) if len(moments) == 1 else []
    for part in _introduced(text, read):
        found = found or list(read(part, depth + 1))
    for part in [] if found else prose.claimed(text):
        if part != text and (inner := read(part, depth + 1)):
            found.extend(inner)
            break
    if not found and said != text:
        found.extend(structured(trimmed(said)))
    if not found and (label := labels.in_sentence(text)):
        found.append(label)
    return found


def worked(text: str, depth: int, read: Read) -> list[Value]:
    """``3 cajas * 14 lápices = 42 lápices``: the result of a calculation that names its things, where it is right."""
    left, sign, right = text.rpartition("=")
    words = {*plain_word(text).split()}
    if not sign or "=" in left or not _THINGS.search(left) or _ALTERING & words:
        return []
    bare = _TIMES.sub(" * ", _THINGS.sub(" ", left.rpartition(": ")[2]))
    calculation, number = _CALCULATION.search(bare), _RESULT.fullmatch(right)
    if not calculation:
        return []
    results = read(right, depth + 1) or (read(number[1], depth + 1) if number else ())
    return list(results) if any(same(a, b) for a in structured(calculation[0]) for b in results) else []


def _introduced(text: str, read: Read) -> list[str]:
    """What words introduce: after a colon, ``se cumple para``, ``dos soluciones, ``."""
    if counted := _COUNTED.fullmatch(text):
        count = read_number(counted["count"])
        values = read(counted["rest"], 2)
        if values and isinstance(values[0], Seq) and Fraction(len(values[0].items)) in count:
            return [counted["rest"]]
    found = [match[1] for pattern in (_HEADED, _LOCATED, _ALL_THOSE) if (match := pattern.fullmatch(text))]
    return [] if vocabulary.NEGATIVE & set(plain_word(text).split()) else found
