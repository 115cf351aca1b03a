"""Every test starts in Spanish, without settings from this machine's environment."""

from __future__ import annotations

import os
import signal

import pytest

from hipatia import i18n


@pytest.fixture(autouse=True, scope="session")
def _interruptible() -> None:
    """A shell's background job starts with Ctrl-C ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _clean_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("HIPATIA_"):
            monkeypatch.delenv(name)
    i18n.set_language("es")
