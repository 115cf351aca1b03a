"""Taking up a run that did not come to its end: which one, whether it is still the same, from where.

folder = find_run(config.paths.runs, "clase-3B")
require_same(settings_differences(old, new), run_name)
checkpoint = newest_checkpoint(folder, say)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import i18n
from ..config import Config, load_config
from ..errors import HipatiaError, RunError
from ..runs import CHECKPOINTS, CONFIG, read_manifest, run_name, unfinished_runs
from .checkpoints import Checkpoints

# What decides what is learnt and how it is measured, and what in there may change in the middle of a run.
_DECIDING = ("model.", "lora.", "data.", "training.", "evaluation.", "chat.system_prompt", "chat.template")
_FREE = (
    "model.candidates",
    "model.embedded_path",
    "model.max_auto_download_gb",
    "evaluation.batch_size",
    "training.pass_tokens",
    "training.gradient_checkpointing",
    "training.max_minutes",
    "training.patience",
    "training.trackers",
    "training.evaluation_share",
    "training.checkpoint",
)


def find_run(runs: Path, run: str, name: str | None = None) -> Path:
    """The folder that is meant: a path, or a name in the folder of the runs.

    Raises RunError for none, or where a new ``name`` is given too.
    """
    if name:
        raise RunError.of("train.resume_or_name")
    for folder in (Path(run).expanduser(), runs / run):
        if (folder / CONFIG).is_file():
            return folder
    raise RunError.of("runs.no_run", path=run)


def run_config(folder: Path) -> Config:
    """The settings that a run was started with. Raises ConfigError if they cannot be read."""
    return load_config(folder / CONFIG, environ={}).config


def offer(config: Config, name: str | None) -> Path | None:
    """The unfinished run with these settings, if somebody is there to be asked and says yes.

    Else its command is named. With a ``name`` a new run is wanted.
    """
    from .display import Display
    from .workers import is_main_process

    folder = unfinished_like(config) if is_main_process() and not name else None
    if folder is None:
        return None
    display = Display()
    found = i18n.t("train.found_unfinished", run=run_name(folder))
    if display.can_ask:
        return folder if display.ask(i18n.t("train.ask_resume", found=found)) else None
    display.say(i18n.t("train.how_to_resume", found=found, run=run_name(folder)))
    return None


def unfinished_like(config: Config) -> Path | None:
    """The newest unfinished run with the same settings that has got as far as a checkpoint."""
    for folder in unfinished_runs(config.paths.runs):
        try:
            old = run_config(folder)
            same = not settings_differences(old, as_begun(old, config.settled))
        except HipatiaError:
            continue
        if same and any((folder / CHECKPOINTS).glob("step-*")):
            return folder
    return None


def as_begun(old: Config, new: Config) -> Config:
    """The new settings with what the run chose where they leave it the choice.

    That is the amount of bundled data, by the time it had then, and the batches that fitted into the memory.
    """
    amounts = ("conversations", "exercises")
    chosen = {name: getattr(old.data, name) for name in amounts if getattr(new.data, name) == "auto"}
    new = new.changed("data", **chosen)
    if new.training.rows_per_step != old.training.rows_per_step:
        return new
    sizes = {name: getattr(old.training, name) for name in ("batch_size", "gradient_accumulation")}
    return new.changed("training", **sizes)


def settings_differences(old: Config, new: Config) -> list[str]:
    """A line for each setting that differs and that decides what is learnt."""
    before, after = _flat(old.model_dump(mode="json")), _flat(new.model_dump(mode="json"))
    return [
        f"{name}: {_short(before.get(name))} → {_short(after.get(name))}"
        for name in before | after
        if before.get(name) != after.get(name) and name.startswith(_DECIDING) and not name.startswith(_FREE)
    ]


def identity_differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """A line for each of base model, rows, tokens and processes that two ``run.json`` tell differently."""
    return [
        f"{i18n.t(f'train.identity.{key}')}: {was} → {now}"
        for key, was, now in zip(_IDENTITY, _identity(old), _identity(new), strict=True)
        if was is not None and was != now
    ]


_IDENTITY = ("base", "rows", "tokens", "processes")


def _identity(manifest: Mapping[str, Any]) -> list[str | None]:
    """Name and hash of the base, number and hash of the rows, hash of their tokens, processes."""
    base, dataset = manifest.get("base", {}), manifest.get("dataset", {})
    return [
        f"{base['name']} ({base['sha256'][:12]})" if "sha256" in base else None,
        f"{dataset['rows']} ({dataset['sha256'][:12]})" if "sha256" in dataset else None,
        dataset["tokens_sha256"][:12] if "tokens_sha256" in dataset else None,
        str(manifest["processes"]) if "processes" in manifest else None,
    ]


def require_same(differences: Sequence[str], name: str) -> None:
    """Raise RunError that shows the differences, if there are any."""
    if differences:
        shown = "\n".join(f"  - {line}" for line in differences)
        raise RunError.of("train.not_the_same", run=name, differences=shown)


def require_unfinished(folder: Path) -> None:
    """Raise RunError for a run that has come to its end."""
    if (read_manifest(folder) or {}).get("status") == "finished":
        raise RunError.of("train.already_finished", run=run_name(folder))


def newest_checkpoint(folder: Path, say: Callable[[str], None]) -> Path | None:
    """The newest checkpoint of a run that verifies; ``say`` hears of the newer ones that do not."""
    found = Checkpoints(folder / CHECKPOINTS, kept=1).newest()
    for damaged in found.damaged:
        say(i18n.t("train.damaged_checkpoint", name=damaged.path.name, reason=damaged.reason))
    return found.path


def _flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested mappings as one, with dotted names."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:80] + "…"
