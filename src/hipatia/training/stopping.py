"""Ctrl-C and SIGTERM: once, to finish what is at hand and save; twice, to stop now.

with Stopping(say) as stopping:
    with stopping.gracefully():
        while not stopping.requested: ...
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from .. import i18n

_SIGNALS = ("SIGINT", "SIGTERM")  # a cluster warns with SIGTERM before it kills


class Stopping:
    """Both signals raise KeyboardInterrupt, but the first one inside ``gracefully`` only asks to stop."""

    def __init__(self, say: Callable[[str], None]):
        self.requested = False
        self._say = say
        self._graceful = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for name in _SIGNALS:
            number = getattr(signal, name)
            try:
                self._before[number] = signal.signal(number, self._on_signal)
            except ValueError:  # not the main thread: signals are not ours to handle
                break
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler or signal.SIG_DFL)  # None: it was not Python's

    @contextmanager
    def gracefully(self) -> Iterator[None]:
        """Within the block whoever works looks at ``requested`` after each step."""
        self._graceful = True
        try:
            yield
        finally:
            self._graceful = False

    def _on_signal(self, _: int, __: Any) -> None:
        if self.requested or not self._graceful:
            raise KeyboardInterrupt
        self.requested = True
        self._say(i18n.t("train.stopping"))
