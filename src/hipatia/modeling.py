"""Base model (embedded, hub, folder, GGUF) → LoRA → adapter.

hardware = detect_hardware(config)
base = load_base("embedded", config, hardware)
model = apply_lora(base.model, config.lora)
save_lora_adapter(model, folder, base)
"""

from __future__ import annotations

import hashlib
import inspect
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import hub, i18n, pretrained
from .config import Config, LoraConfig
from .embedded import NAME as EMBEDDED_NAME
from .embedded import embedded_model_path
from .errors import HubError, ModelError
from .forecast import training_bytes
from .gguf import count_gguf_parameters, is_gguf, load_model_from_gguf, load_tokenizer_from_gguf
from .gguf.four_bits import nf4_settings
from .local_models import find_copy, find_local
from .runs import ADAPTER, RunFolder

if TYPE_CHECKING:
    import torch

EMBEDDED = "embedded"
_NO_SAY: Callable[[str], None] = lambda _: None  # noqa: E731
# Models whose attention is a plain softmax over shared key heads: no sinks, no capped scores, no biases.
_PLAIN_ATTENTION = {"llama", "mistral", "qwen2", "qwen3", "phi3", "gemma", "starcoder2", "olmo2", "granite"}


@dataclass(frozen=True, slots=True)
class Hardware:
    """Where to compute. ``memory`` in bytes is the accelerator's, or the machine's on a CPU."""

    device: str
    dtype: str
    name: str
    memory: int

    @property
    def is_gpu(self) -> bool:
        return self.device in ("cuda", "xpu", "mps")


@dataclass(slots=True)
class Base:
    """A loaded base model, where it came from, and a hash that tells whether it is the same again."""

    model: Any
    tokenizer: Any
    source: str
    name: str
    digest: str
    quantized: bool = False


# --- hardware -------------------------------------------------------------------------------------


def detect_hardware(config: Config) -> Hardware:
    """CUDA, XPU, MPS or CPU, and the precision to compute in. Raises ModelError for one that is not there."""
    import psutil
    import torch

    devices: dict[str, Callable[[], bool]] = {
        "cuda": torch.cuda.is_available,
        "xpu": torch.xpu.is_available,
        "mps": torch.backends.mps.is_available,
        "cpu": lambda: True,
    }
    wanted = config.model.device
    device = next(name for name, there in devices.items() if there()) if wanted == "auto" else wanted
    if not devices[device]():
        raise ModelError.of("modeling.no_device", device=device)
    memory, name = psutil.virtual_memory().total, "CPU"
    if device == "cuda":
        properties = torch.cuda.get_device_properties(0)
        memory, name = properties.total_memory, properties.name
    dtype = config.model.dtype
    return Hardware(device, _best_dtype(device) if dtype == "auto" else dtype, name, memory)


def _best_dtype(device: str) -> str:
    """bfloat16 where it is computed in hardware, else what is safe."""
    import torch

    if device == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported(including_emulation=False) else "float16"
    if device == "cpu":
        return "bfloat16" if torch.cpu._is_avx512_bf16_supported() or _arm_bf16() else "float32"
    return "bfloat16" if device == "xpu" else "float32"


def _arm_bf16() -> bool:
    import torch

    return (
        torch.cpu.get_capabilities().get("arm_bf16", False)
        if hasattr(torch.cpu, "get_capabilities")
        else False
    )


# --- which base -----------------------------------------------------------------------------------


def choose_base(
    config: Config,
    hardware: Hardware,
    say: Callable[[str], None] = _NO_SAY,
    ask: Callable[[str], bool] | None = None,
) -> str:
    """What ``model.base`` stands for. ``auto``: the first candidate that fits and can be had, else embedded.

    Candidates that are on the disk already come first, be it as a GGUF of LM Studio's. ``say`` hears one line
    for each candidate passed over; ``ask`` is asked before a large download, and without it only what is
    there is taken.
    """
    if config.model.base != "auto":
        return find_local(config.model.base)
    if not hardware.is_gpu:
        say(i18n.t("modeling.no_gpu_for_candidates", names=", ".join(config.model.candidates)))
        return EMBEDDED
    here = {name: _on_disk(name, config) for name in config.model.candidates}
    for candidate in sorted(here, key=lambda name: not here[name]):
        source = here[candidate] or candidate
        reason = _why_not(source, config, hardware, ask)
        if reason is None:
            return source
        say(i18n.t("modeling.passed_over", name=candidate, reason=reason))
    return EMBEDDED


