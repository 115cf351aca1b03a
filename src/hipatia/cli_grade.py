"""``hipatia grade FILE``: the rows of a file of answers, and the verdicts as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import i18n
from .datamodule.reading import read_raw
from .errors import DataError
from .schema import Grade

if TYPE_CHECKING:
    from rich.table import Table


def read_answers(file: Path) -> Iterator[tuple[str, str, str | None]]:
    """(response, expected, question) of each row. Raises DataError naming the first row that lacks one."""
    for raw in read_raw(file):
        row = raw.value if isinstance(raw.value, dict) else {}
        response, expected, question = (row.get(name) for name in ("response", "expected", "question"))
        if not isinstance(response, str) or not isinstance(expected, str | int | float):
            raise DataError.of("cli.grade_row", path=file, row=raw.row, line=raw.line)
        yield response, str(expected), str(question) if question else None


def grades_table(grades: Sequence[Grade]) -> Table:
    """A row an answer: verdict, what was taken for the answer, what was expected, why."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("row", "status", "answer", "expected", "reason"):
        table.add_column(i18n.t(f"cli.column.{name}"))
    for number, grade in enumerate(grades, start=1):
        status = Text(i18n.t(f"cli.status.{grade.status}"), style="green" if grade else "red")
        said, wanted = Text(grade.span), Text(grade.normalized_expected)
        table.add_row(str(number), status, said, wanted, Text(grade.reason))
    return table
