"""Attention of a training batch on a CPU: grouped heads as one product, against torch's SDPA and plain eager.

    python benchmarks/attention.py [--rows 16] [--queries 76] [--keys 144]

Forward and backward in bfloat16, the three in turn; prints the median of each and its ratio to SDPA's.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import torch

from hipatia.attention import grouped_attention

HEADS, KEY_HEADS, SIZE = 9, 3, 64  # the embedded model's
ROUNDS = 15
Attention = Callable[[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


def repeated(states: torch.Tensor) -> torch.Tensor:
    """Keys or values once for each query head."""
    return states.repeat_interleave(HEADS // KEY_HEADS, dim=1)


def sdpa(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """torch's own."""
    out = torch.nn.functional.scaled_dot_product_attention(q, repeated(k), repeated(v), attn_mask=mask)
    return out.transpose(1, 2).contiguous()


def eager(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """As transformers' eager attention."""
    scores = q @ repeated(k).transpose(2, 3) * SIZE**-0.5 + mask
    weights = torch.softmax(scores, dim=-1, dtype=torch.float32).to(q.dtype)
    return (weights @ repeated(v)).transpose(1, 2).contiguous()


def grouped(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """This project's."""
    return grouped_attention(None, q, k, v, mask)[0]


def seconds(attention: Attention, inputs: tuple[torch.Tensor, ...]) -> float:
    """One forward and backward pass."""
    started = time.perf_counter()
    out = attention(*inputs)  # type: ignore[call-arg]
    out.backward(torch.ones_like(out))
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name, default in (("rows", 16), ("queries", 76), ("keys", 144)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    torch.manual_seed(0)

    def random(heads: int, length: int) -> torch.Tensor:
        return torch.randn(given.rows, heads, length, SIZE, dtype=torch.bfloat16, requires_grad=True)

    past = given.keys - given.queries
    seen = torch.arange(given.keys)[None] <= torch.arange(given.queries)[:, None] + past
    mask = torch.where(seen, 0.0, torch.finfo(torch.bfloat16).min).to(torch.bfloat16)
    mask = mask.expand(given.rows, 1, -1, -1)
    inputs = (
        random(HEADS, given.queries),
        random(KEY_HEADS, given.keys),
        random(KEY_HEADS, given.keys),
        mask,
    )
    ways: dict[str, Attention] = {"sdpa": sdpa, "eager": eager, "grouped": grouped}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS + 2):
        for name, attention in ways.items():
            times[name].append(seconds(attention, inputs))
    medians = {name: statistics.median(values[2:]) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:8} {1000 * median:7.1f} ms   {medians['sdpa'] / median:5.2f} x sdpa's speed")


if __name__ == "__main__":
    main()
