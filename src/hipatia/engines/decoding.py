"""Batched decoding with a transformers model: the prompt's shared beginning is run once, keys and values
are written in place, and rows that are done leave the batch.

    for row, token in decode(model, prompts, options, stop_ids): ...
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from transformers.cache_utils import Cache, DynamicCache, DynamicLayer

from ..config import GenerationConfig
from .faults import explained, require_numbers

_ROOM = 64  # positions by which the key and value buffers grow
_COMPACT_BELOW = 0.8  # share of live rows under which the batch is made smaller


class GrowingLayer(DynamicLayer):
    """Keys and values of a layer, ``[rows, heads, positions, head size]``, in buffers with room to grow.

    transformers' own layer copies everything at every token.
    """

    def lazy_initialization(self, key_states: torch.Tensor, value_states: torch.Tensor) -> None:
        super().lazy_initialization(key_states, value_states)
        self.buffers = [states[:, :, :0] for states in (key_states, value_states)]
        self.length = 0

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        end = self.length + key_states.shape[2]
        for place, states in enumerate((key_states, value_states)):
            if end > self.buffers[place].shape[2] or len(states) != len(self.buffers[place]):
                self.buffers[place] = self._grown(self.buffers[place], states, end + _ROOM)
            self.buffers[place][:, :, self.length : end] = states
        self.length = end
        self.keys, self.values = (buffer[:, :, :end] for buffer in self.buffers)
        return self.keys, self.values

    def _grown(self, buffer: torch.Tensor, states: torch.Tensor, size: int) -> torch.Tensor:
        """A larger buffer with the old content; a single row (the shared prefix) is spread over all rows."""
        larger = states.new_empty((states.shape[0], states.shape[1], size, states.shape[3]))
        larger[:, :, : self.length] = buffer[:, :, : self.length]
        return larger

    def keep_rows(self, rows: torch.Tensor) -> None:
        """Keep only these rows of the batch."""
        self.buffers = [buffer.index_select(0, rows) for buffer in self.buffers]
        self.keys, self.values = (buffer[:, :, : self.length] for buffer in self.buffers)


def new_cache(model: Any) -> Cache:
    """A cache with growing buffers where every layer is an ordinary one, else transformers' own."""
    usual = DynamicCache(config=model.config)
    if all(type(layer) is DynamicLayer for layer in usual.layers) and usual.layers:
        return Cache(layers=[GrowingLayer() for _ in usual.layers])
    return usual


def shared_prefix_length(rows: Sequence[Sequence[int]]) -> int:
    """Tokens that all rows begin with, at least one fewer than the shortest row has."""
    longest = min(len(row) for row in rows) - 1
    first = rows[0]
    same = itertools.takewhile(lambda i: all(row[i] == first[i] for row in rows), range(longest))
    return sum(1 for _ in same)


class _Batch:
    """Rows that are decoded together: cache, attention mask, positions."""

    def __init__(self, model: Any, prompts: Sequence[Sequence[int]], pad_id: int):
        self.model = model
        self.cache = new_cache(model)
        self.rows = list(range(len(prompts)))
        device = model.device
        shared = shared_prefix_length(prompts) if len(prompts) > 1 and self._can_spread() else 0
        rest = [list(prompt[shared:]) for prompt in prompts]
        width = max(map(len, rest))
        ids = torch.tensor([[pad_id] * (width - len(row)) + row for row in rest], device=device)
        real = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rest], device=device)
        self.mask = torch.cat([real.new_ones((len(rest), shared)), real], dim=1)
        if shared:
            self._run(torch.tensor([prompts[0][:shared]], device=device), None, None)
        positions = (self.mask.cumsum(1) - 1).clamp(min=0)[:, shared:]
        self.next_position = positions[:, -1:] + 1
        self.logits = self._run(ids, self.mask, positions)

    def _can_spread(self) -> bool:
        return all(isinstance(layer, GrowingLayer) for layer in self.cache.layers)

    def _run(
        self, ids: torch.Tensor, mask: torch.Tensor | None, positions: torch.Tensor | None
    ) -> torch.Tensor:
        output = self.model(
            input_ids=ids,
            attention_mask=mask,
            position_ids=positions,
            past_key_values=self.cache,
            use_cache=True,
            logits_to_keep=1,
        )
        return output.logits[:, -1]

    def feed(self, tokens: torch.Tensor) -> None:
        """Append one token to every row and compute what follows it. ``tokens``: [rows]."""
        self.mask = torch.cat([self.mask, self.mask.new_ones((len(self.rows), 1))], dim=1)
        self.logits = self._run(tokens[:, None], self.mask, self.next_position)
        self.next_position = self.next_position + 1

    def keep(self, places: list[int]) -> None:
        """Drop all rows but these places of the present batch."""
        index = torch.tensor(places, device=self.mask.device)
        self.rows = [self.rows[place] for place in places]
        self.mask, self.logits = self.mask[index], self.logits[index]
        self.next_position = self.next_position[index]
        layers: list[Any] = self.cache.layers
        for layer in layers:
            if isinstance(layer, GrowingLayer):
                layer.keep_rows(index)
            else:
                layer.batch_select_indices(index)


