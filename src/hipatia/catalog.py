"""What a MODEL argument means, and how it is opened.

    resolve("latest", config)        # Source(kind="adapter", …)
    engine = open_engine("clase-3B", config)

Nothing or ``latest``: the newest finished run, else the embedded model. A run folder or its name, a folder
with a whole model or an adapter, a .gguf file, ``embedded``, a hub id ``organisation/name``; or a server:
``http://host:port/v1#model``, ``lmstudio:NAME``, ``ollama:NAME``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from . import i18n
from .config import Config
from .doctor import probe
from .embedded import NAME as EMBEDDED_NAME
from .embedded import embedded_model_path
from .engines import Engine
from .engines.http import NotRunning
from .engines.llama_cpp import LlamaCppEngine, llama_cpp_is_installed
from .engines.openai import is_server, open_server
from .errors import ModelError
from .gguf import GGUFFile, count_gguf_parameters, is_gguf, quantization
from .gguf.writer_adapter import is_made_from
from .local_models import find_local
from .modeling import (
    EMBEDDED,
    Hardware,
    adapter_origin,
    detect_hardware,
    file_digest,
    load_adapter,
    load_base,
    load_tokenizer,
    prepared_tokenizer,
)
from .runs import ADAPTER, newest_finished, read_manifest

ADAPTER_GGUF = "adapter.gguf"  # beside a run's adapter, the same adapter for llama.cpp
_USABLE_MEMORY = 0.7  # of the machine's, by the weights alone
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A model found: an ``adapter`` (``location`` is its folder) or a ``whole`` model."""

    kind: Literal["adapter", "whole"]
    location: str
    name: str


@dataclass(frozen=True, slots=True)
class GgufFiles:
    """What llama.cpp needs for a source: a model file and, for an adapter, that as a GGUF too."""

    model: Path
    adapter: Path | None
    base_name: str


def resolve(model: str | None, config: Config) -> Source:
    """What the argument means. Raises ModelError for a folder without a model or a run without an adapter."""
    if model in (None, "", "latest"):
        newest = newest_finished(config.paths.runs)
        return _in_folder(newest) if newest else Source("whole", EMBEDDED, EMBEDDED)
    assert model is not None
    if model == EMBEDDED:
        return Source("whole", EMBEDDED, EMBEDDED)
    if (path := Path(model).expanduser()).is_dir():
        return _in_folder(path)
    if read_manifest(named := config.paths.runs / model) is not None:
        return _in_folder(named)
    if is_gguf(path):
        return Source("whole", str(path), path.stem)
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


def open_engine(
    model: str | None, config: Config, say: Say = lambda _: None, *, many: bool = False
) -> Engine:
    """The engine for a MODEL argument, loaded. Raises ModelError or HubError.

    ``many``: it is to answer many questions at once, the same way each time, rather than to talk to someone.
    """
    if model and is_server(model):
        return _open_server(model, config, say)
    source = resolve(model, config)
    files = gguf_files(source, config, say) if llama_cpp_is_installed() else None
    if files and _llama_cpp_is_for(files, config, many):
        return _open_llama_cpp(source, files, config)
    if config.engines.local == "llama_cpp":
        raise ModelError.of("engines.no_llama_cpp")
    return _open_transformers(source, config, say)


def _open_server(model: str, config: Config, say: Say) -> Engine:
    """The engine behind a server; where it is not running, the hint names the file that it would run."""
    try:
        engine = open_server(model, config.engines)
        if config.generation.exact_arithmetic and not engine.can_continue():
            say(i18n.t("engines.no_exact_arithmetic", name=engine.name, url=engine.url))
        return engine
    except NotRunning as error:
        path = model
        with suppress(ModelError):
            path = find_local(model)
        if path == model:
            raise
        hint = f"{error.hint} {i18n.t('catalog.or_directly', path=path)}"
        raise NotRunning(error.message, hint) from error


def gguf_files(source: Source, config: Config, say: Say = lambda _: None) -> GgufFiles | None:
    """The files for llama.cpp, None where the source is something else. Raises ModelError for a wrong base."""
    if source.kind == "whole":
        path = embedded_model_path(config, say) if source.location == EMBEDDED else Path(source.location)
        name = EMBEDDED_NAME if source.location == EMBEDDED else path.stem
        return GgufFiles(path, None, name) if is_gguf(path) and path.is_file() else None
    folder = Path(source.location)
    adapter = folder.parent / ADAPTER_GGUF
    if folder.name != ADAPTER or not is_made_from(adapter, folder):
        return None
    origin = adapter_origin(folder)
    base = gguf_files(Source("whole", origin["source"], ""), config, say)
    if base and origin.get("sha256") not in (None, "", file_digest(base.model)):
        raise ModelError.of("modeling.wrong_base", folder=folder, base=origin["source"])
    return GgufFiles(base.model, adapter, base.base_name) if base else None


def _llama_cpp_is_for(files: GgufFiles, config: Config, many: bool) -> bool:
    """As set; ``auto``: on a processor, to talk, or where the weights in 16 bits would overfill the memory.

    In batches transformers is faster there, and says the same each time.
    """
    if config.engines.local != "auto":
        return config.engines.local == "llama_cpp"
    return not quick_hardware(config).is_gpu and (not many or _overfills_memory(files.model))


def _overfills_memory(model: Path) -> bool:
    import psutil

    return 2 * count_gguf_parameters(model) > _USABLE_MEMORY * psutil.virtual_memory().total


def quick_hardware(config: Config) -> Hardware:
    """As ``detect_hardware``; torch, slow to load, is asked only where it might use a card."""
    import psutil

    facts = probe()
    may_be_used = facts.gpus or facts.torch_hip or facts.torch_xpu or facts.system == "Darwin"
    if config.model.device != "cpu" and (may_be_used or config.model.device != "auto"):
        return detect_hardware(config)
    best = "bfloat16" if facts.bf16 else "float32"
    dtype = best if config.model.dtype == "auto" else config.model.dtype
    return Hardware("cpu", dtype, "CPU", psutil.virtual_memory().total)


def _open_llama_cpp(source: Source, files: GgufFiles, config: Config) -> Engine:
    def tokenizer() -> Any:
        return prepared_tokenizer(load_tokenizer(files.model), config)

    with GGUFFile(files.model) as file:
        precision = quantization(file)
    return LlamaCppEngine(
        files.model,
        tokenizer,
        source.name,
        config.engines,
        adapter=files.adapter,
        description=_description(source, files.base_name, "CPU (llama.cpp)", precision),
    )


def _open_transformers(source: Source, config: Config, say: Say) -> Engine:
    from .engines.transformers import TransformersEngine

    hardware = detect_hardware(config)
    if source.kind == "adapter":
        base = load_adapter(Path(source.location), config, hardware, say)
    else:
        base = load_base(source.location, config, hardware, say)
    device = f"{hardware.name} ({hardware.device})" if hardware.is_gpu else hardware.name
    dtype = "4 bits" if base.quantized else str(base.model.dtype).removeprefix("torch.")
    return TransformersEngine(
        base.model,
        base.tokenizer,
        source.name,
        description=_description(source, base.name, device, dtype),
        batch_size=config.evaluation.batch_size,
    )


def _description(source: Source, base: str, device: str, dtype: str) -> str:
    kind = i18n.t(f"catalog.{source.kind}", base=base)
    return i18n.t("catalog.description", name=source.name, kind=kind, device=device, dtype=dtype)
