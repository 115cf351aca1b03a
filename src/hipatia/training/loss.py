"""The loss of a batch, computed where it must be and nowhere else.

    module = AnswerLoss(peft_model, share_prefix=True)
    loss = module(input_ids, labels)["loss"]

Two savings, neither of which changes the value: the beginning that all rows of a batch share (the tutor's
prompt) is run once and its keys and values are spread over the rows, gradients included; and the output
head is asked only where a token is learnt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from transformers.cache_utils import DynamicCache

IGNORED = -100
_WORTH_SHARING = 16  # tokens
WIDTH_STEP = 16  # few distinct widths: each new shape costs the CPU's kernels a set-up


class AnswerLoss(nn.Module):
    """A causal language model together with its mean cross-entropy over the learnt tokens."""

    accepts_loss_kwargs = True  # tells transformers' Trainer to count the learnt tokens of a whole step

    def __init__(self, model: Any, *, share_prefix: bool):
        super().__init__()
        self.model = model
        self.share_prefix = share_prefix

    def forward(
        self,
        input_ids: torch.Tensor,
        labels: torch.Tensor,
        attention_mask: torch.Tensor,
        num_items_in_batch: torch.Tensor | int | None = None,
    ) -> dict[str, torch.Tensor]:
        """``{"loss"}`` of rows padded on the right; all arguments are [rows, tokens].

        The sum over learnt tokens is divided by ``num_items_in_batch`` (learnt tokens of all batches of a
        step) or, without it, by their number here.
        """
        shared = self._shared_length(input_ids, labels) if self.share_prefix else 0
        keep = torch.zeros_like(labels, dtype=torch.bool)
        keep[:, :-1] = labels[:, 1:] != IGNORED  # position i foretells token i + 1
        targets = labels[:, 1:][keep[:, :-1]]
        with _head_only_at(self.model, keep[:, shared:]):
            logits = self._run(input_ids, attention_mask, shared)
        total = nn.functional.cross_entropy(logits[0].float(), targets, reduction="sum")
        return {"loss": total / (num_items_in_batch or targets.numel())}

    def parts(self, batch: dict[str, torch.Tensor], most_tokens: int) -> Iterator[dict[str, torch.Tensor]]:
        """The batch in parts of equally many rows, each of at most ``most_tokens`` tokens (or of one row).

        What the rows share is not counted. Parts are trimmed to their longest row, by steps of WIDTH_STEP.
        """
        rows, width = batch["input_ids"].shape
        shared = self._shared_length(batch["input_ids"], batch["labels"]) if self.share_prefix else 0
        count = min(rows, -(-rows * (width - shared) // most_tokens))
        for part in torch.arange(rows).tensor_split(count):
            longest = int(batch["attention_mask"][part].sum(1).max())
            yield {
                name: tensor[part, : -(-longest // WIDTH_STEP) * WIDTH_STEP] for name, tensor in batch.items()
            }

    def _run(self, ids: torch.Tensor, mask: torch.Tensor, shared: int) -> torch.Tensor:
        if not shared:
            return self.model(input_ids=ids, attention_mask=mask, use_cache=False).logits
        cache = DynamicCache(config=self.model.config)
        whole = self.model.get_base_model() if hasattr(self.model, "get_base_model") else self.model
        decoder = getattr(whole, whole.base_model_prefix)
        decoder(input_ids=ids[:1, :shared], past_key_values=cache, use_cache=True)
        layers: list[Any] = cache.layers
        for layer in layers:
            layer.keys = layer.keys.expand(len(ids), -1, -1, -1)
            layer.values = layer.values.expand(len(ids), -1, -1, -1)
        rest = self.model(
            input_ids=ids[:, shared:], attention_mask=mask, past_key_values=cache, use_cache=True
        )
        return rest.logits

    def _shared_length(self, ids: torch.Tensor, labels: torch.Tensor) -> int:
        """Tokens that all rows begin with, none of them learnt and none foretelling a learnt one."""
        if len(ids) < 2:
            return 0
        differs = (ids != ids[:1]).any(0) | (labels != IGNORED).any(0)
        length = int(differs.int().argmax()) - 1 if bool(differs.any()) else 0
        return length if length >= _WORTH_SHARING else 0


@contextmanager
def _head_only_at(model: Any, keep: torch.Tensor) -> Iterator[None]:
    """Within the block the output head sees the positions ``keep`` [rows, tokens] alone, as one row."""

    def select(_: nn.Module, arguments: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        hidden = arguments[0]
        return (hidden[keep[:, -hidden.shape[1] :]].unsqueeze(0), *arguments[1:])

    handle = model.get_output_embeddings().register_forward_pre_hook(select)
    try:
        yield
    finally:
        handle.remove()
