"""A model's answer as a person reads it: LaTeX as Unicode, Markdown as terminal text, nothing that commands.

render(r"**Luego** \\(x = \\frac{a+b}{2}\\)")            # '**Luego** x = (a + b)/2', for pipes and exports
console.print(renderable(answer, [Mark(17, "✓", "green")]))   # for the terminal
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from .clean import clean


@dataclass(frozen=True)
class Mark:
    """A symbol to show after a place in the text, for instance ✓ after an equality."""

    end: int
    symbol: str
    style: str = ""


def render(text: str) -> str:
    """The text in plain Unicode: LaTeX is turned into characters, Markdown stays, control characters go."""
    return clean(text)


def renderable(text: str, marks: Sequence[Mark] = ()) -> RenderableType:
    """The text for a terminal. Incomplete text is welcome: an answer is shown while it is written."""
    shown, start = Text(), 0
    for mark in sorted(marks, key=lambda mark: mark.end):
        shown.append(clean(text[start : mark.end])).append(f" {mark.symbol}", mark.style)
        start = mark.end
    return shown.append(clean(text[start:]))
