"""Which rows go together, in which order, and how they become tensors.

order = row_order(lengths, batch_size=16, seed=0, epoch=0)
batch = Collator(pad_id)([dataset[i] for i in order[:16]])
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from .loss import IGNORED, WIDTH_STEP

_POOL = 24  # batches whose rows are sorted together


def row_order(lengths: Sequence[int], batch_size: int, seed: int, epoch: int) -> list[int]:
    """All rows once, each ``batch_size`` in a row of similar lengths. A function of its arguments.

    Rows are shuffled, sorted by length within pools of batches, and the batches shuffled.
    """
    rng = random.Random(f"{seed}/{epoch}")
    rows = list(range(len(lengths)))
    rng.shuffle(rows)
    pool = batch_size * _POOL
    batches = []
    for start in range(0, len(rows), pool):
        ordered = sorted(rows[start : start + pool], key=lambda row: lengths[row])
        batches += [ordered[i : i + batch_size] for i in range(0, len(ordered), batch_size)]
    last = [batch for batch in batches if len(batch) < batch_size]  # the short batch stays last
    batches = [batch for batch in batches if len(batch) == batch_size]
    rng.shuffle(batches)
    return [row for batch in batches + last for row in batch]


class RowOrder(torch.utils.data.Sampler[int]):
    """``row_order`` as torch's sampler; ``set_epoch`` chooses the epoch."""

    def __init__(self, lengths: Sequence[int], batch_size: int, seed: int):
        self.lengths, self.batch_size, self.seed, self.epoch = list(lengths), batch_size, seed, 0

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Any:
        return iter(row_order(self.lengths, self.batch_size, self.seed, self.epoch))

    def set_epoch(self, epoch: int) -> None:
        self.epoch = epoch


@dataclass(frozen=True)
class Collator:
    """Rows of ``input_ids`` and ``labels`` as tensors [rows, tokens], padded on the right."""

    pad_id: int

    def __call__(self, rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
        longest = max(len(row["input_ids"]) for row in rows)
        width = -(-longest // WIDTH_STEP) * WIDTH_STEP

        def padded(name: str, filler: int) -> torch.Tensor:
            return torch.tensor([[*row[name], *[filler] * (width - len(row[name]))] for row in rows])

        return {
            "input_ids": padded("input_ids", self.pad_id),
            "labels": padded("labels", IGNORED),
            "attention_mask": padded("attention_mask", 0),
        }
