"""GGUF files that LM Studio and Ollama keep on this machine, by name.

find_local("lmstudio:mathstral")             # the path of the one that is meant; anything else as it is
find_copy("mistralai/Mathstral-7B-v0.1")     # the file of a hub model that LM Studio has already
"""

from __future__ import annotations

import re
from pathlib import Path

from . import i18n, lmstudio, ollama
from .errors import ModelError

# What a file's name ends with after the model's: the type of its weights.
_TYPE = re.compile(r"[-._](i?q\d\w*|tq\d\w*|mxfp4\w*|bf16|f16|f32|fp16|fp32)$", re.IGNORECASE)


def find_local(source: str) -> str:
    """The file behind ``lmstudio:NAME`` or ``ollama:NAME``; a part of the name is enough if only one has it.

    Raises ModelError naming what there is.
    """
    kind, _, wanted = source.partition(":")
    if kind == "lmstudio":
        files = {_name(path): path for path in lmstudio.find_models()}
    elif kind == "ollama":
        files = ollama.find_models()
    else:
        return source
    found = _matches(wanted, list(files))
    if len(found) == 1:
        return str(files[found[0]])
    key = "models.several" if found else "models.none"
    names = "\n".join(f"  {name}" for name in found or files)
    message = i18n.t(key, name=wanted, place=i18n.t(f"models.place.{kind}"))
    raise ModelError(message, i18n.t("models.names", names=names) if names else None)


def find_copy(repo: str) -> Path | None:
    """A GGUF of a hub model in LM Studio's folder, by its name; the largest, which is the most exact."""
    wanted = _letters(repo.rpartition("/")[2])
    copies = [path for path in lmstudio.find_models() if _letters(_TYPE.sub("", path.stem)) == wanted]
    return max(copies, key=lambda path: path.stat().st_size, default=None)


def _matches(wanted: str, names: list[str]) -> list[str]:
    """The name itself, else those whose last part has it in it, else those that have it anywhere."""
    if wanted in names:
        return [wanted]
    last = [name for name in names if wanted.lower() in name.rpartition("/")[2].lower()]
    return last or [name for name in names if wanted.lower() in name.lower()]


def _name(path: Path) -> str:
    """``publisher/model/file`` as LM Studio shows it."""
    return "/".join([*path.parts[-3:-1], path.stem])


def _letters(name: str) -> str:
    """Letters and digits alone: ``Mathstral-7B-v0.1`` and ``mathstral_7b_v0.1`` are the same name."""
    return re.sub(r"[\W_]", "", name.lower())
