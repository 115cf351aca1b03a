"""Tiny GGUF files with random weights, written by the ``gguf`` package: ``write(path, "llama", ...)``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "architectures.json").read_text("utf-8"))
K_BLOCKS = {  # type → (bytes before the float16 scales, does it have a minimum, mean of its quants)
    "Q4_K": (0, True, 7.5),
    "Q5_K": (0, True, 15.5),
    "Q6_K": (208, False, 0.0),
}


def random_tensor(shape: tuple[int, ...], kind: str, source: np.random.Generator) -> np.ndarray:
    """Random weights of standard deviation near 0.06 as the bytes of ``kind``."""
    if kind not in K_BLOCKS:
        weights = source.normal(0, 0.06, shape).astype(np.float32)
        return gguf.quants.quantize(weights, gguf.GGMLQuantizationType[kind])
    block, size = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[kind]]
    data = source.integers(0, 256, (*shape[:-1], shape[-1] // block, size), dtype=np.uint8)
    place, has_minimum, mean = K_BLOCKS[kind]
    scale = {"Q4_K": 2e-4, "Q5_K": 1e-4, "Q6_K": 4e-5}[kind]
    values = [scale, scale * mean] if has_minimum else [scale]
    data[..., place : place + 2 * len(values)] = np.array(values, np.float16).view(np.uint8)
    return data.reshape(*shape[:-1], -1)


def byte_vocabulary(size: int = 384) -> dict[str, Any]:
    """A byte-level vocabulary: 256 letters, an end token, and unused ones."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [chr(256 + number) for number in range(256 - len(printable))]
    tokens = [*map(chr, printable), *others, "<|endoftext|>", "ab"]
    tokens += [f"<extra_{index}>" for index in range(len(tokens), size)]
    return {
        "model": "gpt2",
        "pre": "gpt-2",
        "tokens": tokens,
        "token_type": [1] * 256 + [3, 1] + [3] * (size - 258),
        "merges": ["a b"],
        "bos_token_id": 256,
        "eos_token_id": 256,
    }


def write(
    path: Path,
    architecture: str,
    settings: dict[str, Any],
    tensors: dict[str, tuple[int, ...]],
    kind: str = "F32",
    vocabulary: dict[str, Any] | None = None,
    metadata: dict[str, Any] | None = None,
) -> Path:
    """A model whose matrices are of type ``kind``; vectors stay F32, norms are near 1."""
    source = np.random.default_rng(0)
    writer = gguf.GGUFWriter(path, architecture)
    for key, value in (metadata or {}).items():
        _add(writer, key, value)
    for key, value in settings.items():
        _add(writer, f"{architecture}.{key}", value)
    for key, value in (vocabulary or byte_vocabulary()).items():
        _add(writer, "tokenizer.chat_template" if key == "chat_template" else f"tokenizer.ggml.{key}", value)
    for name, shape in tensors.items():
        if name == "rope_freqs.weight" and shape[0] == 32 and settings["rope.freq_base"] > 20_000:
            writer.add_tensor(name, llama3_divisors(shape[0], settings["rope.freq_base"]))
        elif len(shape) == 1 or name.startswith("position"):
            centre = 1.0 if any(word in name for word in ("norm.weight", "norm_2.weight", "rope")) else 0.0
            writer.add_tensor(name, (centre + source.normal(0, 0.1, shape)).astype(np.float32))
        else:
            data = random_tensor(tuple(shape), kind, source)
            writer.add_tensor(name, data, raw_dtype=gguf.GGMLQuantizationType[kind])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def llama3_divisors(count: int, base: float, factor: float = 8.0) -> np.ndarray:
    """Llama 3.1's divisor of each rotary frequency: 1 for fast ones, ``factor`` for slow ones."""
    wavelengths = 2 * np.pi * base ** (np.arange(count) / count)
    smooth = np.clip((8192 / wavelengths - 1) / 3, 0, 1)
    return (1 / ((1 - smooth) / factor + smooth)).astype(np.float32)


def _add(writer: gguf.GGUFWriter, key: str, value: Any) -> None:
    if isinstance(value, bool):
        writer.add_bool(key, value)
    elif isinstance(value, int):
        writer.add_uint32(key, value)
    elif isinstance(value, float):
        writer.add_float32(key, value)
    elif isinstance(value, str):
        writer.add_string(key, value)
    else:
        writer.add_array(key, list(value))


def tensors_of(name: str) -> dict[str, tuple[int, ...]]:
    """The tensor shapes of an entry of architectures.json, its blocks repeated."""
    entry = TABLE[name]
    tensors = {name: tuple(shape) for name, shape in entry["tensors"].items()}
    for block in range(entry["settings"]["block_count"]):
        tensors |= {f"blk.{block}.{name}": tuple(shape) for name, shape in entry["block"].items()}
    return tensors


def write_entry(path: Path, name: str, kind: str = "F32") -> Path:
    """The model of an entry of architectures.json."""
    entry = TABLE[name]
    return write(path, entry.get("architecture", name), entry["settings"], tensors_of(name), kind)


def write_changed(
    path: Path,
    settings: dict[str, Any],
    tensors: dict[str, tuple[int, ...] | None],
    metadata: dict[str, Any] | None = None,
) -> Path:
    """The tiny llama with settings, tensors (None: left out) or other metadata changed."""
    shapes = {name: shape for name, shape in (tensors_of("llama") | tensors).items() if shape is not None}
    return write(path, "llama", TABLE["llama"]["settings"] | settings, shapes, metadata=metadata)


def write_vocabulary(path: Path, vocabulary: dict[str, Any]) -> Path:
    """A llama just big enough to carry the vocabulary."""
    entry, size = TABLE["llama, tied"], len(vocabulary["tokens"])
    block = {f"blk.0.{name}": tuple(shape) for name, shape in entry["block"].items()}
    tensors = {"token_embd.weight": (size, 256), "output_norm.weight": (256,)} | block
    return write(path, "llama", entry["settings"] | {"block_count": 1}, tensors, "Q4_0", vocabulary)
