"""Texts that end an answer, found while it is being written.

end = first_stop(text, stops)          # where the answer ends; None: it goes on
text[: shown_until(text, stops)]       # what can be shown already
"""

from __future__ import annotations

from collections.abc import Sequence


def first_stop(text: str, stops: Sequence[str]) -> int | None:
    """Where the first stop begins, None where there is none."""
    return min((place for stop in stops if (place := text.find(stop)) >= 0), default=None)


def shown_until(text: str, stops: Sequence[str]) -> int:
    """How much of the text can be no part of a stop, whatever follows."""
    half = max((_overlap(text, stop) for stop in stops), default=0)
    return len(text) - half


def _overlap(text: str, stop: str) -> int:
    """Letters at the end of the text with which the stop begins."""
    sizes = range(min(len(text), len(stop) - 1), 0, -1)
    return next((size for size in sizes if text.endswith(stop[:size])), 0)
