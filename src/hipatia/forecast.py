"""What a training takes before it is spent: the one home of the formulas for memory, and a run's time.

    memory = forecast_memory(Shape.of(model, rank), load, held=resident_bytes(), free=free_bytes(device), device="cpu")
    memory.needed, memory.fits, largest_pass(shape, load, memory)
    training_bytes(7e9, "bfloat16"), answering_bytes(7e9, weights=14e9)     # of a model that is not loaded

Counted is what the backward pass keeps of each layer, by reading a Llama layer with LoRA on every linear map
whose base weights are frozen. A token keeps, in elements of the weights' type: the inputs of the two blocks, the
queries (h each), the attention's output (h), keys and values (2k), four rows of the feed-forward block (4f), and
an adapter's inner row a map (r each); in single precision: the inputs of the two norms (2h). Attention that stores
its scores keeps one float32 and one rounded number a head and a pair of tokens. With gradient checkpointing a
layer keeps its input alone, and one layer at a time the rest. Each learnt token's logits exist as rounded and as
float32 numbers, with their log-softmax and both gradients: 2·b + 12 bytes a word; counted for all of a pass, though
a model with a plain output head has them for a few tokens at a time.

Of a model that is not loaded the number of parameters N is known, and the rest is what is usual: N ≈ 12·L·h²
(Kaplan et al., 2020, arXiv:2001.08361, table 1 without embeddings) with h ≈ 128·L, as models from 1 to 70 billion
have it; a feed-forward block of 8/3·h, one head of keys for four of queries, 150,000 words. Beside weights and
activations stands the runtime: 1 GiB on a card (CUDA's context, kernels, fragments); on a processor 2 GiB to
train, so that the embedded model comes to the 3.8 GB that it was measured to peak at, and 0.5 GiB to answer.
A weight takes 0.6 bytes as NF4 with double quantization (4.127 bits, Dettmers et al., 2023, arXiv:2305.14314,
section 3, and embeddings left in 16), 0.61 as GGUF Q4_K_M (4.9 bits, llama.cpp's table of quantizations).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Place = Literal["gpu", "cpu"]
BYTES = {"float32": 4.0, "bfloat16": 2.0, "float16": 2.0, "4bit": 0.6, "gguf": 0.61}
_GIB = 1024**3
_RUNTIME: dict[Place, tuple[int, int]] = {"gpu": (_GIB, _GIB), "cpu": (2 * _GIB, _GIB // 2)}  # train, answer
_KEPT_FREE = 0.1
_MAPS = 7  # linear maps in a layer
_WORTH_SHARING = 16
_USUAL_RANK, _USUAL_VOCABULARY, _USUAL_CONTEXT = 16, 150_000, 4096


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
    checkpointing: bool = False

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

    @classmethod
    def usual(cls, parameters: float, precision: str = "bfloat16") -> Shape:
        """The shape that models of so many parameters have, with an adapter on every linear map."""
        hidden = round((128 * parameters / 12) ** (1 / 3))
        layers, keys, feed_forward = max(1, round(hidden / 128)), hidden // 4, 8 * hidden // 3
        widths = 2 * 2 * hidden + 2 * (hidden + keys) + 3 * (hidden + feed_forward)
        adapter, size = _USUAL_RANK * layers * widths, 4 if precision == "float32" else 2
        return cls(
            layers=layers,
            hidden=hidden,
            keys=keys,
            feed_forward=feed_forward,
            heads=max(1, hidden // 64),
            vocabulary=_USUAL_VOCABULARY,
            rank=_USUAL_RANK,
            bytes=size,
            weight_bytes=int(parameters * BYTES[precision]),
            adapter_bytes=adapter * size,
            adapter_parameters=adapter,
            stores_scores=False,
        )


@dataclass(frozen=True, slots=True)
class Load:
    """The largest pass forward and backward: so many rows of so many tokens, of which ``learnt`` in all are learnt.

    The first ``shared`` tokens of each row are computed once. ``at_once`` such passes are made side by side.
    """

    rows: int
    tokens: int
    shared: int
    learnt: int
    at_once: int = 1

    @property
    def computed(self) -> int:
        return self.at_once * (self.rows * (self.tokens - self.shared) + self.shared)


_USUAL_LOAD = Load(rows=2, tokens=384, shared=0, learnt=400)  # a pass of training.pass_tokens


def heaviest(
    lengths: Sequence[int],
    learnt: Sequence[int],
    batch: int,
    most_tokens: int,
    shared: int = 0,
    at_once: int = 1,
) -> Load:
    """The pass that the longest rows make: rows of like length go together, in parts of ``most_tokens``."""
    rows = sorted(zip(lengths, learnt, strict=True), reverse=True)[:batch]
    width = -(-rows[0][0] // 16) * 16
    shared = shared if shared >= _WORTH_SHARING and len(rows) > 1 else 0
    needed = -(-len(rows) * (width - shared) // most_tokens)
    parts = min(len(rows), -(-needed // at_once) * at_once)
    count = -(-len(rows) // parts)
    most = sum(sorted((learnt for _, learnt in rows), reverse=True)[:count])
    return Load(count, width, shared, most, min(at_once, parts))


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
        return self.to_come <= room(self.free)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "needed": self.needed, "fits": self.fits}


def room(memory: float) -> int:
    """Bytes of so much memory that may be planned with: a tenth stays free."""
    return int((1 - _KEPT_FREE) * memory)


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
        logits=load.at_once * load.learnt * shape.vocabulary * (2 * shape.bytes + 12),
        other=max(0, held - kept),
        free=free,
    )


def _activations(shape: Shape, load: Load) -> int:
    rows = 4 * shape.hidden + 2 * shape.keys + 4 * shape.feed_forward + _MAPS * shape.rank
    scores = (4 + shape.bytes) * shape.heads * load.tokens if shape.stores_scores else 0
    token = shape.bytes * rows + 4 * 2 * shape.hidden + scores
    if shape.checkpointing:
        return load.computed * (shape.layers * shape.bytes * shape.hidden + token)
    return load.computed * shape.layers * token


def training_bytes(parameters: float, precision: str, place: Place = "gpu") -> int:
    """Bytes that LoRA training of a model of so many parameters takes, roughly."""
    shape = Shape.usual(parameters, precision)
    held = shape.weight_bytes + shape.adapter_bytes + _RUNTIME[place][0]
    return forecast_memory(shape, _USUAL_LOAD, held=held, free=0, device=place).needed


def answering_bytes(parameters: float, weights: float, place: Place = "gpu") -> int:
    """Bytes that answering takes, roughly, with ``weights`` bytes of weights: keys and values of 4,096 tokens too."""
    shape = Shape.usual(parameters)
    cache = 2 * shape.bytes * shape.layers * shape.keys * _USUAL_CONTEXT
    return int(weights) + cache + _RUNTIME[place][1]


# --- what would fit -------------------------------------------------------------------------------


def would_fit(shape: Shape, load: Load, memory: Memory) -> bool:
    """Whether another pass would fit as things stand."""
    held = memory.weights + memory.adapter + memory.other
    return forecast_memory(shape, load, held=held, free=memory.free, device=memory.device).fits


def largest_pass(shape: Shape, load: Load, memory: Memory) -> int:
    """Tokens of a pass of whole rows that would fit as things stand; 0 where not even one row does."""
    for rows in range(load.rows, 0, -1):
        if would_fit(shape, replace(load, rows=rows, learnt=-(-load.learnt * rows // load.rows)), memory):
            return rows * (load.tokens - load.shared)
    return 0


def longest_row(shape: Shape, memory: Memory) -> int:
    """Tokens of a row that would fit alone, all of it learnt, by steps of 16; 0 where none does."""
    lengths = range(4096, 0, -16)
    return next((n for n in lengths if would_fit(shape, Load(1, n, 0, n), memory)), 0)


# --- time -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Time:
    """A training of so many steps, by the speed of a few; all in seconds.

    ``evaluations``: those in its course; ``measuring``: the base before and the tuned model after.
    """

    steps: int
    seconds_per_step: float
    evaluations: float
    measuring: float
    limit_seconds: float | None

    @property
    def training(self) -> float:
        """Of the steps and the evaluations among them, which end at the limit."""
        whole = self.steps * self.seconds_per_step + self.evaluations
        return whole if self.limit_seconds is None else min(whole, self.limit_seconds)

    @property
    def seconds(self) -> float:
        """Of it all."""
        return self.training + self.measuring

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "training": self.training, "seconds": self.seconds}
