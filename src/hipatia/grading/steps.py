"""Every equality written in an answer, each right, wrong or undecided: ``check_steps("12 × 3 = 36")``."""

from __future__ import annotations

import re

from ..schema import Step, StepVerdict
from . import compare, symbolic
from .notation import NotationError, plain
from .parser import ParseError, parse
from .tree import Tree, symbols

MAX_TEXT = 50_000
MAX_STEPS = 500
# A run of mathematics: no line break, no words longer than a function's name.
_RUN = re.compile(
    r"(?:\\[a-zA-Z]+|\\[{}%,;!]|[0-9]+(?:[.,][0-9]+)*|[-−–+*/×·÷^=≈<>()\[\]{}|√°%!:²³⁴⁵⁶⁷⁸⁹¹⁰½¼¾⅓⅔]|(?<![^\W\d_])[a-zA-Zπ](?![^\W\d_])"
    r"|\b(?:sen|sin|cos|tan|tg|ln|log|sqrt|mcm|mcd|MCD)\b|_|[ \u00a0\u202f\u2009])+"
)


def check_steps(text: str) -> list[Step]:
    """The equalities of a text in order, with their places; at most MAX_STEPS."""
    steps: list[Step] = []
    for run in _RUN.finditer(text[:MAX_TEXT]):
        if "=" not in run[0]:
            continue
        steps.extend(_chain(text, run.start(), run.end()))
        if len(steps) >= MAX_STEPS:
            break
    return steps[:MAX_STEPS]


def _chain(text: str, start: int, end: int) -> list[Step]:
    """``a = b = c`` gives a = b and b = c."""
    cuts = [start - 1, *[i for i in range(start, end) if text[i] == "="], end]
    sides = [(a + 1, b) for a, b in zip(cuts, cuts[1:], strict=False)]
    steps = []
    for (a, b), (c, d) in zip(sides, sides[1:], strict=False):
        left, right = text[a:b], text[c:d]
        first = a + len(left) - len(left.lstrip(" ,;:.)$"))
        last = d - (len(right) - len(right.rstrip(" ,;:.($")))
        if left.strip(" ,;:.)$") and right.strip(" ,;:.($") and first < last:
            steps.append(
                Step(
                    first, last, text[first:last], _verdict(text[first:b], text[c:last])
                )
            )
    return steps


def _verdict(left: str, right: str) -> StepVerdict:
    verdicts = set()
    for mark in (".", ","):
        try:
            a, b = _tree(left, mark), _tree(right, mark)
        except (ParseError, NotationError, ValueError, RecursionError):
            return "undecided"
        if symbols(a) or symbols(b):
            verdicts.add(_letters(a, b))
            continue
        try:
            verdicts.add(compare.equal(a, b))
        except symbolic.TimedOut:
            return "undecided"
    if True in verdicts:
        return "right"
    return "wrong" if verdicts == {False} else "undecided"


def _letters(a: Tree, b: Tree) -> bool | None:
    """An equation is no claim; an identity (both sides with the same letters) is right."""
    if symbols(a) == symbols(b):
        try:
            return compare.equal(a, b) or None
        except symbolic.TimedOut:
            return None
    return None


def _tree(text: str, mark: str) -> Tree:
    return parse(plain(text), mark)
