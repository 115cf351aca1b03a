"""Are the cached files what their names say? The libraries name a content by its hash, but never look again.

    for file in damaged(snapshot):
        discard(file)

A file is read through once; its size and time then stand for it, until they change.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

_CHECKED = ".hipatia"  # a folder beside blobs, refs and snapshots
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def damaged(snapshot: Path) -> list[Path]:
    """The files of a snapshot whose content has not the hash that it is named by."""
    bad = []
    for path in sorted(snapshot.iterdir()):
        digest = _digest(path)
        if digest is None or _is_known(path, digest):
            continue
        if matches(path, digest):
            remember(path)
        else:
            bad.append(path)
    return bad


def remember(path: Path) -> None:
    """This file of a snapshot has been checked."""
    if digest := _digest(path):
        mark = _mark(path, digest)
        with suppress(OSError):  # a cache that is read-only is checked each time
            mark.parent.mkdir(exist_ok=True)
            mark.write_text(_state(path), encoding="ascii")


def matches(path: Path, digest: str) -> bool:
    """Whether a file has the hash: SHA-256, or of 40 digits the SHA-1 that git gives a file."""
    with path.open("rb") as file:
        expected = hasher(digest, path.stat().st_size)
        return bool(hashlib.file_digest(file, lambda: expected).hexdigest() == digest)


def hasher(digest: str, size: int) -> Any:
    """What computes the hash of this kind of a file of so many bytes."""
    return hashlib.sha256() if len(digest) == 64 else hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)


def discard(path: Path) -> None:
    """Take a damaged file out of the cache, content and link."""
    content = path.parent / path.readlink()
    path.unlink()
    content.unlink(missing_ok=True)


def _digest(path: Path) -> str | None:
    """The hash that a link of a snapshot points to; None for what is no such link (Windows copies files)."""
    name = path.readlink().name if path.is_symlink() else ""
    return name if _DIGEST.fullmatch(name) and path.is_file() else None


def _is_known(path: Path, digest: str) -> bool:
    with suppress(OSError):
        return _mark(path, digest).read_text(encoding="ascii") == _state(path)
    return False


def _mark(path: Path, digest: str) -> Path:
    return path.parent.parent.parent / _CHECKED / digest


def _state(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"
