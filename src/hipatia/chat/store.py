"""The folder of the saved conversations: one JSON file each, a training row for ``hipatia train --data``.

store = Store(config.paths.conversations_folder)
slot = Slot(store)
slot.write(saved)                            # whole or not at all, readable by its owner alone
saved = store.read(store.find("sumas"))

Nothing that was not written here is ever overwritten: a damaged file gets another name, one of a newer
Hipatia or of something else is left as it is, and one that another chat has changed meanwhile too.
"""

from __future__ import annotations

import json
import os
import re
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from ..errors import DataError, RunError
from ..runs import write_atomically
from .saved import SCHEMA, Saved

Why = Literal["damaged", "newer", "foreign", "locked"]
_MODE = 0o600
_NAME_BYTES = 120
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # names that Windows keeps to itself


class Unreadable(DataError):
    """A file that is no conversation, or not one that this version can read; ``why`` says which."""

    why: Why = "damaged"


class Store:
    """The conversations in a folder."""

    def __init__(self, folder: Path):
        self.folder = folder

    def paths(self) -> list[Path]:
        """The files, the one changed last first."""
        try:
            found = [path for path in self.folder.glob("*.json") if not path.name.startswith(".")]
            return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
        except OSError:
            return []

    def readable(self) -> Iterator[tuple[Path, Saved]]:
        """The conversations with their files, the newest first; what cannot be read is passed over."""
        for path in self.paths():
            with suppress(Unreadable):
                yield path, self.read(path)

    def find(self, name: str) -> Path:
        """The file of that name, or the only one that begins so. Raises DataError."""
        stem = fold(safe_stem(name))
        fits = [path for path in self.paths() if fold(path.stem).startswith(stem)]
        same = [path for path in fits if fold(path.stem) == stem]
        if len(same or fits) == 1:
            return (same or fits)[0]
        key = "chat.several_conversations" if fits else "chat.no_conversation"
        raise DataError.of(key, name=name, names=", ".join(sorted(path.stem for path in fits)[:5]))

    def read(self, path: Path) -> Saved:
        """A conversation. Raises Unreadable; the file stays as it is."""
        try:
            value = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise _unreadable("locked", path, reason=error.strerror or error) from error
        except (ValueError, RecursionError) as error:
            raise _unreadable("damaged", path) from error
        schema = value.get("schema") if isinstance(value, dict) else None
        if isinstance(schema, int) and schema > SCHEMA:
            raise _unreadable("newer", path, schema=schema)
        try:
            saved = Saved.model_validate(value)
            if not saved.turns:
                raise ValueError("no questions")
        except (ValidationError, ValueError) as error:
            raise _unreadable("foreign" if schema is None else "damaged", path) from error
        return saved

    def take_up(self, path: Path) -> tuple[Slot, Saved]:
        """A conversation to go on with. Raises Unreadable; a damaged file gets another name, told by the error."""
        slot = Slot(self, path)  # before it is read: what another chat writes from now on is noticed
        try:
            return slot, self.read(path)
        except Unreadable as error:
            if error.why == "damaged":
                target = _set_aside(path)
                raise Unreadable.of("chat.file.set_aside", path=path, target=target.name) from error
            raise

    def newest(self, say: Callable[[str], None]) -> tuple[Slot, Saved] | None:
        """The conversation changed last, to go on with; ``say`` hears of files that cannot be taken up."""
        for path in self.paths():
            try:
                return self.take_up(path)
            except Unreadable as error:
                say(error.message)
        return None

    def search(self, text: str) -> Iterator[tuple[Path, Saved, str]]:
        """The conversations in which the text stands, whatever its accents and capitals, and the place."""
        wanted = fold(text)
        for path, saved in self.readable():
            for message in saved.messages:
                if message.role != "system" and (at := fold(message.content).find(wanted)) >= 0:
                    yield path, saved, _excerpt(message.content, at, len(wanted))
                    break

    def create(self, name: str, text: str) -> Path:
        """A new file of that name, or with a number after it where the name is taken. Raises RunError."""
        self._make_folder()
        temporary = self.folder / f".{uuid.uuid4().hex}"
        self.write(temporary, text)
        names = (f"{safe_stem(name)}{_numbered(number)}.json" for number in range(1, 100_000))
        try:
            return next(self.folder / one for one in names if _take_name(temporary, self.folder / one))
        finally:
            temporary.unlink(missing_ok=True)

    def write(self, path: Path, text: str) -> None:
        """Write a file of the folder, whole or not at all, for its owner alone. Raises RunError."""
        try:
            write_atomically(path, text, _MODE)
        except RunError as error:
            reason = getattr(error.__cause__, "strerror", None) or error.message
            raise RunError.of("chat.cannot_save", path=self.folder, reason=reason) from error

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise RunError.of("chat.cannot_save", path=self.folder, reason=error.strerror or error) from error


