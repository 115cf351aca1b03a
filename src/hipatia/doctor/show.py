"""What the doctor found, for people: sections of facts, what the machine can do, what to mend."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .. import i18n
from .builds import newest_cuda
from .capacity import Capacity
from .facts import MIB, Facts, Gpu
from .remarks import Advice, gib

Row = tuple[str, str]
_FEATURE_NAMES = {
    "avx2": "AVX2",
    "avx512f": "AVX-512",
    "avx512_bf16": "AVX-512 bf16",
    "amx_bf16": "AMX",
    "bf16": "bf16",
    "sve": "SVE",
}
_SYSTEM_NAMES = {"Darwin": "macOS"}
_MARKS = {"problem": ("✗", "bold red"), "warning": ("!", "bold yellow"), "note": ("·", "bold cyan")}
_YES, _NO = "✓", "✗"
_MOST_NAMES = 6


def print_examination(
    console: Console, facts: Facts, advice: list[Advice], capacities: list[Capacity]
) -> None:
    """Print the whole examination; commands are never broken into lines, so that they can be copied."""
    console.print(facts_view(facts, capacities))
    console.print(_heading("doctor.section.advice"))
    if not any(one.kind != "note" for one in advice):
        console.print(Text(f"{_YES} {i18n.t('doctor.all_well')}", "green"))
    for one in advice:
        mark, style = _MARKS[one.kind]
        paragraph = Table.grid(padding=(0, 1))
        paragraph.add_row(Text(mark, style), Text(one.message))
        console.print(paragraph)
        for line in (one.command or "").splitlines():
            console.print(Text(f"    {line}", "cyan"), soft_wrap=True)


def facts_view(facts: Facts, capacities: list[Capacity]) -> RenderableType:
    """What was found, in sections, and what fits."""
    sections = {"system": _system, "cards": _cards, "torch": _torch, "programs": _programs, "hub": _hub}
    parts: list[RenderableType] = []
    for name, rows in sections.items():
        shown = [(label, text) for label, text in rows(facts) if text]
        parts += [_heading(f"doctor.section.{name}"), _rows(shown)] if shown else []
    note = Padding(Text(_say("capacity_note"), "dim"), (0, 0, 0, 2))
    return Group(*parts, _heading("doctor.section.capacity"), _capacity(capacities), note)


def _heading(key: str) -> Text:
    return Text(f"\n{i18n.t(key)}", "bold")


def _rows(rows: list[Row]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in rows:
        table.add_row(Text(label), Text(text))
    return Padding(table, (0, 0, 0, 2), expand=False)


def _say(key: str, **values: object) -> str:
    return i18n.t(f"doctor.facts.{key}", **values)


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


# --- the sections ---------------------------------------------------------------------------------


def _system(facts: Facts) -> Iterator[Row]:
    release = (
        (facts.distribution, facts.distribution_version) if facts.system == "Linux" else (facts.release,)
    )
    name = " ".join(filter(None, (_SYSTEM_NAMES.get(facts.system, facts.system), *release)))
    yield (
        _say("system"),
        _join(
            name,
            facts.architecture,
            f"WSL {facts.wsl}" if facts.wsl else "",
            _say("container", kind=facts.container) if facts.container else "",
            _say("secure_boot") if facts.secure_boot else "",
        ),
    )
    yield (
        "Python",
        _join(facts.python, "conda" if facts.conda else "", _say("translated") if facts.translated else ""),
    )
    features = facts.cpu_features or (facts.check.cpu_features if facts.check else ())
    yield (
        _say("cpu"),
        _join(
            facts.cpu,
            _say("cores", count=facts.cores),
            ", ".join(_FEATURE_NAMES.get(one, one) for one in features or ()),
        ),
    )
    yield _say("memory"), _say("free_of", free=gib(facts.memory_available), total=gib(facts.memory_total))
    yield _say("disk"), _say("free", free=gib(facts.disk_free))


def _cards(facts: Facts) -> Iterator[Row]:
    if not facts.gpus:
        yield _say("cards"), _say("none_seen")
    for gpu in facts.gpus:
        yield gpu.name, _card(gpu)
    if facts.nvidia_driver:
        cuda = facts.nvidia_cuda or newest_cuda(facts.nvidia_driver)
        yield _say("driver"), _join(facts.nvidia_driver, _say("up_to_cuda", cuda=cuda) if cuda else "")
    elif facts.nvidia_error:
        yield _say("driver"), facts.nvidia_error.splitlines()[0]
    yield _say("variables"), ", ".join(f"{name}={value!r}" for name, value in facts.environment.items())


def _card(gpu: Gpu) -> str:
    if gpu.memory and gpu.used is not None:
        memory = _say("free_of", free=gib(gpu.free), total=gib(gpu.memory * MIB))
    else:
        memory = f"{gib(gpu.memory * MIB)} GiB" if gpu.memory else ""
    capability = _say("capability", number=gpu.capability) if gpu.capability else gpu.target or ""
    held_by = _say("held_by", driver=gpu.driver) if gpu.driver and not gpu.capability else ""
    return _join(memory, capability, held_by) or "–"


def _torch(facts: Facts) -> Iterator[Row]:
    if facts.torch is None:
        yield _say("version"), _say("not_installed")
        return
    yield _say("version"), _join(facts.torch, _build(facts))
    check = facts.check
    if check is None:
        yield _say("sees"), _say("not_asked")
    elif check.error:
        yield _say("sees"), check.error
    else:
        yield _say("sees"), ", ".join((*check.devices, "cpu"))
        yield _say("computes"), _join(*(f"{name} {_result(one)}" for name, one in check.products.items()))
        yield _say("architectures"), " ".join(check.architectures)
    yield "bitsandbytes", _extension(facts, "bitsandbytes", "bitsandbytes")
    yield "flash-attn", _extension(facts, "flash-attn", "flash_attn")


def _build(facts: Facts) -> str:
    if facts.torch_cuda:
        return f"CUDA {facts.torch_cuda}"
    if facts.torch_hip:
        return f"ROCm {facts.torch_hip}"
    return "XPU" if facts.torch_xpu else "MPS" if facts.system == "Darwin" else "CPU"


def _result(result: bool | str) -> str:
    return _YES if result is True else f"{_NO} {result or ''}".strip()


def _extension(facts: Facts, package: str, module: str) -> str:
    version = facts.packages.get(package)
    if version is None:
        return _say("not_installed") if facts.packages else ""
    check = facts.check
    mark = "" if check is None else _YES if module in check.works else _NO if module in check.broken else ""
    builds = ", ".join(facts.bitsandbytes_builds or ()) if module == "bitsandbytes" else ""
    return _join(f"{version} {mark}".strip(), builds)


def _programs(facts: Facts) -> Iterator[Row]:
    if not facts.packages:
        return
    version = facts.packages.get("xllamacpp")
    yield (
        "xllamacpp",
        _join(version, ", ".join(facts.xllamacpp_devices or ())) if version else _say("not_installed"),
    )
    if facts.lmstudio_models is None:
        yield "LM Studio", _say("not_installed")
    else:
        state = _say("running" if facts.lmstudio_running else "not_running")
        yield "LM Studio", _join(_say("models", count=facts.lmstudio_models), state)


def _hub(facts: Facts) -> Iterator[Row]:
    if not facts.hub_endpoint:
        return
    yield _say("token"), _say("token_from", origin=facts.hub_token) if facts.hub_token else _say("no_token")
    reach = {True: "reached", False: "unreached", None: "offline" if facts.hub_offline else "unknown"}
    yield _say("network"), _join(facts.hub_endpoint, _say(reach[facts.hub_reached]))
    models = facts.cached_models or ()
    more = [_say("and_more", count=len(models) - _MOST_NAMES)] if len(models) > _MOST_NAMES else []
    yield _say("cached"), ", ".join([*models[:_MOST_NAMES], *more]) or _say("none")
    yield _say("embedded"), _say("brought" if facts.embedded_model else "not_brought")


def _capacity(capacities: list[Capacity]) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", no_wrap=True)
    for name in ("memory_free", "train", "train_4bit", "run", "run_gguf"):
        table.add_column(_say(name), justify="right")
    for one in capacities:
        device = Text(one.device + ("" if one.now else f" ({_say('not_used')})"))
        sizes = (one.train, one.train_4bit, one.run, one.run_gguf)
        table.add_row(device, f"{gib(one.memory)} GiB", *(size_name(size) for size in sizes))
    return Padding(table, (0, 0, 0, 2), expand=False)


def size_name(billions: float | None) -> str:
    """A size as models carry it in their names: 135M, 1.5B (with a comma in Spanish)."""
    if billions is None:
        return "–"
    if billions < 1:
        return f"{billions * 1000:.0f}M"
    return f"{i18n.number(billions, 0 if billions == int(billions) else 1)}B"
