"""Read a GGUF file's metadata and tensors without trusting it: ``with GGUFFile(path) as file: …``.

Every count, length and offset is compared with the size of the file before anything is allocated, so that
a damaged or hostile file ends in a sentence, not in an exhausted machine. Whole arrays of strings are read
in one pass over the memory map: a vocabulary of 49,152 tokens takes a few hundredths of a second.

The layout is that of GGUF versions 2 and 3, little-endian:
magic, version, number of tensors, number of metadata entries, entries, tensor table, padding, tensor data.
"""

from __future__ import annotations

import math
import mmap
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ModelError

if TYPE_CHECKING:
    import torch

MAGIC = b"GGUF"
VERSIONS = (2, 3)
MAX_DIMENSIONS = 4
MAX_KEY_BYTES = 65_535
DEFAULT_ALIGNMENT = 32
CHUNK_ELEMENTS = 1 << 20  # weights dequantized at once: 4 MB of float32
GROUP_ELEMENTS = 4096  # 16 of these rows are what gguf's dequantizers take at a time; this fits the L2 cache

_STRING, _ARRAY = 8, 9
_NUMBERS: dict[int, np.dtype] = {
    0: np.dtype("u1"),
    1: np.dtype("i1"),
    2: np.dtype("<u2"),
    3: np.dtype("<i2"),
    4: np.dtype("<u4"),
    5: np.dtype("<i4"),
    6: np.dtype("<f4"),
    7: np.dtype("?"),
    10: np.dtype("<u8"),
    11: np.dtype("<i8"),
    12: np.dtype("<f8"),
}
_U32, _U64 = struct.Struct("<I"), struct.Struct("<Q")
_MINIMUM_ENTRY = 8 + 1 + 4 + 1  # length and one letter of the key, type, one byte of value
_MINIMUM_TENSOR = 8 + 1 + 4 + 8 + 4 + 8  # name, number of dimensions, one dimension, type, offset


@dataclass(frozen=True)
class TensorInfo:
    """Where a tensor lies: ``shape`` in torch's order (rows first), ``offset`` from the start of the file."""

    name: str
    shape: tuple[int, ...]
    type_name: str
    offset: int
    size: int

    @property
    def elements(self) -> int:
        return math.prod(self.shape)


class _Cursor:
    """Reads forward through the memory map; each step is checked against the end of the file."""

    def __init__(self, data: mmap.mmap, path: Path):
        self.data, self.path, self.position, self.end = data, path, 0, len(data)

    def need(self, size: int) -> int:
        """The position before ``size`` further bytes, which are then counted as read."""
        start = self.position
        if size > self.end - start:
            raise ModelError.of("gguf.truncated", path=self.path, position=start)
        self.position = start + size
        return start

    def count(self, minimum_size: int) -> int:
        """A number of things of at least ``minimum_size`` bytes each that can still be in the file."""
        count = self.u64()
        if count > (self.end - self.position) // minimum_size:
            raise ModelError.of("gguf.count", path=self.path, count=count, position=self.position - 8)
        return count

    def u32(self) -> int:
        return int(_U32.unpack_from(self.data, self.need(4))[0])

    def u64(self) -> int:
        return int(_U64.unpack_from(self.data, self.need(8))[0])

    def string(self) -> str:
        size = self.count(1)
        start = self.need(size)
        try:
            return self.data[start : start + size].decode("utf-8")
        except UnicodeDecodeError:
            raise ModelError.of("gguf.encoding", path=self.path, position=start) from None

    def strings(self, count: int) -> list[str]:
        """``count`` strings; the loop is written out because a vocabulary has hundreds of thousands."""
        data, position, end, unpack = self.data, self.position, self.end, _U64.unpack_from
        raw = []
        for _ in range(count):
            if position + 8 > end:
                raise ModelError.of("gguf.truncated", path=self.path, position=position)
            after = position + 8 + unpack(data, position)[0]
            if after > end:
                raise ModelError.of("gguf.truncated", path=self.path, position=position)
            raw.append(data[position + 8 : after])
            position = after
        self.position = position
        try:
            return [text.decode("utf-8") for text in raw]
        except UnicodeDecodeError:
            raise ModelError.of("gguf.encoding", path=self.path, position=position) from None

    def value(self) -> Any:
        """A metadata value: int, float, bool, str, a list of str or a numpy array."""
        kind = self.u32()
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            return self.array()
        dtype = self.number_type(kind)
        return np.frombuffer(self.data, dtype, 1, self.need(dtype.itemsize))[0].item()

    def array(self) -> list[str] | np.ndarray:
        kind = self.u32()
        if kind == _STRING:
            return self.strings(self.count(8))
        dtype = self.number_type(kind)
        count = self.count(dtype.itemsize)
        start = self.need(count * dtype.itemsize)
        return np.frombuffer(self.data, dtype, count, start).copy()

    def number_type(self, kind: int) -> np.dtype:
        if kind not in _NUMBERS:
            raise ModelError.of("gguf.value_type", path=self.path, type=kind, position=self.position - 4)
        return _NUMBERS[kind]


