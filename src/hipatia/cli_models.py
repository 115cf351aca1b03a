"""``hipatia models``: what was found, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import i18n
from .models import Found

if TYPE_CHECKING:
    from rich.table import Table


def models_json(models: Sequence[Found]) -> dict[str, Any]:
    """The object of ``--json``; ``reason`` says why a model cannot be trained here."""
    return {"models": [{**asdict(found), "trainable": found.trainable} for found in models]}


def models_table(models: Sequence[Found]) -> Table:
    """A row a model: what to type for MODEL, where it is, what it is, whether it can be trained here."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("model", "place", "size", "type", "architecture", "parameters", "trainable"):
        right = name in ("size", "parameters")
        table.add_column(
            i18n.t(f"models.column.{name}"),
            justify="right" if right else "left",
            no_wrap=right,
            overflow="fold",
        )
    for found in models:
        trainable = i18n.t("models.yes") if found.trainable else i18n.t("models.no", reason=found.reason)
        cells = (
            _shown(found.model),
            i18n.t(f"models.place.{found.place}"),
            _size(found.size),
            found.type if found.path else f"{found.type} {i18n.t('models.not_brought')}",
            found.architecture,
            _count(found.parameters),
        )
        style = "green" if found.trainable else ""
        table.add_row(*map(Text, cells), Text(trainable, style=style))
    return table


def _shown(model: str) -> str:
    """A path from the user's folder, as every shell understands it."""
    home = str(Path.home())
    return f"~{model[len(home) :]}" if model.startswith(home) else model


def _size(size: int) -> str:
    return f"{i18n.number(size / 1e9, 1)} GB" if size >= 1e9 else f"{i18n.number(size / 1e6, 0)} MB"


def _count(parameters: int | None) -> str:
    if not parameters:
        return ""
    large = parameters >= 1e9
    return f"{i18n.number(parameters / (1e9 if large else 1e6), 1 if large else 0)} {'B' if large else 'M'}"
