"""How far a download is: a bar on a terminal, a plain line for every tenth elsewhere. On stderr."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Self

from .. import i18n

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from .remote import RemoteFile

_STEPS = 10  # lines without a terminal
_WORTH_SHOWING = 1_000_000  # bytes; configurations come in a moment


class Progress:
    """Counts the bytes of the files as they come; ``here`` of them came before."""

    def __init__(self, title: str, files: Sequence[RemoteFile], here: int, say: Callable[[str], None]):
        from rich.console import Console

        self._title, self._say = title, say
        self._total, self._done = sum(file.size for file in files), here
        self._shown = self._total - here >= _WORTH_SHOWING
        self._console = Console(stderr=True, highlight=False)
        self._told = self._step

    def __enter__(self) -> Self:
        self._bar = None
        if self._shown and self._console.is_terminal:
            self._bar = self._make_bar()
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, count: int) -> None:
        """So many bytes came."""
        self._done += count
        if self._bar:
            self._bar.update(self._task, completed=self._done, sizes=self._sizes)
        elif self._shown and self._step > self._told:
            self._told = self._step
            sizes = {"here": megabytes(self._done), "total": megabytes(self._total)}
            share = 100 * self._step // _STEPS
            self._say(i18n.t("hub.progress", title=self._title, share=share, **sizes))

    def back(self, count: int) -> None:
        """So many bytes have to come once more."""
        self._done -= count
        self._told = min(self._told, self._step)

    @property
    def _step(self) -> int:
        return min(_STEPS, _STEPS * self._done // max(self._total, 1))

    def _make_bar(self) -> Bar:
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        text = TextColumn("{task.description}", markup=False)
        sizes = TextColumn("{task.fields[sizes]}", markup=False)
        bar = Bar(text, BarColumn(bar_width=24), sizes, TimeRemainingColumn(), console=self._console)
        title = i18n.t("hub.downloading", title=self._title)
        self._task = bar.add_task(title, total=self._total, completed=self._done, sizes=self._sizes)
        return bar

    @property
    def _sizes(self) -> str:
        return f"{megabytes(self._done)} / {megabytes(self._total)}"


def megabytes(size: int) -> str:
    """A size for people, in MB or GB."""
    if size < 1_000_000_000:
        return f"{i18n.number(size / 1e6, 1)} MB"
    return f"{i18n.number(size / 1e9, 1)} GB"
