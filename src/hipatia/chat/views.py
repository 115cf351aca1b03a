"""Tables of the chat: saved conversations, how fast the answers came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from rich.table import Table
from rich.text import Text

from .. import i18n
from .mathtext import render
from .saved import Saved
from .session import ChatSession, Timing

WIDE = 72  # columns of a terminal below which tables leave out what matters less
_SHORT = 60
_WIDE_ONLY = ("when", "turns", "model")


def conversations(found: Sequence[tuple[Path, Saved, str]], width: int) -> Table:
    """Conversations with their files, and a line of each; the numbers are those that /load takes."""
    rows = [
        {
            "number": str(number),
            "name": path.stem,
            "when": _when(saved),
            "turns": str(len(saved.turns)),
            "model": saved.model_name,
            "text": short(text),
        }
        for number, (path, saved, text) in enumerate(found, start=1)
    ]
    table = Table(box=None, pad_edge=False)
    columns = [name for name in rows[0] if width >= WIDE or name not in _WIDE_ONLY]
    for name in columns:
        heading = i18n.t(f"chat.column.{name}") if name != "number" else ""
        justify: Literal["right", "left"] = "right" if name in ("number", "turns") else "left"
        whole = name in ("number", *_WIDE_ONLY)
        table.add_column(heading, justify=justify, no_wrap=whole, overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[name]) for name in columns))
    return table


def stats(session: ChatSession) -> Table:
    """The model, its settings, and how fast the last answer and all answers came."""
    timings = [turn.timing for turn in session.turns if turn.timing]
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_row(i18n.t("chat.stats.model"), Text(session.engine.describe()))
    table.add_row(i18n.t("chat.stats.turns"), str(len(session.turns)))
    if session.timing:
        table.add_row(i18n.t("chat.stats.last"), _speed(session.timing))
        if session.timing.prompt_tokens:
            table.add_row(i18n.t("chat.stats.prompt"), str(session.timing.prompt_tokens))
    if timings:
        seconds, tokens = sum(one.seconds for one in timings), sum(one.tokens for one in timings)
        table.add_row(i18n.t("chat.stats.all"), _total(tokens, seconds))
    return table


def short(text: str) -> str:
    """The beginning of a text on one line, fit for a terminal."""
    line = " ".join(render(text).split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def _speed(timing: Timing) -> str:
    return i18n.t(
        "chat.stats.speed",
        tokens=timing.tokens,
        seconds=i18n.number(timing.seconds, 1),
        speed=i18n.number(timing.tokens_per_second, 1),
        first=i18n.number(timing.first, 2),
    )


def _total(tokens: int, seconds: float) -> str:
    return i18n.t("chat.stats.total", tokens=tokens, seconds=i18n.number(seconds, 1))


def _when(saved: Saved) -> str:
    """Day and time of the last change, in the form of the language in force."""
    try:
        changed = datetime.fromisoformat(saved.updated or saved.created)
    except ValueError:
        return ""
    return changed.strftime("%d/%m/%Y %H:%M" if i18n.language() == "es" else "%Y-%m-%d %H:%M")