class Slot:
    """The file of the conversation under way: made at its first answer, written anew after each."""

    def __init__(self, store: Store, path: Path | None = None):
        self.store = store
        self.path = path
        self._seen = _state(path)

    def write(self, saved: Saved) -> bool:
        """Save the conversation; False if it went to a new file, because another chat changed this one.

        Raises RunError.
        """
        ours = True
        if self.path is None:
            self.path = self.store.create(time.strftime("%Y-%m-%d_%H%M%S"), saved.text())
        elif ours := _state(self.path) in (self._seen, None):
            self.store.write(self.path, saved.text())
        else:
            self.path = self.store.create(self.path.stem, saved.text())
        self._seen = _state(self.path)
        return ours

    def discard(self) -> None:
        """Delete the file of a conversation that nothing is left of; one that another chat changed stays.

        The next answer is saved under the same name.
        """
        if self.path and _state(self.path) == self._seen:
            with suppress(OSError):
                self.path.unlink()
                self._seen = None

    def rename(self, name: str, saved: Saved) -> None:
        """Save the conversation under another name; a number follows it where it is taken. Raises RunError."""
        if self.path and safe_stem(name) == self.path.stem:
            self.write(saved)
            return
        old, ours = self.path, _state(self.path) == self._seen
        self.path = self.store.create(name, saved.text())
        self._seen = _state(self.path)
        if old and ours:
            old.unlink(missing_ok=True)


def safe_stem(name: str) -> str:
    """A file name, without ending, that cannot leave the folder and that every system takes."""
    name = unicodedata.normalize("NFC", name.strip()).removesuffix(".json")
    name = re.sub(r"[^\w.-]+", "-", name)
    stem = name.encode("utf-8", "ignore")[:_NAME_BYTES].decode(errors="ignore").strip(".-")
    return f"_{stem}" if _RESERVED.match(stem) else stem or "chat"


def fold(text: str) -> str:
    """The text without accents and capitals, each character in its place."""
    text = unicodedata.normalize("NFC", text)
    return "".join((unicodedata.normalize("NFD", char)[0].lower() or char)[0] for char in text)


def _numbered(number: int) -> str:
    return "" if number == 1 else f"-{number}"


def _take_name(temporary: Path, target: Path) -> bool:
    """Whether the file got the name; never one that something has already."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except (
        OSError
    ):  # a file system without hard links: an empty file of that name, then the whole one over it
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _MODE))
        except FileExistsError:
            return False
        os.replace(temporary, target)
    return True


def _state(path: Path | None) -> tuple[int, int] | None:
    """What changes whenever the file is written; None where there is none."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ino) if found else None


def _excerpt(text: str, at: int, length: int) -> str:
    text = unicodedata.normalize("NFC", text)
    start, end = max(0, at - 30), at + length + 30
    inside = " ".join(text[start:end].split())
    return ("…" if start else "") + inside + ("…" if end < len(text) else "")


def _set_aside(path: Path) -> Path:
    """Give a damaged file a name that nothing takes for a conversation; the new path."""
    names = (f"{path.name}.damaged{_numbered(number)}" for number in range(1, 100_000))
    target = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    with suppress(OSError):
        return path.rename(target)
    return path


def _unreadable(why: Why, path: Path, **values: object) -> Unreadable:
    error = Unreadable.of(f"chat.file.{why}", path=path, **values)
    error.why = why
    return error
