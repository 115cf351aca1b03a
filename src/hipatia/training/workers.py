"""Several processes that train one adapter, started by torchrun or ``accelerate launch``; usually just one.

    with Workers.started() as workers:
        workers.add_up(gradients)
        if workers.is_main: ...

Every worker holds the model, learns from its share of each batch, and takes the same step: data-parallel
training whose only traffic is the adapter's gradients. Only the main worker writes and speaks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import RunError

if TYPE_CHECKING:
    import torch

Value = TypeVar("Value")
_PATIENCE = timedelta(
    days=2
)  # while one measures, the others wait; the dead are noticed by their closed socket
_UNSUPPORTED = ("FSDP", "DEEPSPEED", "MEGATRON_LM", "PARALLELISM_CONFIG")


class LostWorker(RunError):
    """Another process of this training has ended before its time."""


def is_main_process() -> bool:
    """Whether this process is the one that writes and speaks."""
    return os.environ.get("RANK", "0") == "0"


@dataclass(frozen=True, slots=True)
class Workers:
    """This process among ``size``. Alone, each call returns at once what it was given."""

    rank: int = 0
    size: int = 1

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[Workers]:
        """The group that the launcher's environment tells of. Raises RunError for what is not built."""
        for name in _UNSUPPORTED:
            if os.environ.get(f"ACCELERATE_USE_{name}", "false").lower() == "true":
                raise RunError.of("train.only_data_parallel", name=name)
        size = int(os.environ.get("WORLD_SIZE", "1"))
        if size == 1:
            yield cls()
            return
        import torch
        from torch import distributed

        cuda = torch.cuda.is_available()
        if cuda:
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        distributed.init_process_group("nccl" if cuda else "gloo", timeout=_PATIENCE)
        try:
            yield cls(distributed.get_rank(), size)
        finally:
            distributed.destroy_process_group()

    @property
    def is_main(self) -> bool:
        return self.rank == 0

    def add_up(self, gradients: Sequence[torch.Tensor]) -> None:
        """Replace each tensor by its sum over the workers, added in float32."""
        if self.size == 1:
            return
        import torch
        from torch import distributed

        flat = torch.cat([gradient.float().flatten() for gradient in gradients])
        with _noticing_the_dead():
            distributed.all_reduce(flat)
        for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
            gradient.copy_(part.view_as(gradient))

    def total(self, values: Sequence[float]) -> list[float]:
        """The sums of numbers over the workers."""
        if self.size == 1:
            return list(values)
        import torch
        from torch import distributed

        device = "cuda" if distributed.get_backend() == "nccl" else "cpu"
        sums = torch.tensor(values, dtype=torch.float64, device=device)
        with _noticing_the_dead():
            distributed.all_reduce(sums)
        return sums.tolist()

    def shared(self, value: Value) -> Value:
        """The main worker's value."""
        return self.gathered(value)[0]

    def gathered(self, value: Value) -> list[Value]:
        """Every worker's value, in their order."""
        if self.size == 1:
            return [value]
        from torch import distributed

        values: list[Any] = [None] * self.size
        with _noticing_the_dead():
            distributed.all_gather_object(values, value)
        return values

    @contextmanager
    def main_first(self) -> Iterator[None]:
        """The block runs in the main worker, then in the others: what it brings is then there for all."""
        if not self.is_main:
            self.gathered(None)
        yield
        if self.is_main:
            self.gathered(None)


@contextmanager
def _noticing_the_dead() -> Iterator[None]:
    """Raises LostWorker where another worker has ended: its connection is closed."""
    try:
        yield
    except RuntimeError as error:
        raise LostWorker.of("train.lost_worker") from error
