"""The forecast of a run that is ready to compute, and what to do where it will not fit.

check_memory(run)                          # before a training: cheap, warns or raises
forecast = forecast_run(run)               # ``hipatia train --forecast``: takes a few steps too
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from statistics import median
from time import perf_counter
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from .. import i18n
from ..errors import ModelError
from ..forecast import Load, Memory, Shape, Time, forecast_memory, heaviest, largest_pass, longest_row
from .batches import Collator
from .context import Run
from .display import duration
from .loss import IGNORED
from .trainer import Trainer

_STEPS = 4  # of which the first, which sets things up, does not count
_PARTS = ("weights", "adapter", "gradients", "optimizer", "activations", "logits", "other")


@dataclass(frozen=True, slots=True)
class RunForecast:
    """Memory and time of a run, and advice where it will not fit."""

    memory: Memory
    time: Time | None
    advice: str

    def to_json(self) -> dict[str, Any]:
        """The object of ``--json``; bytes and seconds."""
        time = self.time.to_json() if self.time else None
        return {"memory": self.memory.to_json(), "time": time, "advice": self.advice or None}

    def view(self) -> RenderableType:
        """A table of the memory, a line about the time, and the advice."""
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column()
        table.add_column(justify="right")
        for name in _PARTS:
            table.add_row(i18n.t(f"forecast.{name}"), _gb(getattr(self.memory, name)))
        table.add_row(Text(i18n.t("forecast.needed"), "bold"), Text(_gb(self.memory.needed), "bold"))
        table.add_row(i18n.t("forecast.free", device=self.memory.device), _gb(self.memory.free))
        lines: list[RenderableType] = [table, Text()]
        if self.time:
            words = {"steps": self.time.steps, "time": duration(self.time.seconds)}
            seconds = i18n.number(self.time.seconds_per_step, 2)
            lines.append(Text(i18n.t("forecast.time", seconds=seconds, **words)))
        lines.append(Text(self.advice or i18n.t("forecast.fits"), "" if self.memory.fits else "yellow"))
        return Group(*lines)


def forecast_run(run: Run) -> RunForecast:
    """Memory by the sizes, time by a few steps; those are not taken where they would not fit."""
    shape, load, memory = _memory(run)
    time = _measured_time(run) if memory.fits else None
    return RunForecast(memory, time, _advice(run, shape, load, memory))


def check_memory(run: Run) -> None:
    """Say what to change where memory may not be enough. Raises ModelError where a card cannot hold one row.

    On a processor it is a warning: what is free may grow, and there is swap.
    """
    shape, load, memory = _memory(run)
    if memory.fits:
        return
    words = {
        "needed": _gb(memory.to_come),
        "free": _gb(memory.free),
        "advice": _advice(run, shape, load, memory),
    }
    if memory.device != "cpu" and not largest_pass(shape, load, memory):
        raise ModelError.of("forecast.too_large", **words)
    run.display.warn(i18n.t("forecast.warning", **words))


def _memory(run: Run) -> tuple[Shape, Load, Memory]:
    on_cpu = run.hardware.device == "cpu"
    attention = getattr(run.base.model.config, "_attn_implementation", "eager")
    shape = Shape.of(
        run.model, run.config.lora.rank, stores_scores=attention not in ("sdpa", "flash_attention_2")
    )
    load = _heaviest(run, share=on_cpu)
    held, free = _held_and_free(run.hardware.device, shape)
    return shape, load, forecast_memory(shape, load, held=held, free=free, device=run.hardware.device)


def _heaviest(run: Run, *, share: bool) -> Load:
    rows, settings = run.datasets["train"], run.config.training
    lengths = [len(ids) for ids in rows["input_ids"]]
    order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
    longest = [rows[row] for row in order[: settings.batch_size]]
    learnt = [sum(label != IGNORED for label in row["labels"]) for row in longest]
    columns = zip(*(row["input_ids"] for row in longest), strict=False)
    shared = len(list(takewhile(lambda ids: len(set(ids)) == 1, columns))) if share else 0
    widths = [len(row["input_ids"]) for row in longest]
    return heaviest(widths, learnt, settings.batch_size, settings.pass_tokens, shared)


def _held_and_free(device: str, shape: Shape) -> tuple[int, int]:
    """Bytes that this process holds on the device, and that it can still have."""
    if device == "cuda":
        import torch

        return int(torch.cuda.memory_reserved()), int(torch.cuda.mem_get_info()[0])
    import psutil

    return psutil.Process().memory_info().rss, psutil.virtual_memory().available


def _measured_time(run: Run) -> Time:
    """From a few steps of this very training. Changes the adapter."""
    collate = Collator(run.base.tokenizer.pad_token_id)
    trainer = Trainer(run.model, run.datasets["train"], collate, run.config, run.workers)
    laps = []
    for _ in range(min(_STEPS, trainer.steps)):
        started = perf_counter()
        trainer.step(trainer.progress.step)
        laps.append(perf_counter() - started)
    minutes = run.config.time_limit
    return Time(trainer.steps, median(laps[1:] or laps), 60 * minutes if minutes else None)


def _advice(run: Run, shape: Shape, load: Load, memory: Memory) -> str:
    """What would fit: fewer tokens at once, shorter rows, 4 bits, else a smaller model."""
    if memory.fits:
        return ""
    if tokens := largest_pass(shape, load, memory):
        return i18n.t("forecast.smaller_pass", tokens=tokens)
    ways = []
    if length := longest_row(shape, memory):
        ways.append(i18n.t("forecast.shorter", length=length))
    if run.hardware.device == "cuda" and not run.base.quantized:
        ways.append(i18n.t("forecast.four_bits"))
    return " ".join([*ways, i18n.t("forecast.smaller_model")])


def _gb(size: int) -> str:
    return f"{i18n.number(size / 1e9, 2)} GB"