def _on_disk(candidate: str, config: Config) -> str:
    """The candidate itself where it is in the hub's cache, else LM Studio's file of it, else nothing."""
    if hub.is_cached(candidate, config.model.revision):
        return candidate
    return str(find_copy(candidate) or "")


def _why_not(
    candidate: str, config: Config, hardware: Hardware, ask: Callable[[str], bool] | None
) -> str | None:
    """Why a candidate cannot be the base here; None if it can."""
    if is_gguf(Path(candidate)):
        return too_large(count_gguf_parameters(candidate), config, hardware) or None
    cached = hub.is_cached(candidate, config.model.revision)
    if not cached and hub.is_offline():
        return i18n.t("modeling.why.offline")
    try:
        known = hub.look_up(candidate, config.model.revision)
    except HubError as error:
        return None if cached else error.message
    if reason := too_large(known.parameters, config, hardware):
        return reason
    if cached or known.size <= config.model.max_auto_download_gb * 1e9:
        return None
    question = i18n.t("modeling.ask_download", name=candidate, size=_gb(known.size))
    if ask is None or not ask(question):
        return i18n.t("modeling.why.not_cached", size=_gb(known.size))
    return None


def too_large(parameters: int | None, config: Config, hardware: Hardware) -> str:
    """Why a model of so many parameters cannot be trained here; empty if it fits or they are not known."""
    kind = "4bit" if needs_4bit(parameters, config, hardware) else hardware.dtype
    needed = _memory_needed(parameters, kind, hardware)
    if needed <= hardware.memory:
        return ""
    return i18n.t("modeling.why.memory", needed=_gb(needed), there=_gb(hardware.memory))


def needs_4bit(parameters: int | None, config: Config, hardware: Hardware) -> bool:
    """Whether to load in 4 bits: as set, else on a CUDA card that the 16-bit weights would overfill."""
    if config.model.load_in_4bit is not None:
        return config.model.load_in_4bit
    needed = _memory_needed(parameters, hardware.dtype, hardware)
    return hardware.device == "cuda" and needed > hardware.memory


def _memory_needed(parameters: int | None, kind: str, hardware: Hardware) -> int:
    """Bytes that training takes; 0 where the size of the model is unknown."""
    return training_bytes(parameters, kind, "gpu" if hardware.is_gpu else "cpu") if parameters else 0


def _gb(size: int) -> str:
    return i18n.number(size / 1e9, 1)


# --- loading --------------------------------------------------------------------------------------


def load_base(source: str, config: Config, hardware: Hardware, say: Callable[[str], None] = _NO_SAY) -> Base:
    """Load ``embedded``, a .gguf file, a model folder or a hub id. Raises ModelError or HubError."""
    import torch

    dtype = getattr(torch, hardware.dtype)
    path = embedded_model_path(config, say) if source == EMBEDDED else Path(source)
    if is_gguf(path):
        if not path.is_file():
            raise ModelError.of("modeling.no_file", path=path)
        quantize = needs_4bit(count_gguf_parameters(path), config, hardware)
        model, tokenizer = load_model_from_gguf(path, dtype, four_bits=quantize, device=hardware.device)
        name = EMBEDDED_NAME if source == EMBEDDED else path.stem
        base = Base(model, tokenizer, source, name, file_digest(path), quantized=quantize)
    else:
        base = _load_pretrained(source, config, hardware, dtype, say)
    _set_attention(base.model, config, hardware)
    base.tokenizer = prepared_tokenizer(base.tokenizer, config)
    if not base.quantized:
        base.model.to(hardware.device)
    return base


