"""What goes wrong inside torch while a model answers, as errors that say what to do.

with explained():
    yield from decode(model, prompts, options, stop_ids)
require_numbers(logits)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import ModelError

if TYPE_CHECKING:
    import torch

_FULL = ("not enough memory", "can't allocate memory", "out of memory")  # torch's words where it has no class


@contextmanager
def explained() -> Iterator[None]:
    """Turn a full memory and a failing device into a ModelError; after it the next answer may well succeed."""
    import torch

    try:
        yield
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise ModelError.of("engines.out_of_memory") from error
    except RuntimeError as error:
        if any(words in str(error) for words in _FULL):
            raise ModelError.of("engines.out_of_memory") from error
        if isinstance(error, torch.AcceleratorError):
            raise ModelError.of("engines.device_failed", reason=str(error).splitlines()[0]) from error
        raise


def require_numbers(best: torch.Tensor) -> None:
    """Raise ModelError unless the best logit of every row is a finite number. ``best``: [rows]."""
    if not best.isfinite().all():
        raise ModelError.of("engines.not_a_number")
