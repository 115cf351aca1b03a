"""Files from the hub into its cache: continued where they stopped, and never kept with a wrong hash.

    download("org/name", commit, files, say)

huggingface_hub (2.4) starts an interrupted file anew in the next run and does not look at hashes, so the
bytes are brought here; the layout of the cache stays the libraries' own.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from .. import i18n
from ..errors import HubError
from ..redaction import redact
from . import cache
from .explain import explained
from .integrity import hasher, matches, remember
from .progress import Progress, megabytes
from .remote import RemoteFile

Say = Callable[[str], None]
_PASSING = (408, 429, 500, 502, 503, 504)  # answers that are another one a little later
_ATTEMPTS = 5  # that bring nothing, one after the other
_LONGEST_WAIT = 300  # seconds; who is told to wait longer hears it
_SPARE = 200_000_000  # bytes that stay free on the disk
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_wait = time.sleep


def download(repo: str, commit: str, files: Sequence[RemoteFile], say: Say) -> Path:
    """Bring the files of a commit that are not in the cache yet; the snapshot's folder. Raises HubError."""
    folder = cache.repo_folder(repo)
    snapshot = folder / "snapshots" / commit
    missing = [file for file in files if not _is_here(snapshot / file.name, file)]
    try:
        _require_space(repo, folder, missing)
        with explained(repo), Progress(repo, missing, _bytes_here(folder, missing), say) as progress:
            for file in missing:
                with _alone(repo, file, say):
                    _bring(repo, commit, file, folder / "blobs" / file.digest, say, progress)
                    cache.link(folder / "blobs" / file.digest, snapshot / file.name)
                    remember(snapshot / file.name)
    except KeyboardInterrupt:
        say(i18n.t("hub.stopped"))
        raise
    except OSError as error:
        key = "hub.disk_full" if error.errno in _FULL else "hub.cannot_write"
        raise HubError.of(key, path=folder, reason=error.strerror or error) from error
    return snapshot


def _is_here(pointer: Path, file: RemoteFile) -> bool:
    return pointer.is_file() and pointer.stat().st_size == file.size


def _part_of(blob: Path) -> Path:
    return blob.with_name(f"{blob.name}.incomplete")


def _bytes_here(folder: Path, files: Sequence[RemoteFile]) -> int:
    """Bytes of these files that earlier downloads left."""
    paths = [folder / "blobs" / file.digest for file in files]
    return sum(p.stat().st_size for path in paths for p in (path, _part_of(path)) if p.is_file())


def _require_space(repo: str, folder: Path, files: Sequence[RemoteFile]) -> None:
    """Raise HubError if the disk cannot hold what is still to come."""
    needed = sum(file.size for file in files) - _bytes_here(folder, files)
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if needed > 0 and needed + _SPARE > free:
        raise HubError.of(
            "hub.no_space", repo=repo, path=folder.parent, needed=megabytes(needed), free=megabytes(free)
        )


@contextmanager
def _alone(repo: str, file: RemoteFile, say: Say) -> Iterator[None]:
    """Hold the lock that the libraries take too, so that nobody else writes this file."""
    from huggingface_hub.utils import WeakFileLock

    path = cache.cache_folder() / ".locks" / cache.repo_folder(repo).name / f"{file.digest}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(WeakFileLock(path, timeout=0.1))
        except TimeoutError:
            say(i18n.t("hub.waiting", file=file.name))
            stack.enter_context(WeakFileLock(path))
        yield


