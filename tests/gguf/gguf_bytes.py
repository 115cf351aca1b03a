"""GGUF files written byte by byte, so that they can be wrong: ``header(entries=[...], tensors=[...])``."""

from __future__ import annotations

import struct
from typing import Any

UINT32, FLOAT32, BOOL, STRING, ARRAY = 4, 6, 7, 8, 9
F32, F16, Q4_0 = 0, 1, 2


def string(text: str | bytes, length: int | None = None) -> bytes:
    data = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(data) if length is None else length) + data


def entry(key: str | bytes, kind: int, value: Any, length: int | None = None) -> bytes:
    """A metadata entry; ``length`` lies about the length of a string or of the key's list."""
    body: bytes
    if kind == STRING:
        body = string(value, length)
    elif kind == ARRAY:
        item_kind, items = value
        body = struct.pack("<IQ", item_kind, len(items) if length is None else length)
        body += b"".join(string(item) if item_kind == STRING else struct.pack("<I", item) for item in items)
    else:
        body = struct.pack({UINT32: "<I", FLOAT32: "<f", BOOL: "<?"}.get(kind, "<I"), value)
    return string(key) + struct.pack("<I", kind) + body


def tensor(
    name: str, shape: list[int], kind: int = F32, offset: int = 0, dimensions: int | None = None
) -> bytes:
    count = len(shape) if dimensions is None else dimensions
    row = string(name) + struct.pack("<I", count)
    return row + b"".join(struct.pack("<Q", size) for size in shape) + struct.pack("<IQ", kind, offset)


def file(
    entries: list[bytes] | None = None,
    tensors: list[bytes] | None = None,
    data: int = 0,
    magic: bytes = b"GGUF",
    version: int = 3,
    entry_count: int | None = None,
    tensor_count: int | None = None,
) -> bytes:
    """A whole file; ``data`` bytes of zeros follow the padded header."""
    entries, tensors = entries or [], tensors or []
    counts = (
        len(tensors) if tensor_count is None else tensor_count,
        len(entries) if entry_count is None else entry_count,
    )
    header = magic + struct.pack("<IQQ", version, *counts) + b"".join(entries) + b"".join(tensors)
    return header + b"\0" * (-len(header) % 32) + b"\0" * data
