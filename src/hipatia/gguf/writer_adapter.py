"""A PEFT adapter in the layout of its base's GGUF, and as a GGUF of its own for llama.cpp.

    write_adapter(Path("runs/clase/adapter"), base, Path("runs/clase/adapter.gguf"))
    is_made_from(Path("runs/clase/adapter.gguf"), Path("runs/clase/adapter"))

What llama.cpp orders otherwise than transformers are the rows of a matrix W, so of a product B·A the rows of B.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ModelError
from .architectures import Settings, architecture_of
from .loading import configuration, tensor_name_map
from .reader import GGUFFile
from .tokenizer import Vocabulary
from .writer import NewTensor, entry, write_gguf

if TYPE_CHECKING:
    import torch

_PREFIX = "base_model.model."
_WEIGHTS = "adapter_model.safetensors"
_MADE_FROM = "hipatia.adapter.sha256"
# Settings of peft's that change what an adapter computes, and the value with which it is plain LoRA.
_PLAIN: dict[str, tuple[Any, ...]] = {
    "peft_type": ("LORA",),
    "use_dora": (False, None),
    "bias": ("none", None),
    "lora_bias": (False, None),
    "modules_to_save": (None, []),
    "rank_pattern": ({}, None),
    "alpha_pattern": ({}, None),
    "trainable_token_indices": (None,),
}


@dataclass(frozen=True)
class Pair:
    """``a`` (rank, inputs) and ``b`` (outputs, rank) in float32; ``b`` has the rows of the file's order."""

    a: torch.Tensor
    b: torch.Tensor


@dataclass(frozen=True)
class Adapter:
    """What is added to each tensor of a GGUF: ``scale`` · b·a."""

    pairs: dict[str, Pair]
    scale: float
    rank: int


def read_adapter(folder: Path, base: GGUFFile) -> Adapter:
    """The adapter of a folder in the layout of its base's file.

    Raises ModelError for an adapter that is damaged, more than plain LoRA, or of another model.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        settings = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
        weights = load_file(folder / _WEIGHTS)
        rank, alpha = int(settings["r"]), float(settings["lora_alpha"])
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError.of("modeling.bad_adapter", folder=folder, reason=str(error)[:200]) from error
    for name, plain in _PLAIN.items():
        if settings.get(name, plain[0]) not in plain:
            raise ModelError.of("export.not_plain", folder=folder, name=name)
    scale = alpha / (rank**0.5 if settings.get("use_rslora") else rank)
    return Adapter(_pairs(weights, folder, base), scale, rank)


def write_adapter(folder: Path, base: Path, path: Path) -> None:
    """Write the adapter as a GGUF LoRA. Raises ModelError, or OSError where it cannot be written."""
    with GGUFFile(base) as file:
        adapter = read_adapter(folder, file)
        architecture = file.metadata["general.architecture"]
    entries = [
        entry("general.architecture", architecture),
        entry("general.type", "adapter"),
        entry("adapter.type", "lora"),
        # llama.cpp divides it by the rank again.
        entry("adapter.lora.alpha", float(adapter.scale * adapter.rank)),
        entry(_MADE_FROM, _digest(folder)),
    ]
    write_gguf(path, entries, list(_tensors(adapter)))


def is_made_from(path: Path, folder: Path) -> bool:
    """Whether a file is the folder's adapter as it is now; dates do not tell, copying changes them."""
    try:
        with GGUFFile(path) as file:
            return bool(file.metadata.get(_MADE_FROM) == _digest(folder))
    except (ModelError, OSError):
        return False


def _digest(folder: Path) -> str:
    with (folder / _WEIGHTS).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pairs(weights: dict[str, torch.Tensor], folder: Path, base: GGUFFile) -> dict[str, Pair]:
    settings = Settings(base)
    architecture = architecture_of(settings)
    config = configuration(settings, architecture, Vocabulary.read(base))
    names = tensor_name_map(settings.architecture, config)
    halves: dict[str, dict[str, torch.Tensor]] = {}
    for key, weight in weights.items():
        module, _, half = key.removesuffix(".weight").rpartition(".")
        tensor = names.get_name(module.removeprefix(_PREFIX), ())
        if half not in ("lora_A", "lora_B") or f"{tensor}.weight" not in base.tensors:
            raise ModelError.of("export.no_tensor", folder=folder, name=key, base=base.path.name)
        halves.setdefault(f"{tensor}.weight", {})[half] = weight.float()
    pairs = {}
    for tensor, both in halves.items():
        shape = base.tensors[tensor].shape
        if set(both) != {"lora_A", "lora_B"} or (len(both["lora_B"]), both["lora_A"].shape[1]) != shape:
            raise ModelError.of("export.no_tensor", folder=folder, name=tensor, base=base.path.name)
        pairs[tensor] = Pair(
            both["lora_A"], in_file_order(both["lora_B"], architecture.row_order(tensor, config))
        )
    return pairs


def in_file_order(rows: torch.Tensor, row_order: np.ndarray | None) -> torch.Tensor:
    """The rows as the file has them: its row ``row_order[i]`` is row ``i``."""
    import torch

    if row_order is None:
        return rows
    ordered = torch.empty_like(rows)
    ordered[torch.from_numpy(row_order)] = rows
    return ordered


def _tensors(adapter: Adapter) -> Iterator[NewTensor]:
    """Both halves in 16 bits: from the bfloat16 of training nothing is lost that adds up to anything."""
    for tensor, pair in adapter.pairs.items():
        for name, half in (("lora_a", pair.a), ("lora_b", pair.b)):
            numbers = half.half().numpy()
            yield NewTensor(f"{tensor}.{name}", numbers.shape, "F16", partial(_alone, numbers))


def _alone(numbers: np.ndarray) -> list[np.ndarray]:
    return [numbers]
