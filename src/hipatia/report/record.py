"""What a run folder tells: ``Record.of(folder)``. Files that are missing or damaged count as empty."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..runs import CONFIG, EVALUATION, METRICS, read_manifest

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """``run.json``, the settings, the lines of ``metrics.jsonl`` by kind, and what base and tuned answered."""

    name: str
    manifest: Json
    settings: Json
    steps: list[Json]
    evaluations: list[Json]
    base: Json
    tuned: Json

    @classmethod
    def of(cls, folder: Path) -> Record:
        lines = _metrics(folder / METRICS)
        return cls(
            folder.resolve().name,
            read_manifest(folder) or {},
            _settings(folder / CONFIG),
            [line for line in lines if line.get("kind") == "step"],
            [line for line in lines if line.get("kind") == "evaluation"],
            _answers(folder / EVALUATION / "base.json"),
            _answers(folder / EVALUATION / "tuned.json"),
        )

    def pairs(self) -> list[tuple[Json, Json]]:
        """(base's answer, tuned's answer) to each problem that both were asked."""
        tuned = {row["id"]: row for row in self.tuned.get("answers", ())}
        return [(row, tuned[row["id"]]) for row in self.base.get("answers", ()) if row["id"] in tuned]

    def flips(self) -> tuple[list[tuple[Json, Json]], list[tuple[Json, Json]]]:
        """The pairs that became right, and those that became wrong."""
        pairs = self.pairs()
        gained = [pair for pair in pairs if not is_right(pair[0]) and is_right(pair[1])]
        lost = [pair for pair in pairs if is_right(pair[0]) and not is_right(pair[1])]
        return gained, lost


def is_right(answer: Json) -> bool:
    """Whether an answer was graded as correct."""
    return answer.get("outcome") == "correct"


def points(lines: list[Json], y: str) -> list[tuple[float, float]]:
    """(step, value) of the lines that have a finite number under the name ``y``."""
    return [(line["step"], line[y]) for line in lines if _is_finite(line.get(y))]


def speeds(steps: list[Json]) -> list[tuple[float, float]]:
    """(step, tokens a second) from the step before; a step that follows none is left out."""
    found = []
    for before, line in zip(steps, steps[1:], strict=False):
        seconds = line["seconds"] - before["seconds"]
        if line["step"] == before["step"] + 1 and seconds > 0:
            found.append((line["step"], line["tokens"] / seconds))
    return found


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _metrics(path: Path) -> list[Json]:
    """The whole lines of the file; what a killed process left of its last one is no line."""
    lines = []
    for text in _read(path).splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and _is_finite(line.get("step")):
            lines.append(line)
    return lines


def _answers(path: Path) -> Json:
    try:
        content = json.loads(_read(path))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _settings(path: Path) -> Json:
    try:
        content = yaml.safe_load(_read(path))
    except yaml.YAMLError:
        return {}
    return content if isinstance(content, dict) else {}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
