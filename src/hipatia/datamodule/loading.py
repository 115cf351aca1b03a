"""Data files as the project's records: conversations, pairs and problems.

loaded = read_rows("mis_datos.jsonl")
loaded.conversations, loaded.rejected, loaded.warnings
write_rejects(loaded, "runs/x")
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .. import i18n
from ..errors import DataError
from ..runs import write_atomically
from ..schema import Conversation, Message, Pair, Problem
from .formats import RowError, field_text, metadata, parse_row, row_fields
from .reading import RawRow, read_raw

BUNDLED = Path(__file__).parent.parent / "data"
_SHOWN_REASONS = 3
_MAX_EXCERPT = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A usable row and where it stands; ``pair`` is there if it is one question with one answer."""

    row: int
    line: int
    conversation: Conversation
    pair: Pair | None = None


@dataclass(frozen=True, slots=True)
class RowNote:
    """Why a row was refused, or what to know of it. ``value`` is the row, or its text if unreadable."""

    file: str
    row: int
    line: int
    reason: str
    value: Any = None

    def __str__(self) -> str:
        return i18n.t("data.row_note", file=self.file, row=self.row, line=self.line, reason=self.reason)


@dataclass(frozen=True, slots=True)
class LoadedRows:
    """What a file gave: usable rows in the file's order, refused ones, and warnings about usable ones."""

    path: Path
    rows: tuple[LoadedRow, ...]
    rejected: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]

    @property
    def conversations(self) -> list[Conversation]:
        return [row.conversation for row in self.rows]


def load_rows(path: Path | str) -> LoadedRows:
    """As ``read_rows``, but a file without a usable row is no error: its rejects say why."""
    path = Path(path)
    rows: list[LoadedRow] = []
    rejected: list[RowNote] = []
    warnings: list[RowNote] = []
    for raw in read_raw(path):
        if raw.problem is not None:
            rejected.append(_note(path, raw, raw.problem))
            continue
        try:
            parsed = parse_row(raw.value)
        except RowError as error:
            rejected.append(_note(path, raw, str(error)))
            continue
        rows.append(LoadedRow(raw.row, raw.line, parsed.conversation, parsed.pair))
        warnings += [RowNote(path.name, raw.row, raw.line, warning) for warning in parsed.warnings]
    return LoadedRows(path, tuple(rows), tuple(rejected), tuple(warnings))


def read_rows(path: Path | str) -> LoadedRows:
    """All rows of a JSON, JSONL or CSV file as conversations, with the refused ones and their reasons.

    Raises DataError if the file cannot be read or holds no usable row; it then shows what was expected.
    """
    loaded = load_rows(path)
    if not loaded.rows:
        raise _nothing_usable(loaded.path, loaded.rejected)
    return loaded


def load_json_dataset(path: Path | str) -> list[dict[str, Any]]:
    """The rows of a JSON, JSONL or CSV file as they are, unchecked but for being objects that can be read.

    Raises DataError if the file cannot be read or holds no such row; the log names the rows left out.
    """
    path = Path(path)
    rows, rejected = [], []
    for raw in read_raw(path):
        if isinstance(raw.value, dict):
            rows.append(raw.value)
        else:
            rejected.append(
                _note(path, raw, raw.problem or i18n.t("data.row_not_object", kind=type(raw.value).__name__))
            )
    if not rows:
        raise _nothing_usable(path, rejected)
    _log_rejected(path, rejected)
    return rows


def write_rejects(loaded: LoadedRows, folder: Path | str) -> Path | None:
    """Write the refused rows to ``<folder>/<file>.rejects.jsonl``: file, row, line, reason, value.

    Returns the file's path, or None where nothing was refused. The file is whole or absent. Raises RunError.
    """
    if not loaded.rejected:
        return None
    lines = (json.dumps(asdict(note), ensure_ascii=False) + "\n" for note in loaded.rejected)
    text = "".join(lines).encode("utf-8", "replace").decode()  # a row may hold half a character
    target = Path(folder) / f"{loaded.path.name}.rejects.jsonl"
    write_atomically(target, text)
    return target


def prepare_dataset(path: Path | str) -> list[Pair]:
    """The rows of a file as pairs: one question (with its optional input) and one answer each.

    Rows of several turns are refused like other rows that cannot be used; the log names them.
    Raises DataError if the file cannot be read or holds no such row.
    """
    loaded = read_rows(path)
    pairs = [row.pair for row in loaded.rows if row.pair is not None]
    several = [
        RowNote(loaded.path.name, row.row, row.line, i18n.t("data.several_turns"))
        for row in loaded.rows
        if row.pair is None
    ]
    rejected = sorted((*loaded.rejected, *several), key=lambda note: note.row)
    if not pairs:
        raise _nothing_usable(loaded.path, rejected)
    _log_rejected(loaded.path, rejected)
    return pairs


