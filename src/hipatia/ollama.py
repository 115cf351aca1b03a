"""Ollama: where it keeps its models. A name's manifest says which blob is its GGUF.

    find_models()      # {"llama3.2:1b": Path(".../blobs/sha256-…")}

<models>/manifests/<registry>/<namespace>/<name>/<tag>     JSON with the layers
<models>/blobs/sha256-<hash>                               the layers, named by their hash
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_DEFAULT = ("registry.ollama.ai", "library")  # which names leave out
_MODEL_LAYER = "application/vnd.ollama.image.model"


def models_folders() -> list[Path]:
    """The folders with models that exist: OLLAMA_MODELS, the user's, the Linux service's."""
    named = os.environ.get("OLLAMA_MODELS")
    usual = [Path.home() / ".ollama" / "models", Path("/usr/share/ollama/.ollama/models")]
    folders = [Path(named)] if named else usual
    return [folder for folder in folders if _readable(folder / "manifests")]


def find_models() -> dict[str, Path]:
    """The GGUF of each model by its name, in the order of the names."""
    found: dict[str, Path] = {}
    for folder in models_folders():
        for manifest in sorted(_files(folder / "manifests")):
            blob = _model_blob(manifest, folder / "blobs")
            if blob and blob.is_file():
                found.setdefault(_name(manifest.relative_to(folder / "manifests")), blob)
    return found


def _readable(folder: Path) -> bool:
    """Whether it is there and may be read; the service's folder often may not."""
    try:
        return folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (path for path in folder.rglob("*") if path.is_file())


def _name(manifest: Path) -> str:
    """``llama3.2:1b`` of ``registry.ollama.ai/library/llama3.2/1b``; other registries and namespaces stay."""
    *place, model, tag = manifest.parts
    shown = place[1:] if place[:1] == [_DEFAULT[0]] else place
    shown = [] if tuple(place) == _DEFAULT else shown
    return "/".join([*shown, model]) + f":{tag}"


def _model_blob(manifest: Path, blobs: Path) -> Path | None:
    """The file of the layer with the weights; None for a manifest that has none, or is damaged."""
    try:
        layers = json.loads(manifest.read_text(encoding="utf-8"))["layers"]
        digests = [layer["digest"] for layer in layers if layer["mediaType"] == _MODEL_LAYER]
        return blobs / digests[0].replace(":", "-")
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
