"""The loss of a batch, computed where it must be and nowhere else.

    module = AnswerLoss(peft_model, share_prefix=True)
    loss = module(input_ids, labels)["loss"]

Savings, none of which changes the value: the beginning that all rows of a batch share (the tutor's
prompt) is run once and its keys and values are spread over the rows, gradients included; and the output
head is asked only where a token is learnt, for a few tokens at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from transformers.cache_utils import DynamicCache

from ..modeling import cache_argument

IGNORED = -100
_WORTH_SHARING = 16  # tokens
_HEAD_TOKENS = 64  # positions whose logits exist at once
WIDTH_STEP = 16  # few distinct widths: each new shape costs the CPU's kernels a set-up


class AnswerLoss(nn.Module):
    """A causal language model together with its mean cross-entropy over the learnt tokens."""

    def __init__(self, model: Any, *, share_prefix: bool):
        super().__init__()
        self.model = model
        self.share_prefix = share_prefix
        self.plain_head = has_plain_head(model)

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
        shared = self.shared_length(input_ids, labels)
        keep = torch.zeros_like(labels, dtype=torch.bool)
        keep[:, :-1] = labels[:, 1:] != IGNORED  # position i foretells token i + 1
        targets = labels[:, 1:][keep[:, :-1]]
        inputs = self._inputs(input_ids, attention_mask, shared)
        if self.plain_head:
            hidden = decoder_of(self.model)(**inputs).last_hidden_state[keep[:, shared:]]
            head = self.model.get_output_embeddings()
            total = AnswerCrossEntropy.apply(hidden, head.weight, head.bias, targets)
        else:
            with _head_only_at(self.model, keep[:, shared:]):
                logits = self.model(**inputs).logits[0]
            total = nn.functional.cross_entropy(logits.float(), targets, reduction="sum")
        return {"loss": total / (num_items_in_batch or targets.numel())}

    def parts(
        self, batch: dict[str, torch.Tensor], most_tokens: int, at_once: int = 1
    ) -> Iterator[dict[str, torch.Tensor]]:
        """The batch in parts of equally many rows, each of at most ``most_tokens`` tokens (or of one row).

        Where ``at_once`` parts are computed side by side there are that many, or a multiple.

        What the rows share is not counted. Parts are trimmed to their longest row, by steps of WIDTH_STEP.
        """
        rows, width = batch["input_ids"].shape
        needed = -(-rows * (width - self.shared_length(batch["input_ids"], batch["labels"])) // most_tokens)
        count = min(rows, -(-needed // at_once) * at_once)
        for part in torch.arange(rows).tensor_split(count):
            longest = int(batch["attention_mask"][part].sum(1).max())
            yield {
                name: tensor[part, : -(-longest // WIDTH_STEP) * WIDTH_STEP] for name, tensor in batch.items()
            }

    def _inputs(self, ids: torch.Tensor, mask: torch.Tensor, shared: int) -> dict[str, Any]:
        """What the model gets: the rows after their shared beginning, with its keys and values."""
        if not shared:
            return {"input_ids": ids, "attention_mask": mask, "use_cache": False}
        cache = DynamicCache(config=self.model.config)
        taken = {cache_argument(self.model): cache, "use_cache": True}
        decoder_of(self.model)(input_ids=ids[:1, :shared], **taken)
        layers: list[Any] = cache.layers
        for layer in layers:
            layer.keys = layer.keys.expand(len(ids), -1, -1, -1)
            layer.values = layer.values.expand(len(ids), -1, -1, -1)
        rest = ids[:, shared:]
        return {"input_ids": rest, "attention_mask": mask, **taken}

    def shared_length(self, ids: torch.Tensor, labels: torch.Tensor) -> int:
        """Tokens that all rows begin with, none of them learnt and none foretelling a learnt one; 0 if too few."""
        if len(ids) < 2 or not self.share_prefix:
            return 0
        differs = (ids != ids[:1]).any(0) | (labels != IGNORED).any(0)
        length = int(differs.int().argmax()) - 1 if bool(differs.any()) else 0
        return length if length >= _WORTH_SHARING else 0


class AnswerCrossEntropy(torch.autograd.Function):
    """Cross-entropy, summed, of a frozen output head; its gradient is computed along with its value.

    hidden: [tokens, size], weight: [vocabulary, size], bias: [vocabulary] or None, targets: [tokens]. The logits,
    by far the largest tensor of a small model's training, exist for a few tokens at a time.
    """

    @staticmethod
    def forward(
        ctx: Any, hidden: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None, targets: torch.Tensor
    ) -> torch.Tensor:
        wanted = ctx.needs_input_grad[0]
        grad = torch.empty_like(hidden) if wanted else hidden
        total = torch.zeros((), device=hidden.device)
        pieces = (tensor.split(_HEAD_TOKENS) for tensor in (hidden, targets[:, None], grad))
        for part, target, out in zip(*pieces, strict=True):
            chances = torch.log_softmax(nn.functional.linear(part, weight, bias).float(), dim=-1)
            own = chances.gather(1, target)
            total -= own.sum()
            if wanted:  # softmax less one at the target
                chances = chances.exp_().scatter_add_(1, target, torch.full_like(own, -1.0))
                torch.mm(chances.to(part.dtype), weight, out=out)
        ctx.save_for_backward(grad)
        return total

    @staticmethod
    def backward(ctx: Any, grad: torch.Tensor) -> Any:
        return ctx.saved_tensors[0] * grad, None, None, None


def decoder_of(model: Any) -> Any:
    """The model without its output head, adapter layers included."""
    whole = model.get_base_model() if hasattr(model, "get_base_model") else model
    return getattr(whole, whole.base_model_prefix)


@torch.no_grad()
def has_plain_head(model: Any) -> bool:
    """Whether the logits are a frozen linear layer of the last hidden states, and nothing more.

    Some models scale or bend them afterwards; two tokens show it, whatever the model.
    """
    head = model.get_output_embeddings()
    if type(head) is not nn.Linear or head.weight.requires_grad:
        return False
    ids = torch.tensor([[0, 1]], device=head.weight.device)
    training = model.training
    model.eval()
    logits = model(input_ids=ids, use_cache=False).logits
    hidden = decoder_of(model)(input_ids=ids, use_cache=False).last_hidden_state
    model.train(training)
    return torch.equal(head(hidden), logits)


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
