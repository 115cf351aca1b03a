"""Follows an answer while it is written, and exchanges values that are not what they should be.

    editor = ExactArithmetic(question)
    while edit := editor.hear(text):            # after each piece
        text = edit.applied_to(text)
    text[: editor.settled]                      # what will not be changed any more

Nothing is forced at once after ``=``: the model goes on freely. Where it begins an expression that is right,
the expression stays, and its own ``=`` is looked at in turn: ``3/4 + 1/8 = 6/8 + 1/8 = 7/8``. As soon as what
it has written is complete (the line, the sentence, a word, the next ``=``) and has another value than the
left side, it is exchanged for the exact one. So at most one right side is taken back.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import floor
from typing import Literal

from ..edits import Edit
from .doubts import differs_in_unit
from .hands_off import is_off_limits, key, stated_values
from .left import left_side
from .right import Right, right_side
from .sides import Side
from .writing import Written, has_decimals, is_percentage, written

_REMAINDER = re.compile(r"[ ]*(?:$|[,;(]|y\b|con\b|and\b|with\b|r\b|R\b|resto\b|remainder\b|sobr\w+|qued\w+)")
_NEAR = Fraction(1, 10**30)  # between two roots that are the same, as they are approximated
Pending = Literal["pending"]
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|\\[lc]?dots)")


def value_after(text: str, question: str = "") -> Edit | None:
    """The value to write where ``text`` ends in arithmetic and ``=``, else None.

    The edit adds to the text, or puts ``≈`` in the place of its ``=`` where the value must be rounded.
    """
    sign = len(text.rstrip()) - 1
    if sign < 0 or text[sign] != "=":
        return None
    left = _left(text, sign, question)
    if left is None or (values := stated_values(question).get(key(left))) and values != {left.value}:
        return None
    value = written(left)
    return _insertion(text, sign, left, value, len(text)) if value else None


def would_change(answer: str, question: str = "", *, ended: bool = True) -> bool:
    """Whether a value of a whole answer would have been exchanged while it was written."""
    return ExactArithmetic(question).hear(answer, ended=ended) is not None


class ExactArithmetic:
    """The editor of one answer. ``forced`` are the places of the values that it put in."""

    def __init__(self, question: str = "", begun: str = ""):
        self.question = question
        self.forced: list[tuple[int, int]] = []
        self.settled = len(begun)
        self._floor = len(begun)  # what was written before is not ours to change
        self._read = max(0, begun.rfind("="))
        self._left: Side | None = None
        self._sign = 0  # where the "=" of that side stands
        self._stated: dict[str, set[Fraction]] | None = None
        if begun:
            self.hear(begun)

    @property
    def waits_for(self) -> str:
        """A sign of equality, unless one is being looked at."""
        return "=" if self._left is None else ""

    def hear(self, text: str, *, ended: bool = False) -> Edit | None:
        """What to change in the answer so far; to be called again with the changed text."""
        while True:
            if self._left is None and not self._find_left(text):
                self.settled = len(text)
                return None
            assert self._left
            right = right_side(text, self._sign + 1, self._left, ended=ended, question=self.question)
            edit = self._decide(text, self._left, right, ended) if right.kind != "pending" else "pending"
            if edit == "pending":
                self.settled = max(self._floor, min(self._left.end, len(text)))
                return None
            if edit and edit.start >= self._floor:
                self.forced = [span for span in self.forced if span[1] <= edit.start] + [edit.put]
                self._pass(edit.put[1])
                return edit
            self._pass(right.end if right.kind == "value" else self._sign + 1)

    def _find_left(self, text: str) -> bool:
        while (sign := text.find("=", self._read)) >= 0:
            if left := _left(text, sign, self.question):
                self._left, self._sign = left, sign
                return True
            self._read = sign + 1
        self._read = len(text)
        return False

    def _pass(self, end: int) -> None:
        self._left, self._read = None, end

    def _decide(self, text: str, left: Side, right: Right, ended: bool) -> Edit | None | Pending:
        if right.kind == "nothing":
            value = written(left)
            return _insertion(text, self._sign, left, value, right.end) if value else None
        if right.kind == "off" or right.side is None or right.closer == "question":
            return None
        begun = right.side
        if _is_right(left, begun) or self._is_quoted(left, begun) or _is_left_alone(text, left, right):
            return None
        value = written(left, begun)
        if value is None:
            return None
        if not _equals_follows(text, right):
            return self._exchange(text, begun, value, text[begun.end :])
        if place := _new_step(left, begun, value):
            words = f"; {value.text}"
            return Edit(place, words + text[place:], (place + 2, place + len(words)))
        end = self._end_of_chain(text, left, right, ended)
        return "pending" if end is None else self._exchange(text, begun, value, text[end:])

    def _end_of_chain(self, text: str, left: Side, right: Right, ended: bool) -> int | None:
        """Where the equalities that were to follow from a wrong expression end; None: they are being written."""
        while _equals_follows(text, right):
            sign = text.index("=", right.end)
            after = right_side(text, sign + 1, left, ended=ended, question=self.question)
            if after.kind == "pending":
                return None
            if after.kind != "value":
                break
            right = after
        return right.end

    def _exchange(self, text: str, begun: Side, value: Written, rest: str) -> Edit:
        """The value in the place of ``begun``, with ``≈`` in that of ``=`` if it is rounded."""
        start, lead = begun.start, ""
        if not value.exact:
            start, lead = self._sign, _almost(text, self._sign) + text[self._sign + 1 : begun.start]
        place = start + len(lead)
        return Edit(start, lead + value.text + rest, (place, place + len(value.text)))

    def _is_quoted(self, left: Side, begun: Side) -> bool:
        """Whether the student wrote this very equality."""
        if self._stated is None:
            self._stated = stated_values(self.question)
        return begun.value in self._stated.get(key(left), ())


def _equals_follows(text: str, right: Right) -> bool:
    return right.closer == "relation" and text[right.end :].lstrip(" \t&").startswith("=")


def _new_step(left: Side, begun: Side, value: Written) -> int:
    """Where the value ends in what is a step of its own, only written on: ``12 × 3 = 36 + 5 =``; else 0.

    In ``33 + 97 = 130 + 7 =``, the 7 has been added already.
    """
    step = re.match(r"([\d.,]*\d)\s*[-+−–×·*÷:/]\s*([\d.,]*\d)", begun.text)
    if not step or step[1] != value.text or any(operand.endswith(step[2]) for operand in left.numerals):
        return 0
    return begun.start + step.end(1)


def _left(text: str, sign: int, question: str) -> Side | None:
    """The left side of the ``=`` at ``sign``, if it is ours to complete."""
    if text[sign - 1 : sign] in ("!", "<", ">", ":", "=") or text[sign + 1 : sign + 2] in ("=", ">"):
        return None
    left = left_side(text, sign, question)
    return None if left is None or is_off_limits(text, left.end) else left


def _insertion(text: str, sign: int, left: Side, value: Written, end: int) -> Edit:
    """The value after a ``=`` that nothing follows, spaced as the text is."""
    rest = text[end:]
    space = " " if text[sign - 1] in " &\n" and text[end - 1] != " " else ""
    start, lead = end, space
    if not value.exact:
        start, lead = sign, _almost(text, sign) + text[sign + 1 : end] + space
    place = start + len(lead)
    return Edit(start, lead + value.text + rest, (place, place + len(value.text)))


def _almost(text: str, sign: int) -> str:
    line = text[text.rfind("\n", 0, sign) + 1 : sign]
    is_latex = re.search(r"\\[a-zA-Z]", line) or line.count("\\(") > line.count("\\)")
    return "\\approx" if is_latex else "≈"


def _is_right(left: Side, begun: Side) -> bool:
    if begun.value == left.value and begun.exact >= left.exact:
        return True
    if not left.exact and not begun.exact:  # √50 = 5√2
        return abs(begun.value - left.value) < _NEAR * max(Fraction(1), abs(left.value))
    return is_percentage(begun) and begun.value * 100 == left.value  # 45 + 21 = 66 %


def _is_left_alone(text: str, left: Side, right: Right) -> bool:
    begun = right.side
    assert begun
    if differs_in_unit(left, right.word):
        return True
    after = text[right.end :]
    if _ELLIPSIS.match(after) and has_decimals(begun):
        return True
    is_whole = begun.is_number and begun.value.denominator == 1 and not has_decimals(begun)
    if not is_whole or left.value.denominator == 1 or has_decimals(left):
        return False
    # 17 ÷ 5 = 3, resto 2; what the quotient is without its remainder depends on what comes.
    return begun.value == floor(left.value) and right.closer != "line" and bool(_REMAINDER.match(after))
