"""A GGUF with an adapter added to its weights: ``write_merged(base, adapter_folder, path, "Q4_K_M")``.

Metadata and tokenizer stay byte for byte but for the name of the type and, where one is given, the chat
template. Tensors that the adapter leaves alone are copied, unless they are unquantized and a smaller type is
wanted. One tensor at a time is in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from .quantizers import K_BLOCK, WRITABLE, quantize
from .reader import DEFAULT_ALIGNMENT, GGUFFile, TensorInfo, quantization
from .writer import NewTensor, copied, entry, tensor_size, write_gguf
from .writer_adapter import Adapter, Pair, read_adapter

FILE_TYPES = {"F32": 0, "F16": 1, "Q4_0": 2, "Q8_0": 7, "Q5_0": 8, "Q4_K_M": 15, "Q6_K": 18, "BF16": 32}
BASE = "base"  # each tensor in the type that it has
_TEMPLATE, _FILE_TYPE = "tokenizer.chat_template", "general.file_type"
_UNQUANTIZED = ("F32", "F16", "BF16")
CHUNK_ELEMENTS = 1 << 24
# For rows that are no multiple of 256; and for types that nobody here can write, the next larger.
_FOR_SHORT_ROWS = {"Q4_K": "Q5_0", "Q6_K": "Q8_0"}
_NEXT_LARGER = {"Q2_K": "Q4_K", "Q3_K": "Q4_K", "Q5_K": "Q6_K", "IQ4_NL": "Q5_0", "Q8_1": "Q8_0"}


def write_merged(base: Path, adapter: Path, path: Path, kind: str, template: str | None = None) -> None:
    """Write the base with the adapter merged in, whole or not at all. ``kind``: of FILE_TYPES, or ``base``.

    Raises ModelError for an adapter that does not fit, OSError where the file cannot be written.
    """
    with GGUFFile(base) as file:
        added = read_adapter(adapter, file)
        alignment = file.metadata.get("general.alignment", DEFAULT_ALIGNMENT)
        tensors = [_tensor(file, info, added, kind) for info in planned(file, set(added.pairs), kind)]
        write_gguf(path, _entries(file, kind, template), tensors, alignment)


def merged_size(base: Path, adapter: Path, kind: str) -> int:
    """Bytes of the file that ``write_merged`` would write, but for a few of the template."""
    with GGUFFile(base) as file:
        changed = set(read_adapter(adapter, file).pairs)
        header = min(info.offset for info in file.tensors.values())
        return header + sum(tensor_size(info.shape, info.type_name) for info in planned(file, changed, kind))


def planned(file: GGUFFile, changed: set[str], kind: str) -> Iterator[TensorInfo]:
    """The tensors in the file's order, each with the type that it will have."""
    layers = file.metadata.get(f"{file.metadata['general.architecture']}.block_count", 0)
    for info in sorted(file.tensors.values(), key=lambda info: info.offset):
        if info.name in changed:
            yield replace(info, type_name=type_for(info, kind, layers))
        elif len(info.shape) == 2 and info.type_name in _UNQUANTIZED and info.name.endswith("weight"):
            wanted = type_for(info, kind, layers)
            smaller = tensor_size(info.shape, wanted) < info.size
            yield replace(info, type_name=wanted) if smaller else info
        else:
            yield info


def type_for(info: TensorInfo, kind: str, layers: int) -> str:
    """The type for a matrix whose type so far is ``info``'s; mixtures give the sensitive ones more bits."""
    if kind == BASE:
        own = info.type_name
        wanted = own if own in WRITABLE else _NEXT_LARGER.get(own, "Q4_K")
    elif kind == "Q4_K_M":
        wanted = "Q6_K" if _is_sensitive(info.name, layers) else "Q4_K"
    else:
        wanted = kind
    if info.shape[-1] % K_BLOCK:
        wanted = _FOR_SHORT_ROWS.get(wanted, wanted)
    return "F16" if info.shape[-1] % 32 and wanted not in _UNQUANTIZED else wanted


def _is_sensitive(name: str, layers: int) -> bool:
    """As in llama.cpp's mixture: embedding and output, and in half of the layers the values and ffn_down."""
    if not name.startswith("blk."):
        return True
    layer, part = int(name.split(".")[1]), name.split(".")[2]
    eighth = layers // 8
    chosen = layer < eighth or layer >= 7 * eighth or (layer - eighth) % 3 == 2
    return chosen and part in ("attn_v", "ffn_down", "attn_qkv")


def _entries(file: GGUFFile, kind: str, template: str | None) -> list[bytes]:
    changed: dict[str, Any] = {} if kind == BASE else {_FILE_TYPE: FILE_TYPES[kind]}
    if template is not None:
        changed[_TEMPLATE] = template
    with file.path.open("rb") as source:
        kept = {}
        for key, (start, end) in file.places.items():
            source.seek(start)
            kept[key] = source.read(end - start)
    return list((kept | {key: entry(key, value) for key, value in changed.items()}).values())


def _tensor(file: GGUFFile, info: TensorInfo, added: Adapter, kind: str) -> NewTensor:
    before, pair = file.tensors[info.name], added.pairs.get(info.name)

    def content() -> Iterable[np.ndarray]:
        if pair is None and info.type_name == before.type_name:
            return copied(file.path, before.offset, before.size)
        return _requantized(file, info, pair, added.scale)

    return NewTensor(info.name, info.shape, info.type_name, content)


def _requantized(file: GGUFFile, info: TensorInfo, pair: Pair | None, scale: float) -> Iterator[np.ndarray]:
    """The tensor's numbers, with the adapter's product added in float32, as blocks of its new type."""
    import torch

    values = torch.empty(info.shape)
    file.read_tensor(info.name, values)
    step = max(1, CHUNK_ELEMENTS // info.shape[-1])
    for start in range(0, info.shape[0], step):
        rows = values[start : start + step]
        if pair is not None:
            rows = torch.addmm(rows, pair.b[start : start + step], pair.a, alpha=scale)
        yield quantize(rows.numpy(), info.type_name)


def type_name(base: Path, kind: str) -> str:
    """How the file's type is called: the kind itself, or that of the base."""
    if kind != BASE:
        return kind
    with GGUFFile(base) as file:
        return quantization(file)
