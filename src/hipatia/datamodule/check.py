"""What is wrong with data files before anything is learnt from them.

check = check_dataset(["mis_datos.jsonl"], config, tokenizer)
check.rejected, check.near_duplicates, check.in_bank, check.contradicted
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .. import i18n
from ..config import Config
from ..prompting import Encoded
from ..schema import Conversation, Problem
from .duplicates import near_duplicate_groups, skeleton
from .loading import LoadedRow, LoadedRows, RowNote, bundled_bank, load_rows
from .splits import question_text
from .tokenized import encode_row

_MASK_SAMPLE_TOKENS = 1500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands; row and line count from 1."""

    file: str
    row: int
    line: int


@dataclass(frozen=True, slots=True)
class FileCheck:
    """How many rows of a file can be used, were refused, and need a look."""

    path: Path
    usable: int
    rejected: int
    warnings: int


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What ``hipatia data check`` says.

    ``duplicates`` are groups of rows with the same messages; ``near_duplicates``, groups whose questions
    agree but for numerals, case and punctuation, or nearly so. ``in_bank`` are rows that ask a question of
    the bundled bank; ``contradicted``, rows whose last answer the grader finds different from their own
    ``answer``; ``grades`` counts its verdicts. ``too_long`` rows exceed ``data.max_length`` and are not
    trained on. ``sample`` is one row as it is trained on. Both are None without a tokenizer.
    """

    files: tuple[FileCheck, ...]
    rejected: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]
    duplicates: tuple[tuple[Place, ...], ...]
    near_duplicates: tuple[tuple[Place, ...], ...]
    in_bank: tuple[RowNote, ...]
    contradicted: tuple[RowNote, ...]
    grades: dict[str, int]
    too_long: tuple[Place, ...] | None
    sample: Encoded | None

    @property
    def usable(self) -> int:
        return sum(file.usable for file in self.files)

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        values = asdict(self)
        for file, plain in zip(self.files, values["files"], strict=True):
            plain["path"] = str(file.path)
        return {"usable": self.usable, **values}


def check_dataset(paths: Iterable[Path | str], config: Config, tokenizer: Any = None) -> DataCheck:
    """Read the files, compare their rows with each other, with the bank and with their own answers.

    Without a tokenizer nothing is said of tokens. Raises DataError for a file that cannot be read at all;
    one without usable rows is only reported.
    """
    loaded = [load_rows(path) for path in paths]
    rows = [(Place(file.path.name, row.row, row.line), row) for file in loaded for row in file.rows]
    grades, contradicted = _graded(rows)
    too_long, sample = _tokens(rows, config, tokenizer) if tokenizer else (None, None)
    return DataCheck(
        files=tuple(map(_file_check, loaded)),
        rejected=tuple(note for file in loaded for note in file.rejected),
        warnings=tuple(note for file in loaded for note in file.warnings),
        duplicates=_groups(rows, [row.conversation.messages for _, row in rows]),
        near_duplicates=_near_duplicates(rows),
        in_bank=_in_bank(rows, bundled_bank()),
        contradicted=contradicted,
        grades=grades,
        too_long=too_long,
        sample=sample,
    )


_Rows = Sequence[tuple[Place, LoadedRow]]


def _file_check(loaded: LoadedRows) -> FileCheck:
    rows_with_warnings = len({note.row for note in loaded.warnings})
    return FileCheck(loaded.path, len(loaded.rows), len(loaded.rejected), rows_with_warnings)


def _groups(rows: _Rows, keys: Sequence[object]) -> tuple[tuple[Place, ...], ...]:
    """Places of the rows whose keys are equal, where there are several, largest group first."""
    groups: dict[object, list[Place]] = {}
    for (place, _), key in zip(rows, keys, strict=True):
        groups.setdefault(key, []).append(place)
    several = [tuple(group) for group in groups.values() if len(group) > 1]
    return tuple(sorted(several, key=len, reverse=True))


def _near_duplicates(rows: _Rows) -> tuple[tuple[Place, ...], ...]:
    """Groups of near-duplicates, one row for each set of equal ones."""
    distinct = {row.conversation.messages: (place, row) for place, row in reversed(rows)}
    kept = list(reversed(distinct.values()))
    return _groups(kept, near_duplicate_groups([question_text(row.conversation) for _, row in kept]))


def _in_bank(rows: _Rows, bank: Sequence[Problem]) -> tuple[RowNote, ...]:
    asked = {skeleton(problem.question): problem for problem in bank}
    notes = []
    for place, row in rows:
        questions = {skeleton(m.content) for m in row.conversation.messages if m.role == "user"}
        for question in sorted(questions & asked.keys()):
            problem = asked[question]
            reason = i18n.t("data.in_bank", id=problem.id, question=problem.question)
            notes.append(RowNote(place.file, place.row, place.line, reason, problem.id))
    return tuple(notes)


def _graded(rows: _Rows) -> tuple[dict[str, int], tuple[RowNote, ...]]:
    """The grader's verdicts on the rows' own answers, and the rows that contradict themselves."""
    from ..grading import release, validate_many

    answered = [(place, row.conversation) for place, row in rows if row.conversation.answer is not None]
    grades = validate_many(
        (row.messages[-1].content, row.answer or "", _question(row)) for _, row in answered
    )
    release()
    contradicted = []
    for (place, row), grade in zip(answered, grades, strict=True):
        if grade.status == "incorrect":
            reason = i18n.t("data.contradicted", answer=row.answer, reason=grade.reason)
            contradicted.append(RowNote(place.file, place.row, place.line, reason, grade.span))
    return dict(Counter(grade.status for grade in grades)), tuple(contradicted)


def _question(row: Conversation) -> str | None:
    return next((message.content for message in reversed(row.messages) if message.role == "user"), None)


def _tokens(rows: _Rows, config: Config, tokenizer: Any) -> tuple[tuple[Place, ...], Encoded | None]:
    """Places of the rows that are too long, and the first row of an ordinary length as it is trained on."""
    too_long, sample = [], None
    for place, row in rows:
        encoded = encode_row(row.conversation, tokenizer, config)
        if len(encoded.input_ids) > config.data.max_length:
            too_long.append(place)
        elif sample is None and len(encoded.input_ids) <= _MASK_SAMPLE_TOKENS:
            sample = encoded
    return tuple(too_long), sample
