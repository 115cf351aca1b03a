"""Showing an answer while it is written: live on a terminal, plain in a pipe.

show_live(session.ask(question), console, marks=True)
show_plain(session.ask(question), console)

What is written falls into blocks (paragraphs, lists, formulas). A block that is done is printed once and for
all; only the last one is drawn anew as it grows, so that the answer scrolls like any other text.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.live import Live
from rich.segment import Segment
from rich.text import Text

from ..schema import Chunk
from . import mathtext

_DRAWINGS_A_SECOND = 12
_MARKS = {"right": ("✓", "bold green"), "wrong": ("✗", "bold red")}
COMPUTED = "⁼"  # after a value that was computed, not written by the model
Places = Sequence[tuple[int, int]]


def settled(text: str) -> int:
    """How far the text is made of blocks that nothing to come can change."""
    end = mathtext.settled(text)
    return 0 if _is_open(text[:end]) else end


def show_live(chunks: Iterator[Chunk], console: Console, begun: str = "", *, marks: bool = True) -> Places:
    """Draw the answer on a terminal as it comes; whatever ends it, all that was written stays there.

    ``begun`` is what the answer had already, of which the last block is shown again. Returns the places of
    computed values.
    """
    answer = _Answer(console, begun, marks)
    drawn = 0.0
    with closing(_closable(chunks)) as stream:
        try:
            with Live(console=console, auto_refresh=False, transient=True, vertical_overflow="crop") as live:
                for chunk in stream:
                    answer.add(chunk, live)
                    if time.monotonic() - drawn > 1 / _DRAWINGS_A_SECOND:
                        live.update(_Bottom(answer.rest()), refresh=True)
                        drawn = time.monotonic()
        finally:
            answer.print_rest()
    return answer.computed


def show_plain(chunks: Iterator[Chunk], console: Console) -> None:
    """Write the answer as plain text, a block at a time."""
    text, done = "", 0

    def write(end: int) -> int:
        shown = mathtext.render(text[done:end]).rstrip()
        console.print(Text("\n\n" if done else "").append(shown), end="", soft_wrap=True)
        return end

    with closing(_closable(chunks)) as stream:
        try:
            for chunk in stream:
                text = (text + chunk.text).lstrip()
                if size := settled(text[done:]):
                    done = write(done + size)
        finally:
            if text[done:].strip():
                write(len(text))
            console.print()


def marked(text: str, start: int = 0, computed: Places = ()) -> list[mathtext.Mark]:
    """Where in ``text[start:]`` an equality is right or wrong; those before it count as what was said.

    Of an equality whose value was computed that goes without saying.
    """
    from ..grading import check_steps

    steps = [step for step in check_steps(text) if step.start >= start and step.verdict in _MARKS]
    own = [step for step in steps if not any(a < step.end and step.start < b for a, b in computed)]
    return [mathtext.Mark(step.end - start, *_MARKS[step.verdict]) for step in own]


class _Answer:
    """The text so far, and how much of it has been printed."""

    def __init__(self, console: Console, begun: str, marks: bool):
        self.console = console
        self.text = begun
        self.marks = marks
        self.computed: list[tuple[int, int]] = []
        self.done = settled(begun)
        self.is_first = True

    def add(self, chunk: Chunk, live: Live) -> None:
        """Take in what came, and print the blocks that are done with it."""
        whole = self.text + chunk.text
        place = len(self.text) - (len(whole) - len(whole.lstrip()))
        self.computed += [(place + start, place + end) for start, end in chunk.forced]
        self.text = whole.lstrip()
        if size := settled(self.text[self.done :]):
            live.update(Text(""))
            self._print(self.done + size)

    def rest(self) -> RenderableType:
        """What is not printed yet, its equalities unmarked: they may still grow."""
        return mathtext.renderable(self.text[self.done :], self._computed_marks(len(self.text)))

    def print_rest(self) -> None:
        if self.text[self.done :].strip():
            self._print(len(self.text))

    def _print(self, end: int) -> None:
        block = self.text[self.done : end].rstrip()
        marks = self._computed_marks(end)
        marks += marked(self.text[: self.done] + block, self.done, self.computed) if self.marks else []
        if not self.is_first:
            self.console.print()
        self.console.print(mathtext.renderable(block, marks))
        self.done, self.is_first = end, False

    def _computed_marks(self, end: int) -> list[mathtext.Mark]:
        ends = [place for _, place in self.computed if self.done < place <= end]
        return [mathtext.Mark(place - self.done, COMPUTED, "dim") for place in ends]


def _is_open(text: str) -> bool:
    """Whether a formula begins in the text that has not ended yet; in \\\\[2pt] none does."""
    counts = [len(re.findall(rf"(?<!\\)\\{sign}", text)) for sign in (r"\[", r"\]", "begin{", "end{")]
    return text.count("$$") % 2 == 1 or counts[0] > counts[1] or counts[2] > counts[3]


class _Bottom:
    """As many of the last lines as the terminal has room for: where the writing is."""

    def __init__(self, renderable: RenderableType):
        self.renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self.renderable, options, pad=False)
        for line in lines[-max(1, console.height - 2) :]:
            yield from line
            yield Segment.line()


def _closable(chunks: Iterator[Chunk]) -> Any:
    """Chunks that can be closed, whatever kind of iterator they come from."""
    return chunks if hasattr(chunks, "close") else (chunk for chunk in chunks)
