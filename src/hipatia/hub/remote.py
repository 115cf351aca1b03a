"""What the hub says a revision of a model holds: ``list_repo("org/name")``."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import HubError
from . import contents
from .explain import explained

_TIMEOUT = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository: bytes, and its SHA-256 (large files) or git's SHA-1 of it (small ones)."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A revision of a model: its commit, its files by name, its parameters (None: the hub does not know)."""

    repo: str
    commit: str
    files: dict[str, RemoteFile]
    parameters: int | None = None

    def get(self, name: str) -> RemoteFile:
        """A file that the model needs. Raises HubError if there is none."""
        if name not in self.files:
            raise HubError.of("hub.lacks_file", repo=self.repo, file=name)
        return self.files[name]

    @property
    def small_files(self) -> list[RemoteFile]:
        """Configuration and tokenizer, and the index of the weights where it counts. Raises HubError."""
        unused = contents.INDEX if contents.WHOLE in self.files else ""
        others = (name for name in contents.SMALL_FILES if name in self.files and name != unused)
        return [self.get(contents.CONFIG), *map(self.get, others)]

    @property
    def weights(self) -> list[RemoteFile]:
        """The weights by their names; with several sets of shards, the index tells which count."""
        if contents.WHOLE in self.files:
            return [self.files[contents.WHOLE]]
        return [file for name, file in self.files.items() if contents.WEIGHTS.fullmatch(name)]


def list_repo(repo: str, revision: str | None = None) -> Listing:
    """Ask the hub what a revision holds. Raises HubError."""
    from huggingface_hub import HfApi

    with explained(repo):
        info = HfApi().model_info(repo, revision=revision, files_metadata=True, timeout=_TIMEOUT)
    files = {}
    for file in info.siblings or ():
        digest = file.lfs.sha256 if file.lfs else file.blob_id
        if digest and contents.is_plain(file.rfilename):
            files[file.rfilename] = RemoteFile(file.rfilename, file.size or 0, digest)
    return Listing(repo, info.sha or "", files, info.safetensors.total if info.safetensors else None)
