"""How each architecture's metadata and tensors become a transformers model: ``architecture_of(settings)``.

An entry of ``ARCHITECTURES`` gives the transformers configuration and what llama.cpp's layout changes in the
weights (rows of rotary pairs, fused matrices, norms stored with their one added). Every entry is compared
with llama.cpp's logits by the tests. What has no entry, and every setting or tensor that an entry does not
use, is refused by name: a model that loads wrong is worse than one that does not load.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import ModelError
from .reader import GGUFFile

IN_THE_CONFIGURATION = ("rope_freqs.weight", "rope_factors_short.weight", "rope_factors_long.weight")
# Settings that say nothing about how the model computes, or nothing that the tensors do not say better.
_WITHOUT_EFFECT = {
    "vocab_size",
    "tensor_data_layout",
    "mm.tokens_per_image",
    "rope.scaling.finetuned",
    "attention.value_length",
    "rope.dimension_count",
}
_BIG_GEMMA = {"gemma2": 46, "gemma3": 62}  # layers of the 27B sizes, which scale queries differently


class Settings:
    """The metadata of one architecture, read by its short names: ``settings.integer("block_count")``.

    Remembers what was asked for, so that ``leftovers()`` are the settings that would go unheeded.
    """

    def __init__(self, file: GGUFFile):
        self.file = file
        self.asked: set[str] = set()
        name = file.metadata.get("general.architecture")
        if not isinstance(name, str):
            raise ModelError.of("gguf.setting", path=file.path, key="general.architecture", value=name)
        self.architecture = name

    def value(self, name: str, kinds: type | tuple[type, ...], default: Any = None) -> Any:
        self.asked.add(name)
        value = self.file.metadata.get(f"{self.architecture}.{name}", default)
        if isinstance(value, np.ndarray) and len(value) and (value == value[0]).all():
            value = value[0].item()  # one value for each layer, all alike
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise self.error(name, value)
        return value

    def error(self, name: str, value: object) -> ModelError:
        key = f"{self.architecture}.{name}"
        return ModelError.of("gguf.setting", path=self.file.path, key=key, value=str(value)[:80])

    def integer(self, name: str, default: int | None = None) -> int:
        value = self.value(name, int, default)
        if not 0 < value < 1 << 31:
            raise self.error(name, value)
        return int(value)

    def number(self, name: str, default: float | None = None) -> float:
        value = float(self.value(name, (int, float), default))
        if not 0 < value < float("inf"):
            raise self.error(name, value)
        return value

    def named(self, name: str) -> int | float:
        """A size or a norm's epsilon, by its name alone; one key head for each query head where not said."""
        if name.endswith("epsilon"):
            return self.number(name)
        default = self.integer("attention.head_count") if name == "attention.head_count_kv" else None
        return self.integer(name, default)

    def has(self, name: str) -> bool:
        self.asked.add(name)
        return f"{self.architecture}.{name}" in self.file.metadata

    def leftovers(self) -> list[str]:
        """Settings of the file that nobody asked for and that might change the result."""
        prefix = f"{self.architecture}."
        names = {key.removeprefix(prefix) for key in self.file.metadata if key.startswith(prefix)}
        return sorted(names - self.asked - _WITHOUT_EFFECT)

    @property
    def head_size(self) -> int:
        width, heads = self.integer("embedding_length"), self.integer("attention.head_count")
        size = self.integer("attention.key_length", max(1, width // heads))
        if self.integer("attention.value_length", size) != size:
            raise self.error("attention.value_length", self.value("attention.value_length", int))
        if size % 2 or size > 8 * width:
            raise self.error("attention.key_length", size)
        return size


@dataclass(frozen=True)
class Architecture:
    """How one ``general.architecture`` becomes a transformers model.

    ``names``: what stands under another name in the file. ``settings``: the other keyword arguments of the
    configuration. ``row_order``: the rows of a tensor of the file that make up the parameter, in order; None
    where they are in place. ``norm_offset``: what the file adds to the weights of norms. ``transposed``:
    tensors that transformers keeps the other way round.
    """

    model_type: str
    names: dict[str, str]
    settings: Callable[[Settings], dict[str, Any]]
    row_order: Callable[[str, Any], np.ndarray | None] = lambda tensor, config: None
    norm_offset: float = 0.0
    transposed: tuple[str, ...] = ()

    def arguments(self, read: Settings) -> dict[str, Any]:
        """The configuration's keyword arguments, but for those of the vocabulary."""
        return {ours: read.named(theirs) for ours, theirs in self.names.items()} | self.settings(read)

    def is_transposed(self, tensor: str) -> bool:
        return tensor.endswith(".weight") and _part(tensor) in self.transposed


def _part(tensor: str) -> str:
    """``attn_q`` of ``blk.0.attn_q.weight``; nothing for tensors outside the blocks."""
    pieces = tensor.split(".")
    return pieces[2] if pieces[0] == "blk" and len(pieces) > 2 else ""


def _rope(read: Settings) -> dict[str, Any]:
    """transformers' rope parameters; scalings that llama.cpp and transformers compute alike."""
    rope: dict[str, Any] = {"rope_type": "default", "rope_theta": read.number("rope.freq_base", 10_000.0)}
    turned = read.integer("rope.dimension_count", read.head_size)
    if read.architecture == "phi3" and turned < read.head_size and turned % 2 == 0:
        rope["partial_rotary_factor"] = turned / read.head_size
    elif turned != read.head_size:
        raise read.error("rope.dimension_count", turned)
    kind = read.value("rope.scaling.type", str, "none")
    if kind == "linear":
        rope |= {"rope_type": "linear", "factor": read.number("rope.scaling.factor")}
    elif kind == "yarn":
        original = read.integer("rope.scaling.original_context_length")
        factor = read.number("rope.scaling.factor")
        rope |= {"rope_type": "yarn", "factor": factor, "original_max_position_embeddings": original}
    elif read.architecture == "phi3" and (
        kind == "longrope" or "rope_factors_short.weight" in read.file.tensors
    ):
        rope |= _phi3_scaling(read)
    elif kind != "none":
        raise read.error("rope.scaling.type", kind)
    if "rope_freqs.weight" in read.file.tensors:
        rope |= _llama3_scaling(read, rope)
    return rope


def _llama3_scaling(read: Settings, rope: dict[str, Any]) -> dict[str, Any]:
    """Llama 3.1's scaling, of which the file keeps only the resulting divisor of each frequency.

    The published models all use 1 and 4 as low and high frequency factors and 8,192 as original context;
    the divisors must come out as in the file, else it is refused.
    """
    import torch

    if rope["rope_type"] != "default":
        raise read.error("rope.scaling.type", rope["rope_type"])
    divisors = torch.tensor(_vector(read.file, "rope_freqs.weight"))
    found = {
        "rope_type": "llama3",
        "factor": round(float(divisors.max()), 4),
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    }
    positions = torch.arange(0, read.head_size, 2, dtype=torch.float64) / read.head_size
    turns = 8192 / (2 * torch.pi * rope["rope_theta"] ** positions)  # within the original context
    smooth = ((turns - 1.0) / (4.0 - 1.0)).clamp(0, 1)
    wanted = 1 / ((1 - smooth) / found["factor"] + smooth)
    if divisors.shape != wanted.shape or not torch.allclose(divisors.double(), wanted, rtol=1e-4):
        raise ModelError.of("gguf.rope_divisors", path=read.file.path)
    return found


def _phi3_scaling(read: Settings) -> dict[str, Any]:
    """Two divisors for each frequency: for texts within the original context, and for longer ones."""
    original = read.integer("rope.scaling.original_context_length")
    return {
        "rope_type": "longrope",
        "factor": read.integer("context_length") / original,
        "short_factor": _vector(read.file, "rope_factors_short.weight"),
        "long_factor": _vector(read.file, "rope_factors_long.weight"),
        "original_max_position_embeddings": original,
        "attention_factor": read.number("rope.scaling.attn_factor", 1.0),
    }


def _vector(file: GGUFFile, tensor: str) -> list[float]:
    """A small tensor that belongs to the configuration."""
    import torch

    info = file.tensors.get(tensor)
    if info is None or info.elements > 4096:
        raise ModelError.of("gguf.tensor_missing", path=file.path, tensor=tensor)
    values = torch.empty(info.elements)
    file.read_tensor(tensor, values)
    return values.tolist()


_SIZES = {
    "hidden_size": "embedding_length",
    "intermediate_size": "feed_forward_length",
    "num_hidden_layers": "block_count",
    "num_attention_heads": "attention.head_count",
    "num_key_value_heads": "attention.head_count_kv",
    "max_position_embeddings": "context_length",
}
_DECODER = _SIZES | {"rms_norm_eps": "attention.layer_norm_rms_epsilon"}
_FALCON = {
    "hidden_size": "embedding_length",
    "ffn_hidden_size": "feed_forward_length",
    "num_hidden_layers": "block_count",
    "num_attention_heads": "attention.head_count",
    "num_kv_heads": "attention.head_count_kv",
    "max_position_embeddings": "context_length",
    "layer_norm_epsilon": "attention.layer_norm_epsilon",
}
_GPT2 = {
    "n_embd": "embedding_length",
    "n_inner": "feed_forward_length",
    "n_layer": "block_count",
    "n_head": "attention.head_count",
    "n_positions": "context_length",
    "layer_norm_epsilon": "attention.layer_norm_epsilon",
}
_STARCODER2 = _SIZES | {"norm_epsilon": "attention.layer_norm_epsilon"}


def _decoder(read: Settings) -> dict[str, Any]:
    """What the architectures with RMS norms, gated layers and rotary positions share."""
    return {"head_dim": read.head_size, "rope_parameters": _rope(read)}


def _llama(read: Settings) -> dict[str, Any]:
    names = read.file.tensors
    bias = {"attention_bias": "blk.0.attn_q.bias" in names, "mlp_bias": "blk.0.ffn_gate.bias" in names}
    return _decoder(read) | bias


def _llama_rows(tensor: str, config: Any) -> np.ndarray | None:
    """llama.cpp keeps the two halves of each rotary pair side by side; transformers, half a head apart."""
    heads = {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}.get(_part(tensor))
    if heads is None:
        return None
    return np.arange(heads * config.head_dim).reshape(heads, -1, 2).swapaxes(1, 2).reshape(-1)


def _gemma(read: Settings) -> dict[str, Any]:
    """Gemma 2 and 3: soft caps, windows in some layers, and a query scale that depends on the size."""
    settings = _decoder(read)
    big = read.integer("block_count") == _BIG_GEMMA[read.architecture]
    width = read.integer("embedding_length") // read.integer("attention.head_count")
    return settings | {
        "query_pre_attn_scalar": width if big else settings["head_dim"],
        "sliding_window": read.integer("attention.sliding_window"),
    }


def _gemma2(read: Settings) -> dict[str, Any]:
    return _gemma(read) | {
        "attn_logit_softcapping": read.number("attn_logit_softcapping", 50.0),
        "final_logit_softcapping": read.number("final_logit_softcapping", 30.0),
    }


def _gemma3(read: Settings) -> dict[str, Any]:
    settings = _gemma(read)
    local = {"rope_type": "default", "rope_theta": read.number("rope.freq_base_swa", 10_000.0)}
    cap = read.number("final_logit_softcapping") if read.has("final_logit_softcapping") else None
    return settings | {
        "rope_parameters": {"full_attention": settings["rope_parameters"], "sliding_attention": local},
        "final_logit_softcapping": cap,
    }


def _phi3(read: Settings) -> dict[str, Any]:
    """Phi 3 without its window, which llama.cpp leaves out too."""
    settings = _decoder(read) | {"sliding_window": None}
    read.has("attention.sliding_window")
    if original := settings["rope_parameters"].get("original_max_position_embeddings"):
        settings["original_max_position_embeddings"] = original
    width = settings.pop("head_dim") * read.integer("attention.head_count")
    if width != read.integer("embedding_length"):
        raise read.error("attention.key_length", read.head_size)
    return settings


def _falcon(read: Settings) -> dict[str, Any]:
    return {
        "new_decoder_architecture": read.named("attention.head_count_kv") > 1,
        "num_ln_in_parallel_attn": 2 if "blk.0.attn_norm_2.weight" in read.file.tensors else 1,
        "multi_query": True,
        "parallel_attn": True,
        "bias": "blk.0.attn_qkv.bias" in read.file.tensors,
        "alibi": False,
        "activation": "gelu_pytorch_tanh",  # as llama.cpp computes it
        "rope_parameters": _rope(read),
    }


def _falcon_rows(tensor: str, config: Any) -> np.ndarray | None:
    """The file has all queries, then all keys, then all values; transformers has them group by group."""
    if _part(tensor) != "attn_qkv" or not config.new_decoder_architecture:
        return None
    heads, groups = config.num_attention_heads, config.num_kv_heads
    size = config.hidden_size // heads
    numbers = np.arange((heads + 2 * groups) * size)
    queries, keys, values = np.split(numbers, [heads * size, (heads + groups) * size])
    parts = [queries.reshape(groups, -1), keys.reshape(groups, -1), values.reshape(groups, -1)]
    return np.concatenate(parts, axis=1).reshape(-1)


def _gpt2(read: Settings) -> dict[str, Any]:
    """GPT-2, whose configuration has the sizes and nothing else."""
    if (groups := read.named("attention.head_count_kv")) != read.integer("attention.head_count"):
        raise read.error("attention.head_count_kv", groups)
    return {}


def _starcoder2(read: Settings) -> dict[str, Any]:
    """StarCoder 2 without its window, which llama.cpp leaves out too."""
    read.has("attention.sliding_window")
    return {"rope_parameters": _rope(read), "use_bias": True, "sliding_window": None}


_CONV_1D = ("attn_qkv", "attn_output", "ffn_up", "ffn_down")
ARCHITECTURES = {
    "llama": Architecture(
        "llama", _DECODER, _llama, _llama_rows
    ),  # Mistral's files call themselves llama too
    "qwen2": Architecture("qwen2", _DECODER, _decoder),
    "qwen3": Architecture("qwen3", _DECODER, _decoder),
    "gemma2": Architecture("gemma2", _DECODER, _gemma2, norm_offset=1.0),
    "gemma3": Architecture("gemma3_text", _DECODER, _gemma3, norm_offset=1.0),
    "phi3": Architecture("phi3", _DECODER, _phi3),
    "falcon": Architecture("falcon", _FALCON, _falcon, _falcon_rows),
    "gpt2": Architecture("gpt2", _GPT2, _gpt2, transposed=_CONV_1D),
    "starcoder2": Architecture("starcoder2", _STARCODER2, _starcoder2),
}


def architecture_of(settings: Settings) -> Architecture:
    """The entry for the file's architecture; ModelError names one that is not known."""
    if settings.architecture not in ARCHITECTURES:
        raise ModelError.of(
            "gguf.architecture",
            path=settings.file.path,
            name=settings.architecture[:80],
            known=", ".join(sorted(ARCHITECTURES)),
        )
    return ARCHITECTURES[settings.architecture]
