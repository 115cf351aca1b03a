"""Which files make a model: weights as safetensors, configuration, tokenizer; no code.

    require_safetensors("org/name", names)      # HubError says how to come by some
    weight_names(folder)                        # what its index asks for

Pickles can run code when they are read, and a repository's own Python code always does; neither is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import HubError

CONFIG = "config.json"
INDEX = "model.safetensors.index.json"
WHOLE = "model.safetensors"
WEIGHTS = re.compile(r"model(-\d+-of-\d+)?\.safetensors")  # not consolidated.safetensors: the same again
_PICKLES = re.compile(r"(pytorch_)?model(-\d+-of-\d+)?\.bin|.*\.(pt|pth|ckpt|pkl)")
TOKENIZER = (
    "tokenizer.json tokenizer_config.json special_tokens_map.json added_tokens.json vocab.json vocab.txt "
    "merges.txt tokenizer.model spiece.model sentencepiece.bpe.model chat_template.jinja chat_template.json"
).split()
SMALL_FILES = ("generation_config.json", INDEX, *TOKENIZER)


def is_plain(name: str) -> bool:
    """Whether a name stays in the folder that it is put into, on every system."""
    return ".." not in PurePosixPath(name).parts and not re.search(r"^/|[\\:\x00]", name)


def require_safetensors(repo: str, names: Iterable[str]) -> None:
    """Raise HubError unless there are weights that cannot run code, saying how to come by some."""
    present = set(names)
    if any(WEIGHTS.fullmatch(name) for name in present):
        return
    page = f"https://huggingface.co/{repo}"
    if any(_PICKLES.fullmatch(name) for name in present):
        raise HubError.of("hub.pickle", repo=repo, page=page, folder=PurePosixPath(repo).name)
    if gguf := sorted(name for name in present if name.endswith(".gguf")):
        raise HubError.of("hub.only_gguf", repo=repo, file=gguf[0])
    raise HubError.of("hub.no_weights", repo=repo, page=page)


def refuse_pickles(folder: Path) -> None:
    """Raise HubError for a model folder with pickles alone, saying how to convert it."""
    names = [path.name for path in folder.iterdir()]
    if any(_PICKLES.fullmatch(name) for name in names) and not any(map(WEIGHTS.fullmatch, names)):
        raise HubError.of("hub.pickle_folder", path=folder)


def weight_names(folder: Path) -> list[str]:
    """The weight files that a model's folder needs, by its index if it has one. Raises HubError."""
    index = folder / INDEX
    if (folder / WHOLE).exists() or not index.is_file():
        return [WHOLE]
    weight_map = read_json(index).get("weight_map")
    names = sorted(set(_strings(weight_map)))
    if not names or not all(is_plain(name) and name.endswith(".safetensors") for name in names):
        raise HubError.of("hub.bad_index", path=index)
    return names


def code_files(names: Iterable[str]) -> list[str]:
    """The Python files that a model's own code consists of."""
    return [name for name in names if name.endswith(".py")]


def needs_code(folder: Path) -> bool:
    """Whether a model can be loaded only by running Python code from its repository."""
    config = read_json(folder / CONFIG)
    if not config.get("auto_map"):
        return False
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    return config.get("model_type") not in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES


def code_from_elsewhere(folder: Path) -> str | None:
    """Another repository whose code the model asks for: ``org/name--file.Class``. A revision pins one only."""
    for name in (CONFIG, "tokenizer_config.json"):
        for value in _strings(read_json(folder / name).get("auto_map")):
            if "--" in value:
                return value.partition("--")[0]
    return None


def read_json(path: Path) -> Mapping[str, Any]:
    """The object in a JSON file; empty where there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _strings(value: Any) -> list[str]:
    """All strings in a nested JSON value."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _strings(one)]
