"""Every model on this machine, and whether it can be trained here: what ``hipatia models`` shows.

    for found in find_models(config, hardware): print(found.model, found.type, found.trainable)

Places: the embedded model, the runs, GGUF files of the working folder, LM Studio's, Ollama's, the hub's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from . import hub, i18n, lmstudio, ollama, pretrained
from .config import Config
from .embedded import FILE_NAME, SIZE
from .errors import ModelError
from .gguf import GGUFFile, quantization
from .gguf.architectures import ARCHITECTURES, Settings
from .hub.cache import find_snapshot
from .hub.contents import read_json
from .modeling import EMBEDDED, Hardware, too_large
from .runs import ADAPTER, read_manifest

Place = Literal["embedded", "runs", "folder", "lmstudio", "ollama", "hub"]


@dataclass(frozen=True, slots=True)
class Found:
    """A model: ``model`` is what to type for MODEL, ``size`` in bytes on the disk, ``type`` of its weights.

    ``reason``: why it cannot be trained here, in the user's language; empty where it can.
    """

    place: Place
    model: str
    path: str
    size: int
    type: str = ""
    architecture: str = ""
    parameters: int | None = None
    reason: str = ""

    @property
    def trainable(self) -> bool:
        return not self.reason


def find_models(config: Config, hardware: Hardware) -> list[Found]:
    """All that can be found, place by place. Damaged files are among them, with the reason."""
    return [
        _embedded(config, hardware),
        *_runs(config),
        *(_gguf("folder", str(path), path, config, hardware) for path in sorted(Path().glob("*.gguf"))),
        *(_gguf("lmstudio", str(path), path, config, hardware) for path in lmstudio.find_models()),
        *(
            replace(_gguf("ollama", str(path), path, config, hardware), model=f"ollama:{name}")
            for name, path in ollama.find_models().items()
        ),
        *_hub(config, hardware),
    ]


def _embedded(config: Config, hardware: Hardware) -> Found:
    path = config.model.embedded_path or config.paths.cache_folder / "models" / FILE_NAME
    if path.suffix == ".gguf" and path.is_file():
        return _gguf("embedded", EMBEDDED, path, config, hardware)
    return Found("embedded", EMBEDDED, "", SIZE, "Q4_1", "llama", 134_515_008)


def _runs(config: Config) -> Iterator[Found]:
    """The runs that have an adapter, the newest first."""
    folders = config.paths.runs.iterdir() if config.paths.runs.is_dir() else ()
    runs = [(read_manifest(folder), folder) for folder in folders]
    known = [(manifest, folder) for manifest, folder in runs if manifest and (folder / ADAPTER).is_dir()]
    for manifest, folder in sorted(known, key=lambda one: str(one[0].get("finished", "")), reverse=True):
        base = manifest.get("base")
        name = str(base.get("name", "")) if isinstance(base, dict) else ""
        reason = i18n.t("models.why.adapter", base=name)
        yield Found(
            "runs", folder.name, str(folder), _bytes_in(folder / ADAPTER), "LoRA", name, reason=reason
        )


def _hub(config: Config, hardware: Hardware) -> Iterator[Found]:
    """The models that lie in the hub's cache whole."""
    for name in hub.cached_models():
        snapshot = find_snapshot(name)
        if snapshot is None:
            continue
        settings: dict[str, Any] = {}
        with suppress(ModelError):
            settings = dict(read_json(snapshot / "config.json"))
        parameters = pretrained.count_parameters(snapshot)
        kind = str(settings.get("dtype") or settings.get("torch_dtype") or "")
        reason = "" if _writes_text(settings) else i18n.t("models.why.no_text")
        reason = reason or too_large(parameters, config, hardware)
        architecture = str(settings.get("model_type", ""))
        yield Found(
            "hub", name, str(snapshot), _bytes_in(snapshot), kind, architecture, parameters or None, reason
        )


def _writes_text(settings: dict[str, Any]) -> bool:
    """Whether a configuration is of a model that writes text from left to right."""
    names = settings.get("architectures")
    return isinstance(names, list) and any(
        str(name).endswith(("ForCausalLM", "LMHeadModel")) for name in names
    )


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# --- GGUF files -------------------------------------------------------------------------------------


def _gguf(place: Place, model: str, path: Path, config: Config, hardware: Hardware) -> Found:
    """What a GGUF says of itself; a damaged one is shown with the reason."""
    size = path.stat().st_size
    try:
        with GGUFFile(path) as file:
            parameters = sum(tensor.elements for tensor in file.tensors.values())
            name = str(file.metadata.get("general.architecture", ""))
            reason = _why_no_gguf(file) or too_large(parameters, config, hardware)
            return Found(place, model, str(path), size, quantization(file), name, parameters, reason)
    except ModelError as error:
        return Found(place, model, str(path), size, reason=error.message.replace(str(path), path.name))


def _why_no_gguf(file: GGUFFile) -> str:
    """Why a file cannot become a trainable model: its architecture, its settings, its types, its other parts."""
    if file.metadata.get("split.count", 1) != 1:
        return i18n.t("models.why.split")
    try:
        settings = Settings(file)
        if settings.architecture not in ARCHITECTURES:
            return i18n.t("models.why.architecture", name=settings.architecture[:40])
        ARCHITECTURES[settings.architecture].settings(settings)
    except ModelError as error:
        return error.message
    unknown = sorted(kind for kind in {t.type_name for t in file.tensors.values()} if not _is_readable(kind))
    return i18n.t("models.why.type", type=unknown[0]) if unknown else ""


def _is_readable(type_name: str) -> bool:
    """Whether tensors of a type can be turned into numbers, tried on a block of zeros."""
    import numpy as np
    from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
    from gguf.quants import dequantize

    kind = GGMLQuantizationType[type_name]
    try:
        dequantize(np.zeros((1, GGML_QUANT_SIZES[kind][1]), np.uint8), kind)
    except NotImplementedError:
        return False
    return True
