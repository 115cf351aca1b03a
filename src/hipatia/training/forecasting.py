"""The forecast of a run that is ready to compute: batches that fit, and what to do where nothing does.

fit_into_memory(run)                       # before a training: smaller batches, if need be, of the same steps
check_memory(run)                          # warns or raises
forecast = forecast_run(run)               # ``hipatia train --forecast``: takes a few steps too
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from .. import i18n
from ..config import TrainingConfig
from ..errors import ModelError
from ..forecast import (
    Load,
    Memory,
    Shape,
    Time,
    forecast_memory,
    heaviest,
    largest_pass,
    longest_row,
    would_fit,
)
from .batches import row_lengths
from .context import Run
from .display import duration
from .loss import IGNORED, WIDTH_STEP
from .timing import measured_time
from .trainer import parts_at_once

_PARTS = ("weights", "adapter", "gradients", "optimizer", "activations", "logits", "other")
_FREED_BY_4_BITS = 0.7  # of the weights in 16 bits


@dataclass(frozen=True, slots=True)
class RunForecast:
    """Memory and time of a run, and advice where it will not fit. ``rows``: of a batch, ``batches``: of a step."""

    memory: Memory
    time: Time | None
    advice: str
    rows: int
    batches: int
    checkpointing: bool

    def to_json(self) -> dict[str, Any]:
        """The object of ``--json``; bytes and seconds."""
        time = self.time.to_json() if self.time else None
        chosen = {
            "batch_size": self.rows,
            "gradient_accumulation": self.batches,
            "gradient_checkpointing": self.checkpointing,
        }
        return {
            "memory": self.memory.to_json(),
            "time": time,
            "training": chosen,
            "advice": self.advice or None,
        }

    def view(self) -> RenderableType:
        """The memory, what is computed at once, the time, and the advice."""
        memory = [(i18n.t(f"forecast.{name}"), _gb(getattr(self.memory, name))) for name in _PARTS]
        table = _table([*memory, (i18n.t("forecast.needed"), _gb(self.memory.needed))])
        table.add_row(i18n.t("forecast.free", device=self.memory.device), _gb(self.memory.free))
        batches = i18n.t("forecast.batches", rows=self.rows, batches=self.batches)
        saving = i18n.t("forecast.checkpointing_on") if self.checkpointing else ""
        verdict = Text(self.advice or i18n.t("forecast.fits"), "" if self.memory.fits else "yellow")
        parts: list[RenderableType] = [table, Text(f"{batches} {saving}".strip()), verdict]
        if self.time:
            parts += [Text(), _time_view(self.time)]
        return Group(*parts)


def _time_view(time: Time) -> Table:
    words = {"steps": time.steps, "seconds": i18n.number(time.seconds_per_step, 2)}
    steps = time.steps * time.seconds_per_step
    rows = [
        (i18n.t("forecast.steps", **words), duration(steps)),
        (i18n.t("forecast.evaluations"), duration(time.evaluations)),
        (i18n.t("forecast.measuring"), duration(time.measuring)),
    ]
    if time.training < steps + time.evaluations:
        limit = i18n.t("forecast.limit", minutes=i18n.number((time.limit_seconds or 0) / 60, 1))
        rows.insert(2, (limit, f"−{duration(steps + time.evaluations - time.training)}"))
    return _table([*rows, (i18n.t("forecast.time"), duration(time.seconds))])


def _table(rows: list[tuple[str, str]]) -> Table:
    """Two columns, the last row in bold."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows[:-1]:
        table.add_row(name, value)
    table.add_row(*(Text(text, "bold") for text in rows[-1]))
    return table


def forecast_run(run: Run) -> RunForecast:
    """Memory by the sizes, time by a few steps; those are not taken where they would not fit."""
    fit_into_memory(run)
    pass_ = _Pass(run)
    memory, settings = pass_.memory(), run.config.training
    time = measured_time(run) if memory.fits else None
    rows, batches = settings.rows_at_once, settings.gradient_accumulation
    advice = _advice(run, pass_, memory)
    return RunForecast(memory, time, advice, rows, batches, settings.gradient_checkpointing is True)


def fit_into_memory(run: Run) -> None:
    """Where a step does not fit as it is set, compute it in smaller batches, then with checkpointing; say so.

    What is learnt stays: the same number of rows a step. Where nothing fits, it is the least that there is.
    """
    settings = run.config.training
    chosen = run.workers.shared(_Pass(run).fitting() if run.workers.is_main else {})
    run.config = run.config.changed("training", **chosen)
    found = run.config.training
    if found.rows_at_once < settings.rows_at_once:
        words = {"rows": found.batch_size, "batches": found.gradient_accumulation}
        run.display.say(i18n.t("forecast.smaller_batches", wanted=settings.rows_at_once, **words))
    if found.gradient_checkpointing is True and settings.gradient_checkpointing == "auto":
        run.display.say(i18n.t("forecast.checkpointing_on"))


