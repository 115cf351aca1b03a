"""Which sizes of model this machine trains and runs, from the memory that is free now: ``capacity(facts)``.

An estimate to choose by, before a model is known; what is known of a model counts for more. Let N be the
parameters, h the width, L the layers. In a transformer N ≈ 12·L·h² (Kaplan et al., 2020, arXiv:2001.08361,
table 1 without embeddings), and models from 1 to 70 billion have h ≈ 128·L; so h = (128·N/12)^(1/3) and
L·h = h²/128. In bytes:

* weights: 2·N in 16 bits, 4·N in 32; 0.6·N as NF4 with double quantization (4.127 bits a weight, Dettmers et
  al., 2023, arXiv:2305.14314, section 3, and embeddings left in 16); 0.61·N as GGUF Q4_K_M (4.9 bits a weight,
  llama.cpp's table of quantizations);
* adapter of rank 16 on every linear layer: about 1 % of N, and 16 bytes for each (bfloat16 weight and gradient,
  float32 copy and two moments of AdamW, rounded up);
* activations kept for the backward pass: 34·L·h a token (Korthikanti et al., 2022, arXiv:2205.05198, equation 1,
  without the attention matrix, which fused kernels do not store) for the 768 tokens of ``training.pass_tokens``;
* logits and their gradient: 10 bytes for each of 768 tokens and a vocabulary of 150,000;
* keys and values while it answers: L·h bytes a token (16 bits, keys and values, one head of them for four of
  queries), for 4,096 tokens;
* the runtime: 1 GiB on a card (CUDA's context, kernels, fragments); on a processor 2 GiB to train, so that the
  embedded model comes to the 3.8 GB that it was measured to peak at, and 0.5 GiB to answer.

A tenth of the memory stays free.
"""

from __future__ import annotations

from dataclasses import dataclass

from .advice import uses_gpu
from .builds import is_arc
from .facts import Facts, Gpu

# Sizes that open models come in, in billions of parameters.
SIZES = (0.135, 0.36, 0.5, 1.0, 1.5, 3.0, 4.0, 7.0, 8.0, 14.0, 32.0, 70.0)
BYTES = {"bfloat16": 2.0, "float32": 4.0, "4bit": 0.6, "gguf": 0.61}
_GIB = 1024**3
_KEPT_FREE = 0.9
_PASS_TOKENS, _VOCABULARY, _CONTEXT = 768, 150_000, 4096
_ADAPTER = 0.01 * 16
_RUNTIME = {"gpu": (1.0 * _GIB, 1.0 * _GIB), "cpu": (2.0 * _GIB, 0.5 * _GIB)}  # training, answering
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


def training_bytes(billions: float, precision: str, place: str = "gpu") -> float:
    """Bytes that LoRA training of a model of this size takes; see the formula above."""
    parameters = billions * 1e9
    activations = 34 * _depth_times_width(parameters) * _PASS_TOKENS
    logits = 10 * _PASS_TOKENS * _VOCABULARY
    return parameters * (BYTES[precision] + _ADAPTER) + activations + logits + _RUNTIME[place][0]


def running_bytes(billions: float, precision: str, place: str = "gpu") -> float:
    """Bytes that answering with a model of this size takes."""
    parameters = billions * 1e9
    return parameters * BYTES[precision] + _depth_times_width(parameters) * _CONTEXT + _RUNTIME[place][1]


def _depth_times_width(parameters: float) -> float:
    return float((128 * parameters / 12) ** (2 / 3) / 128)


def _of(
    device: str, memory: int, place: str, *, now: bool, precision: str = "bfloat16", four_bits: bool = False
) -> Capacity:
    room = memory * _KEPT_FREE

    def largest(needed: dict[float, float]) -> float | None:
        return max((size for size, bytes_ in needed.items() if bytes_ <= room), default=None)

    return Capacity(
        device,
        memory,
        now,
        largest({size: training_bytes(size, precision, place) for size in SIZES}),
        largest({size: training_bytes(size, "4bit", place) for size in SIZES}) if four_bits else None,
        largest({size: running_bytes(size, precision, place) for size in SIZES}),
        largest({size: running_bytes(size, "gguf", place) for size in SIZES}),
    )


def _best_card(facts: Facts) -> Gpu | None:
    """The card that training would take: it fits on one, so the freest counts."""
    cards = [gpu for gpu in facts.gpus if gpu.memory and (gpu.vendor != "intel" or is_arc(gpu))]
    return max(cards, key=lambda gpu: gpu.free, default=None)


def _card_memory(card: Gpu, facts: Facts) -> int:
    if card.vendor == "apple":
        return int(min(_UNIFIED * facts.memory_total, facts.memory_available))
    return card.free
