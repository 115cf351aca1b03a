"""A transformers configuration as a GGUF's metadata: ``describe(config) -> Description``.

The names are those by which ``architectures`` reads. ``check`` has that reader make a configuration of what was
written and compares it with the one it comes from, setting by setting: what a GGUF cannot say is refused by
name, instead of giving a model that computes otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ModelError
from .architectures import ARCHITECTURES, Settings
from .loading import configuration
from .reader import GGUFFile, TensorInfo
from .tokenizer import Vocabulary
from .writer import Value

if TYPE_CHECKING:
    import torch

# transformers' names of architectures, where they are not the file's.
_ARCHITECTURE_OF = {entry.model_type: name for name, entry in ARCHITECTURES.items()} | {"mistral": "llama"}
# Settings that say nothing about what the finished model computes, or nothing that tensors do not say better.
_WITHOUT_EFFECT = {
    "transformers_version", "dtype", "architectures", "_name_or_path", "model_type", "id2label", "label2id",
    "bos_token_id", "eos_token_id", "pad_token_id", "use_cache", "initializer_range", "pretraining_tp",
    "attention_dropout", "hidden_dropout", "residual_dropout", "embedding_dropout", "resid_pdrop", "embd_pdrop",
    "attn_pdrop", "max_position_embeddings", "n_positions", "max_window_layers", "vocab_size", "torch_dtype",
    "_sliding_window_pattern", "reorder_and_upcast_attn", "attribute_map", "_attn_implementation_autoset",
    "summary_type", "summary_use_proj", "summary_activation", "summary_first_dropout", "summary_proj_to_labels",
    "task_specific_params", "auto_map", "quantization_config", "problem_type", "attn_implementation",
}  # fmt: skip
# Beyond its window llama.cpp would look further back than the model: there the context ends.
_WITHOUT_WINDOW = ("llama", "phi3", "starcoder2")


@dataclass(frozen=True)
class Description:
    """What the file says of the model: metadata by its whole names, and small tensors of the configuration."""

    architecture: str
    metadata: dict[str, Value]
    vectors: dict[str, np.ndarray] = field(default_factory=dict)


class Draft(GGUFFile):
    """A file that is not written yet, for the eyes of what reads files."""

    def __init__(
        self,
        path: Path,
        metadata: dict[str, Any],
        tensors: dict[str, TensorInfo],
        vectors: dict[str, np.ndarray],
    ):
        self.path, self.metadata, self.tensors, self._vectors = path, metadata, tensors, vectors

    def read_tensor(self, name: str, out: torch.Tensor, row_order: np.ndarray | None = None) -> None:
        import torch

        assert row_order is None
        out.copy_(torch.from_numpy(self._vectors[name]))


def architecture_name(config: Any, source: str) -> str:
    """What the file calls the architecture. Raises ModelError for one that cannot be written."""
    if config.model_type not in _ARCHITECTURE_OF:
        known = ", ".join(sorted(_ARCHITECTURE_OF))
        raise ModelError.of("gguf.no_layout", source=source, name=config.model_type, known=known)
    return _ARCHITECTURE_OF[config.model_type]


def describe(config: Any, source: str) -> Description:
    """The metadata of a configuration. Raises ModelError for an architecture that cannot be written."""
    name = architecture_name(config, source)
    found: dict[str, Any] = {}
    for ours, theirs in ARCHITECTURES[name].names.items():
        found[theirs] = getattr(config, ours)
    if name == "gpt2" and config.n_inner is None:
        found["feed_forward_length"] = 4 * config.n_embd
    if name == "falcon" and not config.new_decoder_architecture:
        found["attention.head_count_kv"] = 1
    window = getattr(config, "sliding_window", None)
    if window and name in _WITHOUT_WINDOW:
        found["context_length"] = min(found["context_length"], window)
    vectors: dict[str, np.ndarray] = {}
    if name != "gpt2":
        size = _head_size(config)
        found |= {"attention.key_length": size, "attention.value_length": size, "rope.dimension_count": size}
        found |= _rope(config, size, vectors)
    if name in ("gemma2", "gemma3"):
        found["attention.sliding_window"] = window
        for cap in ("attn_logit_softcapping", "final_logit_softcapping"):
            if getattr(config, cap):
                found[cap] = float(getattr(config, cap))
    return Description(name, {f"{name}.{key}": value for key, value in found.items()}, vectors)


def _head_size(config: Any) -> int:
    return getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads


def _rope(config: Any, size: int, vectors: dict[str, np.ndarray]) -> dict[str, Any]:
    """Base and scaling of the rotary positions; divisors of each frequency go into ``vectors``."""
    rope = config.rope_parameters
    found = {}
    if "full_attention" in rope:
        found["rope.freq_base_swa"] = float(rope["sliding_attention"]["rope_theta"])
        rope = rope["full_attention"]
    found["rope.freq_base"] = float(rope["rope_theta"])
    if (share := rope.get("partial_rotary_factor", 1.0)) != 1.0:
        found["rope.dimension_count"] = int(size * share)
    scaling: dict[str, Callable[[], dict[str, Any]]] = {
        "linear": lambda: {"rope.scaling.type": "linear", "rope.scaling.factor": float(rope["factor"])},
        "yarn": lambda: {
            "rope.scaling.type": "yarn",
            "rope.scaling.factor": float(rope["factor"]),
            "rope.scaling.original_context_length": rope["original_max_position_embeddings"],
        },
        "llama3": lambda: vectors.update({"rope_freqs.weight": _llama3_divisors(rope, size)}) or {},
        "longrope": lambda: _longrope(config, rope, vectors),
    }
    make = scaling.get(rope.get("rope_type", "default"))  # of another kind: the check will tell
    return found | (make() if make else {})


def _llama3_divisors(rope: dict[str, Any], size: int) -> np.ndarray:
    """By how much each frequency is divided: slow ones by the factor, fast ones not, a slope between."""
    low, high, original = (
        rope[name] for name in ("low_freq_factor", "high_freq_factor", "original_max_position_embeddings")
    )
    turns = original / (2 * np.pi * rope["rope_theta"] ** (np.arange(0, size, 2) / size))
    smooth = np.clip((turns - low) / (high - low), 0, 1)
    divisors: np.ndarray = 1 / ((1 - smooth) / rope["factor"] + smooth)
    return divisors.astype("<f4")


def _longrope(config: Any, rope: dict[str, Any], vectors: dict[str, np.ndarray]) -> dict[str, Any]:
    vectors["rope_factors_short.weight"] = np.array(rope["short_factor"], "<f4")
    vectors["rope_factors_long.weight"] = np.array(rope["long_factor"], "<f4")
    return {
        "rope.scaling.original_context_length": _original_context(config, rope),
        "rope.scaling.attn_factor": _longrope_attention(config, rope),
    }


def _original_context(config: Any, rope: dict[str, Any]) -> int:
    own = rope.get("original_max_position_embeddings")
    return int(own or config.original_max_position_embeddings)


def _longrope_attention(config: Any, rope: dict[str, Any]) -> float:
    """What the scores are multiplied by, computed as transformers does where the configuration does not say."""
    if rope.get("attention_factor"):
        return float(rope["attention_factor"])
    original = _original_context(config, rope)
    factor = config.max_position_embeddings / original
    return 1.0 if factor <= 1 else math.sqrt(1 + math.log(factor) / math.log(original))


# --- the check ------------------------------------------------------------------------------------


def check(config: Any, draft: Draft, source: str) -> None:
    """Raises ModelError naming a setting that the file cannot carry, or that it would carry wrong."""
    settings = Settings(draft)
    entry = ARCHITECTURES[settings.architecture]
    found = configuration(settings, entry, Vocabulary.read(draft)).to_dict()
    wanted = _normal(config)
    if settings.architecture == "llama":
        wanted.setdefault("attention_bias", found["attention_bias"])  # a Mistral's tensors say it
    for name, value in wanted.items():
        if name not in _WITHOUT_EFFECT and not _same(value, found.get(name)):
            raise ModelError.of("gguf.cannot_say", source=source, key=name, value=str(value)[:80])


def _normal(config: Any) -> dict[str, Any]:
    """The configuration with what it leaves to be understood written out, as the reader does."""
    wanted: dict[str, Any] = config.to_dict()
    name = _ARCHITECTURE_OF[config.model_type]
    if name in _WITHOUT_WINDOW:
        wanted.pop("sliding_window", None)
        wanted.pop("layer_types", None)
    if name == "gpt2":
        wanted["n_inner"] = wanted["n_inner"] or 4 * config.n_embd
    if name == "falcon":
        grouped = config.new_decoder_architecture
        if not grouped:
            wanted["num_kv_heads"] = 1
        wanted["num_ln_in_parallel_attn"] = config.num_ln_in_parallel_attn or (2 if grouped else 1)
        if wanted["activation"] == "gelu":  # llama.cpp computes its approximation
            wanted["activation"] = "gelu_pytorch_tanh"
    rope = wanted.get("rope_parameters") or {}
    if rope.get("rope_type") == "longrope":
        rope = rope | {
            "attention_factor": _longrope_attention(config, rope),
            "factor": config.max_position_embeddings / _original_context(config, rope),
            "original_max_position_embeddings": _original_context(config, rope),
        }
        wanted["rope_parameters"] = rope
    else:
        wanted.pop("original_max_position_embeddings", None)
    return wanted


# What stands for an entry of a rope's settings that is not there.
_ROPE_DEFAULTS = {"partial_rotary_factor": 1.0, "beta_fast": 32.0, "beta_slow": 1.0, "rope_type": "default"}


def _same(wanted: Any, found: Any) -> bool:
    """Equal, numbers up to 32 bits of precision."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        keys = wanted.keys() | found.keys()
        return all(
            _same(*(side.get(key, _ROPE_DEFAULTS.get(key)) for side in (wanted, found))) for key in keys
        )
    if isinstance(wanted, list | tuple) and isinstance(found, list | tuple):
        return len(wanted) == len(found) and all(map(_same, wanted, found))
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        return math.isclose(wanted, found, rel_tol=1e-6)
    return bool(wanted == found)
