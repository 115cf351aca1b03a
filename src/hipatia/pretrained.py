"""A model folder or a hub id, opened from safetensors and without running code that comes with it.

    place = locate("org/name", config, say)
    model, tokenizer = open_model(place, dtype=torch.bfloat16), open_tokenizer(place)

A hub model is brought into the hub's cache first; transformers then sees folders only.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import hub
from .config import Config
from .errors import ModelError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model lies: ``commit`` only of a hub model; ``runs_code``: it is opened with its own code."""

    source: str
    folder: Path
    commit: str = ""
    runs_code: bool = False


def locate(source: str, config: Config, say: Callable[[str], None]) -> Place:
    """The folder of a model, downloaded if need be. Raises ModelError or HubError."""
    if (folder := _folder(source)) is None:
        settings = config.model
        trusted = settings.trust_remote_code
        snapshot = hub.fetch(source, settings.revision, trust_code=trusted, say=say)
        return Place(source, snapshot.path, snapshot.commit, snapshot.runs_code)
    if not (folder / "config.json").is_file():
        raise ModelError.of("modeling.not_a_model", path=source)
    hub.refuse_pickles(folder)
    return Place(source, folder)


def locate_tokenizer(source: str, revision: str | None = None) -> Place:
    """The same for a model whose tokenizer alone is wanted."""
    if (folder := _folder(source)) is not None:
        return Place(source, folder)
    snapshot = hub.fetch(source, revision, weights=False)
    return Place(source, snapshot.path, snapshot.commit)


def _folder(source: str) -> Path | None:
    """The folder that a source names; None for a hub id. Raises ModelError for neither."""
    if Path(source).is_dir():
        return Path(source)
    if source.startswith((".", "/", "~")) or source.count("/") != 1:
        raise ModelError.of("modeling.unknown_source", source=source)
    return None


def open_model(place: Place, **options: Any) -> Any:
    """The model as transformers loads it. Raises ModelError for files that are none."""
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()  # reading weights from the disk is over before its bar is read
    try:
        return AutoModelForCausalLM.from_pretrained(
            place.folder,
            use_safetensors=True,
            trust_remote_code=place.runs_code,
            local_files_only=True,
            **options,
        )
    except (OSError, ValueError, SafetensorError) as error:
        reason = str(error).strip().partition("\n")[0][:200]
        raise ModelError.of("modeling.cannot_load", source=place.source, reason=reason) from error


def open_config(place: Place) -> Any:
    """The model's configuration. Raises ModelError for one that transformers does not know."""
    from transformers import AutoConfig

    try:
        return AutoConfig.from_pretrained(
            place.folder, trust_remote_code=place.runs_code, local_files_only=True
        )
    except (OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0][:200]
        raise ModelError.of("modeling.cannot_load", source=place.source, reason=reason) from error


def open_tokenizer(place: Place) -> Any:
    """The model's fast tokenizer. Raises ModelError if it has none."""
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(
            place.folder, trust_remote_code=place.runs_code, local_files_only=True
        )
    except (OSError, ValueError) as error:
        raise ModelError.of("modeling.no_tokenizer", source=place.source) from error
    if not tokenizer.is_fast:
        raise ModelError.of("modeling.slow_tokenizer", source=place.source)
    return tokenizer


def count_parameters(folder: Path) -> int:
    """Parameters of a model, by the headers of its weights; 0 where they cannot be read."""
    from safetensors import SafetensorError, safe_open

    total = 0
    for path in folder.glob("model*.safetensors"):
        try:
            with safe_open(path, framework="numpy") as weights:
                total += sum(math.prod(weights.get_slice(name).get_shape()) for name in weights.keys())  # noqa: SIM118
        except (OSError, SafetensorError):
            return 0
    return total