def _pick(logits: torch.Tensor, options: GenerationConfig, generator: torch.Generator | None) -> torch.Tensor:
    """The next token of every row: the likeliest, or a draw from the nucleus (Holtzman et al., 2020)."""
    likeliest = logits.argmax(dim=-1)
    require_numbers(logits.gather(1, likeliest[:, None]))
    if options.temperature == 0 or generator is None:
        return likeliest
    probabilities = torch.softmax(logits.float() / options.temperature, dim=-1)
    ordered, order = probabilities.sort(dim=-1, descending=True)
    ordered[ordered.cumsum(-1) - ordered > options.top_p] = 0
    drawn = torch.multinomial(ordered, 1, generator=generator)
    return order.gather(1, drawn)[:, 0]


@torch.inference_mode()
def decode(
    model: Any,
    prompts: Sequence[Sequence[int]],
    options: GenerationConfig,
    stop_ids: Sequence[int],
    ended: Collection[int] = (),
) -> Iterator[tuple[int, int]]:
    """Yield ``(row, token)`` as tokens are chosen, all rows in step; a stop token ends its row.

    A row also ends, without a stop token, after ``options.max_new_tokens``, and when the caller puts it into
    ``ended``. Raises ModelError where the memory is full or the model computes no numbers.
    """
    with _contiguous_head(model), explained():
        yield from _decode(model, prompts, options, stop_ids, ended)


@contextmanager
def _contiguous_head(model: Any) -> Iterator[None]:
    """Within the block the output head gets contiguous input.

    For the last position of each row, cut out of a longer tensor, torch would copy the frozen weight matrix
    once a row (gigabytes) rather than fold the rows into one product.
    """
    head = model.get_output_embeddings()
    handle = head.register_forward_pre_hook(lambda _, inputs: (inputs[0].contiguous(), *inputs[1:]))
    try:
        yield
    finally:
        handle.remove()


def _decode(
    model: Any,
    prompts: Sequence[Sequence[int]],
    options: GenerationConfig,
    stop_ids: Sequence[int],
    ended: Collection[int],
) -> Iterator[tuple[int, int]]:
    generator = None
    if options.temperature > 0:
        generator = torch.Generator(device=model.device).manual_seed(options.seed)
    batch = _Batch(model, prompts, pad_id=stop_ids[0] if stop_ids else 0)
    stops, live = set(stop_ids), set(batch.rows)
    for step in range(options.max_new_tokens):
        tokens = _pick(batch.logits, options, generator)
        for row, token in zip(batch.rows, tokens.tolist(), strict=True):
            if row in live:
                yield row, token
                if token in stops or row in ended:
                    live.discard(row)
        if not live or step + 1 == options.max_new_tokens:
            return
        if len(live) <= _COMPACT_BELOW * len(batch.rows):
            places = [place for place, row in enumerate(batch.rows) if row in live]
            batch.keep(places)
            tokens = tokens[torch.tensor(places, device=tokens.device)]
        batch.feed(tokens)
