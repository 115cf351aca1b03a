"""Are the cached files what their names say? The libraries name a content by its hash, but never look again.

    for file in damaged(snapshot):
        discard(file)

A file is read through once; its size and time then stand for it, until they change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from .download import matches

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
            remember(snapshot, [path.name])
        else:
            bad.append(path)
    return bad


def remember(snapshot: Path, names: Iterable[str]) -> None:
    """These files have been checked."""
    for path in (snapshot / name for name in names):
        if digest := _digest(path):
            mark = _mark(path, digest)
            with suppress(OSError):  # a cache that is read-only is checked each time
                mark.parent.mkdir(exist_ok=True)
                mark.write_text(_state(path), encoding="ascii")


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
