"""Memory and time of a training before they are spent.

    memory = forecast_memory(Shape.of(model), load, held=resident_bytes(), free=free_bytes(device), device="cpu")
    memory.needed, memory.fits, largest_pass(shape, load, memory)

Counted is what the backward pass keeps of each layer, by reading a Llama layer with LoRA on every linear map
whose base weights are frozen. A token keeps, in elements of the weights' type: the inputs of the two blocks, the
queries (h each), the attention's output (h), keys and values (2k), four rows of the feed-forward block (4f), and
an adapter's inner row a map (r each); in single precision: the inputs of the two norms (2h). Attention that stores
its scores keeps one float32 and one rounded number a head and a pair of tokens. Each learnt token's logits exist
as rounded and as float32 numbers, with their log-softmax and both gradients: 2·b + 12 bytes a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

_MAPS = 7  # linear maps in a layer
_WORTH_SHARING = 16


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a model takes memory. ``bytes``: of a weight; ``weight_bytes`` and ``adapter_bytes``: all of them."""

    layers: int
    hidden: int
    keys: int
    feed_forward: int
    heads: int
    vocabulary: int
    rank: int
    bytes: int
    weight_bytes: int
    adapter_bytes: int
    adapter_parameters: int
    stores_scores: bool

    @classmethod
    def of(cls, model: Any, rank: int, *, stores_scores: bool) -> Shape:
        """The shape of a loaded model with its adapter."""
        config = model.config.get_text_config()
        heads = getattr(config, "num_attention_heads", None) or 1  # models without attention
        own = [p for p in model.parameters() if p.requires_grad]
        base = [p for p in model.parameters() if not p.requires_grad]
        groups = getattr(config, "num_key_value_heads", None) or heads
        return cls(
            layers=config.num_hidden_layers,
            hidden=config.hidden_size,
            keys=config.hidden_size * groups // heads,
            feed_forward=getattr(config, "intermediate_size", None) or 4 * config.hidden_size,
            heads=heads,
            vocabulary=config.vocab_size,
            rank=rank,
            bytes=own[0].element_size(),
            weight_bytes=sum(p.numel() * p.element_size() for p in base),
            adapter_bytes=sum(p.numel() * p.element_size() for p in own),
            adapter_parameters=sum(p.numel() for p in own),
            stores_scores=stores_scores,
        )


@dataclass(frozen=True, slots=True)
class Load:
    """The largest pass forward and backward: so many rows of so many tokens, of which ``learnt`` in all are learnt.

    The first ``shared`` tokens of each row are computed once.
    """

    rows: int
    tokens: int
    shared: int
    learnt: int

    @property
    def computed(self) -> int:
        return self.rows * (self.tokens - self.shared) + self.shared


def heaviest(
    lengths: Sequence[int], learnt: Sequence[int], batch: int, most_tokens: int, shared: int = 0
) -> Load:
    """The pass that the longest rows make: rows of like length go together, in parts of ``most_tokens``."""
    rows = sorted(zip(lengths, learnt, strict=True), reverse=True)[:batch]
    width = -(-rows[0][0] // 16) * 16
    shared = shared if shared >= _WORTH_SHARING and len(rows) > 1 else 0
    parts = min(len(rows), -(-len(rows) * (width - shared) // most_tokens))
    count = -(-len(rows) // parts)
    most = sum(sorted((learnt for _, learnt in rows), reverse=True)[:count])
    return Load(count, width, shared, most)


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes by what takes them. ``other``: the program and its libraries. ``free``: what can be had still."""

    device: str
    weights: int
    adapter: int
    gradients: int
    optimizer: int
    activations: int
    logits: int
    other: int
    free: int

    @property
    def to_come(self) -> int:
        """What training takes beside what is held already."""
        return self.gradients + self.optimizer + self.activations + self.logits

    @property
    def needed(self) -> int:
        return self.weights + self.adapter + self.other + self.to_come

    @property
    def fits(self) -> bool:
        return self.to_come <= self.free

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "needed": self.needed, "fits": self.fits}


def forecast_memory(shape: Shape, load: Load, *, held: int, free: int, device: str) -> Memory:
    """What a training takes, of which ``held`` bytes are taken already, the weights among them."""
    kept = shape.weight_bytes + shape.adapter_bytes
    return Memory(
        device=device,
        weights=shape.weight_bytes,
        adapter=shape.adapter_bytes,
        gradients=shape.adapter_bytes + 4 * shape.adapter_parameters,  # in single precision for the step
        optimizer=12 * shape.adapter_parameters,  # a float32 copy and AdamW's two moments
        activations=_activations(shape, load),
        logits=load.learnt * shape.vocabulary * (2 * shape.bytes + 12),
        other=max(0, held - kept),
        free=free,
    )


def _activations(shape: Shape, load: Load) -> int:
    rows = 4 * shape.hidden + 2 * shape.keys + 4 * shape.feed_forward + _MAPS * shape.rank
    token = shape.bytes * rows + 4 * 2 * shape.hidden
    scores = (4 + shape.bytes) * shape.heads * load.tokens if shape.stores_scores else 0
    return shape.layers * load.computed * (token + scores)


@dataclass(frozen=True, slots=True)
class Time:
    """A training of so many steps, by the speed of a few."""

    steps: int
    seconds_per_step: float
    limit_seconds: float | None

    @property
    def seconds(self) -> float:
        """Of training, measuring not included."""
        whole = self.steps * self.seconds_per_step
        return whole if self.limit_seconds is None else min(whole, self.limit_seconds)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "seconds": self.seconds}


def largest_pass(shape: Shape, load: Load, memory: Memory) -> int:
    """Tokens of a pass of whole rows that would fit as things stand; 0 where not even one row does."""
    for rows in range(load.rows, 0, -1):
        smaller = Load(rows, load.tokens, load.shared, -(-load.learnt * rows // load.rows))
        held = memory.weights + memory.adapter + memory.other
        if forecast_memory(shape, smaller, held=held, free=memory.free, device=memory.device).fits:
            return rows * (load.tokens - load.shared)
    return 0


def longest_row(shape: Shape, memory: Memory) -> int:
    """Tokens of a row that would fit alone, all of it learnt, by steps of 16; 0 where none does."""
    held = memory.weights + memory.adapter + memory.other
    for tokens in range(4096, 0, -16):
        alone = Load(1, tokens, 0, tokens)
        if forecast_memory(shape, alone, held=held, free=memory.free, device=memory.device).fits:
            return tokens
    return 0
