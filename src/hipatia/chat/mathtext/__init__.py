"""A model's answer as a person reads it: LaTeX as Unicode, Markdown as terminal text, nothing that commands.

render(r"**Luego** \\(x = \\frac{a+b}{2}\\)")             # '**Luego** x = (a + b)/2', for pipes and exports
console.print(renderable(answer, [Mark(17, "✓", "green")]))    # for the terminal, complete or not yet
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from rich.console import RenderableType

from .clean import clean
from .lines import FIRST_FORMULA, MAX_FORMULAS, Formula, Inserts
from .markdown import markdown, paragraphs
from .parsing import FIRST_MARK
from .plain import render
from .scan import Scanner, Span, scan

__all__ = ["Mark", "render", "renderable", "settled"]

PATIENCE = 3  # empty lines within display mathematics
_EMPTY_LINES = re.compile(r"\n[ \t\n]+")
_OPEN_BOLD = re.compile(r"(?:^|[\s(¿¡\"'«])\*\*(?P<words>(?:[^\s*](?:(?!\*\*).)*)?)$")


@dataclass(frozen=True)
class Mark:
    """A symbol to show after a place in the text, for instance ✓ after an equality."""

    end: int
    symbol: str
    style: str = ""


def renderable(text: str, marks: Sequence[Mark] = ()) -> RenderableType:
    """The text for a terminal. Incomplete text is welcome: an answer is shown while it is written."""
    source, signs = _with_marks(text, marks)
    spans = scan(source)
    ends = [*_cuts(source, spans), len(source)]
    stretches = list(_stretches(source, spans, ends))
    if not (spans and spans[-1].code and spans[-1].end == len(source)):
        part, formulas = stretches.pop()
        stretches.append((_with_bold_closed(part), formulas))
    return paragraphs(markdown(part, Inserts(own, signs)) for part, own in stretches if part.strip())


def _with_bold_closed(text: str) -> str:
    """Two asterisks that wait for their partners at the end of what is written make bold already."""
    before, line_end, line = text.rpartition("\n")
    opened = _OPEN_BOLD.search(line)
    if not opened:
        return text
    words = opened["words"].rstrip("* ")
    return before + line_end + line[: opened.start("words") - 2] + (f"**{words}**" if words else "")


def settled(text: str) -> int:
    """Where the last stretch of the text begins: what is before will look the same when more is written.

    ``renderable`` of both parts, with an empty line between, is ``renderable`` of the whole. Empty lines in
    display mathematics are waited for, but not for ever: its end may have been forgotten.
    """
    scanner = Scanner(text)
    cuts = _cuts(text, list(scanner.spans()))
    begun = scanner.waiting[-1] if scanner.waiting else len(text)
    before = [cut for cut in cuts if cut <= begun]
    return max(before if len(cuts) - len(before) <= PATIENCE else cuts, default=0)


def _with_marks(text: str, marks: Sequence[Mark]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The cleaned text with a private character for each mark, and what these stand for."""
    signs = tuple(dict.fromkeys((clean(mark.symbol), mark.style) for mark in marks))
    out: list[str] = []
    pos = 0
    for mark in sorted(marks, key=lambda mark: mark.end):
        end = max(_before_bar(text, mark.end), pos)
        sign = chr(ord(FIRST_MARK) + signs.index((clean(mark.symbol), mark.style)))
        out += [clean(text[pos:end]), sign]
        pos = end
    return "".join([*out, clean(text[pos:])]), signs


def _before_bar(text: str, end: int) -> int:
    """A mark belongs in its table's cell, not behind the bar that ends it."""
    row = text[text.rfind("\n", 0, end) + 1 : end]
    return len(text[:end].rstrip("| ")) if row.lstrip().startswith("|") and row.endswith("|") else end


def _cuts(text: str, spans: Sequence[Span]) -> list[int]:
    """Where the text can be cut into stretches that look the same apart: at empty lines before text that
    is not indented, outside formulas and code."""
    cuts: list[int] = []
    inside = iter(spans)
    span = next(inside, None)
    for match in _EMPTY_LINES.finditer(text):
        while span and span.end <= match.start():
            span = next(inside, None)
        within = span is not None and span.start < match.end() - 1 and span.end > match.start()
        if not within and match[0].endswith("\n") and match.end() < len(text) and match[0].count("\n") > 1:
            cuts.append(match.end())
    return cuts


def _stretches(
    text: str, spans: Sequence[Span], ends: Sequence[int]
) -> Iterator[tuple[str, tuple[Formula, ...]]]:
    """Each stretch with a private character for each formula, and the formulas."""
    pos, i = 0, 0
    for end in ends:
        out: list[str] = []
        formulas: list[Formula] = []
        while i < len(spans) and spans[i].start < end:
            span = spans[i]
            i += 1
            if not span.code and len(formulas) < MAX_FORMULAS:
                out += [text[pos : span.start], chr(ord(FIRST_FORMULA) + len(formulas))]
                formulas.append(_formula(text, span))
                pos = span.end
        yield "".join([*out, text[pos:end]]), tuple(formulas)
        pos = max(end, pos)


def _formula(text: str, span: Span) -> Formula:
    if span.lines is not None:
        return Formula(span.lines, span.flat or span.lines[0], span.display)
    source = dedent(text[span.start : span.end])
    return Formula(tuple(source.split("\n")), " ".join(source.split()), span.display)
