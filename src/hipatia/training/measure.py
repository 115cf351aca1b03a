"""Measuring a model in the course of its training, without disturbing it.

with undisturbed(model):
    loss = held_out_loss(module, dataset, config, pad_id)
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy
import torch

from ..config import Config
from ..modeling import merge_adapter
from .batches import Collator
from .loss import IGNORED, AnswerLoss


@contextmanager
def undisturbed(model: Any) -> Iterator[None]:
    """Within the block the model answers as it will: evaluation mode, the adapter merged for speed.

    Afterwards mode, weights and random states are exactly as before.
    """
    states = random.getstate(), numpy.random.get_state(), torch.get_rng_state()
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else None
    training = model.training
    model.eval()
    restore = merge_adapter(model)
    try:
        yield
    finally:
        restore()
        model.train(training)
        random.setstate(states[0])
        numpy.random.set_state(states[1])
        torch.set_rng_state(states[2])
        if cuda is not None:
            torch.cuda.set_rng_state_all(cuda)


@torch.no_grad()
def held_out_loss(module: AnswerLoss, dataset: Any, config: Config, pad_id: int) -> float | None:
    """Mean cross-entropy in nats over the learnt tokens of all rows; None where there are no rows."""
    rows = sorted(dataset, key=lambda row: len(row["input_ids"]))
    size = config.training.batch_size
    total, count = 0.0, 0
    for start in range(0, len(rows), size):
        batch = Collator(pad_id)(rows[start : start + size])
        batch = {name: tensor.to(module.model.device) for name, tensor in batch.items()}
        count += int((batch["labels"][:, 1:] != IGNORED).sum())
        for part in module.parts(batch, config.training.pass_tokens):
            total += float(module(**part, num_items_in_batch=1)["loss"])
    return total / count if count else None
