"""Tokens of data sets, kept from one training to the next.

    dataset = TokenCache(folder).get(key, lambda: record_batches)

An entry is one Arrow file, ``KEY-HASH.arrow``, that is read where it lies. It is written under another name and
renamed, so that it is whole or absent; its name holds the hash of its content, so that a damaged one is noticed
and made again. The entries that were used last stay, as many as come to ``KEPT_BYTES``.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow
    from datasets import Dataset

    Make = Callable[[], Iterable[pyarrow.RecordBatch]]

_log = logging.getLogger(__name__)
KEPT_BYTES = 2 * 2**30
_KEPT_FILES = 64
_ABANDONED = 24 * 3600  # seconds after which a file that was being written is nobody's


class TokenCache:
    """A folder of entries; one that cannot be written only means that the work is done again next time."""

    def __init__(self, folder: Path):
        self.folder = folder

    def get(self, key: str, make: Make) -> Dataset:
        """The entry of this key, else what ``make`` gives, at least one batch, which is kept."""
        from datasets import Dataset
        from datasets.table import InMemoryTable

        path = self._verified(key)
        if path is None:
            try:
                path = self._write(key, make())
            except OSError as error:
                _log.info("The tokens are not kept: %s", error)
                return Dataset(InMemoryTable.from_batches(list(make())))
            self._forget_oldest()
        return Dataset.from_file(str(path))

    def _verified(self, key: str) -> Path | None:
        """The entry, if it is there and is what was written; a damaged one goes."""
        for path in self.folder.glob(f"{key}-*.arrow"):
            with suppress(OSError):
                if path.stem == f"{key}-{_digest(path)}":
                    os.utime(path)
                    return path
                path.unlink()
        return None

    def _write(self, key: str, batches: Iterable[pyarrow.RecordBatch]) -> Path:
        import pyarrow

        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".part", dir=self.folder)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                iterator = iter(batches)
                first = next(iterator)
                with pyarrow.ipc.new_stream(file, first.schema) as writer:
                    writer.write_batch(first)
                    for batch in iterator:
                        writer.write_batch(batch)
                file.flush()
                os.fsync(file.fileno())
            path = self.folder / f"{key}-{_digest(temporary)}.arrow"
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        return path

    def _forget_oldest(self) -> None:
        """Keep what was used last, and nothing that was left half written."""
        for path in self.folder.glob("*.part"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()
        total = 0
        for place, (_, size, path) in enumerate(sorted(self._entries(), reverse=True)):
            total += size
            if place and (total > KEPT_BYTES or place >= _KEPT_FILES):
                with suppress(OSError):  # where it is in use, as Windows has it
                    path.unlink()

    def _entries(self) -> Iterable[tuple[float, int, Path]]:
        for path in self.folder.glob("*.arrow"):
            with suppress(OSError):
                found = path.stat()
                yield found.st_mtime, found.st_size, path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]
