"""The lines of ``metrics.jsonl`` for those who watch a training in TensorBoard or trackio: ``training.trackers``.

    require_trackers(names)                                  # before anything is computed
    trackers = Trackers.opened(run, step=0)
    trackers.tell({"kind": "step", "step": 1, "loss": 2.5})
    trackers.close()

Both are optional packages. One that fails is dropped with a warning: nobody's training ends for a curve.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from .. import i18n
from ..errors import RunError
from .context import Run

FOLDER = "tensorboard"  # of a run
_PROJECT = "hipatia"  # of trackio
_NO_CURVES = ("kind", "step", "steps", "tokens")

Log = Callable[[dict[str, float], int], None]


@dataclass(frozen=True, slots=True)
class _Tracker:
    name: str
    log: Log
    close: Callable[[], None]


@dataclass(slots=True)
class Trackers:
    """The trackers of a run; usually none."""

    warn: Callable[[str], None]
    _open: list[_Tracker] = field(default_factory=list)

    @classmethod
    def opened(cls, run: Run, step: int) -> Trackers:
        """Those of the settings, to go on after a step."""
        trackers = cls(run.display.warn)
        for name in run.config.training.trackers:
            try:
                with redirect_stdout(sys.stderr):  # stdout is for results
                    trackers._open.append(_OPENERS[name](run, step))
            except Exception as error:
                trackers._failed(name, error)
        return trackers

    def tell(self, line: Mapping[str, Any]) -> None:
        """Pass on a line of ``metrics.jsonl``."""
        curves = dict(curves_of(line))
        for tracker in list(self._open):
            try:
                tracker.log(curves, line["step"])
            except Exception as error:
                self._open.remove(tracker)
                self._failed(tracker.name, error)

    def close(self) -> None:
        """Have everything written."""
        for tracker in self._open:
            try:
                with redirect_stdout(sys.stderr):
                    tracker.close()
            except Exception as error:
                self._failed(tracker.name, error)
        self._open = []

    def _failed(self, name: str, error: Exception) -> None:
        self.warn(i18n.t("training.tracker_failed", name=name, reason=error))


def require_trackers(names: Sequence[str]) -> None:
    """Raise RunError for one that is not installed."""
    for name in names:
        if find_spec(name) is None:
            raise RunError.of("training.no_tracker", name=name)


def curves_of(line: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """``train/loss``, ``validation/accuracy``, ``validation/accuracy/algebra``…: the numbers of a line by name."""
    group = "train" if line["kind"] == "step" else "validation"
    shares = {"accuracy": line.get("accuracy")}
    shares |= {f"accuracy/{topic}": share for topic, share in (line.get("by_topic") or {}).items()}
    for name, share in shares.items():
        if share:
            yield f"{group}/{name}", share["value"]
    for name, value in line.items():
        if name not in _NO_CURVES and isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{group}/{name}", value


def _tensorboard(run: Run, step: int) -> _Tracker:
    from torch.utils.tensorboard import SummaryWriter

    writer = SummaryWriter(run.folder.path / FOLDER, purge_step=step + 1)

    def log(curves: dict[str, float], step: int) -> None:
        for name, value in curves.items():
            writer.add_scalar(name, value, step)

    return _Tracker("tensorboard", log, writer.close)


def _trackio(run: Run, step: int) -> _Tracker:
    import trackio

    known = run.config.model_dump(mode="json", include={"model", "lora", "data", "training"})
    name = run.folder.path.name
    opened = trackio.init(project=_PROJECT, name=name, config=known, resume="allow", embed=False)
    return _Tracker("trackio", lambda curves, at: opened.log(curves, step=at), opened.finish)


_OPENERS: dict[str, Callable[[Run, int], _Tracker]] = {"tensorboard": _tensorboard, "trackio": _trackio}
