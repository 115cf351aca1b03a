"""A hub model, ready to be loaded from a folder: ``fetch("org/name")``.

    snapshot = fetch("org/name", revision, say=print)
    AutoModelForCausalLM.from_pretrained(snapshot.path, trust_remote_code=snapshot.runs_code)

Loading from the folder keeps transformers off the network. By name it would, for a model that has pickles
only, hand the token on to a service that converts them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .. import i18n
from ..errors import HubError
from . import cache, contents
from .download import download
from .explain import offline
from .integrity import damaged, discard
from .remote import Listing, list_repo

Say = Callable[[str], None]
_NO_SAY: Say = lambda _: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class HubModel:
    """What the hub says of a model: parameters (None: unknown), and bytes to download if none is here."""

    parameters: int | None
    size: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A model's folder, its commit, and whether it is to be loaded with the code that it brings."""

    path: Path
    commit: str
    runs_code: bool = False


def look_up(repo: str, revision: str | None = None) -> HubModel:
    """Ask the hub about a model. Raises HubError for one that could not be loaded: gated, pickled, missing."""
    listing = list_repo(repo, revision)
    contents.require_safetensors(repo, listing.files)
    folder = download(repo, listing.commit, [listing.get(contents.CONFIG)], _NO_SAY)
    _runs_code(repo, folder, trusted=False)
    return HubModel(listing.parameters, sum(file.size for file in [*listing.small_files, *listing.weights]))


def fetch(
    repo: str,
    revision: str | None = None,
    *,
    weights: bool = True,
    trust_code: bool = False,
    say: Say = _NO_SAY,
) -> Snapshot:
    """The model in the cache, downloaded as far as it is not there; without ``weights`` its tokenizer only.

    Raises HubError for everything that keeps it from being loaded. What is whole in the cache serves where
    the hub does not answer; ``say`` hears that.
    """
    if trust_code and not cache.is_commit(revision):
        raise HubError.of("hub.unpinned_code", repo=repo)
    path = cache.find_snapshot(repo, revision, weights=weights)
    if path is None or trust_code or not cache.is_commit(revision):
        path = _newest(repo, revision, path, weights=weights, trust_code=trust_code, say=say)
    if weights and (files := damaged(path)):
        say(i18n.t("hub.damaged", files=", ".join(file.name for file in files)))
        for file in files:
            discard(file)
        path = _newest(repo, revision, None, weights=weights, trust_code=trust_code, say=say)
    return Snapshot(path, path.name, weights and _runs_code(repo, path, trust_code))


def _newest(
    repo: str, revision: str | None, cached: Path | None, *, weights: bool, trust_code: bool, say: Say
) -> Path:
    """The snapshot that the hub names now, brought here; the cached one where it cannot be asked."""
    try:
        if cache.is_offline():
            raise offline(repo)
        listing = list_repo(repo, revision)
    except HubError as error:
        if cached is None:
            raise
        if not cache.is_offline():
            say(i18n.t("hub.using_cached", repo=repo, reason=error.message))
        return cached
    path = _bring(listing, weights=weights, trust_code=trust_code, say=say)
    if not cache.is_commit(revision):
        cache.write_ref(cache.repo_folder(repo), revision or "main", listing.commit)
    return path


def _bring(listing: Listing, *, weights: bool, trust_code: bool, say: Say) -> Path:
    """Small files first: they tell whether the large ones can be used, and which."""
    repo, commit = listing.repo, listing.commit
    if weights:
        contents.require_safetensors(repo, listing.files)
    path = download(repo, commit, listing.small_files, say)
    if not weights:
        return path
    code = contents.code_files(listing.files) if _runs_code(repo, path, trust_code) else []
    names = [*contents.weight_names(path), *code]
    return download(repo, commit, [listing.get(name) for name in names], say)


def _runs_code(repo: str, folder: Path, trusted: bool) -> bool:
    """Whether the model is loaded with its own code. Raises HubError where that was not allowed."""
    if not contents.needs_code(folder):
        return False
    page = f"https://huggingface.co/{repo}"
    if not trusted:
        raise HubError.of("hub.remote_code", repo=repo, page=page)
    if other := contents.code_from_elsewhere(folder):
        raise HubError.of("hub.code_elsewhere", repo=repo, other=other)
    return True
