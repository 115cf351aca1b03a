"""Mistakes of the user's (a missing file, no token, no disk): a message and a hint that mends it.

    raise DataError.of("data.file_missing", path=path)

takes the sentence ``data.file_missing`` and, where there is one, ``data.file_missing.hint``.
"""

from __future__ import annotations

from typing import Self

from . import i18n


class HipatiaError(Exception):
    """Something the user can mend. The command line prints it without a traceback and exits 2."""

    def __init__(self, message: str, hint: str | None = None):
        super().__init__(message)
        self.message = message
        self.hint = hint

    @classmethod
    def of(cls, key: str, /, **values: object) -> Self:
        """The error whose message is the sentence ``key`` and whose hint is ``key.hint``."""
        hint_key = f"{key}.hint"
        hint = i18n.t(hint_key, **values) if i18n.has(hint_key) else None
        return cls(i18n.t(key, **values), hint=hint)


class ConfigError(HipatiaError):
    """A setting that cannot be used."""


class DataError(HipatiaError):
    """A data file or row that cannot be used."""


class ModelError(HipatiaError):
    """A model, adapter or tokenizer that cannot be had or used."""


class HubError(ModelError):
    """Hugging Face: no token, a gated model, no network."""


class RunError(HipatiaError):
    """A run folder that cannot be written, read or resumed."""
