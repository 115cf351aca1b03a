"""What a MODEL argument means, and which engine opens it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from tiny import save_tiny_model

from hipatia import catalog
from hipatia.catalog import Source, gguf_files, open_engine, resolve
from hipatia.config import Config, load_config
from hipatia.doctor import Facts, Gpu
from hipatia.errors import ModelError
from hipatia.gguf.writer import entry, write_gguf
from hipatia.modeling import Hardware, file_digest

sys.path.insert(0, str(Path(__file__).parent / "gguf"))  # the writer of tiny GGUF files

CPU, CARD = Hardware("cpu", "float32", "CPU", 10**10), Hardware("cuda", "bfloat16", "Card", 10**10)


@pytest.fixture(scope="module")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from gguf_tiny import write_entry

    return write_entry(tmp_path_factory.mktemp("gguf") / "tiny.gguf", "llama")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    flags = {"paths.runs": tmp_path / "runs", "engines.context": 256, "engines.parallel": 2}
    return load_config(flags=flags, environ={}).config


def make_run(
    config: Config, name: str, finished: str = "2026-01-01", base: str = "embedded", digest: str = ""
) -> Path:
    """A run folder with the files that tell what it is; its weights are none."""
    folder = config.paths.runs / name
    (folder / "adapter").mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"status": "finished", "finished": finished}))
    (folder / "adapter" / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": base}))
    (folder / "adapter" / "adapter_model.safetensors").write_bytes(b"weights")
    origin = {"source": base, "name": base, "sha256": digest}
    (folder / "adapter" / "hipatia_base.json").write_text(json.dumps(origin))
    return folder


def write_lora(run: Path) -> Path:
    """The run's adapter as a GGUF, without tensors."""
    digest = file_digest(run / "adapter" / "adapter_model.safetensors")
    write_gguf(run / "adapter.gguf", [entry("hipatia.adapter.sha256", digest)], [])
    return run / "adapter.gguf"


def test_nothing_is_the_newest_run_else_the_embedded_model(config: Config) -> None:
    for nothing in (None, "", "latest"):
        assert resolve(nothing, config) == Source("whole", "embedded", "embedded")
    make_run(config, "old", "2026-01-01")
    new = make_run(config, "new", "2026-02-01")
    for nothing in (None, "", "latest"):
        assert resolve(nothing, config) == Source("adapter", str(new / "adapter"), "new")


def test_names_paths_and_folders(config: Config, tmp_path: Path, tiny_gguf: Path) -> None:
    run = make_run(config, "clase")
    whole = save_tiny_model(tmp_path / "whole")
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(tiny_gguf, alone / "m.gguf")
    meant = {
        "clase": Source("adapter", str(run / "adapter"), "clase"),
        str(run): Source("adapter", str(run / "adapter"), "clase"),
        str(run / "adapter"): Source("adapter", str(run / "adapter"), "adapter"),
        str(whole): Source("whole", str(whole), "whole"),
        str(alone): Source("whole", str(alone / "m.gguf"), "m"),
        str(tiny_gguf): Source("whole", str(tiny_gguf), "tiny"),
        "embedded": Source("whole", "embedded", "embedded"),
        "org/name": Source("whole", "org/name", "org/name"),
    }
    for model, source in meant.items():
        assert resolve(model, config) == source


@pytest.mark.parametrize("what", ["empty folder", "unfinished run"])
def test_folders_without_a_model_are_said_to_be_so(what: str, config: Config, tmp_path: Path) -> None:
    if what == "unfinished run":
        run = make_run(config, "half")
        shutil.rmtree(run / "adapter")
        model = "half"
    else:
        model = str(tmp_path)
    with pytest.raises(ModelError) as caught:
        resolve(model, config)
    assert caught.value.hint


# --- files for llama.cpp ----------------------------------------------------------------------------


def test_a_runs_adapter_goes_with_its_base(config: Config, tiny_gguf: Path) -> None:
    run = make_run(config, "clase", base=str(tiny_gguf), digest=file_digest(tiny_gguf))
    source = resolve("clase", config)
    assert gguf_files(source, config) is None  # not exported
    lora = write_lora(run)
    os.utime(lora, (1, 1))  # copied with the run, in whatever order
    files = gguf_files(source, config)
    assert files
    assert (files.model, files.adapter, files.base_name) == (tiny_gguf, lora, "tiny")


