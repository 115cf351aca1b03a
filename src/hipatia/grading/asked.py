"""What the question settles about its answer: decimals to round to, a value for π, a bound, who is asked about."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ..number_words import plain_word
from .tree import number, substitute
from .units import parse_unit
from .values import Scalar, Value
from .vocabulary import COPULAS, FILLERS, KNOWN, PREPOSITIONS, UNCOUNTED, VERBS

_PLACES = re.compile(
    r"(?P<n>\d|un|dos|tres|cuatro|one|two|three|four) (?:cifras? )?(?:decimal(?:es)?|decimal places?"
    r"|cifras decimales)"
    r"|(?P<tenth>d[eé]cimas?|nearest tenth)|(?P<hundredth>cent[eé]simas?|c[eé]ntimos?|nearest hundredth|nearest cent)"
    r"|(?P<unit>redonde\w* (?:a la|al|a) (?:unidad|entero)|nearest (?:whole|integer|unit))",
    re.I,
)
_COUNT = {"un": 1, "dos": 2, "tres": 3, "cuatro": 4, "one": 1, "two": 2, "three": 3, "four": 4}
_ROUNDED = re.compile(r"redond|aproxim|round|nearest|decimal", re.I)
_PI = re.compile(r"(?:π|\bpi\b|\\pi)\s*(?:=|≈|\\approx|como|as|igual a)\s*\$?(3[.,]14\d{0,6}|22/7|3\b)", re.I)
_EXTREME = re.compile(
    r"m[ií]nim|m[aá]xim|al menos|at least|at most|smallest|largest|least|most|menor|mayor", re.I
)


def places(question: str | None) -> int | None:
    """The decimals that a question asks to round to."""
    if not question or not _ROUNDED.search(question[-2000:]):
        return None
    match = _PLACES.search(question[-2000:])
    if not match:
        return None
    if match["n"]:
        return int(match["n"]) if match["n"].isdigit() else _COUNT[match["n"].lower()]
    return 1 if match["tenth"] else 2 if match["hundredth"] else 0


def pi(question: str | None) -> Fraction | None:
    """The value of π that a question asks to use."""
    match = _PI.search(question or "")
    return Fraction(match[1].replace(",", ".")) if match else None


def with_pi(value: Value, pi: Fraction) -> Value:
    """A number with that value in the place of π."""
    return (
        replace(value, tree=substitute(value.tree, "π", number(pi))) if isinstance(value, Scalar) else value
    )


def extreme(question: str | None) -> bool:
    """Whether a question asks for the least or the greatest, so that "al menos 12" answers it."""
    return bool(_EXTREME.search(question or ""))


def day(question: str | None) -> bool:
    """Whether a question asks for a date."""
    return bool(re.search(r"\b(?:fecha|date|(?:qu[eé]|which|what) d(?:[ií]a|ay))\b", question or "", re.I))


_THINGS = r"((?: (?!que\b|than\b)[^\W\d_]+(?:['’]s)?){1,4})"
_HOW_MANY = re.compile(rf"(?:cu[aá]nt[oa]s|how many){_THINGS}", re.I)
_COUNTED = re.compile(rf"\d{_THINGS}")
_NO_THINGS = UNCOUNTED | FILLERS | set("mas menos more less fewer other others".split())
_ROOTS = re.compile(
    r"(?:cu[aá]ntas|how many|n[uú]mero de|number of)(?: \w+)? (?:soluciones|ra[ií]ces|solutions|roots)", re.I
)


def counts_other(question: str, claim: str, noun: str) -> bool:
    """Whether a claim counts another thing than is asked for: ``4 figuras``, of the figures and books that there are."""
    many = _HOW_MANY.findall(question)
    if not many or not (told := _stems(noun)):
        return False
    wanted = set(_stems(many[-1]))
    counted = {stem for words in _COUNTED.findall(question) for stem in _stems(words)[:1]}
    return told[0] in counted and wanted.isdisjoint(_stems(claim)) and not wanted.isdisjoint(counted)


def _stems(words: str) -> list[str]:
    """What the forms of each noun share."""
    folded = map(plain_word, _LETTERS.findall(words))
    return [word[:4] for word in folded if word not in _NO_THINGS]


def counts_roots(question: str) -> bool:
    """Whether a question asks how many solutions there are, and not for them."""
    return bool(_ROOTS.search(question))


_INSTANCE = re.compile(r"\W*(?:para|si|con|cuando|for|if|with|when) \W?([a-zA-Z])\W? ?= ?\W?[\d-]", re.I)


def is_instance(sentence: str, expected: str) -> bool:
    """Whether a sentence but gives a number to a letter of the formula expected: ``For n = 100 this gives 5050``."""
    match = _INSTANCE.match(sentence)
    return bool(match and re.search(rf"(?<![^\W_]){match[1]}(?![^\W\d]| ?=)|\d{match[1]}\b", expected))


_GRAMMAR = (
    VERBS
    | FILLERS
    | KNOWN
    | PREPOSITIONS
    | set(
        "there that this cual cuales cuanto cuanta cuantos cuantas como donde which what who how many much does did will more less mas menos".split()
    )
)
_COMMON = set("hay habia hubo tiene tienen tenia tenian has have had".split())
_SON = re.compile(r"\b(?:the|his|her|their|my) son\b", re.I)
_LAST = re.compile(r"[.?!¿\n]")
_CLAUSES = re.compile(r"[,;]?\s+(?:y|e|and|mientras que|while|pero|but)\s+|[,;]\s+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def clause(question: str | None, claim: str) -> str:
    """``Marta tiene 12 años`` of ``Marta tiene 12 años y su madre 36``, where Marta is asked about; else nothing.

    The question's last sentence must share a word with one clause alone, and each clause have a number.
    """
    sentence = _LAST.split((question or "")[-2000:].rpartition("?")[0])[-1]
    clauses = [part for part in _CLAUSES.split(claim) if part]
    if not sentence or not 2 <= len(clauses) <= 4 or not all(_says_of_what(part) for part in clauses):
        return ""
    if any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(clauses)):  # 15 y 19 patos: one list
        return ""
    for words in (_names, _deeds):
        asked = words(sentence)
        about = [part for part in clauses if asked & words(part)]
        if len(about) == 1:
            return about[0]
    return ""


def _says_of_what(clause: str) -> bool:
    """Whether a clause has a number and a word beside its unit: ``7 años y 3 meses`` is no two clauses."""
    return bool(re.search(r"\d", clause)) and any(not parse_unit(word) for word in _LETTERS.findall(clause))


def _names(text: str) -> set[str]:
    """The words of a text that may say who or what: no verbs, units or words of grammar."""
    words = {plain_word(word) for word in _LETTERS.findall(text)}
    child = {"son"} if _SON.search(text) else set()  # also a Spanish verb
    return {word for word in words - _GRAMMAR if not parse_unit(word)} | child


def _deeds(text: str) -> set[str]:
    """The verbs of a text that tell what is done: ``pagó``."""
    return {plain_word(word) for word in _LETTERS.findall(text)} & VERBS - COPULAS - _COMMON
