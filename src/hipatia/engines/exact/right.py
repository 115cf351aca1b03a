"""The right side of an equality that is being written, as soon as it is decided.

right_side("Paga: 7 × 9 = 63\\n", 14, left)      # 63, ended by the line
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...grading.units import parse_unit
from .lexing import OPERANDS, Lexeme, lex, neighbour
from .sides import LONGEST, TAKEN, Side, side_of
from .words import LETTER_UNITS, can_be_counted, is_label

_BLANKS = re.compile(r"\s*(?:[?¿_…□☐■▢«“\"'‘xX×]|\.\.|\\_|\\square|\\ldots|\\dots|\\underline\s*\{\s*\\)")
_SCALES = re.compile(r"(?:mil|millón|millones|billones|thousand|million|billion)s?\b", re.I)
_FRAMES = ("\\b", "\\m", "\\t", "\\u")  # \boxed{, \mathbf{, \textbf{, \underline{
_TEXTS = ("\\text", "\\mathrm", "\\textrm", "\\mbox")
_CLOSING_COMMANDS = ("\\quad", "\\qquad", "\\end", "\\ldots", "\\dots", "\\cdots", "\\hspace", "\\tag")
Closer = Literal["line", "relation", "word", "question", "other"]


@dataclass(frozen=True, slots=True)
class Right:
    """What stands after the ``=``.

    ``pending``: it is still being written. ``nothing``: something has to come at ``end``, and did not.
    ``off``: none of our business. ``value``: ``side``, up to ``end``, where ``closer`` ends it.
    """

    kind: Literal["pending", "nothing", "off", "value"]
    end: int = 0
    side: Side | None = None
    closer: Closer = "other"
    word: str = ""


def right_side(text: str, start: int, left: Side, *, ended: bool = False, question: str = "") -> Right:
    """What was written after the ``=``, as soon as that is decided; ``ended``: nothing more will come."""
    lexemes = lex(text, start, min(len(text), start + LONGEST))
    is_all = ended and start + LONGEST >= len(text)
    pending = Right("off") if start + LONGEST < len(text) else Right("pending")
    if not text[start:].strip(" ") and not ended:
        return pending
    if _BLANKS.match(text, start):
        return Right("off")
    place = _first_operand(lexemes, text, left)
    if place is None:
        return Right("nothing", max(start, len(text.rstrip("\n")))) if is_all else pending
    if place < 0:
        return Right("off" if left.starts_item else "nothing", lexemes[-place - 1].start)
    last = _last(lexemes, place, left)
    if last < len(lexemes) and (not is_all) and _may_go_on(lexemes, last, text):
        return pending
    if last == len(lexemes) and not is_all:
        return pending
    return _decided(lexemes, place, last, text, left, question)


def _first_operand(lexemes: Sequence[Lexeme], text: str, left: Side) -> int | None:
    """Where the right side begins; negative, minus one, where it should but does not; None: not yet known."""
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        if lexeme.kind == "newline":
            after = neighbour(lexemes, place, 1)
            goes_on = after is None or after.kind in ("number", "fraction", "root", "open") or after.is_minus
            if left.starts_item or not goes_on:
                return -place - 1
        elif lexeme.text in ("$", "$$", "\\)", "\\]"):
            is_price = lexeme.text[0] == "$" and (lexeme.end == len(text) or text[lexeme.end].isdigit())
            if not is_price and (lexeme.text[0] == "\\" or _formula_is_open(text, lexeme.start)):
                return -place - 1
        elif lexeme.kind == "open" and place and lexemes[place - 1].text[:2] in _FRAMES:
            pass
        elif lexeme.kind not in ("space", "dress", "currency") and lexeme.text not in ("*", "**"):
            return place
        place += 1
    return None


def _formula_is_open(text: str, end: int) -> bool:
    return text.count("$", text.rfind("\n\n", 0, end) + 1, end) % 2 == 1


def _last(lexemes: Sequence[Lexeme], place: int, left: Side) -> int:
    """The lexeme at which the right side that begins at ``place`` ends."""
    depth = 0
    for at in range(place, len(lexemes)):
        lexeme = lexemes[at]
        if lexeme.kind == "word":
            if _is_unit_inside(lexemes, at):
                continue
            return at
        depth += {"open": 1, "close": -1}.get(lexeme.kind, 0)
        if depth < 0 or lexeme.kind not in TAKEN or lexeme.kind == "dress" or is_label(lexemes, at):
            return at
        if lexeme.kind == "bang" and not any(other.kind == "bang" for other in left.lexemes):
            return at
    return len(lexemes)


def _is_unit_inside(lexemes: Sequence[Lexeme], place: int) -> bool:
    """A unit with more arithmetic after it: ``12 cm + 4 cm``."""
    after = neighbour(lexemes, place, 1)
    before = lexemes[place - 1] if place else None
    if not after or after.kind != "operator" or not before or before.kind not in ("space", *OPERANDS):
        return False
    operand = neighbour(lexemes, lexemes.index(after), 1)
    has_operand = operand is not None and operand.kind in ("number", "open", "fraction", "vulgar", "currency")
    return has_operand and can_be_counted(lexemes, place)


def _may_go_on(lexemes: Sequence[Lexeme], last: int, text: str) -> bool:
    """Whether what seems to end the right side could still become a part of it."""
    closer = lexemes[last]
    if closer.text in _TEXTS:
        return "}" not in text[closer.end :]
    if closer.kind == "word":  # the whole word is wanted, and what comes after it
        after = neighbour(lexemes, last, 1)
        return after is None or (
            after.kind == "operator" and neighbour(lexemes, lexemes.index(after), 1) is None
        )
    if closer.text == "." and not text[closer.end :].strip("."):
        return closer.end + 2 > len(text)  # a decimal, an ellipsis, or the end of the sentence
    return closer.end == len(text) and (closer.text in ",'’:" or closer.kind in ("dress", "command"))


def _decided(lexemes: Sequence[Lexeme], place: int, last: int, text: str, left: Side, question: str) -> Right:
    run = list(lexemes[place:last])
    while run and run[-1].kind in ("space", "operator", "open", "currency", "degree"):
        run.pop()
    closer = lexemes[last] if last < len(lexemes) else None
    trimmed = any(lexeme.kind == "operator" for lexeme in lexemes[place + len(run) : last])
    if not run or _is_unknown(closer, run[-1], trimmed):
        return Right("off")
    side = side_of(run, text, question, like=left)
    said_before = side_of(_before_bracket(run), text, question, like=left)
    if said_before and said_before.value == left.value:  # "36 (12 + 12 + 12)"
        side = said_before
        closer = next(lexeme for lexeme in run if lexeme.start >= side.end)
    if side is None:
        return Right("off")
    word = _words_after(lexemes, last) if closer else ""
    return Right("value", side.end, side, _closer(closer, text), word)


def _before_bracket(run: list[Lexeme]) -> list[Lexeme]:
    """The number that a remark in brackets follows, if that is what this can be."""
    is_remark = len(run) > 2 and run[0].kind == "number" and run[1].kind == "space" and run[2].kind == "open"
    return run[:1] if is_remark else []


def _is_unknown(closer: Lexeme | None, before: Lexeme, trimmed: bool) -> bool:
    """A letter that stands for a number ends it: ``5x``, ``36 − x``, ``9π``; or a word that changes it."""
    if closer and closer.kind == "command":
        return closer.text not in _CLOSING_COMMANDS
    if closer is None or closer.kind != "word":
        return False
    word = closer.text
    if _SCALES.match(word):
        return True
    if len(word) == 1:
        is_glued = before.end == closer.start
        return trimmed or (word not in LETTER_UNITS if is_glued else word not in {*LETTER_UNITS, *"yeoua"})
    return before.end == closer.start and word[0] != "\\" and parse_unit(word) is None


def _words_after(lexemes: Sequence[Lexeme], last: int) -> str:
    """The first word after the right side, where nothing but spaces and dress is between."""
    for lexeme in lexemes[last:]:
        if lexeme.kind == "word":
            return re.sub(r"\\[a-z]+\{\s*|\}", "", lexeme.text).strip()
        if lexeme.kind not in ("space", "dress"):
            break
    return ""


def _closer(closer: Lexeme | None, text: str) -> Closer:
    if closer is None or closer.kind == "newline":
        return "line"
    if closer.kind == "relation":
        return "relation"
    if closer.kind == "word":
        return "word"
    if re.match(r"[)\"”»*$ ]*\?", text[closer.start :]):
        return "question"
    return "line" if re.match(r"(?:\.|\$|\\\)|\*\*)\s*(?:\n|$)", text[closer.start :]) else "other"
