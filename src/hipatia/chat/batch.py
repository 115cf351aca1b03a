"""A batch of predefined questions put to the model of the chat: ``/batch FILE [OUT.json]``.

Each question is asked by itself, with the system prompt and the settings of the conversation, of which it is
no part. Answers are graded where the file says what is right. Ctrl-C ends the batch with what is done.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from .. import i18n
from ..datamodule.formats import RowError, field_text, row_fields
from ..datamodule.reading import read_raw, read_text
from ..errors import DataError
from ..evaluation import Report, graded
from ..evaluation.show import progress_bar, report_view
from ..prompting import with_system_prompt
from ..runs import write_atomically
from ..schema import Completion, Message, Problem
from . import mathtext

if TYPE_CHECKING:
    from .terminal import Terminal

_TEXT = (".txt", ".md", "")
_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """A question with what the model wrote; ``problem.answer`` is empty where nobody said what is right."""

    problem: Problem
    completion: Completion


def read_questions(path: Path) -> list[Problem]:
    """The questions of a file: rows with or without an answer, a list of texts, or a text with one a line.

    Raises DataError where there is none.
    """
    if path.suffix.lower() in _TEXT:
        texts = [line.strip() for line in read_text(path).splitlines()]
        found = [
            Problem(f"{path.stem}-{n:04}", text, "") for n, text in enumerate(filter(None, texts), start=1)
        ]
    else:
        values = ((raw.value, f"{path.stem}-{raw.row:04}") for raw in read_raw(path) if raw.problem is None)
        found = [problem for value, id_ in values if (problem := _problem(value, id_))]
    if not found:
        raise DataError.of("chat.no_questions", path=path)
    return found


def run_batch(chat: Terminal, path: Path, target: Path | None) -> None:
    """Ask, grade, show a table and write JSON if a file for it is given. Raises DataError, RunError."""
    problems = read_questions(path)
    replies = _ask(chat, problems)
    if len(replies) < len(problems):
        chat.say("chat.batch_stopped", done=len(replies), total=len(problems))
    report = _graded(chat, path.name, replies)
    if report:
        chat.show(report_view(report))
    chat.show(_table(replies, report))
    if target is None:
        chat.say("chat.batch_keep", name=path.stem)
        return
    value: dict[str, Any] = (
        report.to_json() if report else {"model": chat.session.engine.name, "dataset": path.name}
    )
    value["replies"] = [_row(reply) for reply in replies]
    write_atomically(target, json.dumps(value, ensure_ascii=False, indent=1) + "\n", mode=0o600)
    chat.say("chat.saved", path=target)


def _problem(value: Any, id_: str) -> Problem | None:
    """A row's question; None for a row without one."""
    if isinstance(value, str):
        return Problem(id_, value.strip(), "") if value.strip() else None
    try:
        fields = row_fields(value)
        texts = [field_text(fields, name).strip() for name in ("question", "input")]
        answer = next(filter(None, (field_text(fields, name).strip() for name in ("final", "short"))), "")
        question = "\n\n".join(filter(None, texts))
        return Problem(field_text(fields, "id") or id_, question, answer) if question else None
    except RowError:
        return None


def _ask(chat: Terminal, problems: list[Problem]) -> list[Reply]:
    session = chat.session
    asked = [with_system_prompt([Message("user", one.question)], session.system) for one in problems]
    done: dict[int, Completion] = {}
    with progress_bar(session.engine.describe(), chat.talk) as progress:

        def count(index: int, completion: Completion) -> None:
            done[index] = completion
            progress(len(done), len(problems))

        with suppress(KeyboardInterrupt):
            session.engine.generate(asked, session.options, count)
    return [Reply(problems[index], done[index]) for index in sorted(done)]


def _graded(chat: Terminal, dataset: str, replies: list[Reply]) -> Report | None:
    """The verdicts on the answers of which it is known what is right; None where it is of none."""
    known = [reply for reply in replies if reply.problem.answer]
    if not known:
        return None
    answers = graded([one.problem for one in known], [one.completion for one in known])
    engine, options = chat.session.engine, chat.session.options
    exact = options.exact_arithmetic and engine.can_continue()
    return Report(engine.name, dataset, tuple(answers), chat.config.evaluation.confidence, is_exact=exact)


def _table(replies: list[Reply], report: Report | None) -> RenderableType:
    verdicts = {answer.problem.id: bool(answer.grade) for answer in report.answers} if report else {}
    table = Table(box=None, pad_edge=False)
    for name in ("", "question", "answer"):
        table.add_column(i18n.t(f"chat.batch.{name}") if name else "", overflow="fold")
    for reply in replies:
        right = verdicts.get(reply.problem.id)
        sign = Text("") if right is None else Text("✓", "green") if right else Text("✗", "red")
        table.add_row(sign, _cell(reply.problem.question), _cell(reply.completion.text))
    return table


def _cell(text: str) -> Text:
    text = mathtext.render(text).strip()
    return Text(text if len(text) <= _ANSWER else text[: _ANSWER - 1] + "…")


def _row(reply: Reply) -> dict[str, Any]:
    return {
        "id": reply.problem.id,
        "question": reply.problem.question,
        "response": reply.completion.text,
        "finish_reason": reply.completion.finish_reason,
        "tokens": reply.completion.completion_tokens,
    }
