"""The left side of an equality that is being written.

    left_side("Paga: 7 × 9 =", 13, "¿Cuánto paga?")      # 7 × 9, which is 63

It goes back from the ``=`` as far as it is arithmetic without unknowns. Where it could be read in more than one
way there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .doubts import is_ambiguous
from .lexing import Lexeme, lex
from .sides import LONGEST, TAKEN, Side, computes, side_of
from .words import changes_meaning, is_label, unit_length

_ITEM = re.compile(r"\s*(?:[-*•–—+]\s+)?(?:(?:\d{1,3}[.)]-?|\(?[a-z]\))\s+)?")


def left_side(text: str, end: int, question: str = "") -> Side | None:
    """The arithmetic that ``text[:end]`` ends in, with something to be computed; None if there is none."""
    line = _line_start(text, end)
    item = _ITEM.match(text, line, end)
    first = item.end() if item else line
    seen = max(first, end - LONGEST)
    lexemes = lex(text, seen, end)
    kept = _without_lead(_collected(lexemes), lexemes)
    if not computes(kept) or (kept[0].start == seen > first):  # it may begin farther back
        return None
    starts_item = first > line and not text[first : kept[0].start].strip("* $")
    side = side_of(kept, text, question, starts_item=starts_item)
    return side if side and not is_ambiguous(side, text, question) else None


def _line_start(text: str, end: int) -> int:
    """Where the line of ``end`` begins; the line before it if there is nothing else on this one."""
    line = text.rfind("\n", 0, end) + 1
    if not text[line:end].strip(" \t&"):
        line = text.rfind("\n", 0, max(line - 1, 0)) + 1
    return line


def _collected(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """The last lexemes that can be arithmetic; none where what stands before changes their meaning."""
    first = len(lexemes)
    # A line that begins with "=" goes on from the line before, whose end it is.
    while first and lexemes[first - 1].kind in ("space", "newline"):
        first -= 1
    last = first
    while first:
        lexeme = lexemes[first - 1]
        if lexeme.kind == "word":
            if unit := unit_length(lexemes, first, last):
                first -= unit
            elif changes_meaning(lexemes, first - 1, last):
                return []
            else:
                break
        elif lexeme.kind == "command":
            return []
        elif lexeme.kind not in TAKEN or is_label(lexemes, first - 1):
            break
        else:
            first -= 1
    if first and lexemes[first - 1].text in ("_", "#", "@", "'", "|") and lexemes[first].kind != "space":
        return []
    return list(lexemes[first:last])


def _without_lead(taken: Sequence[Lexeme], lexemes: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """Without what only leads to it: a bracket that closes later, bold type, a dash.

    Nothing where an operand before it is missing.
    """
    kept = taken[_unmatched(taken) :]
    while kept and (kept[0].kind in ("space", "dress") or kept[0].text in ("*", "**")):
        kept = kept[1:]
    while kept and kept[-1].kind in ("space", "dress"):
        kept = kept[:-1]
    if kept and kept[0].kind == "operator":
        place = lexemes.index(kept[0])
        has_operand = place and lexemes[place - 1].kind == "close"
        is_sign = kept[0].is_minus or kept[0].text == "+"
        return kept if is_sign and not has_operand else []
    return kept


def _unmatched(taken: Sequence[Lexeme]) -> int:
    """Where the arithmetic begins, after the last bracket without a partner."""
    open_at: list[int] = []
    first = 0
    for place, lexeme in enumerate(taken):
        if lexeme.kind == "open":
            open_at.append(place)
        elif lexeme.kind == "close":
            if open_at:
                open_at.pop()
            else:
                first = place + 1
    return open_at[-1] + 1 if open_at else first
