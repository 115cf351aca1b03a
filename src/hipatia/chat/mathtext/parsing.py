"""The descent through a LaTeX formula: rows, pieces with their scripts, arguments.

What each command does is not known here: the parser is given ``commands``, a function for each name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from .atoms import Atom, Row, fraction, grouped, is_factor, join, with_scripts
from .layout import Box, beside, scripted
from .symbols import (
    CHARACTERS,
    IGNORED,
    IGNORED_WITH_ARGUMENT,
    LIMITS,
    SPACE_WITH_ARGUMENT,
    SPACES,
    SYMBOLS,
    Kind,
)

MAX_DEPTH = 30
FIRST_MARK = "\U00100000"  # characters from here on are signs of the caller's

_NUMBER = re.compile(r"\d+(?:(?:[.,]|\{[.,]\})\d+)*")
_WORD = re.compile(r"[^\W\d_]{5,}")
_NAME = re.compile(r"\\([a-zA-Z]+|.|$)", re.DOTALL)
_STOP = re.compile(r"[}&]|\\\\|\\(?:cr|end|right|newline|tabularnewline)(?![a-zA-Z])|$")
_BLANK = re.compile(r"\s*")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_OPTIONAL = re.compile(r"\s*\[([^\[\]]*)(\]|$)")
_INFIX = {"over", "choose", "atop"}
_OTHERS = {"right", "end", "cr", "newline", *_INFIX}


class Unfaithful(Exception):
    """A line of characters cannot say it, or it is no LaTeX that we know."""


class Parser:
    """One formula, read from left to right."""

    def __init__(self, source: str, commands: Commands, display: bool = False, unfinished: bool = False):
        self.source = source
        self.commands = commands
        self.display = display
        self.unfinished = unfinished
        self.pos = 0
        self.depth = 0

    def at_end(self) -> bool:
        return self.pos >= len(self.source)

    def inner(self, source: str) -> Row:
        """A formula inside this one, as a line."""
        parser = Parser(source, self.commands)
        parser.depth = self.depth + 1
        row = parser.row()
        if not parser.at_end():
            raise Unfaithful
        return row

    def box(self, row: Row) -> Box:
        """A row as it is shown, over several lines where a piece has several."""
        boxes = [atom.box for atom in row if atom.box]
        if not boxes:
            return Box((join(row),))
        signs = iter(range(0xE000, 0xE000 + len(boxes)))
        line = join([replace(atom, text=chr(next(signs))) if atom.box else atom for atom in row])
        parts = re.split("([\ue000-\uefff])", line)
        return beside(
            [
                Box((part,)) if i % 2 == 0 else boxes[ord(part) - 0xE000]
                for i, part in enumerate(parts)
                if part
            ]
        )

    # The row and its pieces

    def row(self) -> Row:
        """Pieces up to what ends a row; that stays to be read."""
        row: Row = []
        while True:
            gap = self.spaces()
            if _STOP.match(self.source, self.pos):
                return row
            infix = self.name() if self.source[self.pos] == "\\" else ""
            if infix in _INFIX:
                self.pos += len(infix) + 1
                return [self.infix(infix, row, self.row())]
            row += self.piece(gap)

    def infix(self, name: str, above: Row, below: Row) -> Atom:
        if name == "atop":
            raise Unfaithful
        return fraction(above, below) if name == "over" else binomial(above, below)

    def spaces(self) -> int:
        """Skip spaces and what only asks for them; the widest of them."""
        gap = 0
        while self.pos < len(self.source):
            if self.source[self.pos].isspace():
                self.pos = _BLANK.match(self.source, self.pos).end()  # type: ignore[union-attr]
                gap = max(gap, 1)
                continue
            name = self.name()
            if self.source[self.pos] == "~":
                self.pos += 1
                gap = max(gap, 2)
            elif name in SPACES or name in SPACE_WITH_ARGUMENT:
                self.pos += len(name) + 1
                gap = max(gap, SPACES.get(name, 2))
                if name in SPACE_WITH_ARGUMENT:
                    self.verbatim()
            elif name in IGNORED or name in IGNORED_WITH_ARGUMENT:
                self.pos += len(name) + 1
                if name in IGNORED_WITH_ARGUMENT:
                    self.verbatim()
            else:
                break
        return gap

    def name(self) -> str:
        """The command that stands here, without its backslash."""
        match = _NAME.match(self.source, self.pos)
        return match[1] if match else ""

    def piece(self, gap: int) -> Row:
        """One nucleus with its index and exponent."""
        plain = self.source[self.pos : self.pos + 1] != "\\"
        nucleus = self.nucleus()
        below, above, primes = self.scripts()
        if below is not None or above is not None or primes:
            nucleus = attach(nucleus, below, above, primes)
        if nucleus:
            nucleus[0] = replace(nucleus[0], gap=max(gap, nucleus[0].gap), plain=plain)
        return nucleus

    def scripts(self) -> tuple[Row | None, Row | None, str]:
        below: Row | None = None
        above: Row | None = None
        primes = ""
        while True:
            start = self.pos
            gap = self.spaces()
            sign = self.source[self.pos : self.pos + 1]
            if sign == "'" and not gap:
                self.pos += 1
                primes += "'"
            elif sign and sign in "_^" and (below if sign == "_" else above) is None:
                self.pos += 1
                row = self.argument()
                below, above = (row, above) if sign == "_" else (below, row)
            elif sign and sign in "_^":
                raise Unfaithful
            else:
                self.pos = start
                return below, above, primes

    def nucleus(self) -> Row:
        if self.depth > MAX_DEPTH:
            raise Unfaithful
        self.depth += 1
        try:
            sign = self.source[self.pos : self.pos + 1]
            if sign == "{":
                return self.group()
            if sign == "\\":
                return self.command()
            return self.characters(sign)
        finally:
            self.depth -= 1

    def characters(self, sign: str) -> Row:
        if sign in "^_'" or not sign:
            return [Atom(Kind.ORD, "")]
        if sign == "$":
            raise Unfaithful
        number = _NUMBER.match(self.source, self.pos)
        word = number or _WORD.match(self.source, self.pos)
        text = word[0] if word else sign
        self.pos += len(text)
        if sign >= FIRST_MARK:
            return [Atom(Kind.MARK, sign)]
        if number:
            return [Atom(Kind.NUM, text.replace("{", "").replace("}", ""))]
        return [Atom(CHARACTERS.get(text, Kind.ORD), text)]

    def group(self) -> Row:
        self.pos += 1
        row = self.row()
        if self.source[self.pos : self.pos + 1] == "}":
            self.pos += 1
        elif not (self.unfinished and self.at_end()):
            raise Unfaithful
        return row

    def argument(self) -> Row:
        """What a command takes: a group, a command, a single character."""
        self.spaces()
        sign = self.source[self.pos : self.pos + 1]
        if not sign and self.unfinished:
            return []
        if not sign or sign in "}&^_" or _STOP.match(self.source, self.pos):
            raise Unfaithful
        if sign in "{\\":
            return self.nucleus()
        self.pos += 1
        return [Atom(Kind.NUM if sign.isdecimal() else CHARACTERS.get(sign, Kind.ORD), sign)]

    def verbatim(self) -> str:
        """The source of an argument in braces; nothing where there is none."""
        self.pos = _BLANK.match(self.source, self.pos).end()  # type: ignore[union-attr]
        if self.source[self.pos : self.pos + 1] != "{":
            return ""
        depth, start = 0, self.pos + 1
        for match in _BRACE.finditer(self.source, self.pos):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0:
                self.pos = match.end()
                return self.source[start : match.start()]
        self.pos = len(self.source)
        if not self.unfinished:
            raise Unfaithful
        return self.source[start:]

    def optional(self) -> str:
        """The source of an argument in square brackets; nothing while it is being written."""
        match = _OPTIONAL.match(self.source, self.pos)
        if not match or not (match[2] or self.unfinished):
            return ""
        self.pos = match.end()
        return match[1] if match[2] else ""

    # Commands

    def command(self) -> Row:
        name = self.name()
        self.pos += len(name) + 1
        if self.unfinished and self.at_end() and self.may_grow(name):
            return []
        if name in SYMBOLS:
            kind, text = SYMBOLS[name]
            return [Atom(kind, text, loose=name in LIMITS)]
        if name not in self.commands:
            raise Unfaithful
        return self.commands[name](self, name)

    def may_grow(self, name: str) -> bool:
        """Whether a command at the end of what is written so far may become another one."""
        known = {*SYMBOLS, *self.commands, *SPACES, *IGNORED, *IGNORED_WITH_ARGUMENT, *_OTHERS}
        return name not in known or any(other.startswith(name) and other != name for other in known)


def attach(nucleus: Row, below: Row | None, above: Row | None, primes: str) -> Row:
    """A nucleus with scripts; a group of several pieces gets brackets."""
    if len(nucleus) == 1:
        atom = nucleus[0]
        if atom.box:
            upper = with_scripts(Atom(Kind.ORD, ""), None, above, primes).text
            lower = with_scripts(Atom(Kind.ORD, ""), below, None).text
            return [replace(atom, box=scripted(atom.box, upper, lower))]
        base = atom
    elif nucleus and nucleus[0].kind is Kind.OPEN and nucleus[-1].kind is Kind.CLOSE and is_factor(nucleus):
        return [*nucleus[:-1], with_scripts(nucleus[-1], below, above, primes)]
    else:
        base = Atom(Kind.ORD, grouped(nucleus, not nucleus))
    scripted_base = with_scripts(base, below, above, primes)
    if below and base.kind is Kind.FUNC and base.loose:  # lim, max: an operand follows at a distance
        scripted_base = replace(scripted_base, kind=Kind.BIG)
    return [scripted_base]


def binomial(above: Row, below: Row) -> Atom:
    return Atom(Kind.ORD, f"C({join(above)}, {join(below)})")


Handler = Callable[[Parser, str], Row]
Commands = Mapping[str, Handler]
