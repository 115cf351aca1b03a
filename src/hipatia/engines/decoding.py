"""Batched decoding with a transformers model: the prompt's shared beginning is run once, keys and values
are written in place, and rows that are done leave the batch.

    course = Course()
    for row, token in decode(model, prompts, options, stop_ids, course): ...
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from transformers.cache_utils import Cache, DynamicCache, DynamicLayer

from ..config import GenerationConfig
from ..modeling import cache_argument
from .faults import explained, require_numbers

_ROOM = 64  # positions by which the key and value buffers grow
_COMPACT_BELOW = 0.8  # share of live rows under which the batch is made smaller


@dataclass(frozen=True, slots=True)
class Change:
    """The last ``dropped`` tokens of an answer are taken back, and those of ``put``, at least one, come."""

    dropped: int
    put: tuple[int, ...]


@dataclass(slots=True)
class Course:
    """What the caller decides while answers are written, between a row's token and the next one."""

    ended: set[int] = field(default_factory=set)
    changes: dict[int, Change] = field(default_factory=dict)


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
        self.cache, self._cache_argument = new_cache(model), cache_argument(model)
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
            use_cache=True,
            logits_to_keep=1,
            **{self._cache_argument: self.cache},
        )
        return output.logits[:, -1]

    def feed(self, tokens: torch.Tensor) -> None:
        """Append one token to every row and compute what follows it. ``tokens``: [rows]."""
        self.mask = torch.cat([self.mask, self.mask.new_ones((len(self.rows), 1))], dim=1)
        self.logits = self._run(tokens[:, None], self.mask, self.next_position)
        self.next_position = self.next_position + 1

    def take_back(self, place: int, count: int) -> None:
        """Have a row forget its last tokens: they stay in the cache, but are never looked at again."""
        if count:
            last = self.mask[place].nonzero()[-count:, 0]
            self.mask[place, last] = 0
            self.next_position[place] -= count

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
    # as argmax, which in bfloat16 takes torch seven times as long
    likeliest = logits.max(dim=-1).indices
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
    course: Course,
) -> Iterator[tuple[int, int]]:
    """Yield ``(row, token)`` as tokens are chosen, all rows in step; a stop token ends its row.

    A row also ends, without a stop token, at ``options.max_new_tokens``, and when the caller puts it into
    ``course.ended``. Tokens that come by ``course.changes`` are not yielded: the caller has them. Raises
    ModelError where the memory is full or the model computes no numbers.
    """
    with _contiguous_head(model), explained():
        yield from _decode(model, prompts, options, stop_ids, course)


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
    course: Course,
) -> Iterator[tuple[int, int]]:
    generator = None
    if options.temperature > 0:
        generator = torch.Generator(device=model.device).manual_seed(options.seed)
    batch = _Batch(model, prompts, pad_id=stop_ids[0] if stop_ids else 0)
    rows = _Rows(batch, set(stop_ids), options.max_new_tokens, course)
    while True:
        chosen = _pick(batch.logits, options, generator).tolist()
        for place, row in enumerate(batch.rows):
            if row in rows.forced:
                chosen[place] = rows.next_forced(row)
            elif row in rows.live:
                yield row, chosen[place]
                chosen[place] = rows.went_on(place, chosen[place])
        if not rows.live:
            return
        if len(rows.live) <= _COMPACT_BELOW * len(batch.rows):
            places = [place for place, row in enumerate(batch.rows) if row in rows.live]
            batch.keep(places)
            chosen = [chosen[place] for place in places]
        batch.feed(torch.tensor(chosen, device=batch.mask.device))


class _Rows:
    """Which rows are still being written, how long they are, and which tokens they are to take."""

    def __init__(self, batch: _Batch, stops: set[int], most: int, course: Course):
        self.live = set(batch.rows)
        self.forced: dict[int, deque[int]] = {}
        self._batch, self._stops, self._most, self._course = batch, stops, most, course
        self._written = dict.fromkeys(batch.rows, 0)

    def went_on(self, place: int, token: int) -> int:
        """Note a row's token, and what the caller made of it; the token to go on with."""
        row = self._batch.rows[place]
        change = self._course.changes.pop(row, None)
        self._written[row] += 1
        if change:
            self._written[row] += len(change.put) - change.dropped
            self._batch.take_back(place, max(0, change.dropped - 1))  # the last one is not in the cache yet
            self.forced[row] = deque(change.put if change.dropped else (token, *change.put))
            token = self.next_forced(row)
        elif token in self._stops or row in self._course.ended:
            self.live.discard(row)
        if self._written[row] >= self._most:
            self.live.discard(row)
        return token

    def next_forced(self, row: int) -> int:
        queue = self.forced[row]
        token = queue.popleft()
        if not queue:
            del self.forced[row]
        return token
