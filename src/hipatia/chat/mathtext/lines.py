"""Text on its way to the terminal: formulas and the caller's signs in the places of private characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

from .clean import clean
from .layout import PLAIN, STRONG, width
from .parsing import FIRST_MARK

FIRST_FORMULA = "\U000f0000"
MAX_FORMULAS = 60_000
INDENT = 2

PRIVATE = re.compile("([\U000f0000-\U0010ffff])")
_EMPHASIS = re.compile(f"{STRONG}([^{PLAIN}]*){PLAIN}?")
_BREAK = re.compile(r"<br[ ]?/?>")  # in cells of tables, the only way to a second line
_STYLES = {"strong": "bold", "em": "italic", "s": "strike", "code_inline": "cyan"}


@dataclass(frozen=True)
class Formula:
    """What stands for a private character: its lines, and the same in a single line."""

    lines: tuple[str, ...]
    flat: str
    display: bool


@dataclass(frozen=True)
class Inserts:
    """What the private characters of a text stand for."""

    formulas: tuple[Formula, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()

    def formula(self, character: str) -> Formula | None:
        index = ord(character) - ord(FIRST_FORMULA)
        return self.formulas[index] if 0 <= index < len(self.formulas) else None

    def sign(self, character: str) -> tuple[str, str] | None:
        index = ord(character) - ord(FIRST_MARK)
        return self.signs[index] if 0 <= index < len(self.signs) else None


@dataclass
class Display:
    """A formula on lines of its own, in one line where the terminal is too narrow for it."""

    formula: Formula
    inserts: Inserts
    style: str = ""
    tail: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = self.formula.lines
        wide = max(map(width, lines), default=0) + INDENT > options.max_width
        shown = [self.formula.flat] if wide and len(lines) > 1 else lines
        text = Text(style=self.style, overflow="fold")
        for i, line in enumerate(shown):
            text.append("\n" if i else "")
            append_formula(text, line, self.inserts, "")
        text.append(self.tail)
        yield Prefixed(text, " " * INDENT, " " * INDENT)


@dataclass
class Prefixed:
    """Something behind a list's number, a quote's bar or an indent."""

    body: RenderableType
    first: str
    rest: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(options.max_width - width(self.first), 8))
        style = console.get_style(self.style or "none")
        for i, line in enumerate(console.render_lines(self.body, inner, pad=False) or [[]]):
            yield Segment(self.rest if i else self.first, style)
            yield from line
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, options.max_width)


@dataclass
class Inline:
    """A paragraph as it grows: texts, and formulas with lines of their own between them."""

    inserts: Inserts
    flat: bool = False
    pieces: list[Text | Display] = field(default_factory=list)

    def walk(self, node: SyntaxTreeNode, style: str) -> None:
        if node.type in ("softbreak", "hardbreak"):
            self.add("\n", style)
        elif node.type in ("text", "code_inline"):
            content = node.content if node.type == "code_inline" else _BREAK.sub("\n", node.content)
            self.add(content, f"{style} {_STYLES.get(node.type, '')}")
        elif node.type == "image":
            self.add(f"{node.content} ({node.attrs.get('src', '')})", style)
        else:
            before = len(self.pieces), len(self._text())
            for child in node.children:
                self.walk(child, f"{style} {_STYLES.get(node.type, '')}")
            if node.type == "link" and node.markup != "autolink":
                self._address(str(node.attrs.get("href", "")), before, style)

    def _address(self, href: str, before: tuple[int, int], style: str) -> None:
        """Where a link leads, unless its words say so."""
        words = self._text().plain[before[1] :] if before[0] == len(self.pieces) else ""
        if words and words not in href:
            self.add(f" ({href})", f"{style} dim")

    def add(self, content: str, style: str) -> Inline:
        for part in PRIVATE.split(content):
            if part >= FIRST_MARK and (sign := self.inserts.sign(part)):
                append_sign(self._text(), sign)
            elif part >= FIRST_FORMULA:
                self._formula(self.inserts.formula(part), style)
            elif part:
                self._prose(clean(part), style)
        return self

    def _formula(self, formula: Formula | None, style: str) -> None:
        if formula is None:
            return
        if self.flat or not formula.display:
            append_formula(self._text(), formula.flat, self.inserts, style)
            return
        text = self._text()
        text.rstrip()
        if not text:
            self.pieces.pop()
        self.pieces.append(Display(formula, self.inserts, style))

    def _prose(self, text: str, style: str) -> None:
        last = self.pieces[-1] if self.pieces else None
        if isinstance(last, Display):
            stop = re.match(r"[.,;:]+", text)
            last.tail += stop[0] if stop and not last.tail else ""
            text = text[stop.end() if stop else 0 :].lstrip(" ").removeprefix("\n")
        if text:
            self._text().append(text, style)

    def _text(self) -> Text:
        if not self.pieces or isinstance(self.pieces[-1], Display):
            self.pieces.append(Text(overflow="fold"))
        last = self.pieces[-1]
        assert isinstance(last, Text)
        return last

    def finished(self) -> list[Text | Display]:
        return self.pieces


def append_formula(text: Text, line: str, inserts: Inserts, style: str) -> None:
    """A line of a formula, what is boxed in it bold, the caller's signs in their style."""
    pos = 0
    for match in _EMPHASIS.finditer(line):
        _append_signed(text, line[pos : match.start()], inserts, style)
        _append_signed(text, match[1], inserts, f"{style} bold")
        pos = match.end()
    _append_signed(text, line[pos:], inserts, style)


def _append_signed(text: Text, line: str, inserts: Inserts, style: str) -> None:
    for part in PRIVATE.split(line):
        sign = inserts.sign(part) if part >= FIRST_MARK else None
        if sign:
            append_sign(text, sign)
        else:
            text.append(part, style)


def append_sign(text: Text, sign: tuple[str, str]) -> None:
    symbol, style = sign
    if unicodedata.decomposition(symbol[:1] or " ").startswith("<super>"):
        text.rstrip()  # like a footnote's, it stands close
    elif text and not text.plain[-1:].isspace():
        text.append(" ")
    text.append(symbol, style)