def _load_pretrained(
    source: str, config: Config, hardware: Hardware, dtype: torch.dtype, say: Callable[[str], None]
) -> Base:
    """A folder or a hub id, from safetensors only, and without code that comes with it unless that is set."""
    place = pretrained.locate(source, config, say)
    quantize = needs_4bit(pretrained.count_parameters(place.folder), config, hardware)
    options = {"quantization_config": nf4_settings(dtype), "device_map": {"": 0}} if quantize else {}
    model = pretrained.open_model(place, dtype=dtype, **options)
    digest = place.commit or folder_digest(place.folder)
    return Base(model, pretrained.open_tokenizer(place), source, source, digest, quantized=quantize)


def _set_attention(model: Any, config: Config, hardware: Hardware) -> None:
    """As set; ``auto``: on a CPU this project's grouped attention where the model takes it, else SDPA."""
    from .attention import register_grouped_attention

    wanted: str = config.model.attention
    if wanted == "auto":
        grouped = hardware.device == "cpu" and model.config.model_type in _PLAIN_ATTENTION
        wanted = register_grouped_attention() if grouped else "sdpa"
    try:
        model.set_attn_implementation(wanted)
    except (ImportError, ValueError):
        if config.model.attention != "auto":
            raise ModelError.of("modeling.no_attention", name=wanted) from None
        model.set_attn_implementation("eager")


def load_tokenizer(source: str | Path, *, revision: str | None = None) -> Any:
    """The fast tokenizer of a .gguf file, a folder or a hub id. Raises ModelError or HubError."""
    if is_gguf(Path(source)):
        return load_tokenizer_from_gguf(source)
    return pretrained.open_tokenizer(pretrained.locate_tokenizer(str(source), revision))


def prepared_tokenizer(tokenizer: Any, config: Config) -> Any:
    """The tokenizer with a chat template (the configuration's if it has none) and a token to pad with."""
    if not tokenizer.chat_template:
        tokenizer.chat_template = config.chat.template
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_digest(folder: Path) -> str:
    """A hash of a model folder's configuration and weights."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.safetensors"), folder / "config.json"]):
        digest.update(f"{path.name}:{file_digest(path)}\n".encode())
    return digest.hexdigest()


# --- LoRA -----------------------------------------------------------------------------------------


def find_linear_layers(model: Any) -> list[str]:
    """The names, last part only and sorted, of the linear layers that an adapter can be put on.

    Covers ``nn.Linear`` (4- and 8-bit ones included) and GPT-2's ``Conv1D``; never the output head.
    """
    from torch import nn
    from transformers.pytorch_utils import Conv1D

    head = model.get_output_embeddings() if hasattr(model, "get_output_embeddings") else None
    return sorted(
        {
            name.rsplit(".", 1)[-1]
            for name, module in model.named_modules()
            if isinstance(module, nn.Linear | Conv1D) and module is not head and name
        }
    )


def apply_lora(model: Any, settings: LoraConfig) -> Any:
    """The model with frozen weights and a trainable adapter of the weights' own precision, as a PeftModel.

    Raises ModelError naming target modules that the model does not have.
    """
    from peft import LoraConfig as PeftLoraConfig
    from peft import get_peft_model

    from .lowrank import fuse_lora

    known = find_linear_layers(model)
    targets = known if settings.target_modules == "auto" else settings.target_modules
    missing = sorted(set(targets) - set(known))
    if missing or not targets:
        raise ModelError.of("modeling.no_such_layers", missing=", ".join(missing), known=", ".join(known))
    peft_config = PeftLoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules=list(targets),
        task_type="CAUSAL_LM",
    )
    dtype = next(p.dtype for p in model.parameters() if p.is_floating_point())
    with _quiet_peft():
        adapted = get_peft_model(model, peft_config, autocast_adapter_dtype=False)
    for parameter in adapted.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.to(dtype)
    fuse_lora(adapted)
    return adapted


def cache_argument(model: Any) -> str:
    """The name by which a model takes keys and values: newer transformers have another one."""
    whole = model.get_base_model() if hasattr(model, "get_base_model") else model
    return "cache" if "cache" in inspect.signature(whole.forward).parameters else "past_key_values"


@contextmanager
def _quiet_peft() -> Iterator[None]:
    """Without the warning that peft asks transformers by a name that is going away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def count_trainable_parameters(model: Any) -> tuple[int, int]:
    """(trainable, total) parameters. 4-bit weights, which are stored packed, count each."""
    trainable = total = 0
    for parameter in model.parameters():
        count = parameter.numel()
        if type(parameter).__name__ == "Params4bit":
            count *= 2 * parameter.element_size()
        total += count
        trainable += count if parameter.requires_grad else 0
    return trainable, total