def check_memory(run: Run) -> None:
    """Say what to change where memory may not be enough. Raises ModelError where a card cannot hold one row.

    On a processor it is a warning: what is free may grow, and there is swap.
    """
    pass_ = _Pass(run)
    memory = pass_.memory()
    if memory.fits:
        return
    words = {
        "needed": _gb(memory.to_come),
        "free": _gb(memory.free),
        "advice": _advice(run, pass_, memory),
    }
    if memory.device != "cpu" and not largest_pass(pass_.shape(), pass_.load(), memory):
        raise ModelError.of("forecast.too_large", **words)
    run.display.warn(i18n.t("forecast.warning", **words))


class _Pass:
    """The largest pass forward and backward that a run makes, or would make with other settings."""

    def __init__(self, run: Run):
        self.settings, self.device = run.config.training, run.hardware.device
        attention = getattr(run.base.model.config, "_attn_implementation", "eager")
        scores = attention not in ("sdpa", "flash_attention_2")
        self._shape = Shape.of(run.model, run.config.lora.rank, stores_scores=scores)
        self._at_once = parts_at_once(run.model)
        self._held, self._free = _held_and_free(self.device)
        lengths = row_lengths(run.datasets["train"])
        order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
        longest = [run.datasets["train"][row] for row in order[: self.settings.rows_per_step]]
        columns = zip(*(row["input_ids"] for row in longest), strict=False)
        self._shared = sum(1 for _ in takewhile(lambda ids: len(set(ids)) == 1, columns))
        self._lengths = [len(row["input_ids"]) for row in longest]
        self._learnt = [sum(label != IGNORED for label in row["labels"]) for row in longest]

    def memory(self, settings: TrainingConfig | None = None) -> Memory:
        """What the pass takes, as things are set or with other settings."""
        shape, load = self.shape(settings), self.load(settings)
        return forecast_memory(shape, load, held=self._held, free=self._free, device=self.device)

    def shape(self, settings: TrainingConfig | None = None) -> Shape:
        """The model's, with or without checkpointing."""
        return replace(self._shape, checkpointing=(settings or self.settings).gradient_checkpointing is True)

    def load(self, settings: TrainingConfig | None = None) -> Load:
        """The rows that are computed at once."""
        settings = settings or self.settings
        shares = self.device == "cpu" and settings.gradient_checkpointing is not True
        shared = self._shared if shares else 0
        most = settings.rows_at_once, settings.pass_tokens
        return heaviest(self._lengths, self._learnt, *most, shared, self._at_once if shares else 1)

    def fitting(self) -> dict[str, Any]:
        """The first of the ``ways`` that fits, else the last."""
        width = -(-self._lengths[0] // WIDTH_STEP) * WIDTH_STEP
        for way in ways(self.settings, width, on_cpu=self.device == "cpu"):
            if self.memory(self.settings.model_copy(update=way)).fits:
                break
        return way


def ways(settings: TrainingConfig, width: int, *, on_cpu: bool) -> Iterator[dict[str, Any]]:
    """Settings that learn from the same number of rows a step, the fastest first and the smallest last.

    ``width``: tokens of the longest row. On a processor large passes are no faster, so that ``auto`` does not
    seek them there.
    """
    rows = settings.rows_per_step
    whole = settings.batch_size == "auto" and not on_cpu
    saving = settings.gradient_checkpointing
    for saves in (False, True) if saving == "auto" else (saving,):
        for size in range(rows if whole else settings.rows_at_once, 0, -1):
            if rows % size == 0:
                yield {
                    "batch_size": size,
                    "gradient_accumulation": rows // size,
                    "gradient_checkpointing": saves,
                    "pass_tokens": max(settings.pass_tokens, size * width) if whole else settings.pass_tokens,
                }


def _held_and_free(device: str) -> tuple[int, int]:
    """Bytes that this process holds on the device, and that it can still have."""
    if device == "cuda":
        import torch

        return int(torch.cuda.memory_reserved()), int(torch.cuda.mem_get_info()[0])
    import psutil

    return psutil.Process().memory_info().rss, psutil.virtual_memory().available


def _advice(run: Run, pass_: _Pass, memory: Memory) -> str:
    """What would fit: fewer tokens at once; else checkpointing, shorter rows, 4 bits, a smaller model."""
    if memory.fits:
        return ""
    shape, load = pass_.shape(), pass_.load()
    tokens = largest_pass(shape, load, memory)
    if tokens and load.rows > 1:
        return i18n.t("forecast.smaller_pass", tokens=tokens)
    one, saving = replace(load, rows=1, shared=0), replace(shape, checkpointing=True)
    quantizable = run.hardware.device == "cuda" and not run.base.quantized
    freed = replace(memory, free=memory.free + int(_FREED_BY_4_BITS * shape.weight_bytes))
    length = longest_row(shape, memory)
    found = {
        "forecast.checkpointing": not shape.checkpointing and would_fit(saving, one, memory),
        "forecast.shorter": bool(length),
        "forecast.four_bits": quantizable and would_fit(shape, one, freed),
        "forecast.smaller_model": True,
    }
    return " ".join(i18n.t(name, length=length) for name, helps in found.items() if helps)


def _gb(size: int) -> str:
    return f"{i18n.number(size / 1e9, 2)} GB"
