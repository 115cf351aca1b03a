"""What comes between: Ctrl-C, a closed terminal, keys that are pressed while an answer is written.

with ctrl_c_stops(session), keys_unseen():
    show(session.ask(question))
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .session import ChatSession


@contextmanager
def ctrl_c_stops(session: ChatSession) -> Iterator[None]:
    """Within the block Ctrl-C stops the answer after the piece under way; at once if none is, or pressed again."""

    def stop(*_: Any) -> None:
        if not session.cancel():
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def signals_end_it() -> Iterator[None]:
    """Within the block a closed terminal or a kill ends the program as ``/exit`` would: what is written is kept."""

    def leave(number: int, _: Any) -> None:
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, leave) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def keys_unseen() -> Iterator[None]:
    """Within the block typed keys are not shown, so that they do not get between an answer's words.

    They are kept for the next question; Ctrl-C works as always.
    """
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    without = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(terminal, termios.TCSANOW, without)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
