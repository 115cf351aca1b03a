"""A home with a tiny model and rows, and the run that nothing happens to."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import prepare, settings

from hipatia import i18n
from hipatia.train import train


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def whole(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of the settings of ``small``, uninterrupted."""
    i18n.set_language("es")
    return train(settings(home, tmp_path_factory.mktemp("whole")), name="run").folder
