"""Which sizes of model this machine trains and runs, from the memory that is free now: ``capacity(facts)``.

An estimate to choose by, before a model is known (``forecast`` has the formulas); what is known of a model
counts for more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..forecast import BYTES, Place, answering_bytes, room, training_bytes
from .advice import uses_gpu
from .builds import is_arc
from .facts import Facts, Gpu

# Sizes that open models come in, in billions of parameters.
SIZES = (0.135, 0.36, 0.5, 1.0, 1.5, 3.0, 4.0, 7.0, 8.0, 14.0, 32.0, 70.0)
_UNIFIED = 2 / 3  # of a Mac's memory is what its GPU may take, by Metal's recommended working set


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one device can do: the largest of SIZES, None where none fits or the way does not exist.

    ``device``: the card's name, ``cpu`` for the processor. ``memory``: bytes that are free. ``now``: whether
    it is used as things stand.
    """

    device: str
    memory: int
    now: bool
    train: float | None
    train_4bit: float | None
    run: float | None
    run_gguf: float | None


def capacity(facts: Facts, idle: bool = False) -> list[Capacity]:
    """What the best card and the processor can do; ``idle``: a problem keeps the card from being used."""
    found = []
    card = _best_card(facts)
    if card is not None:
        memory = _card_memory(card, facts)
        found.append(
            _of(card.name, memory, "gpu", now=uses_gpu(facts) and not idle, four_bits=card.vendor != "apple")
        )
    precision = "bfloat16" if facts.bf16 else "float32"
    found.append(
        _of("cpu", facts.memory_available, "cpu", now=not found or not found[0].now, precision=precision)
    )
    return found


def _of(
    device: str, memory: int, place: Place, *, now: bool, precision: str = "bfloat16", four_bits: bool = False
) -> Capacity:
    def trained(kind: str) -> float | None:
        return _largest(memory, lambda parameters: training_bytes(parameters, kind, place))

    def answering(kind: str) -> float | None:
        return _largest(memory, lambda n: answering_bytes(n, n * BYTES[kind], place))

    four = trained("4bit") if four_bits else None
    return Capacity(device, memory, now, trained(precision), four, answering(precision), answering("gguf"))


def _largest(memory: int, needed: Callable[[float], int]) -> float | None:
    """The largest of SIZES that needs no more than there is room for."""
    return max((size for size in SIZES if needed(size * 1e9) <= room(memory)), default=None)


def _best_card(facts: Facts) -> Gpu | None:
    """The card that training would take: it fits on one, so the freest counts."""
    cards = [gpu for gpu in facts.gpus if gpu.memory and (gpu.vendor != "intel" or is_arc(gpu))]
    return max(cards, key=lambda gpu: gpu.free, default=None)


def _card_memory(card: Gpu, facts: Facts) -> int:
    if card.vendor == "apple":
        return int(min(_UNIFIED * facts.memory_total, facts.memory_available))
    return card.free
