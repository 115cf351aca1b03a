"""``metrics.jsonl``: a line a step and a line an evaluation, in a file that is whole up to its last line.

    metrics = Metrics(folder / "metrics.jsonl")
    metrics.append({"kind": "step", "step": 1, "loss": 2.5})

A disk that is full, or full for a while, costs no line: what could not be written waits for the next one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


class Metrics:
    """The file, and the lines that it could not take yet."""

    def __init__(self, path: Path):
        self.path = path
        self._written = 0  # bytes of whole lines
        self._waiting = b""

    def append(self, values: dict[str, Any]) -> None:
        """Add a line."""
        self._waiting += (json.dumps(values, ensure_ascii=False) + "\n").encode()
        self.flush()

    def flush(self, *, to_disk: bool = False) -> bool:
        """Write what waits. Returns whether the file now holds every line."""
        try:
            with self.path.open("r+b" if self.path.exists() else "wb") as file:
                file.truncate(self._written)  # half a line of an attempt that failed
                file.seek(self._written)
                file.write(self._waiting)
                file.flush()
                if to_disk:
                    os.fsync(file.fileno())
        except OSError:
            return False
        self._written += len(self._waiting)
        self._waiting = b""
        return True

    def content(self) -> bytes:
        """All lines so far."""
        written = self.path.read_bytes()[: self._written] if self._written else b""
        return written + self._waiting

    def start_from(self, content: bytes) -> None:
        """Go on after these lines; whatever else the file held is dropped."""
        self._written, self._waiting = 0, content
        self.flush(to_disk=True)
