"""What the doctor says: one remark, in the user's language, with the command that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .. import i18n


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to know or to mend.

    ``problem``: a graphics card lies idle, or nothing runs; ``train`` and ``chat`` say these. ``warning``:
    something else will fail or be slow. ``note``: good to know.
    """

    key: str
    kind: Literal["problem", "warning", "note"]
    message: str
    command: str | None = None


def problem(key: str, command: str | None = None, /, **values: object) -> Advice:
    """What keeps a card idle."""
    return Advice(key, "problem", i18n.t(f"doctor.{key}", **values), command)


def warning(key: str, command: str | None = None, /, **values: object) -> Advice:
    """What will fail or be slow."""
    return Advice(key, "warning", i18n.t(f"doctor.{key}", **values), command)


def note(key: str, command: str | None = None, /, **values: object) -> Advice:
    """What is good to know."""
    return Advice(key, "note", i18n.t(f"doctor.{key}", **values), command)


def gib(size: float) -> str:
    """A size in GiB, with the decimal mark of the language in force."""
    return i18n.number(size / 1024**3, 1)