def log_rejected(loaded: LoadedRows) -> None:
    """Name the refused rows in the log."""
    _log_rejected(loaded.path, loaded.rejected)


def prepare_conversations_dataset(path: Path | str) -> list[Conversation]:
    """The rows of a file as conversations of one or several turns; the log names the refused ones.

    Raises DataError if the file cannot be read or holds no usable row.
    """
    loaded = read_rows(path)
    log_rejected(loaded)
    return loaded.conversations


def pair_to_conversation(pair: Pair) -> Conversation:
    """The conversation a pair stands for: its system message, instruction and input, response."""
    question = f"{pair.instruction}\n\n{pair.input}" if pair.input.strip() else pair.instruction
    system = [Message("system", pair.system)] if pair.system else []
    messages = (*system, Message("user", question), Message("assistant", pair.response))
    return Conversation(messages=messages, topic=pair.topic, answer=pair.answer)


def read_problems(path: Path | str) -> list[Problem]:
    """The questions of a JSON, JSONL or CSV file, each with its final answer.

    Of a worked solution and an answer the answer is taken. Rows without an id are named after the file and
    their row; an id that comes twice gets the row's number. The log names the refused rows.
    Raises DataError if the file cannot be read or holds no question with an answer.
    """
    path = Path(path)
    problems: dict[str, Problem] = {}
    rejected: list[RowNote] = []
    for raw in read_raw(path):
        try:
            if raw.problem is not None:
                rejected.append(_note(path, raw, raw.problem))
                continue
            problem = _problem(raw, path)
        except RowError as error:
            rejected.append(_note(path, raw, str(error)))
            continue
        if problem.id in problems:
            problem = replace(problem, id=f"{problem.id}-{raw.row}")
        problems[problem.id] = problem
    if not problems:
        raise _nothing_usable(path, rejected, "data.no_problems")
    _log_rejected(path, rejected)
    return list(problems.values())


def bundled_conversations() -> list[Conversation]:
    """The conversations about concepts that come with Hipatia."""
    return read_rows(BUNDLED / "conversations.json").conversations


def bundled_bank() -> list[Problem]:
    """The problems with known answers that accuracy is measured on."""
    return read_problems(BUNDLED / "bank.json")


def _problem(raw: RawRow, path: Path) -> Problem:
    fields = row_fields(raw.value)
    if "messages" in fields:
        conversation = parse_row(raw.value).conversation
        question = next(m.content for m in conversation.messages if m.role == "user")
        answer = conversation.answer or ""
    else:
        question = field_text(fields, "question")
        extra = field_text(fields, "input")
        question = f"{question}\n\n{extra}" if extra.strip() else question
        answer = _final_answer(fields)
    if not question.strip():
        raise RowError("no_question")
    if not answer.strip():
        raise RowError("no_final_answer")
    return Problem(
        id=field_text(fields, "id").strip() or f"{path.stem}-{raw.row:04}",
        question=question.strip(),
        answer=answer.strip(),
        **metadata(fields),
    )


def _final_answer(fields: Mapping[str, object]) -> str:
    """The column of final answers, else the only text; of a worked text, what follows its ``####``."""
    found = (field_text(fields, name) for name in ("final", "short", "worked", "response"))
    return next((text for text in found if text.strip()), "").rpartition("####")[2]


def _note(path: Path, raw: RawRow, reason: str) -> RowNote:
    value = raw.value
    if raw.problem is not None and isinstance(value, str):
        value = value[:_MAX_EXCERPT]
    return RowNote(path.name, raw.row, raw.line, reason, value)


def _nothing_usable(path: Path, rejected: Sequence[RowNote], key: str = "data.nothing_usable") -> DataError:
    return DataError.of(key, path=path, rows=len(rejected), reasons=_first_of_each(rejected))


def _log_rejected(path: Path, rejected: Sequence[RowNote]) -> None:
    if rejected:
        _log.warning(
            i18n.t("data.some_rejected", path=path, rows=len(rejected), first=_first_of_each(rejected))
        )


def _first_of_each(notes: Sequence[RowNote]) -> str:
    """The first row of each of the commonest reasons, a line each."""
    first: dict[str, RowNote] = {}
    for note in notes:
        first.setdefault(note.reason, note)
    commonest = Counter(note.reason for note in notes).most_common(_SHOWN_REASONS)
    return "\n".join(
        f"  {first[reason]}" + (f" (× {count})" if count > 1 else "") for reason, count in commonest
    )