def _bring(repo: str, commit: str, file: RemoteFile, blob: Path, say: Say, progress: Progress) -> None:
    """Fill a blob, going on with what an earlier download left; leave none that has another hash."""
    from huggingface_hub import hf_hub_url

    if blob.is_file():  # the same content under another name or commit, or another program's
        if matches(blob, file.digest):
            return
        progress.back(blob.stat().st_size)
        blob.unlink()
    url = hf_hub_url(repo, file.name, revision=commit)
    blob.parent.mkdir(parents=True, exist_ok=True)
    with _Part(_part_of(blob), file) as part:
        resumed = part.size > 0
        _fill(part, url, say, progress)
        if resumed and not part.is_right:
            say(i18n.t("hub.starting_over", file=file.name))
            progress.back(part.restart())
            _fill(part, url, say, progress)
        part.sync()
    if not part.is_right:
        part.path.unlink()
        raise HubError.of("hub.wrong_hash", repo=repo, file=file.name)
    part.path.replace(blob)


class _Part:
    """The bytes of a file that are here, and the hash of them."""

    def __init__(self, path: Path, file: RemoteFile):
        self.path, self.file = path, file
        self.size = path.stat().st_size if path.is_file() else 0
        self._hash = hasher(file.digest, file.size)

    def __enter__(self) -> Self:
        self._stream = self.path.open("a+b")
        self._stream.seek(0)
        hashlib.file_digest(self._stream, lambda: self._hash)
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write(self, chunk: bytes) -> None:
        self._stream.write(chunk)
        self._hash.update(chunk)
        self.size += len(chunk)

    def sync(self) -> None:
        """Have it all on the disk before it gets its name."""
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def restart(self) -> int:
        """Forget what is here; how many bytes that were."""
        forgotten, self.size = self.size, 0
        self._stream.truncate(0)
        self._hash = hasher(self.file.digest, self.file.size)
        return forgotten

    @property
    def is_whole(self) -> bool:
        return self.size >= self.file.size

    @property
    def is_right(self) -> bool:
        return bool(self._hash.hexdigest() == self.file.digest)


class _Busy(Exception):
    """The server answers that it can do it later; ``wait``: in so many seconds, if it says so."""

    def __init__(self, status: int, retry_after: str | None):
        super().__init__(i18n.t("hub.busy_server", status=status))
        self.wait = int(retry_after) if retry_after and retry_after.isdigit() else None


def _fill(part: _Part, url: str, say: Say, progress: Progress) -> None:
    """Stream until the file is whole, over interruptions; HubError after too many that brought nothing."""
    from huggingface_hub.utils import httpx

    failures = 0
    while not part.is_whole:
        before, wait = part.size, None
        try:
            _stream(part, url, progress)
            reason = i18n.t("hub.cut")
        except httpx.TransportError as error:
            reason = redact(str(error)) or type(error).__name__
        except _Busy as busy:
            reason, wait = str(busy), busy.wait
        if part.is_whole:
            return
        failures = 0 if part.size > before else failures + 1
        told = {"file": part.file.name, "reason": reason, "here": megabytes(part.size)}
        if wait and wait > _LONGEST_WAIT:
            raise HubError.of("hub.come_back", minutes=-(-wait // 60), **told)
        if failures == _ATTEMPTS:
            raise HubError.of("hub.interrupted", **told)
        say(i18n.t("hub.retrying", **told))
        _wait(2**failures if wait is None else wait)


def _stream(part: _Part, url: str, progress: Progress) -> None:
    """One request for what is missing."""
    from huggingface_hub import constants
    from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

    headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
    if part.size:
        headers["Range"] = f"bytes={part.size}-"
    timeout = constants.HF_HUB_DOWNLOAD_TIMEOUT
    with get_session().stream("GET", url, headers=headers, timeout=timeout, follow_redirects=True) as answer:
        if answer.status_code in _PASSING:
            raise _Busy(answer.status_code, answer.headers.get("Retry-After"))
        if answer.status_code == 416:  # what is here is no part of what is there
            progress.back(part.restart())
            return
        hf_raise_for_status(answer)
        if part.size and not answer.headers.get("Content-Range", "").startswith(f"bytes {part.size}-"):
            progress.back(part.restart())  # the server sends it all from the start
        for chunk in answer.iter_bytes():
            part.write(chunk)
            progress.advance(len(chunk))
            if part.size > part.file.size:  # more than was promised; the hash will tell
                return
