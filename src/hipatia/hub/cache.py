"""The hub's cache on this machine, as Hugging Face's libraries share it: which models lie there whole.

<cache>/models--org--name/blobs/<hash>                  contents, named by their hash
<cache>/models--org--name/snapshots/<commit>/<file>     links into blobs
<cache>/models--org--name/refs/main                     a name's commit
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from ..errors import HubError
from . import contents

_COMMIT = re.compile(r"[0-9a-f]{40}")


def is_offline() -> bool:
    """Whether the environment tells Hugging Face's libraries not to use the network."""
    return any(
        os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE")
        for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    )


def is_commit(revision: str | None) -> bool:
    """Whether a revision names one state of the files for ever: 40 hexadecimal digits."""
    return bool(_COMMIT.fullmatch(revision or ""))


def cache_folder() -> Path:
    """Where the libraries keep what they download."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE)


def repo_folder(repo: str) -> Path:
    """A model's folder in the cache."""
    return cache_folder() / f"models--{repo.replace('/', '--')}"


def find_snapshot(repo: str, revision: str | None = None, *, weights: bool = True) -> Path | None:
    """The folder with a cached model, if all of it is there (without ``weights``: configuration and tokenizer)."""
    folder = repo_folder(repo)
    commit = revision if is_commit(revision) else _read_ref(folder, revision or "main")
    snapshot = folder / "snapshots" / (commit or "-")
    return snapshot if is_whole(snapshot, weights=weights) else None


def is_cached(repo: str, revision: str | None = None) -> bool:
    """Whether a model lies in the cache whole, ready to be loaded without a network."""
    return find_snapshot(repo, revision) is not None


def cached_models() -> list[str]:
    """The models that lie in the cache whole, by name."""
    found = []
    for folder in sorted(cache_folder().glob("models--*--*")):
        if any(is_whole(snapshot) for snapshot in folder.glob("snapshots/*")):
            found.append(folder.name.removeprefix("models--").replace("--", "/", 1))
    return found


def is_whole(snapshot: Path, *, weights: bool = True) -> bool:
    """Whether a snapshot has its configuration, a tokenizer and, if asked for, every weight file."""
    try:
        names = contents.weight_names(snapshot) if weights else []
    except HubError:
        return False
    has_tokenizer = any((snapshot / name).is_file() for name in contents.TOKENIZER)
    return has_tokenizer and all((snapshot / name).is_file() for name in (contents.CONFIG, *names))


def _read_ref(folder: Path, name: str) -> str | None:
    with suppress(OSError, ValueError):
        return (folder / "refs" / name).read_text(encoding="ascii").strip()
    return None


def write_ref(folder: Path, name: str, commit: str) -> None:
    """Remember a name's commit, as the libraries do."""
    path = folder / "refs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(commit, encoding="ascii")


def link(blob: Path, pointer: Path) -> None:
    """Show a blob in a snapshot: a relative link; where the system has none, the file itself moves there."""
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.unlink(missing_ok=True)
    try:
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
    except OSError:  # Windows without developer mode
        shutil.move(blob, pointer)
