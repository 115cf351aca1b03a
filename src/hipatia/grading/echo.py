"""Answers that are none: the question's own words, the calculation it asks for, one value over and over.

Weak models write these, and a piece of them may well equal what is expected.
"""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from ..number_words import NUMBER_WORDS, plain_word
from ..numerals import read_number
from .latex import MIXED, NotationError
from .notation import plain
from .sentences import split
from .vocabulary import COPULAS

MAX_TEXT = 4_000
MIN_WORDS = 6  # fewer may well be an answer: "Ana tiene 12 manzanas"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_]+|[-+*/^=<>≤≥≠√|{MIXED}]")
_OPTION = re.compile(r"\W*[A-Ha-h][).:]\s")
_OFFERS = re.compile(
    r"\d\S* (?:o|ó|u|or) (?:\w+ )?\S*\d|\bcu[aá]l(?:es)? (?:de|es (?:el |la )?(?:mayor|menor|m[aá]s))\b"
    r"|\bwhich (?:of|one|(?:\w+ )?is (?:the )?(?:larg|great|small|big|less))",
    re.I,
)
_LOOP = re.compile(r"\W*?([^\s,;=][^,;=\n]{0,40}?)[.\s]*(?:\s*(?:[;=\n]|,\s)\s*\1\.?){3,}\W*")
_PROSE = re.compile(r"[^\W\d_]{2}")


def loops(response: str) -> bool:
    """Whether a response is one value over and over, and not a sentence or an equality: ``12, 12, 12, 12``."""
    return not _PROSE.search(response) and bool(_LOOP.fullmatch(response[:MAX_TEXT]))


def restates(question: str, sentence: str) -> bool:
    """Whether a sentence is one of the question's, word for word."""
    return _words(sentence) in _sentences(question[-MAX_TEXT:])


@lru_cache(maxsize=64)
def _sentences(question: str) -> frozenset[tuple[str, ...]]:
    """The question's sentences that are long enough to be known again; options may be chosen by their text."""
    said = (_words(sentence) for sentence in split(question) if not _OPTION.match(sentence))
    return frozenset(words for words in said if len(words) >= MIN_WORDS)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", plain_word(text)))


def repeats(question: str, claim: str, expected: str) -> bool:
    """Whether all that a claim says stands so in the question, and is not yet what is expected.

    ``7/20`` where that is to be told as a percentage, ``9x - 4x + x`` where it is to be reduced; but ``3/4``
    where the question offers it, and ``8`` where 8 is expected, are answers.
    """
    said, asked = _tokens(claim), _tokens(question[-MAX_TEXT:])
    places = [i for i, token in enumerate(said) if _says(token)]
    if not places or _OFFERS.search(question) or NUMBER_WORDS & {*said} - {*asked}:
        return False
    told = said[places[0] : places[-1] + 1]
    sides = [list(side) for joint, side in groupby(told, COPULAS.__contains__) if not joint]
    rounds = 1 + len(told) // max(len(asked), 1)  # the question may be said over and over
    if not all(_within(side, asked * rounds) for side in sides):
        return False
    wanted = _values(_tokens(expected))
    return not any(_values(side) <= wanted for side in sides)


def _tokens(text: str) -> list[str]:
    """Numerals, signs and folded words, whatever the notation; without brackets and stops."""
    with suppress(NotationError):  # else its own spelling will do
        text = plain(text)
    return _TOKEN.findall(plain_word(text))


def _says(token: str) -> bool:
    return not token[0].isalpha()


def _values(tokens: list[str]) -> set[Fraction | str]:
    """The numbers and signs among tokens."""
    return {max(read_number(t), default=t) if t[0].isdigit() else t for t in tokens if _says(t)}


def _within(part: list[str], whole: list[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))
