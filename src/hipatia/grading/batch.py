"""Grades of many answers on all cores: ``python -m hipatia.grading.batch`` reads rows, writes outcomes.

Plain subprocesses rather than multiprocessing, whose spawned children need a guarded main module; a batch
that is too small to pay for their start is graded in place. Started by ``api.py`` alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..schema import Grade

Row = tuple[str, str, str | None]
WORTHWHILE = 2_000  # rows a process; a start costs as much as some hundred of them
MAX_PROCESSES = 32


def processes(rows: int) -> int:
    """How many processes pay for so many rows."""
    return min(os.cpu_count() or 1, MAX_PROCESSES, rows // WORTHWHILE)


def graded(rows: Sequence[Row], count: int, language: str) -> list[list[Grade] | None]:
    """The grades of each of ``count`` equal parts of the rows; ``None`` for a part whose process failed."""
    size = -(-len(rows) // count)
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    with ThreadPoolExecutor(len(parts)) as pool:
        return list(pool.map(lambda part: _in_process(part, language), parts))


def _in_process(rows: Sequence[Row], language: str) -> list[Grade] | None:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-m", "hipatia.grading.batch", language],
        input=json.dumps(rows),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )
    try:
        grades = [Grade(*fields) for fields in json.loads(done.stdout)]
    except (ValueError, TypeError):
        return None
    return grades if len(grades) == len(rows) else None


def main() -> None:
    from dataclasses import astuple

    from .. import i18n
    from .api import validate_math_response

    i18n.set_language(sys.argv[1])
    rows = json.load(sys.stdin)
    grades = [
        validate_math_response(response, expected, question=question) for response, expected, question in rows
    ]
    json.dump([astuple(grade) for grade in grades], sys.stdout)


if __name__ == "__main__":
    main()
