"""What a person sees while it trains: a live line on a terminal, plain lines elsewhere. On stderr.

with display.steps():
    display.step(result, progress, seconds_left)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from .. import i18n
from .progress import Progress as TrainingProgress

if TYPE_CHECKING:
    from .trainer import StepResult

_PLAIN_LINES = 12  # step lines in a log, about
_SMOOTHING = 0.9


class Display:
    """Says what happens. ``say`` is for everything outside the steps; ``quiet`` shows nothing."""

    def __init__(self, *, quiet: bool = False):
        self.console = Console(stderr=True, highlight=False, quiet=quiet)
        self._bar: Progress | None = None
        self._loss: float | None = None

    def say(self, text: str, style: str = "") -> None:
        """A line of talk."""
        self.console.print(Text(text, style=style), soft_wrap=True)

    def warn(self, text: str) -> None:
        """A line of talk that should not be missed."""
        self.say(text, style="yellow")

    @property
    def can_ask(self) -> bool:
        """Whether somebody sits there who can answer."""
        return not self.console.quiet and self.console.is_terminal and sys.stdin.isatty()

    def ask(self, question: str) -> bool:
        """Yes or no; no, if Enter alone is pressed."""
        self.console.print(Text(f"{question} {i18n.t('train.yes_or_no')} "), end="", soft_wrap=True)
        return input().strip().lower() in ("s", "sí", "si", "y", "yes")

    @contextmanager
    def steps(self) -> Iterator[None]:
        """Within the block steps are shown."""
        if not self.console.is_terminal or self.console.quiet:
            yield
            return
        columns = TextColumn("{task.description}"), BarColumn(bar_width=24)
        with Progress(*columns, console=self.console, transient=True) as self._bar:
            self._task = self._bar.add_task("", total=None)
            yield
        self._bar = None

    def step(self, result: StepResult, progress: TrainingProgress, seconds_left: float) -> None:
        """A step was taken."""
        old = self._loss
        self._loss = result.loss if old is None else _SMOOTHING * old + (1 - _SMOOTHING) * result.loss
        line = i18n.t(
            "training.step",
            step=result.step,
            steps=result.steps,
            loss=i18n.number(self._loss, 3),
            speed=i18n.number(progress.tokens / max(progress.seconds, 1e-9), 0),
            left=duration(seconds_left),
        )
        if self._bar:
            self._bar.update(self._task, description=line, completed=result.step, total=result.steps)
        elif result.step == result.steps or result.step % max(1, result.steps // _PLAIN_LINES) == 0:
            self.say(line)


def duration(seconds: float) -> str:
    """``1:05`` for 65 seconds, ``2:03:00`` for two hours and three minutes."""
    minutes, rest = divmod(round(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
