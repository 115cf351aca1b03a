"""Write a GGUF tensor by tensor: ``write_gguf(path, [entry("general.type", "adapter")], tensors)``.

Entries may be bytes of another file, kept as they are. Each tensor's content is asked for when its turn comes
and let go of afterwards. The file is whole or absent.
"""

from __future__ import annotations

import math
import os
import struct
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from .reader import DEFAULT_ALIGNMENT, MAGIC

VERSION = 3
_COPY_BYTES = 1 << 24


@dataclass(frozen=True)
class NewTensor:
    """A tensor to be written: ``shape`` in torch's order; ``content`` gives its bytes, piece by piece."""

    name: str
    shape: tuple[int, ...]
    type_name: str
    content: Callable[[], Iterable[np.ndarray]]

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return tensor_size(self.shape, self.type_name)


def tensor_size(shape: tuple[int, ...], type_name: str) -> int:
    """The bytes that a tensor takes."""
    from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType

    block, block_bytes = GGML_QUANT_SIZES[GGMLQuantizationType[type_name]]
    assert shape[-1] % block == 0, f"rows of {shape[-1]} as {type_name}"
    return math.prod(shape) // block * block_bytes


Value = str | float | bool | list[str] | np.ndarray


def entry(key: str, value: Value) -> bytes:
    """A metadata entry: a text, an unsigned 32-bit integer, a 32-bit float, a truth value, a list of texts,
    or an array of 32-bit integers or floats."""
    if isinstance(value, list):
        kind, body = 9, struct.pack("<IQ", 8, len(value)) + b"".join(map(_string, value))
    elif isinstance(value, np.ndarray):
        item = {np.dtype("<i4"): 5, np.dtype("<f4"): 6}[value.dtype]
        kind, body = 9, struct.pack("<IQ", item, len(value)) + value.tobytes()
    elif isinstance(value, str):
        kind, body = 8, _string(value)
    elif isinstance(value, bool):
        kind, body = 7, struct.pack("<?", value)
    elif isinstance(value, int):
        kind, body = 4, struct.pack("<I", value)
    else:
        kind, body = 6, struct.pack("<f", value)
    return _string(key) + struct.pack("<I", kind) + body


def write_gguf(
    path: Path, entries: Sequence[bytes], tensors: Sequence[NewTensor], alignment: int = DEFAULT_ALIGNMENT
) -> None:
    """Write the file, whole or not at all. Raises OSError."""
    with _whole(path) as file:
        file.write(_header(entries, tensors, alignment))
        for tensor in tensors:
            _pad(file, alignment)
            start = file.tell()
            for piece in tensor.content():
                file.write(piece.data)
            assert file.tell() - start == tensor.size, tensor.name
        _pad(file, alignment)


def copied(path: Path, offset: int, size: int) -> Iterator[np.ndarray]:
    """A stretch of another file, piece by piece."""
    with path.open("rb") as file:
        file.seek(offset)
        for start in range(0, size, _COPY_BYTES):
            yield np.fromfile(file, np.uint8, min(_COPY_BYTES, size - start))


def _header(entries: Sequence[bytes], tensors: Sequence[NewTensor], alignment: int) -> bytes:
    from gguf.constants import GGMLQuantizationType

    parts = [MAGIC, struct.pack("<IQQ", VERSION, len(tensors), len(entries)), *entries]
    offset = 0
    for tensor in tensors:
        sizes = tensor.shape[::-1]
        kind = GGMLQuantizationType[tensor.type_name]
        parts.append(_string(tensor.name) + struct.pack(f"<I{len(sizes)}Q", len(sizes), *sizes))
        parts.append(struct.pack("<IQ", kind, offset))
        offset += -(-tensor.size // alignment) * alignment
    return b"".join(parts)


def _string(text: str) -> bytes:
    data = text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _pad(file: BinaryIO, alignment: int) -> None:
    file.write(b"\0" * (-file.tell() % alignment))


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