@pytest.mark.parametrize("fault", ["trained on since", "damaged", "without weights"])
def test_an_adapters_gguf_that_is_not_of_its_weights_is_not_taken(
    fault: str, config: Config, tiny_gguf: Path
) -> None:
    run = make_run(config, "clase", base=str(tiny_gguf), digest=file_digest(tiny_gguf))
    lora, weights = write_lora(run), run / "adapter" / "adapter_model.safetensors"
    if fault == "trained on since":
        weights.write_bytes(b"other weights")
    elif fault == "damaged":
        lora.write_bytes(b"lora")
    else:
        weights.unlink()
    assert gguf_files(resolve("clase", config), config) is None


def test_a_base_that_has_changed_is_refused(config: Config, tiny_gguf: Path) -> None:
    run = make_run(config, "clase", base=str(tiny_gguf), digest="0" * 64)
    write_lora(run)
    with pytest.raises(ModelError, match="tiny"):
        gguf_files(resolve("clase", config), config)


def test_what_is_no_gguf(config: Config, tmp_path: Path) -> None:
    run = make_run(config, "clase", base="org/name")
    write_lora(run)
    whole = save_tiny_model(tmp_path / "whole")
    for model in ("clase", "org/name", str(whole), str(tmp_path / "missing.gguf")):
        assert gguf_files(resolve(model, config), config) is None


# --- which engine -----------------------------------------------------------------------------------

HERE = Facts()
ENGINES: dict[str, tuple[dict[str, Any], bool, Facts, Hardware, str]] = {
    "talking, on a processor": ({}, False, HERE, CPU, "llama_cpp"),
    "many questions": ({}, True, HERE, CPU, "transformers"),
    "many, set": ({"engines.local": "llama_cpp"}, True, HERE, CPU, "llama_cpp"),
    "talking, set": ({"engines.local": "transformers"}, False, HERE, CPU, "transformers"),
    "a card that torch uses": ({}, False, Facts(gpus=(Gpu("RTX"),)), CARD, "transformers"),
    "a card that torch does not use": ({}, False, Facts(gpus=(Gpu("RTX"),)), CPU, "llama_cpp"),
    "a card, set": ({"engines.local": "llama_cpp"}, False, Facts(gpus=(Gpu("RTX"),)), CARD, "llama_cpp"),
    "a card, but the processor is wanted": (
        {"model.device": "cpu"}, False, Facts(gpus=(Gpu("RTX"),)), CPU, "llama_cpp"
    ),
    "a Mac": ({}, False, Facts(system="Darwin"), Hardware("mps", "float32", "CPU", 10**10), "transformers"),
}  # fmt: skip


@pytest.mark.parametrize("case", ENGINES)
def test_which_engine(case: str, tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice alone; what it depends on is given."""
    flags, many, facts, hardware, expected = ENGINES[case]
    opened: list[str] = []
    monkeypatch.setattr(catalog, "probe", lambda: facts)
    monkeypatch.setattr(catalog, "detect_hardware", lambda config: hardware)
    monkeypatch.setattr(catalog, "llama_cpp_is_installed", lambda: True)
    monkeypatch.setattr(catalog, "_open_llama_cpp", lambda *_: opened.append("llama_cpp"))
    monkeypatch.setattr(catalog, "_open_transformers", lambda *_: opened.append("transformers"))
    open_engine(str(tiny_gguf), load_config(flags=flags, environ={}).config, many=many)
    assert opened == [expected]


def test_a_model_too_large_for_16_bits_is_measured_with_llama_cpp(
    tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not catalog._overfills_memory(tiny_gguf)
    monkeypatch.setattr("psutil.virtual_memory", lambda: type("Memory", (), {"total": 10**6})())
    assert catalog._overfills_memory(tiny_gguf)


@pytest.mark.parametrize("why", ["not installed", "no GGUF"])
def test_llama_cpp_that_cannot_be_had_is_said(
    why: str, tiny_gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load_config(flags={"engines.local": "llama_cpp"}, environ={}).config
    monkeypatch.setattr(catalog, "llama_cpp_is_installed", lambda: why != "not installed")
    model = str(tiny_gguf) if why == "not installed" else str(save_tiny_model(tmp_path / "whole"))
    with pytest.raises(ModelError, match="xllamacpp"):
        open_engine(model, config)


@pytest.mark.parametrize("many", [False, True])
def test_both_engines_describe_the_same_model(
    many: bool, tiny_gguf: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xllamacpp")
    monkeypatch.setattr(catalog, "probe", lambda: HERE)
    engine = open_engine(str(tiny_gguf), config, many=many)
    assert engine.name == "tiny"
    told = engine.describe()
    assert told.startswith("tiny (modelo entero), en ")
    assert ("llama.cpp" in told) is not many
    if not many:
        engine.close()
