"""Answers for pipes and files: formulas in Unicode, Markdown untouched."""

from __future__ import annotations

import re

from .clean import clean
from .layout import PLAIN, STRONG
from .scan import Span, scan

_LIST_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])?[ \t]*")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
# What Markdown would show so too; what else is escaped is left to Markdown.
_ESCAPED = re.compile(r"\\([$%{}\\])")
_EMPHASIS = str.maketrans("", "", STRONG + PLAIN)


def render(text: str) -> str:
    """The text in plain Unicode: LaTeX is turned into characters, Markdown stays, control characters go."""
    text = clean(text)
    out: list[str] = []
    pos = 0
    for span in scan(text):
        prose, shown = _unescaped(text[pos : span.start]), _shown(text, span)
        if out and out[-1].endswith("\n"):
            prose = prose.removeprefix(" ")
        out += [prose.rstrip(" ") if shown.startswith("\n") else prose, shown]
        pos = span.end
    rest = _unescaped(text[pos:])
    return "".join([*out, rest.removeprefix(" ") if out and out[-1].endswith("\n") else rest])


def _unescaped(prose: str) -> str:
    return _ESCAPED.sub(lambda match: match[0] if match[1] == "\\" else match[1], prose)


def _shown(text: str, span: Span) -> str:
    """What stands in the place of a span; several lines stand under each other."""
    if span.lines is None:
        return text[span.start : span.end]
    lines = [line.translate(_EMPHASIS) for line in span.lines]
    if not span.display and "|" not in lines[0]:
        return lines[0]
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    if before.lstrip().startswith("|"):  # a cell of a table
        return (span.flat.translate(_EMPHASIS) or lines[0]).replace("|", "\\|")
    if len(lines) == 1:
        return _set_apart(text, span, lines[0]) if span.display else lines[0]
    if _QUOTE.fullmatch(before):
        return ("\n" + before).join(lines)
    if _LIST_MARKER.fullmatch(before):
        return ("\n" + " " * len(before)).join(lines)
    follows = text[span.end : span.end + 1]
    return "\n" + "\n".join(lines) + ("" if follows in ("", "\n", ".", ",", ";", ":") else "\n")


def _set_apart(text: str, span: Span, line: str) -> str:
    """Display mathematics in the middle of a line does not stick to its neighbours."""
    before, after = text[span.start - 1 : span.start] if span.start else "", text[span.end : span.end + 1]
    apart = before and not before.isspace() and before not in "(["
    return (" " if apart else "") + line + (" " if after.isalnum() else "")
