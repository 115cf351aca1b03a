"""The end of a training run for people: base against tuned, and what to do next."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from .. import i18n
from ..evaluation import Comparison
from ..evaluation.show import count, difference_line, exact_rows, share, topic_name
from ..modeling import EMBEDDED
from ..runs import run_name
from .display import duration

_LONGEST_ANSWER = 400  # characters of an example


def interrupted_view(manifest: dict[str, Any], folder: Path) -> RenderableType:
    """A run that was stopped before its end."""
    words = {"steps": manifest["training"]["steps"], "folder": folder, "run": run_name(folder)}
    return Text(i18n.t("train.stopped", **words))


def result_view(
    manifest: dict[str, Any], comparison: Comparison, unseen: Comparison, folder: Path
) -> RenderableType:
    """Accuracy with intervals, difference, topics, losses, an example, figures, next commands."""
    training = manifest["training"]
    figures = i18n.t(
        "train.show.figures",
        steps=training["steps"],
        time=duration(training["seconds"]),
        speed=i18n.number(training["tokens_per_second"], 0),
        memory=i18n.number((training["peak_memory_bytes"] or 0) / 1e9, 1),
    )
    difference = Text(difference_line(comparison), "bold")
    table = _table(comparison, unseen, manifest["loss"])
    return Group(
        table,
        difference,
        Text(),
        *_example(comparison),
        Text(),
        Text(figures),
        *_next(run_name(folder), manifest),
    )


def _table(comparison: Comparison, unseen: Comparison, losses: dict[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False, title_justify="left")
    table.title = Text(i18n.t("train.show.title", dataset=comparison.first.dataset), "bold")
    for heading in ("", i18n.t("train.base"), i18n.t("train.tuned")):
        table.add_column(heading, justify="right" if heading else "left")
    table.add_row(
        Text(i18n.t("evaluation.all"), "bold"),
        share(comparison.first.accuracy),
        share(comparison.second.accuracy),
    )
    for row in exact_rows(comparison.first, comparison.second):
        table.add_row(*row)
    for topic, (base, tuned) in comparison.by_topic().items():
        table.add_row(topic_name(topic), count(base), count(tuned))
    if unseen.difference.n:
        one, two = unseen.first.accuracy, unseen.second.accuracy
        table.add_row(i18n.t("train.show.unseen"), share(one), share(two), style="cyan")
    for name, sentence in (("test", "show.loss"), ("test_conversations", "show.loss_conversations")):
        if losses["base"].get(name) is not None:
            values = (i18n.number(losses[side][name], 3) for side in ("base", "tuned"))
            table.add_row(i18n.t(f"train.{sentence}"), *values)
    return table


def _example(comparison: Comparison) -> list[Text]:
    """The answers to one problem: one that is now right if there is one."""
    index = comparison.gained[0] if comparison.gained else 0
    base, tuned = comparison.first.answers[index], comparison.second.answers[index]
    lines = [
        Text(i18n.t("train.show.example", question=base.problem.question), "bold"),
        Text(i18n.t("train.show.expected", answer=base.problem.answer)),
    ]
    for name, answer in (("base", base), ("tuned", tuned)):
        text = answer.completion.text.strip()
        short = text if len(text) <= _LONGEST_ANSWER else text[:_LONGEST_ANSWER] + "…"
        lines += [Text(f"{i18n.t(f'train.{name}')} {'✓' if answer.grade else '✗'}", "bold"), Text(short)]
    return lines


def longer_command(manifest: dict[str, Any]) -> str:
    """The command for a longer run on the same data and base."""
    data = [part for file in manifest["dataset"]["files"] for part in ("--data", file)]
    base = manifest["base"]["source"]
    model = [] if base == EMBEDDED else ["--model", base]
    return shlex.join(["hipatia", "train", *data, *model, "--set", "training.max_minutes=60"])


def _next(name: str, manifest: dict[str, Any]) -> list[Text]:
    commands = (
        ("chat", f"hipatia chat {name}"),
        ("evaluate", f"hipatia evaluate {name}"),
        ("longer", longer_command(manifest)),
    )
    width = max(len(command) for _, command in commands)
    rows = [Text(f"  {command:<{width}}   {i18n.t(f'train.show.next.{key}')}") for key, command in commands]
    return [Text(i18n.t("train.show.next"), "bold"), *rows]
