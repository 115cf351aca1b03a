"""``report.html``: a run on one page, made from the run folder alone and readable without a network.

    write_report(Path("runs/clase"))

Whatever a run has come to: what is missing (a run that was stopped, one that never measured) is left out.
"""

from __future__ import annotations

from pathlib import Path

from ..runs import write_atomically
from .page import render
from .record import Record

REPORT = "report.html"


def write_report(folder: Path) -> Path:
    """Write the report of a run, whole or not at all, and return its path. Raises RunError."""
    path = folder / REPORT
    write_atomically(path, render(Record.of(folder)))
    return path
