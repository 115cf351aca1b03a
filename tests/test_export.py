"""From a run to the files of other programs, on a tiny model that was trained as a GGUF."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hipatia import catalog
from hipatia.catalog import open_engine
from hipatia.config import Config
from hipatia.engines.llama_cpp import LlamaCppEngine
from hipatia.gguf import GGUFFile
from hipatia.schema import Message
from hipatia.train import TrainResult, train

TESTS = Path(__file__).parent
sys.path[:0] = [str(TESTS / "gguf"), str(TESTS / "training")]  # tiny GGUF files, small runs


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from gguf_tiny import write_entry
    from small import sums, write_rows

    folder = tmp_path_factory.mktemp("home")
    write_entry(folder / "tiny.gguf", "llama")
    write_rows(folder / "rows.jsonl", sums())
    return folder


def settings(home: Path) -> Config:
    from small import values

    small = values(
        home,
        home / "runs",
        model={"base": str(home / "tiny.gguf"), "dtype": "float32"},
        training={"max_steps": 6, "learning_rate": 1e-2, "evaluations": 0},
    )
    return Config.model_validate(small | {"engines": {"context": 1024, "parallel": 2}})


@pytest.fixture(scope="module")
def run(home: Path) -> TrainResult:
    return train(settings(home), name="clase")


def test_a_run_on_a_gguf_is_ready_for_llama_cpp(
    run: TrainResult, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with GGUFFile(run.folder / "adapter.gguf") as file:
        assert file.metadata["general.type"] == "adapter"
        assert len(file.tensors) == 2 * 14
    monkeypatch.setattr(
        catalog, "quick_hardware", lambda config: catalog.Hardware("cpu", "float32", "CPU", 10**10)
    )
    engine = open_engine("clase", settings(home))
    assert isinstance(engine, LlamaCppEngine)
    try:
        (answer,) = engine.generate([[Message("user", "¿2 + 4?")]], settings(home).generation)
    finally:
        engine.close()
    assert answer.completion_tokens > 0


def test_an_adapter_that_cannot_be_written_is_told_and_no_more(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hipatia.gguf import writer_adapter

    monkeypatch.setattr(
        writer_adapter, "write_gguf", lambda *_: (_ for _ in ()).throw(OSError(28, "no space"))
    )
    result = train(settings(home), name="lleno")
    assert result.finished
    assert "no space" in capsys.readouterr().err
    assert not (result.folder / "adapter.gguf").exists()
