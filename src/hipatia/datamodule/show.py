"""Statistics and checks of data for people: rich tables with small bars, readable without colour.

console.print(stats_view(stats))
console.print(check_view(check, tokenizer))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from .. import i18n
from ..prompting import Encoded
from .check import DataCheck, Place
from .loading import RowNote
from .statistics import DatasetStats, Spread

_BAR = 24
_SHOWN = 10
_EIGHTHS = " ▏▎▍▌▋▊▉"


def stats_view(stats: DatasetStats) -> RenderableType:
    """The statistics as tables."""
    parts: list[RenderableType] = [_summary(stats), _spreads(stats)]
    counted = (("topics", stats.topics), ("levels", stats.levels), ("languages", stats.languages))
    parts += [bars(i18n.t(f"data.show.{name}"), counts, stats.rows) for name, counts in counted if counts]
    if stats.keywords:
        parts.append(bars(i18n.t("data.show.keywords"), dict(stats.keywords)))
    return Group(*parts)


def check_view(check: DataCheck, tokenizer: Any = None) -> RenderableType:
    """The check as tables and lists; the sample row with its loss mask needs the tokenizer."""
    parts: list[RenderableType] = [
        _files(check),
        *_by_reason("rejected", check.rejected),
        *_by_reason("warnings", check.warnings),
        *_place_groups("duplicates", check.duplicates),
        *_place_groups("near_duplicates", check.near_duplicates),
        *_notes("in_bank", check.in_bank),
        *_notes("contradicted", check.contradicted),
    ]
    if check.grades:
        parts.append(Text(i18n.t("data.show.graded", rows=sum(check.grades.values()), **_verdicts(check))))
    if check.too_long:
        parts.append(_heading("too_long", len(check.too_long)))
        parts.append(_indented(_places(check.too_long)))
    if check.sample and tokenizer:
        parts += [_heading("sample"), render_mask(check.sample, tokenizer)]
    return Group(*parts)


def render_mask(encoded: Encoded, tokenizer: Any) -> Text:
    """The text of the tokens; what is learnt is green and between ⟦ ⟧."""
    text = Text()
    pairs = zip(encoded.input_ids, encoded.loss_mask, strict=True)
    for learnt, run in groupby(pairs, key=lambda pair: pair[1]):
        piece = tokenizer.decode([token for token, _ in run], skip_special_tokens=False)
        text.append(f"⟦{piece}⟧" if learnt else piece, style="bold green" if learnt else "dim")
    return text


def bars(title: str, counts: Mapping[str, int], total: int | None = None) -> Table:
    """A table of counts, each with a bar and, given a total, its share of it."""
    table = _table(title)
    table.add_column(justify="left")
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_column(justify="left", no_wrap=True)
    longest = max(counts.values(), default=1)
    for name, count in counts.items():
        share = _percent(count / total) if total else ""
        table.add_row(Text(name), str(count), share, Text(_bar(count / longest), style="cyan"))
    return table


def _bar(share: float) -> str:
    eighths = max(round(share * _BAR * 8), 1)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def _summary(stats: DatasetStats) -> Text:
    line = i18n.t("data.show.summary", rows=stats.rows, with_answer=stats.with_answer)
    if stats.loss_share is not None and stats.tokens is not None:
        share = _percent(stats.loss_share)
        line += " " + i18n.t("data.show.token_summary", tokens=stats.tokens.total, share=share)
    return Text(line)


def _spreads(stats: DatasetStats) -> Table:
    table = _table(i18n.t("data.show.lengths"))
    table.show_header = True
    table.add_column("")
    for name in ("minimum", "median", "p95", "maximum"):
        table.add_column(i18n.t(f"data.show.{name}"), justify="right")
    table.add_column("", no_wrap=True)
    spreads: dict[str, Spread | None] = {
        "turns": stats.turns,
        "tokens": stats.tokens,
        "question_length": stats.question_length,
        "answer_length": stats.answer_length,
    }
    for name, spread in spreads.items():
        if spread is not None:
            values = (spread.minimum, spread.median, spread.p95, spread.maximum)
            table.add_row(i18n.t(f"data.show.{name}"), *(f"{value:g}" for value in values), _range(spread))
    return table


def _range(spread: Spread) -> Text:
    """From 0 to the maximum: a light bar up to the 95th percentile, a heavy one up to the median."""
    top = max(spread.maximum, 1)
    middle = round(_BAR * spread.median / top)
    upper = max(round(_BAR * spread.p95 / top), middle)
    return Text("█" * middle + "▒" * (upper - middle) + "·" * (_BAR - upper), style="cyan")


def _files(check: DataCheck) -> Table:
    table = _table(i18n.t("data.show.files"))
    table.show_header = True
    table.add_column(i18n.t("data.show.file"))
    for name in ("usable", "rejected", "warnings"):
        table.add_column(i18n.t(f"data.show.{name}"), justify="right")
    for file in check.files:
        table.add_row(Text(str(file.path)), str(file.usable), str(file.rejected), str(file.warnings))
    return table


def _by_reason(name: str, notes: Sequence[RowNote]) -> list[RenderableType]:
    """The reasons, commonest first, each with the rows it holds for."""
    if not notes:
        return []
    places: dict[str, list[Place]] = {}
    for note in notes:
        places.setdefault(note.reason, []).append(Place(note.file, note.row, note.line))
    commonest = Counter(note.reason for note in notes).most_common(_SHOWN)
    lines = [f"{count} × {reason}\n  {_places(places[reason], 4)}" for reason, count in commonest]
    return [_heading(name, len(notes)), _indented("\n".join([*lines, *_rest(len(places) - len(commonest))]))]


def _place_groups(name: str, groups: Sequence[Sequence[Place]]) -> list[RenderableType]:
    if not groups:
        return []
    lines = [_places(group, 6) for group in groups[:_SHOWN]]
    rows = sum(map(len, groups))
    return [_heading(name, rows), _indented("\n".join([*lines, *_rest(len(groups) - len(lines))]))]


def _notes(name: str, notes: Sequence[RowNote]) -> list[RenderableType]:
    if not notes:
        return []
    lines = [str(note) for note in notes[:_SHOWN]]
    return [_heading(name, len(notes)), _indented("\n".join([*lines, *_rest(len(notes) - len(lines))]))]


def _verdicts(check: DataCheck) -> dict[str, int]:
    right, wrong = (check.grades.get(status, 0) for status in ("correct", "incorrect"))
    return {"right": right, "wrong": wrong, "undecided": sum(check.grades.values()) - right - wrong}


def _places(places: Sequence[Place], shown: int = _SHOWN) -> str:
    """``a.json: 3 (5), 4 (9); b.json: 1 (1) …``: rows with their lines by file."""
    by_file = groupby(places[:shown], key=lambda place: place.file)
    text = "; ".join(f"{file}: " + ", ".join(f"{p.row} ({p.line})" for p in group) for file, group in by_file)
    return " ".join([text, *_rest(len(places) - min(len(places), shown))])


def _rest(count: int) -> Iterable[str]:
    return [i18n.t("data.show.more", count=count)] if count > 0 else []


def _heading(name: str, count: int | None = None) -> Text:
    title = i18n.t(f"data.show.{name}_heading") + ("" if count is None else f" ({count})")
    return Text(f"\n{title}", style="bold")


def _indented(text: str) -> Text:
    return Text("\n".join(f"  {line}" for line in text.splitlines()))


def _table(title: str) -> Table:
    return Table(
        title=Text(f"\n{title}"), title_justify="left", title_style="bold", box=None, show_header=False
    )


def _percent(share: float) -> str:
    text = f"{100 * share:.1f} %"
    return text.replace(".", ",") if i18n.language() == "es" else text
