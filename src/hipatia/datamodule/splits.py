"""Which rows are kept from training, for validation or the final test.

train, validation = split_dataset(rows, eval_fraction=0.05, seed=0)
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from ..schema import Conversation, Pair
from .duplicates import near_duplicate_groups, squeeze

Row = TypeVar("Row", Conversation, Pair)


def split_dataset(rows: Sequence[Row], eval_fraction: float, seed: int) -> tuple[list[Row], list[Row]]:
    """(train, eval): ``round(eval_fraction · rows)`` rows for eval as nearly as whole groups allow.

    Rows whose questions are near-duplicates (``duplicates``) stay on one side. Only where the groups that
    are no larger than eval cannot fill it, the larger ones are parted; equal questions, numerals included,
    stay together even then. Who goes where depends on the rows' questions and the seed, not on
    their order; each side keeps the order of ``rows``. Raises ValueError if the fraction is not in [0, 1).
    """
    if not 0 <= eval_fraction < 1:
        raise ValueError(f"eval_fraction is {eval_fraction}: it must be at least 0 and less than 1")
    wanted = round(eval_fraction * len(rows))
    if eval_fraction > 0 and len(rows) > 1:
        wanted = max(wanted, 1)
    questions = [question_text(row) for row in rows]
    chosen = _choose(questions, wanted, seed)
    train = [row for index, row in enumerate(rows) if index not in chosen]
    return train, [row for index, row in enumerate(rows) if index in chosen]


def question_text(row: Conversation | Pair) -> str:
    """What the row asks: the user's turns, or instruction and input."""
    if isinstance(row, Pair):
        return f"{row.instruction}\n{row.input}" if row.input else row.instruction
    return "\n".join(message.content for message in row.messages if message.role == "user")


def _choose(questions: Sequence[str], wanted: int, seed: int) -> set[int]:
    """Indices of the rows for eval: whole groups in the order of a seeded hash, while they fit."""
    if wanted == 0:
        return set()
    groups = _grouped(range(len(questions)), near_duplicate_groups(questions))
    large = [index for group in groups if len(group) > wanted for index in group]
    if len(questions) - len(large) < wanted:
        same = _grouped(large, [squeeze(questions[index].lower()) for index in large])
        groups = [group for group in groups if len(group) <= wanted] + same
    chosen: set[int] = set()
    for group in _shuffled(groups, questions, seed):
        if len(group) <= wanted - len(chosen):
            chosen.update(group)
    return chosen


def _grouped(indices: Iterable[int], keys: Sequence[object]) -> list[list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for index, key in zip(indices, keys, strict=True):
        groups[key].append(index)
    return list(groups.values())


def _shuffled(groups: list[list[int]], questions: Sequence[str], seed: int) -> list[list[int]]:
    """The groups in an order that only the seed and their texts decide."""

    def rank(group: list[int]) -> bytes:
        text = min(questions[index] for index in group)
        return hashlib.sha256(f"{seed}\0{text}".encode("utf-8", "replace")).digest()

    return sorted(groups, key=rank)