BASE_FILE = "hipatia_base.json"


def save_lora_adapter(model: Any, folder: str | Path, base: Base | None = None) -> Path:
    """Save the adapter (safetensors and configuration) and, with ``base``, its tokenizer and origin.

    peft alone can load it. Returns the folder. Raises ModelError if the model has no adapter.
    """
    folder = Path(folder)
    if not getattr(model, "peft_config", None):
        raise ModelError.of("modeling.no_adapter")
    if base:
        model.peft_config["default"].base_model_name_or_path = base.source
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder, save_embedding_layers=False)
    if base:
        base.tokenizer.save_pretrained(folder)
        origin = {"source": base.source, "name": base.name, "sha256": base.digest}
        (folder / BASE_FILE).write_text(json.dumps(origin, indent=2) + "\n", encoding="utf-8")
    return folder


def merge_adapter(model: Any) -> Callable[[], None]:
    """Add the adapter's product to the weights for fast inference; the result undoes that exactly.

    The sum is taken in float32 and rounded to the weights' type. Layers in 4 or 8 bits stay as they are.
    """
    undo: list[tuple[Any, torch.Tensor]] = []
    for layer in model.modules():
        if not hasattr(layer, "get_delta_weight") or not layer.active_adapters or layer.merged:
            continue
        weight = layer.get_base_layer().weight
        if not weight.is_floating_point() or type(weight).__name__ == "Params4bit":
            continue
        undo.append((layer, weight.data))
        name = layer.active_adapters[0]
        weight.data = (weight.data.float() + layer.get_delta_weight(name).float()).to(weight.dtype)
        layer.merged_adapters.append(name)

    def restore() -> None:
        for layer, original in undo:
            layer.get_base_layer().weight.data = original
            layer.merged_adapters.clear()

    return restore


def load_adapter(
    folder: Path, config: Config, hardware: Hardware, say: Callable[[str], None] = _NO_SAY
) -> Base:
    """An adapter on its base, which is found by itself. Raises ModelError for a wrong or missing base."""
    from peft import PeftModel
    from safetensors import SafetensorError

    origin = adapter_origin(folder)
    try:
        base = load_base(origin["source"], pinned(config, origin), hardware, say)
    except HubError:
        raise
    except ModelError as error:
        source = origin["source"]
        raise ModelError.of("modeling.no_base", folder=folder, base=source, reason=error.message) from error
    if origin.get("sha256") and base.digest and origin["sha256"] != base.digest:
        raise ModelError.of("modeling.wrong_base", folder=folder, base=origin["source"])
    try:
        with _quiet_peft():
            model = PeftModel.from_pretrained(base.model, folder, autocast_adapter_dtype=False)
    except (RuntimeError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError.of("modeling.bad_adapter", folder=folder, reason=str(error)[:200]) from error
    merge_adapter(model)
    base.model = model
    return base


def pinned(config: Config, origin: dict[str, str]) -> Config:
    """With the commit of the hub model that an adapter was trained on, whatever its newest is by now."""
    commit = origin.get("sha256", "")
    if not hub.is_commit(commit):
        return config
    return config.model_copy(update={"model": config.model.model_copy(update={"revision": commit})})


def save_lora_adapter_in(folder: RunFolder, model: Any, base: Base) -> Path:
    """Save the adapter into a run folder, where it appears whole or not at all."""
    with folder.folder(ADAPTER) as temporary:
        save_lora_adapter(model, temporary, base)
    return folder.path / ADAPTER


def adapter_origin(folder: Path) -> dict[str, str]:
    """Where an adapter's base is: ``source`` and, for adapters made here, its ``sha256``."""
    try:
        own = folder / BASE_FILE
        if own.is_file():
            return json.loads(own.read_text(encoding="utf-8"))
        settings = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
        return {"source": settings["base_model_name_or_path"]}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError.of("modeling.bad_adapter", folder=folder, reason=str(error)[:200]) from error
