"""Hugging Face: what is cached, how large a model is, and errors that say what to do.

    with explained("mistralai/Mathstral-7B-v0.1"):
        AutoModelForCausalLM.from_pretrained(...)

The token comes from HF_TOKEN or the hub's own token file; no setting and no flag holds it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .errors import HubError


@dataclass(frozen=True, slots=True)
class HubModel:
    """What the hub says of a model: number of parameters (None: unknown) and download size in bytes."""

    parameters: int | None
    size: int


def is_offline() -> bool:
    """Whether the environment tells Hugging Face's libraries not to use the network."""
    return any(
        os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE")
        for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    )


def is_cached(repo: str, revision: str | None = None) -> bool:
    """Whether a model's configuration and weights lie in the hub's cache on this machine."""
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        cached = {entry.repo_id: entry for entry in scan_cache_dir().repos}
    except CacheNotFound:
        return False
    revisions = cached[repo].revisions if repo in cached else ()
    return any(
        any(file.file_name.endswith(".safetensors") for file in known.files)
        and (revision is None or revision in known.refs or known.commit_hash.startswith(revision))
        for known in revisions
    )


def look_up(repo: str, revision: str | None = None) -> HubModel:
    """Ask the hub about a model. Raises HubError: not found, gated, no network."""
    from huggingface_hub import HfApi

    with explained(repo):
        info = HfApi().model_info(repo, revision=revision, files_metadata=True, timeout=10)
    files = [file for file in info.siblings or () if file.rfilename.endswith(".safetensors")]
    parameters = info.safetensors.total if info.safetensors else None
    return HubModel(parameters, sum(file.size or 0 for file in files))


@contextmanager
def explained(repo: str) -> Iterator[None]:
    """Turn the hub's exceptions into a HubError that says what to do."""
    from huggingface_hub import errors

    page = f"https://huggingface.co/{repo}"
    try:
        yield
    except errors.GatedRepoError as error:
        key = "hub.gated" if _token() else "hub.gated_no_token"
        raise HubError.of(key, repo=repo, page=page) from error
    except errors.RepositoryNotFoundError as error:
        raise HubError.of("hub.not_found", repo=repo) from error
    except errors.RevisionNotFoundError as error:
        raise HubError.of("hub.no_revision", repo=repo, page=page) from error
    except (errors.LocalEntryNotFoundError, errors.OfflineModeIsEnabled) as error:
        raise HubError.of("hub.offline", repo=repo) from error
    except errors.HfHubHTTPError as error:
        status = error.response.status_code if error.response is not None else "?"
        key = "hub.bad_token" if status == 401 else "hub.failed"
        raise HubError.of(key, repo=repo, status=status) from error


def _token() -> str | None:
    from huggingface_hub import get_token

    return get_token()
