"""What is learnt from, what is asked, and the names of rows for people.

splits = load_splits(config, rejects=run_folder)
problems, dataset = test_problems(splits, config)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .. import datamodule, i18n
from ..config import Config
from ..errors import DataError
from ..schema import Conversation, Problem

_FEWEST_OWN_PROBLEMS = 30  # with fewer answered test rows of the user's own, the bank measures
_UNSEEN_SEED = 20_000  # exercises of unseen families are the same for every run
_SHOWN_NAMES = 8
_EXCERPT = 60  # characters of a row's question


@dataclass(frozen=True, slots=True)
class Splits:
    """Disjoint rows; near-duplicates are on one side."""

    train: list[Conversation]
    validation: list[Conversation]
    test: list[Conversation]


def load_splits(config: Config, rejects: Path | None = None) -> Splits:
    """The rows of the settings, in three disjoint parts; refused ones go to the folder ``rejects``.

    Raises DataError if none is left to learn from.
    """
    rows = datamodule.configured_rows(config, rejects)
    seed = config.training.seed
    rest, test = datamodule.split_dataset(rows, config.data.test_fraction, seed)
    training, validation = datamodule.split_dataset(rest, config.data.eval_fraction, seed)
    if not training:
        raise DataError.of("train.too_few_rows", rows=len(rows))
    return Splits(training, validation, test)


def tokenize(splits: Splits, tokenizer: Any, config: Config) -> dict[str, Any]:
    """Datasets by name. ``test_conversations``: the bundled conversations among the test rows."""
    conversations = [] if config.data.files else [row for row in splits.test if row.family is None]
    rows = {
        **{name: getattr(splits, name) for name in ("train", "validation", "test")},
        "test_conversations": conversations,
    }
    return {
        name: datamodule.tokenize_rows(some, tokenizer, config, required=name == "train").dataset
        if some
        else []
        for name, some in rows.items()
    }


def test_problems(splits: Splits, config: Config) -> tuple[list[Problem], str]:
    """What accuracy is measured on: the user's own answered test rows if there are enough, else the bank."""
    own = as_problems(splits.test) if config.data.files else []
    if len(own) >= _FEWEST_OWN_PROBLEMS:
        return own, i18n.t("train.own_test_rows")
    return datamodule.bundled_bank(), i18n.t("evaluation.bank")


def unseen_problems(config: Config) -> list[Problem]:
    """Exercises of families that never occur in training; only with the bundled data."""
    if config.data.files or not config.evaluation.unseen_exercises:
        return []
    from ..exercises import UNSEEN_FAMILIES, generate

    made = generate(config.evaluation.unseen_exercises, seed=_UNSEEN_SEED, families=UNSEEN_FAMILIES)
    return [exercise.problem() for exercise in made]


def as_problems(rows: Sequence[Conversation]) -> list[Problem]:
    """The rows that ask one question and have an answer, as problems."""
    return [
        Problem(
            row.id or f"row-{index}",
            question.content,
            row.answer,
            row.topic,
            row.level,
            row.language,
            row.family,
        )
        for index, row in enumerate(rows)
        if row.answer
        for question in [next(message for message in row.messages if message.role == "user")]
        if sum(message.role == "user" for message in row.messages) == 1
    ]


def validation_sample(rows: Sequence[Conversation], count: int) -> list[Problem]:
    """A fixed sample of ``count`` problems, the topics taking turns."""
    by_topic: dict[str | None, list[Problem]] = {}
    for problem in as_problems(rows):
        by_topic.setdefault(problem.topic, []).append(problem)
    queues = list(by_topic.values())
    sample: list[Problem] = []
    while len(sample) < count and any(queues):
        sample += [queue.pop(0) for queue in queues if queue]
    return sample[:count]


def rows_digest(rows: Sequence[Conversation]) -> str:
    """SHA-256 over the rows in their order."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(asdict(row), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace"))
    return digest.hexdigest()


# --- rows by name ---------------------------------------------------------------------------------


def row_names(numbers: Sequence[int], rows: Sequence[Conversation], tokenizer: Any, config: Config) -> str:
    """The rows behind some rows of the tokenized data, a line each: file and line, or id, and the question.

    Slow (rows are tokenized and files read again); for when something is wrong with them.
    """
    kept = _kept(rows, tokenizer, config)
    wanted = sorted(set(numbers))
    chosen = {number: row for number, row in enumerate(kept) if number in wanted}
    places = dict(_places(config, {row.messages for row in chosen.values()}))
    lines = []
    for row in list(chosen.values())[:_SHOWN_NAMES]:
        question = " ".join(next(m.content for m in row.messages if m.role == "user").split())
        shown = question if len(question) <= _EXCERPT else question[:_EXCERPT] + "…"
        place = places.get(row.messages) or row.id or row.family or ""
        lines.append(f"  {place}: {shown}" if place else f"  {shown}")
    return "\n".join([*lines, *(["  …"] if len(chosen) > _SHOWN_NAMES else [])])


def _kept(rows: Sequence[Conversation], tokenizer: Any, config: Config) -> Iterator[Conversation]:
    """The rows that are short enough, in the order of the tokenized data."""
    for row in rows:
        if len(datamodule.encode_row(row, tokenizer, config).input_ids) <= config.data.max_length:
            yield row


def _places(config: Config, wanted: set[Any]) -> Iterator[tuple[Any, str]]:
    """(messages, ``file:line``) of the wanted conversations; the same one may stand in several places."""
    for path in config.data.files:
        for loaded in reversed(datamodule.load_rows(path).rows):
            if loaded.conversation.messages in wanted:
                yield loaded.conversation.messages, f"{path}:{loaded.line}"
