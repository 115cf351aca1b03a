"""What a person sees while it trains: a live line on a terminal, plain lines elsewhere. On stderr.

with Display(steps=60) as display:
    display.step(result, tokens_per_second=480.0)
"""

from __future__ import annotations

import time
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from .. import i18n
from .trainer import StepResult

_PLAIN_LINES = 12  # step lines in a log, about
_SMOOTHING = 0.9


class Display:
    """Says what happens. ``say`` is for everything outside the steps."""

    def __init__(self, console: Console | None = None):
        self.console = console or Console(stderr=True, highlight=False)
        self._progress: Progress | None = None
        self._loss: float | None = None
        self._started = time.perf_counter()
        self.tokens = 0  # of all steps so far
        self._paused = 0.0

    def say(self, text: str, style: str = "") -> None:
        """A line of talk."""
        self.console.print(Text(text, style=style), soft_wrap=True)

    def __enter__(self) -> Self:
        self._started = time.perf_counter()
        if self.console.is_terminal:
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(bar_width=24),
                console=self.console,
                transient=True,
            )
            self._progress.start()
            self._task = self._progress.add_task("", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()
            self._progress = None

    @property
    def tokens_per_second(self) -> float:
        """Since the first step, evaluations left out."""
        return self.tokens / max(time.perf_counter() - self._started - self._paused, 1e-9)

    @property
    def training_seconds(self) -> float:
        """Seconds spent on steps."""
        return time.perf_counter() - self._started - self._paused

    def step(self, result: StepResult) -> None:
        """A step was taken."""
        self.tokens += result.tokens
        old = self._loss
        self._loss = result.loss if old is None else _SMOOTHING * old + (1 - _SMOOTHING) * result.loss
        left = self.training_seconds / result.step * (result.steps - result.step)
        line = i18n.t(
            "training.step",
            step=result.step,
            steps=result.steps,
            loss=i18n.number(self._loss, 3),
            speed=i18n.number(self.tokens_per_second, 0),
            left=duration(left),
        )
        if self._progress:
            self._progress.update(self._task, description=line, completed=result.step, total=result.steps)
        elif result.step == result.steps or result.step % max(1, result.steps // _PLAIN_LINES) == 0:
            self.say(line)

    def evaluated(self, line: str, seconds: float) -> None:
        """A periodic evaluation took ``seconds``, which do not count as training."""
        self._paused += seconds
        self.say(line, style="cyan")


def duration(seconds: float) -> str:
    """``1:05`` for 65 seconds, ``2:03:00`` for two hours and three minutes."""
    minutes, rest = divmod(round(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
