"""Whether a model will fit into the memory that is free, before it is loaded.

    forecast = memory_forecast(source, config, probe())
    forecast.needed > forecast.free

An estimate from the sizes of the files: their weights in the precision in which they will be held, and what
answering takes beside them (``hipatia.forecast`` has the formulas). None where the size is not known.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .. import hub
from ..catalog import Source
from ..config import Config
from ..doctor import Facts, capacity
from ..engines.llama_cpp import llama_cpp_is_installed
from ..errors import HipatiaError
from ..forecast import BYTES, answering_bytes
from ..gguf import count_gguf_parameters, is_gguf
from ..modeling import EMBEDDED, adapter_origin

_SIZES = {"float32": 4, "F32": 4, "float64": 8}


@dataclass(frozen=True, slots=True)
class Weights:
    """How many parameters a model has, and what its files take in bytes (0: unknown)."""

    parameters: int
    stored: int = 0
    gguf: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """Bytes that a model needs, that are free and that there are, on a card or (``cpu``) in the machine."""

    needed: int
    free: int
    total: int
    device: str

    @property
    def fits(self) -> bool:
        return self.needed <= self.free


def memory_forecast(source: Source, config: Config, facts: Facts) -> Forecast | None:
    """What loading a model will take where it will run; None where that cannot be told."""
    weights = None
    with suppress(HipatiaError, OSError, ValueError):  # loading it will say what is wrong
        weights = weights_of(source, config)
    if weights is None or not weights.parameters:
        return None
    devices = capacity(facts)
    wanted = [one for one in devices if (one.device == "cpu" if config.model.device == "cpu" else one.now)]
    device = (wanted or devices)[-1]
    if not device.memory:
        return None
    held = _bytes_held(weights, config, facts, on_card=device.device != "cpu", free=device.memory)
    needed = answering_bytes(weights.parameters, held, "cpu" if device.device == "cpu" else "gpu")
    return Forecast(needed, device.memory, _total(device.device, facts), device.device)


def weights_of(source: Source, config: Config) -> Weights | None:
    """The size of a model, from its files or from what the hub says. Raises HipatiaError, OSError, ValueError."""
    if source.kind == "adapter":
        base = adapter_origin(Path(source.location))["source"]
        return weights_of(Source("whole", base, base), config)
    path = Path(source.location)
    if source.location == EMBEDDED:
        return None  # small enough for every machine, and not to be brought here for this alone
    if not path.is_dir() and is_gguf(path):
        return Weights(count_gguf_parameters(path), path.stat().st_size, gguf=True)
    if path.is_dir():
        stored = sum(file.stat().st_size for file in path.glob("*.safetensors"))
        settings = json.loads((path / "config.json").read_text(encoding="utf-8"))
        dtype = settings.get("dtype") or settings.get("torch_dtype") or "float32"
        return Weights(stored // _SIZES.get(str(dtype), 2), stored)
    if hub.is_offline():
        return None
    return Weights(hub.look_up(source.location, config.model.revision).parameters or 0)


def _total(device: str, facts: Facts) -> int:
    """The memory of a card, where that is known and its own, else of the machine."""
    return next(
        (gpu.memory * 2**20 for gpu in facts.gpus if gpu.name == device and gpu.memory), facts.memory_total
    )


def _bytes_held(weights: Weights, config: Config, facts: Facts, *, on_card: bool, free: int) -> float:
    """What the weights take in memory: as they are in llama.cpp, else in 16, 32 or 4 bits."""
    if weights.gguf and not on_card and config.engines.local != "transformers" and llama_cpp_is_installed():
        return weights.stored
    dtype = config.model.dtype
    if dtype == "auto":
        dtype = "bfloat16" if on_card or facts.bf16 else "float32"
    held = weights.parameters * BYTES["float32" if dtype == "float32" else "bfloat16"]
    four_bits = config.model.load_in_4bit
    if on_card and four_bits is not False and "bitsandbytes" in facts.packages and (four_bits or held > free):
        held = weights.parameters * BYTES["4bit"]
    return held
