"""The states of all random generators: taken, put back, and as JSON.

states = random_states()
set_random_states(states)
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import numpy
import torch


@dataclass(frozen=True, slots=True)
class RandomStates:
    """Python's, numpy's and torch's generators, and those of the accelerators."""

    python: Any
    numpy: Any
    cpu: torch.Tensor
    accelerators: tuple[torch.Tensor, ...]

    def to_json(self) -> dict[str, Any]:
        """Exactly, as JSON carries it: tensors of bytes as hexadecimal digits."""
        kind, keys, *rest = self.numpy
        return {
            "python": self.python,
            "numpy": [kind, keys.tolist(), *rest],
            "cpu": _hexadecimal(self.cpu),
            "accelerators": [_hexadecimal(state) for state in self.accelerators],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> RandomStates:
        version, keys, gauss = value["python"]
        kind, numpy_keys, *rest = value["numpy"]
        return cls(
            (version, tuple(keys), gauss),
            (kind, numpy.array(numpy_keys, dtype=numpy.uint32), *rest),
            _bytes(value["cpu"]),
            tuple(_bytes(state) for state in value["accelerators"]),
        )


def random_states() -> RandomStates:
    """All states as they are now."""
    accelerators: list[torch.Tensor] = []
    for module in (torch.cuda, torch.xpu):
        if module.is_available():
            accelerators += module.get_rng_state_all()
    if torch.backends.mps.is_available():
        accelerators.append(torch.mps.get_rng_state())
    return RandomStates(
        random.getstate(), numpy.random.get_state(), torch.get_rng_state(), tuple(accelerators)
    )


def set_random_states(states: RandomStates) -> None:
    """Put all states back. Those of accelerators that are not there are left out."""
    random.setstate(states.python)
    numpy.random.set_state(states.numpy)
    torch.set_rng_state(states.cpu)
    for module in (torch.cuda, torch.xpu):
        if module.is_available() and len(states.accelerators) == module.device_count():
            module.set_rng_state_all(list(states.accelerators))
    if torch.backends.mps.is_available() and len(states.accelerators) == 1:
        torch.mps.set_rng_state(states.accelerators[0])


def _hexadecimal(state: torch.Tensor) -> str:
    return state.numpy().tobytes().hex()


def _bytes(text: str) -> torch.Tensor:
    return torch.frombuffer(bytearray.fromhex(text), dtype=torch.uint8)
