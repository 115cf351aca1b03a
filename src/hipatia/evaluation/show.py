"""Reports and comparisons for people: tables, one progress bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from .. import i18n
from . import Comparison, Progress, Report
from .intervals import Proportion

_BAR = 16
_SHOWN_FLIPS = 8


@contextmanager
def progress_bar(title: str, console: Console | None = None) -> Iterator[Progress]:
    """A bar on stderr; where that is no terminal, a line at the end."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    console = console or Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with RichProgress(*columns, console=console) as bars:
        task = bars.add_task(Text(title).plain.replace("[", r"\["), total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def report_view(report: Report) -> RenderableType:
    """Accuracy with its interval, outcomes, by topic and level; with exact arithmetic apart."""
    head = Text.assemble(
        (f"{report.model}", "bold"),
        f" · {report.dataset}\n",
        *((f"{line}\n", style) for line, style in _lines(report)),
        _outcomes(report),
    )
    tables = [_shares_table(report, name) for name in ("topic", "level") if set(report.by(name)) != {"-"}]
    return Group(head, *tables)


def comparison_view(comparison: Comparison) -> RenderableType:
    """Two models side by side: totals, by topic, the difference, the flips."""
    first, second = comparison.first, comparison.second
    table = Table(box=None, pad_edge=False)
    for heading in ("", first.model, second.model):
        table.add_column(Text(heading), justify="left" if not heading else "right", overflow="fold")
    table.add_row(Text(i18n.t("evaluation.all"), "bold"), share(first.accuracy), share(second.accuracy))
    for row in exact_rows(first, second):
        table.add_row(*row)
    for topic, (one, other) in comparison.by_topic().items():
        table.add_row(topic_name(topic), count(one), count(other))
    return Group(table, Text(difference_line(comparison), "bold"), *_flips(comparison))


def exact_rows(first: Report, second: Report) -> list[tuple[str, str, str]]:
    """Rows beside the accuracy: with exact arithmetic, and the share of answers whose every step is right."""
    rows = []
    if first.exact and second.exact and first.answers:
        shares = share(first.exact.accuracy), share(second.exact.accuracy)
        rows.append((i18n.t("evaluation.exact"), *shares))
    if first.steps.n or second.steps.n:
        rows.append((i18n.t("evaluation.steps"), share(first.steps), share(second.steps)))
    return rows


def _lines(report: Report) -> list[tuple[str, str]]:
    """Accuracy without and with exact arithmetic, as far as they were measured, and steps; each with its style."""
    lines = [] if report.is_exact else [(share(report.accuracy), "bold")]
    if report.exact and report.answers:
        put = sum(len(answer.completion.forced) for answer in report.exact.answers)
        words = {"share": share(report.exact.accuracy), "count": put}
        lines.append((i18n.t("evaluation.exact_line", **words), "bold" if report.is_exact else ""))
    if report.steps.n:
        lines.append((i18n.t("evaluation.steps_line", share=share(report.steps)), ""))
    return lines


def difference_line(comparison: Comparison) -> str:
    """The paired difference in points with its interval and p-value, as a sentence."""
    difference = comparison.difference
    return i18n.t(
        "evaluation.difference",
        confidence=i18n.number(100 * comparison.first.confidence, 0),
        value=_signed(difference.value),
        low=_signed(difference.low),
        high=_signed(difference.high),
        p=i18n.number(difference.p_value, 4),
    )


def share(value: Proportion) -> str:
    """``17,3 % [12,1; 24,2] (26/150)``."""
    low, high = i18n.number(100 * value.low, 1), i18n.number(100 * value.high, 1)
    return f"{i18n.number(100 * value.value, 1)} % [{low}; {high}] ({count(value)})"


def topic_name(slug: str) -> str:
    """The name of a topic or level in the language in force; users' own slugs as they are."""
    for key in (f"topics.{slug}", f"evaluation.level.{slug}"):
        if i18n.has(key):
            return i18n.t(key)
    return slug


def count(value: Proportion) -> str:
    return f"{round(value.value * value.n)}/{value.n}"


def _signed(value: float) -> str:
    return ("+" if value >= 0 else "−") + i18n.number(abs(100 * value), 1)


def _outcomes(report: Report) -> str:
    parts = [f"{i18n.t(f'evaluation.outcome.{name}')} {n}" for name, n in report.outcomes().items() if n]
    return ", ".join(parts)


def _shares_table(report: Report, name: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(i18n.t(f"evaluation.by.{name}"))
    table.add_column("", justify="right")
    table.add_column("", justify="right")
    table.add_column("")
    for key, value in report.by(name).items():
        bar = "█" * round(_BAR * value.value)
        table.add_row(
            topic_name(key), count(value), f"{i18n.number(100 * value.value, 0)} %", Text(bar, "green")
        )
    return table


def _flips(comparison: Comparison) -> list[Text]:
    lines = []
    for name, indices in (("gained", comparison.gained), ("lost", comparison.lost)):
        if indices:
            lines.append(Text(i18n.t(f"evaluation.{name}", count=len(indices)), "bold"))
        for index in indices[:_SHOWN_FLIPS]:
            before, after = comparison.first.answers[index], comparison.second.answers[index]
            lines.append(
                Text(
                    f"  {before.problem.id}: {_short(before.grade.span)} → {_short(after.grade.span)}"
                    f"  ({i18n.t('evaluation.expected', answer=before.problem.answer)})"
                )
            )
    return lines


def _short(text: str) -> str:
    line = " ".join(text.split()) or "—"
    return line if len(line) <= 40 else line[:39] + "…"
