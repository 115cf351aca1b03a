"""What words between numbers mean: a unit, what is counted, an unknown, a function, or only prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexing import MINUS, OPERANDS, Lexeme, neighbour

LETTER_UNITS = frozenset("mglLhstKNJWVA")
# Words that compute: before a number they change what it means.
_COMPUTING = frozenset(
    "más menos por entre veces times plus minus over al elevado dividido multiplicado divided multiplied módulo mod "
    "cuadrado cubo squared cubed".split()
)
# Between a number and the next sign these are no units either.
_NOT_COUNTED = _COMPUTING | frozenset(
    "y e o u and or es son is are to mil millones millón billones thousand million billion hundred millions resto "
    "remainder".split()
)
_MOST_WORDS = 5  # of what is counted
_FUNCTIONS = frozenset(
    "sen sin cos tan tg cot sec csc arcsen arctan log ln lg exp mcm mcd lcm gcd gcf hcf max min det lim raíz sqrt "
    "abs".split()
)
# "la mitad de 8 + 2", "raíz de 16 + 9", "el doble de 3 + 1": how far does the phrase reach?
_REACHING = re.compile(
    r"(?:mitad|doble|triple|cuádruple|tercio|cuartos?|quint[oa]s?|part?es?|raíz|cuadrada|cúbica|cuadrado|cubo|opuesto|"
    r"inverso|half|double|twice|triple|third|quarter|root|square|cube|opposite|inverse)(?: +(?:de|del|of))?\s*$",
    re.I,
)


def unit_length(lexemes: Sequence[Lexeme], end: int, last: int) -> int:
    """How many lexemes before ``end`` are a unit or what is counted, after a number, before a sign."""
    after = neighbour(lexemes[:last], end - 1, 1)
    if after and after.kind not in ("operator", "close"):
        return 0
    place, words = end, 0
    while place and lexemes[place - 1].kind in ("word", "space") and words <= _MOST_WORDS:
        place -= 1
        words += lexemes[place].kind == "word"
        if lexemes[place].kind == "word" and not can_be_counted(lexemes, place):
            return 0
    is_counted = place and words <= _MOST_WORDS and lexemes[place - 1].kind in OPERANDS
    return end - place if is_counted else 0


def can_be_counted(lexemes: Sequence[Lexeme], place: int) -> bool:
    """Whether a word after a number can be a unit or the name of things."""
    word = lexemes[place].text
    if word.lower() in _NOT_COUNTED:
        return False
    if len(word) > 1:
        return True
    return word in LETTER_UNITS and lexemes[place - 1].kind == "space"


def changes_meaning(lexemes: Sequence[Lexeme], place: int, last: int) -> bool:
    """Whether a word before arithmetic makes something else of it: ``x + 3``, ``sen 30``, ``más 3``."""
    word = lexemes[place].text.lower()
    after = neighbour(lexemes[:last], place, 1)
    if after is None:
        return False
    before, follows = neighbour(lexemes, place, -1), lexemes[place + 1]
    if before and before.kind == "operator" and before.text not in ("*", "**", ":"):  # "25 + his 1"
        return True
    if follows is after and not (after.kind == "dress" or after.text in ("*", "**", ":")):
        return True
    if after.kind in ("close", "percent", "super", "bang", "degree"):
        return True
    if after.kind == "operator" and after.text != ":":
        number = neighbour(lexemes[:last], lexemes.index(after), 1)
        is_glued = number is lexemes[lexemes.index(after) + 1] if number else False
        return not (is_glued and after.text in (*MINUS, "+", "*", "**") and len(word) > 1)
    said = "".join(lexeme.text for lexeme in lexemes[max(0, place - 8) : place + 1])
    is_unknown = len(word) == 1 and word not in "yeouai" and said[-2:-1] not in ("'", "’")
    return is_unknown or word in _FUNCTIONS or word in _COMPUTING or bool(_REACHING.search(said))


def is_label(lexemes: Sequence[Lexeme], place: int) -> bool:
    """A colon that announces: ``Total: 3 + 4``, ``Total : 3 + 4``; ``12 : 4`` and ``12:4`` divide."""
    if lexemes[place].text != ":":
        return False
    before, after = neighbour(lexemes, place, -1), lexemes[place + 1 : place + 2]
    if before is None or before.kind == "word":
        return True
    return lexemes[place - 1] is before and bool(after) and after[0].kind in ("space", "newline")
