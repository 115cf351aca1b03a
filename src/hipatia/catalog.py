"""What a MODEL argument means, and how it is opened.

    resolve("latest", config)        # Source(kind="run", …)
    engine = open_engine("clase-3B", config)

Nothing or ``latest``: the newest finished run, else the embedded model. A run folder or its name, a folder
with a whole model or an adapter, a .gguf file, ``embedded``, or a hub id ``organisation/name``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from . import i18n
from .config import Config
from .engines import Engine
from .errors import ModelError
from .modeling import EMBEDDED, detect_hardware, load_adapter, load_base
from .runs import ADAPTER, newest_finished, read_manifest


@dataclass(frozen=True, slots=True)
class Source:
    """A model found: an ``adapter`` (``location`` is its folder) or a ``whole`` model."""

    kind: Literal["adapter", "whole"]
    location: str
    name: str


def resolve(model: str | None, config: Config) -> Source:
    """What the argument means. Raises ModelError for a folder without a model or a run without an adapter."""
    if model in (None, "", "latest"):
        newest = newest_finished(config.paths.runs)
        return _in_folder(newest) if newest else Source("whole", EMBEDDED, EMBEDDED)
    assert model is not None
    if model == EMBEDDED:
        return Source("whole", EMBEDDED, EMBEDDED)
    if (folder := Path(model).expanduser()).is_dir():
        return _in_folder(folder)
    if read_manifest(named := config.paths.runs / model) is not None:
        return _in_folder(named)
    if model.endswith(".gguf"):
        return Source("whole", str(Path(model).expanduser()), Path(model).stem)
    return Source("whole", model, model)


def _in_folder(folder: Path) -> Source:
    """Adapter or whole model, by what the folder holds."""
    if read_manifest(folder) is not None and not (folder / "adapter_config.json").is_file():
        if not (folder / ADAPTER / "adapter_config.json").is_file():
            raise ModelError.of("catalog.unfinished_run", path=folder)
        return Source("adapter", str(folder / ADAPTER), folder.name)
    if (folder / "adapter_config.json").is_file():
        return Source("adapter", str(folder), folder.name)
    if (folder / "config.json").is_file():
        return Source("whole", str(folder), folder.name)
    if len(files := sorted(folder.glob("*.gguf"))) == 1:
        return Source("whole", str(files[0]), files[0].stem)
    raise ModelError.of("catalog.empty_folder", path=folder)


def open_engine(model: str | None, config: Config, say: Callable[[str], None] = lambda _: None) -> Engine:
    """The engine for a MODEL argument, loaded. Raises ModelError or HubError."""
    from .engines.transformers import TransformersEngine

    source = resolve(model, config)
    hardware = detect_hardware(config)
    if source.kind == "adapter":
        base = load_adapter(Path(source.location), config, hardware, say)
    else:
        base = load_base(source.location, config, hardware, say)
    kind = i18n.t(f"catalog.{source.kind}", base=base.name)
    description = i18n.t(
        "catalog.description",
        name=source.name,
        kind=kind,
        device=f"{hardware.name} ({hardware.device})" if hardware.is_gpu else hardware.name,
        dtype="4 bits" if base.quantized else str(base.model.dtype).removeprefix("torch."),
    )
    return TransformersEngine(
        base.model,
        base.tokenizer,
        source.name,
        description=description,
        batch_size=config.evaluation.batch_size,
    )
