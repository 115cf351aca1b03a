"""The trained model as a folder that transformers loads: merged weights, tokenizer, settings, a model card."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__, i18n
from ..config import dump_yaml
from ..errors import HipatiaError, ModelError, RunError
from ..modeling import detect_hardware, load_adapter
from ..runs import CONFIG, cannot_write, filled_folder, read_manifest, require_space

if TYPE_CHECKING:
    from .exporting import Result, Trained

Say = Callable[[str], None]


def export_model(trained: Trained, *, force: bool, push: str | None, say: Say) -> Result:
    """Write the folder, whole or not at all, and push it to a private repository only if one is named."""
    from .exporting import Result

    assert trained.folder
    assert trained.adapter
    target = trained.output / f"{trained.stem}-hf"
    if target.exists() and not force:
        raise RunError.of("export.exists", path=target)
    loaded = load_adapter(trained.adapter, trained.config, detect_hardware(trained.config), say)
    if loaded.quantized:
        raise ModelError.of("export.four_bits")
    model = loaded.model.merge_and_unload()
    say(i18n.t("export.writing", path=target, type=str(model.dtype).removeprefix("torch.")))
    try:
        target.parent.mkdir(exist_ok=True)
        require_space(target.parent, sum(p.numel() * p.element_size() for p in model.parameters()))
        with filled_folder(target) as folder:
            model.save_pretrained(folder)
            loaded.tokenizer.save_pretrained(folder)
            (folder / "README.md").write_text(model_card(trained), encoding="utf-8")
            with suppress(OSError):
                shutil.copyfile(trained.folder / CONFIG, folder / "hipatia.yaml")
    except OSError as error:
        raise cannot_write(target, error) from error
    if push:
        _push(target, push)
    kind = str(model.dtype).removeprefix("torch.")
    return Result(trained.name, "hf", tuple(sorted(target.iterdir())), kind, None, f"hipatia chat {target}")


def _push(folder: Path, repo: str) -> None:
    """Into a private repository, which is made if it is not there. Raises HipatiaError with the hub's reason."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    api = HfApi(library_name="hipatia", library_version=__version__)
    try:
        api.create_repo(repo, private=True, exist_ok=True)
        api.upload_folder(repo_id=repo, folder_path=folder)
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        reason = str(error).strip().partition("\n")[0][:200]
        raise HipatiaError.of("export.not_pushed", repo=repo, path=folder, reason=reason) from error


def model_card(trained: Trained) -> str:
    """Base, licence, data, settings and figures, in English: that is what the hub's readers expect."""
    manifest = (read_manifest(trained.folder) if trained.folder else None) or {}
    licence = _licence(trained)
    head = [f"license: {licence}"] if licence else []
    if trained.base is None and trained.base_source.count("/") == 1:
        head.append(f"base_model: {trained.base_source}")
    dataset, base = manifest.get("dataset", {}), manifest.get("base", {})
    facts = [
        f"- base: {trained.base_name} (sha256 {base.get('sha256', '?')})",
        f"- licence of the base: {licence or 'see the base model'}",
        f"- data: {dataset.get('rows', '?')} rows (sha256 {dataset.get('sha256', '?')})",
        f"- seed: {manifest.get('seed', '?')}, versions: {manifest.get('versions', {})}",
    ]
    sections = ["## Figures", *_figures(manifest), "## Settings", f"```yaml\n{dump_yaml(trained.config)}```"]
    return (
        "\n\n".join(
            [
                "\n".join(
                    ["---", *head, "library_name: transformers", "tags: [hipatia, mathematics]", "---"]
                ),
                f"# {trained.stem}",
                f"A mathematics tutor, fine-tuned with Hipatia {__version__}. Answers can be wrong.",
                "\n".join(facts),
                *sections,
            ]
        )
        + "\n"
    )


def _licence(trained: Trained) -> str:
    """The base's licence, where its file names it."""
    if trained.base is None:
        return ""
    from ..gguf import GGUFFile

    with GGUFFile(trained.base) as file:
        return str(file.metadata.get("general.license", ""))


def _figures(manifest: dict[str, Any]) -> list[str]:
    lines = []
    accuracy = manifest.get("accuracy", {})
    for side in ("base", "tuned"):
        if share := accuracy.get(side):
            interval = f"[{100 * share['low']:.1f}; {100 * share['high']:.1f}]"
            lines.append(
                f"- verified accuracy, {side}: {100 * share['value']:.1f} % {interval}, n = {share['n']}"
            )
    for row in manifest.get("exports", []):
        for name, found in ((row.get("proof") or {}).get("figures") or {}).items():
            lines.append(
                f"- {row['to']} as {row['type']}, {name}: equal next tokens {100 * found['agreement']:.1f} %, "
                f"divergence {found['kl']:.4f} nats"
            )
    return ["\n".join(lines) or "none"]
