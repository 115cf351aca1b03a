"""A transformers model as a GGUF of its own: ``plan_model(model, tokenizer, "Q8_0", name, source).write(path)``.

The way back of ``loading``, with its names, its order of rows and its norms. Metadata and tokenizer are read
back and compared before the first weight is written; what comes of it is for the proof to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ModelError
from .architectures import ARCHITECTURES, Architecture
from .loading import OUTPUT, tensor_names
from .quantizers import quantize
from .reader import TensorInfo
from .writer import NewTensor, Value, entry, write_gguf
from .writer_adapter import in_file_order
from .writer_merged import BASE, CHUNK_ELEMENTS, FILE_TYPES, type_for
from .writer_metadata import Draft, check, describe
from .writer_tokens import tokenizer_entries

if TYPE_CHECKING:
    import torch

OWN_TYPES = {"float32": "F32", "float16": "F16", "bfloat16": "BF16"}
_EXACT = ("position_embd.weight",)  # llama.cpp adds it to the activations as it stands
_QUANTIZATION_VERSION = 2


@dataclass(frozen=True)
class Plan:
    """A model's file before it is written."""

    metadata: dict[str, Value]
    tensors: list[NewTensor]

    @property
    def size(self) -> int:
        """Bytes of the weights; the rest is a few megabytes of tokenizer."""
        return sum(tensor.size for tensor in self.tensors)

    def write(self, path: Path) -> None:
        """Whole or not at all. Raises OSError."""
        write_gguf(path, [entry(key, value) for key, value in self.metadata.items()], self.tensors)


def plan_model(model: Any, tokenizer: Any, kind: str, name: str, source: str) -> Plan:
    """The file of a model whose weights are in memory. ``kind``: of FILE_TYPES, or ``base``: as they are.

    ``source`` is how the model is called where it cannot be written. Raises ModelError for that.
    """
    said = describe(model.config, source)
    rows = model.get_input_embeddings().weight.shape[0]
    metadata: dict[str, Value] = {"general.architecture": said.architecture, "general.name": name}
    metadata |= {"general.type": "model", "general.quantization_version": _QUANTIZATION_VERSION}
    metadata["general.file_type"] = FILE_TYPES[own_type(model) if kind == BASE else kind]
    metadata |= said.metadata | tokenizer_entries(tokenizer, rows, name, source)
    tensors = list(_tensors(model, said.architecture, kind, source))
    tensors += [
        NewTensor(name, vector.shape, "F32", partial(_alone, vector)) for name, vector in said.vectors.items()
    ]
    infos = {one.name: TensorInfo(one.name, one.shape, one.type_name, 0, one.size) for one in tensors}
    check(model.config, Draft(Path(source), metadata, infos, said.vectors), source)
    return Plan(metadata, tensors)


def own_type(model: Any) -> str:
    """The type that the weights have."""
    return OWN_TYPES[str(model.dtype).removeprefix("torch.")]


def _tensors(model: Any, architecture: str, kind: str, source: str) -> Iterator[NewTensor]:
    """Every parameter under its name in the file; nothing of its content is made before it is asked for."""
    layout = ARCHITECTURES[architecture]
    parameters = dict(model.named_parameters())
    try:
        names = tensor_names(model, architecture)
    except KeyError as error:
        raise ModelError.of("gguf.no_place", source=source, name=error.args[0]) from None
    layers = model.config.num_hidden_layers
    # Embeddings at both ends of which the one is the other are one parameter; untied ones may still be equal.
    assert OUTPUT in names.values() or model.config.tie_word_embeddings
    for parameter, tensor in names.items():
        weight = parameters[parameter].detach()
        shape = tuple(weight.shape[::-1] if layout.is_transposed(tensor) else weight.shape)
        if len(shape) == 1 or tensor in _EXACT:
            wanted = "F32"
        else:
            own = TensorInfo(tensor, shape, own_type(model), 0, 0)
            wanted = type_for(own, kind, layers)
        yield NewTensor(
            tensor, shape, wanted, partial(_content, weight, tensor, layout, model.config, wanted)
        )


def _content(
    weight: torch.Tensor, tensor: str, layout: Architecture, config: Any, kind: str
) -> Iterator[np.ndarray]:
    """The weights in the file's order, as blocks of their type, some rows at a time."""
    weight = weight.t() if layout.is_transposed(tensor) else weight
    weight = in_file_order(weight, layout.row_order(tensor, config))
    rows = weight if weight.dim() > 1 else weight[None]
    offset = layout.norm_offset if tensor.endswith("norm.weight") else 0.0
    step = max(1, CHUNK_ELEMENTS // rows.shape[-1])
    for part in rows.split(step):
        numbers = part.cpu().float() + offset if offset else part.cpu().float()
        yield quantize(numbers.contiguous().numpy(), kind)


def _alone(numbers: np.ndarray) -> list[np.ndarray]:
    return [numbers]