def is_gguf(path: Path) -> bool:
    """Whether a file is a GGUF: by its name or, where that says nothing (Ollama's), by its first letters."""
    if path.suffix == ".gguf":
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) == MAGIC
    except OSError:
        return False


def count_gguf_parameters(path: str | Path) -> int:
    """The number of weights in a GGUF. Raises ModelError for a damaged one."""
    with GGUFFile(path) as file:
        return sum(tensor.elements for tensor in file.tensors.values())


def quantization(file: GGUFFile) -> str:
    """The file's own name for its mixture of types (Q4_K_M), else the type of most of its weights."""
    from gguf import LlamaFileType

    with suppress(ValueError):
        named = LlamaFileType(file.metadata.get("general.file_type", -1)).name
        return named.removeprefix("MOSTLY_").removeprefix("ALL_")
    weights: Counter[str] = Counter()
    for tensor in file.tensors.values():
        weights[tensor.type_name] += tensor.elements
    return weights.most_common(1)[0][0] if weights else ""


class GGUFFile:
    """An open GGUF: ``metadata`` (key → value) and ``tensors`` (name → :class:`TensorInfo`).

    ``places`` tells the first byte of each metadata entry and that after it.

    Raises ModelError when the file is missing, is not a GGUF, is damaged, or describes the impossible.
    """

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self.metadata: dict[str, Any] = {}
        self.places: dict[str, tuple[int, int]] = {}
        self.tensors: dict[str, TensorInfo] = {}
        try:
            self._file = self.path.open("rb")
        except OSError as error:
            raise ModelError.of("gguf.unreadable", path=self.path, reason=error.strerror or error) from None
        try:
            self._read_header()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> GGUFFile:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def _read_header(self) -> None:
        if self._file.read(4) != MAGIC:
            raise ModelError.of("gguf.not_gguf", path=self.path)
        with mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            cursor = _Cursor(data, self.path)
            cursor.need(4)
            version = cursor.u32()
            if version not in VERSIONS:
                raise ModelError.of("gguf.version", path=self.path, version=version)
            tensor_count = cursor.count(_MINIMUM_TENSOR)
            self._read_metadata(cursor, cursor.count(_MINIMUM_ENTRY))
            self._read_tensor_table(cursor, tensor_count)

    def _read_metadata(self, cursor: _Cursor, count: int) -> None:
        for _ in range(count):
            start = cursor.position
            key = cursor.string()
            if not key or len(key) > MAX_KEY_BYTES or key in self.metadata:
                raise ModelError.of("gguf.key", path=self.path, key=key[:80], position=start)
            self.metadata[key] = cursor.value()
            self.places[key] = (start, cursor.position)

    def _read_tensor_table(self, cursor: _Cursor, count: int) -> None:
        alignment = self.metadata.get("general.alignment", DEFAULT_ALIGNMENT)
        if not isinstance(alignment, int) or alignment < 1 or alignment & (alignment - 1):
            raise ModelError.of("gguf.alignment", path=self.path, alignment=alignment)
        rows = [self._read_tensor_info(cursor, alignment) for _ in range(count)]
        start = -(-cursor.position // alignment) * alignment
        end = 0
        for info in sorted(rows, key=lambda row: row.offset):
            if info.offset < end:
                raise ModelError.of("gguf.overlap", path=self.path, tensor=info.name)
            end = info.offset + info.size
            if start + end > cursor.end:
                raise ModelError.of(
                    "gguf.tensor_outside", path=self.path, tensor=info.name, need=start + end, size=cursor.end
                )
        for info in rows:
            if info.name in self.tensors:
                raise ModelError.of("gguf.tensor_twice", path=self.path, tensor=info.name)
            self.tensors[info.name] = TensorInfo(
                info.name, info.shape, info.type_name, start + info.offset, info.size
            )

    def _read_tensor_info(self, cursor: _Cursor, alignment: int) -> TensorInfo:
        """A row of the tensor table, its offset still relative to the start of the data."""
        from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType

        name = cursor.string()
        dimensions = cursor.u32()
        if not 1 <= dimensions <= MAX_DIMENSIONS:
            raise ModelError.of("gguf.dimensions", path=self.path, tensor=name[:80], dimensions=dimensions)
        shape = tuple(cursor.u64() for _ in range(dimensions))[::-1]
        number, offset = cursor.u32(), cursor.u64()
        try:
            kind = GGMLQuantizationType(number)
            block, block_bytes = GGML_QUANT_SIZES[kind]
        except (ValueError, KeyError):
            raise ModelError.of("gguf.tensor_type", path=self.path, tensor=name[:80], type=number) from None
        if min(shape) < 1 or math.prod(shape) > 1 << 62 or shape[-1] % block or offset % alignment:
            raise ModelError.of("gguf.shape", path=self.path, tensor=name[:80], shape=list(shape))
        return TensorInfo(name, shape, kind.name, offset, math.prod(shape) // block * block_bytes)

    def read_tensor(self, name: str, out: torch.Tensor, row_order: np.ndarray | None = None) -> None:
        """Dequantize tensor ``name`` into ``out`` (same number of elements, contiguous, any float dtype).

        ``row_order[i]`` is the row of the file that becomes row ``i``. Beyond ``out`` no more than the
        tensor's bytes in the file (only where rows are reordered) and a few dozen megabytes are held.
        """
        import torch

        info = self.tensors[name]
        flat = out.view(-1)
        position = 0
        for piece in self._pieces(info, row_order):
            values = torch.from_numpy(_dequantize(piece, info.type_name, self.path))
            flat[position : position + values.numel()].copy_(values)
            position += values.numel()

    def _pieces(self, info: TensorInfo, row_order: np.ndarray | None) -> Iterator[np.ndarray]:
        """The tensor's bytes, whole blocks at a time, in the order wanted."""
        self._file.seek(info.offset)
        if row_order is not None:
            rows = self._bytes(info, info.size).reshape(len(row_order), -1)
            yield rows[row_order].reshape(-1)
            return
        step = max(1, CHUNK_ELEMENTS * info.size // info.elements)
        step = -(-step // _block_bytes(info.type_name)) * _block_bytes(info.type_name)
        for start in range(0, info.size, step):
            yield self._bytes(info, min(step, info.size - start))

    def _bytes(self, info: TensorInfo, size: int) -> np.ndarray:
        data = np.fromfile(self._file, np.uint8, size)
        if len(data) != size:  # the file shrank after its size was checked
            raise ModelError.of("gguf.truncated", path=self.path, position=info.offset)
        return data


def _block_bytes(type_name: str) -> int:
    from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType

    return int(GGML_QUANT_SIZES[GGMLQuantizationType[type_name]][1])


def _dequantize(data: np.ndarray, type_name: str, path: Path) -> np.ndarray:
    """A run of blocks as float32, of shape (elements,)."""
    from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
    from gguf.quants import dequantize

    kind = GGMLQuantizationType[type_name]
    block, block_bytes = GGML_QUANT_SIZES[kind]
    # gguf works on 16 rows at a time, which is slow for short rows: cut the run into longer ones.
    width = max(1, GROUP_ELEMENTS // block) * block_bytes
    whole = len(data) // width * width
    parts = [data[:whole].reshape(-1, width), data[whole:].reshape(1, -1)]
    try:
        pieces = [dequantize(part, kind).reshape(-1) for part in parts if part.size]
    except NotImplementedError:
        raise ModelError.of("gguf.type_unsupported", path=path, type=type_name) from None
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
