"""How long a run is, where in it a step stands, and the learning rate there. Pure functions.

steps = planned_steps(config, rows=1000)
rate = settings.learning_rate * rate_share(position(step, steps, seconds, config.time_limit), steps, settings)
"""

from __future__ import annotations

import math

from ..config import Config, TrainingConfig


def planned_steps(config: Config, rows: int, processes: int = 1) -> int:
    """Optimizer steps of a run over so many training rows."""
    settings = config.training
    if settings.max_steps:
        return settings.max_steps
    per_step = settings.rows_per_step * processes
    return max(1, round(settings.epochs * -(-rows // per_step)))


def position(step: int, steps: int, seconds: float, max_minutes: float | None) -> float:
    """How far the run has come, in steps: by its steps or by its time, whichever is further."""
    if max_minutes is None:
        return step
    return max(step, steps * min(1.0, seconds / (60 * max_minutes)))


def rate_share(position: float, steps: int, settings: TrainingConfig) -> float:
    """The share of the highest learning rate that a step begun at this position takes."""
    warmup = math.ceil(steps * settings.warmup_ratio)
    if position < warmup:
        return position / warmup
    if settings.schedule == "constant":
        return 1.0
    if settings.schedule == "linear":
        return max(0.0, (steps - position) / max(1, steps - warmup))
    return 0.5 * (1.0 + math.cos(math.pi * min(1.0, (position - warmup) / max(1, steps - warmup))))


def evaluation_due(before: float, after: float, steps: int, evaluations: int) -> bool:
    """Whether a step that led from one position to another passed the place of a periodic evaluation."""
    places = (round(steps * i / (evaluations + 1)) for i in range(1, evaluations + 1))
    return any(before < place <= after for place in places)
