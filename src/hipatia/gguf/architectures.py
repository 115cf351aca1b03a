"""How each architecture's metadata and tensors become a transformers model.

``describe(file)`` gives the transformers configuration; ``sources(...)`` says which tensor of the file fills
which parameter, and how its rows are reordered. An architecture without an entry is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import ModelError
from .reader import GGUFFile


class Settings:
    """The metadata of one architecture, read by its short names: ``settings.integer("block_count")``."""

    def __init__(self, file: GGUFFile):
        self.file = file
        name = file.metadata.get("general.architecture")
        if not isinstance(name, str):
            raise ModelError.of("gguf.setting", path=file.path, key="general.architecture", value=name)
        self.architecture = name

    def value(self, name: str, kinds: type | tuple[type, ...], default: Any = None) -> Any:
        key = f"{self.architecture}.{name}"
        value = self.file.metadata.get(key, default)
        if isinstance(value, np.ndarray) and len(value) and (value == value[0]).all():
            value = value[0].item()  # one value for each layer, all alike
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise ModelError.of("gguf.setting", path=self.file.path, key=key, value=str(value)[:80])
        return value

    def integer(self, name: str, default: int | None = None) -> int:
        value = self.value(name, int, default)
        if not 0 < value < 1 << 31:
            key = f"{self.architecture}.{name}"
            raise ModelError.of("gguf.setting", path=self.file.path, key=key, value=value)
        return int(value)

    def number(self, name: str, default: float | None = None) -> float:
        return float(self.value(name, (int, float), default))

    @property
    def head_size(self) -> int:
        heads = self.integer("attention.head_count")
        return self.integer("attention.key_length", max(1, self.integer("embedding_length") // heads))


@dataclass(frozen=True)
class Architecture:
    """How one ``general.architecture`` becomes a transformers model.

    ``settings`` gives the keyword arguments of the configuration; ``row_order`` the rows of the file that
    make up a parameter, in order, or None where they are already in place.
    """

    model_type: str
    settings: Callable[[Settings], dict[str, Any]]
    row_order: Callable[[str, Any], np.ndarray | None] = lambda tensor, config: None


def _decoder_settings(read: Settings) -> dict[str, Any]:
    """What all the architectures with RMS norms, gated layers and rotary positions share."""
    heads = read.integer("attention.head_count")
    return {
        "hidden_size": read.integer("embedding_length"),
        "intermediate_size": read.integer("feed_forward_length"),
        "num_hidden_layers": read.integer("block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": read.integer("attention.head_count_kv", heads),
        "head_dim": read.head_size,
        "rms_norm_eps": read.number("attention.layer_norm_rms_epsilon"),
        "max_position_embeddings": read.integer("context_length"),
        "rope_parameters": {"rope_type": "default", "rope_theta": read.number("rope.freq_base", 10_000.0)},
    }


def _llama_settings(read: Settings) -> dict[str, Any]:
    names = read.file.tensors
    return _decoder_settings(read) | {
        "attention_bias": "blk.0.attn_q.bias" in names,
        "mlp_bias": "blk.0.ffn_gate.bias" in names,
    }


def _llama_rows(tensor: str, config: Any) -> np.ndarray | None:
    """llama.cpp keeps the two halves of each rotary pair side by side; transformers, half a head apart."""
    heads = {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}
    count = heads.get(tensor.split(".")[2] if tensor.startswith("blk.") else "")
    if count is None:
        return None
    return np.arange(count * config.head_dim).reshape(count, -1, 2).swapaxes(1, 2).reshape(-1)


ARCHITECTURES = {
    "llama": Architecture("llama", _llama_settings, _llama_rows),
}


def architecture_of(settings: Settings) -> Architecture:
    """The entry for the file's architecture; ModelError names one that is not known."""
    if settings.architecture not in ARCHITECTURES:
        raise ModelError.of(
            "gguf.architecture",
            path=settings.file.path,
            name=settings.architecture,
            known=", ".join(sorted(ARCHITECTURES)),
        )
    return ARCHITECTURES[settings.architecture]
