"""Which rows go together, in which order, and how they become tensors.

plan = Plan(lengths, rows_at_once=16, batches_per_step=1, seed=0, digest=tokens_digest(dataset))
batch = Collator(pad_id)([dataset[i] for i in plan.batches(step=0)[0]])
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import torch

from .loss import IGNORED, WIDTH_STEP

_POOL = 24  # batches whose rows are sorted together


def row_order(lengths: Sequence[int], batch_size: int, seed: int, epoch: int, digest: str = "") -> list[int]:
    """All rows once, each ``batch_size`` in a row of similar lengths. A function of its arguments.

    Rows are shuffled, sorted by length within pools of batches, and the batches shuffled. ``digest`` is the
    hash of the rows' tokens.
    """
    rng = random.Random(f"{seed}/{epoch}/{digest}")
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


@dataclass
class Plan:
    """Which rows each step of a run learns from, epoch after epoch; no state but what it has computed."""

    lengths: Sequence[int]
    rows_at_once: int
    batches_per_step: int
    seed: int
    digest: str
    _known: tuple[int, list[int]] = field(default=(-1, []), init=False, repr=False)  # an epoch and its order

    @cached_property
    def steps_per_epoch(self) -> int:
        return -(-len(self.lengths) // (self.rows_at_once * self.batches_per_step))

    def place(self, step: int) -> tuple[int, int]:
        """(epoch, rows of it already learnt from) before a step; steps count from 0."""
        epoch, inside = divmod(step, self.steps_per_epoch)
        return epoch, inside * self.rows_at_once * self.batches_per_step

    def batches(self, step: int) -> list[list[int]]:
        """The batches of row numbers that a step adds up."""
        epoch, start = self.place(step)
        rows = self._order(epoch)[start : start + self.rows_at_once * self.batches_per_step]
        return [rows[i : i + self.rows_at_once] for i in range(0, len(rows), self.rows_at_once)]

    def _order(self, epoch: int) -> list[int]:
        if self._known[0] != epoch:
            self._known = epoch, row_order(self.lengths, self.rows_at_once, self.seed, epoch, self.digest)
        return self._known[1]


def row_lengths(dataset: Any) -> list[int]:
    """Tokens of each row of a ``datasets.Dataset``."""
    batches = dataset.select_columns("input_ids").with_format("numpy").iter(1000)
    return [len(row) for batch in batches for row in batch["input_ids"]]


def tokens_digest(dataset: Any) -> str:
    """SHA-256 over the token ids and labels of all rows of a ``datasets.Dataset``, in their order."""
    digest = hashlib.sha256()
    for batch in dataset.select_columns(["input_ids", "labels"]).with_format("numpy").iter(1000):
        for column in ("input_ids", "labels"):
            for row in batch[column]:
                digest.update(len(row).to_bytes(4, "little") + row.astype("<i4").tobytes())
    return digest.hexdigest()


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
