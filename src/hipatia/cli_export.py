"""``hipatia export``: the proof as a table, where the files are, what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import i18n

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from .export.exporting import Result
    from .export.proof import Figures, Proof


def result_view(result: Result) -> Group:
    """What a person reads at the end."""
    from rich.console import Group
    from rich.text import Text

    shown = [result.files[0].parent] if result.to == "hf" else list(result.files)
    lines = [Text(i18n.t("export.written", path=path, size=_megabytes(path))) for path in shown]
    notes = [Text(note) for note in result.notes]
    following = [Text(i18n.t("export.next", command=result.next))] if result.next else []
    table = [_proof_table(result.run, result.proof)] if result.proof else []
    return Group(*table, *lines, *notes, *following)


def _megabytes(path: Path) -> str:
    files = path.iterdir() if path.is_dir() else [path]
    return i18n.number(sum(file.stat().st_size for file in files) / 1e6, 1)


def _proof_table(run: str, proof: Proof) -> Table:
    from rich.table import Table
    from rich.text import Text

    title = i18n.t("export.title", run=run, type=proof.type)
    table = Table(box=None, pad_edge=False, title_justify="left", title=Text(title, "bold"))
    table.add_column("")
    for name in proof.figures:
        table.add_column(i18n.t(f"export.column.{name}"), justify="right")
    columns = [_cells(figures) for figures in proof.figures.values()]
    for name in columns[0]:
        table.add_row(i18n.t(f"export.row.{name}"), *(column[name] for column in columns))
    return table


def _cells(figures: Figures) -> dict[str, str]:
    n = figures.problems
    return {
        "agreement": f"{i18n.number(100 * figures.agreement, 1)} % ({figures.tokens})",
        "kl": i18n.number(figures.kl, 4),
        "effect": i18n.number(figures.effect, 4),
        "equal_answers": f"{round(figures.equal_answers * n)}/{n}",
        "right": f"{figures.right_training}/{n} · {figures.right_export}/{n}",
    }
