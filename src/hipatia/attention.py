"""Attention for CPUs: query heads that share a key head are one matrix product.

    model.set_attn_implementation(register_grouped_attention())

torch's own attention on a CPU repeats keys and values for each query head and has a slow backward pass. On
batches of short rows (16 rows, 76 queries, 144 keys, bfloat16, 2 cores) forward and backward of this one take
a third of SDPA's time or less (``benchmarks/attention.py``).
"""

from __future__ import annotations

from typing import Any

import torch

NAME = "hipatia_grouped"


def register_grouped_attention() -> str:
    """Make the implementation known to transformers; its name for ``set_attn_implementation``."""
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import eager_mask

    AttentionInterface.register(NAME, grouped_attention)
    AttentionMaskInterface.register(NAME, eager_mask)
    return NAME


def grouped_attention(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    dropout: float = 0.0,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Softmax attention. query: [rows, heads, queries, size]; key, value: [rows, key heads, keys, size].

    ``attention_mask`` is added to the scores, [rows, 1, queries, keys]. Returns [rows, queries, heads, size].
    """
    rows, heads, queries, size = query.shape
    key_heads, keys = key.shape[1], key.shape[2]
    groups = heads // key_heads
    scale = size**-0.5 if scaling is None else scaling
    folded = (query * scale).reshape(rows, key_heads, groups * queries, size)
    # While decoding, keys lie in a buffer with room to grow, whose transpose torch would copy.
    scores = (key @ folded.mT).mT if queries == 1 else folded @ key.mT
    scores = scores.reshape(rows, key_heads, groups, queries, keys)
    if attention_mask is not None:
        scores = scores + attention_mask[:, :, None, :, :keys]
    weights = torch.softmax(scores, dim=-1).view(rows, key_heads, groups * queries, keys)
    if dropout:
        weights = torch.nn.functional.dropout(weights, dropout, training=module.training)
    return (weights @ value).view(rows, heads, queries, -1).transpose(1, 2).contiguous(), None
