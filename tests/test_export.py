"""From a run to the files of other programs, on a tiny model that was trained as a GGUF."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import pytest
from tiny import tiny_tokenizer

from hipatia import catalog, lmstudio
from hipatia.catalog import open_engine
from hipatia.cli_export import result_view
from hipatia.config import Config
from hipatia.engines.llama_cpp import LlamaCppEngine
from hipatia.errors import HipatiaError, ModelError, RunError
from hipatia.export import proof
from hipatia.export.exporting import export
from hipatia.export.modelfile import go_template, modelfile
from hipatia.export.template import with_default_system
from hipatia.gguf import GGUFFile, load_tokenizer_from_gguf
from hipatia.runs import read_manifest
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
    more = {"engines": {"context": 1024, "parallel": 2}, "export": {"proof_problems": 2}}
    return Config.model_validate(small | more)


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


# --- merged ---------------------------------------------------------------------------------------


def test_a_merged_file_is_proven_and_noted(run: TrainResult, home: Path) -> None:
    result = export(settings(home), "clase", kind="F16")
    (path,) = result.files
    assert path.name == "tiny-clase-F16.gguf"
    assert result.proof
    assert not result.proof.refused
    for figures in result.proof.figures.values():
        assert figures.agreement > 0.95
        assert abs(figures.kl) < 1e-4 < figures.effect
    (row,) = [row for row in read_manifest(run.folder)["exports"] if row["type"] == "F16"]  # type: ignore[index]
    assert row["proof"]["figures"]["with_system"]["tokens"] > 50
    assert read_manifest(run.folder)["status"] == "finished"  # type: ignore[index]
    template = load_tokenizer_from_gguf(path).chat_template
    assert "Eres Hipatia" in template
    with pytest.raises(RunError, match="ya existe"):
        export(settings(home), "clase", kind="F16")
    from rich.console import Console

    console = Console(width=160)
    with console.capture() as capture:
        console.print(result_view(result))
    assert "tokens siguientes iguales" in capture.get()


def test_a_file_that_answers_otherwise_is_set_aside(
    run: TrainResult, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the adapter had been forgotten: the base's own weights."""
    from hipatia.export import exporting

    real = exporting.write_merged

    def forgetful(base: Path, adapter: Path, path: Path, kind: str, template: str | None) -> None:
        from hipatia.gguf import writer_adapter, writer_merged

        nothing = writer_adapter.Adapter({}, 1.0, 1)
        monkeypatch.setattr(writer_merged, "read_adapter", lambda *_: nothing)
        real(base, adapter, path, kind, template)
        monkeypatch.undo()

    monkeypatch.setattr(exporting, "write_merged", forgetful)
    with pytest.raises(ModelError, match="no responde") as caught:
        export(settings(home), "clase", kind="BF16")
    assert "F16" in str(caught.value.hint)
    names = {path.name for path in (run.folder / "export").iterdir()}
    assert "tiny-clase-BF16.gguf.refused" in names
    assert "tiny-clase-BF16.gguf" not in names
    assert [row for row in read_manifest(run.folder)["exports"] if row.get("refused")]  # type: ignore[index]


def test_lm_studio_and_ollama_get_their_folders(
    run: TrainResult, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings(home)
    config = config.model_copy(update={"export": config.export.model_copy(update={"proof_problems": 0})})
    models = tmp_path / "models"
    monkeypatch.setattr(lmstudio, "models_folder", lambda: models)
    monkeypatch.setenv("PATH", "")
    (path,) = export(config, "clase", to="lmstudio").files
    assert path == models / "hipatia" / "tiny-clase" / "tiny-clase-Q8_0.gguf"
    assert path.samefile(run.folder / "export" / path.name)
    with pytest.raises(RunError, match="ya existe"):
        export(config, "clase", to="lmstudio")
    export(config, "clase", to="lmstudio", force=True)
    assert not list(path.parent.glob(".*"))
    result = export(config, "clase", to="ollama")
    text = result.files[1].read_text()
    assert text.startswith("FROM ./tiny-clase-Q8_0.gguf\n")
    assert 'PARAMETER stop "<|endoftext|>"' in text
    assert result.next.startswith("ollama create tiny-clase -f ")


def test_a_folder_for_transformers(run: TrainResult, home: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    from hipatia.modeling import detect_hardware, load_adapter

    files = export(settings(home), "clase", to="hf").files
    folder = files[0].parent
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    trained = load_adapter(run.folder / "adapter", settings(home), detect_hardware(settings(home))).model
    tokens = torch.tensor([[1, 2, 3, 4]])
    with torch.no_grad():
        torch.testing.assert_close(model(tokens).logits, trained(tokens).logits, rtol=1e-4, atol=1e-4)
    card = (folder / "README.md").read_text()
    manifest = read_manifest(run.folder) or {}
    for fact in (manifest["base"]["sha256"], manifest["dataset"]["sha256"], "learning_rate: 0.01"):
        assert fact in card


# --- from a model without a GGUF ------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(home: Path) -> Path:
    """A model folder as the hub has them, of an architecture that Hipatia's own tiny files are not of."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    torch.manual_seed(0)
    sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
    ids = {"vocab_size": 272, "bos_token_id": 261, "eos_token_id": 257, "pad_token_id": 258}
    config = AutoConfig.for_model("qwen3", num_key_value_heads=2, head_dim=32, **sizes, **ids)
    AutoModelForCausalLM.from_config(config).save_pretrained(home / "small")
    tiny_tokenizer().save_pretrained(home / "small")
    return home / "small"


def hub_settings(home: Path, folder: Path) -> Config:
    config = settings(home)
    moved = config.export.model_copy(update={"folder": home / "export"})
    base = config.model.model_copy(update={"base": str(folder)})
    return config.model_copy(update={"model": base, "export": moved})


def test_a_run_on_a_model_folder_becomes_a_file(home: Path, folder: Path) -> None:
    config = hub_settings(home, folder)
    run = train(config, name="carpeta")
    result = export(config, "carpeta", kind="F16")
    (path,) = result.files
    assert path == run.folder / "export" / "small-carpeta-F16.gguf"
    assert result.proof
    for figures in result.proof.figures.values():
        assert figures.agreement > 0.95
        assert abs(figures.kl) < 1e-4 < figures.effect
    assert "Eres Hipatia" in load_tokenizer_from_gguf(path).chat_template
    with pytest.raises(ModelError, match="ningun"):
        export(config, "carpeta", to="adapter")


def test_a_model_folder_becomes_a_file_as_it_is(home: Path, folder: Path) -> None:
    config = hub_settings(home, folder)
    result = export(config, str(folder), kind="base")
    (path,) = result.files
    assert path == home / "export" / "small-F32.gguf"
    assert result.proof
    assert set(result.proof.figures) == {"without_system"}
    assert result.proof.figures["without_system"].effect == 0
    assert load_tokenizer_from_gguf(path).chat_template == tiny_tokenizer().chat_template
    for kind in ("hf", "adapter"):
        with pytest.raises(ModelError, match="small"):
            export(config, str(folder), to=kind)  # type: ignore[arg-type]


def test_a_file_that_llama_cpp_reads_otherwise_is_refused(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the file had another chat template than the model."""
    from hipatia.export import converting

    real = converting.plan_model

    def other_template(model: Any, tokenizer: Any, *rest: Any) -> Any:
        tokenizer.chat_template = tokenizer.chat_template.replace("<|im_end|>", "")
        return real(model, tokenizer, *rest)

    monkeypatch.setattr(converting, "plan_model", other_template)
    with pytest.raises(ModelError, match="llama.cpp"):
        export(hub_settings(home, folder), str(folder), kind="Q8_0")


def test_other_architectures_are_told_what_to_run_before_anything_is_loaded(home: Path) -> None:
    from transformers import AutoConfig

    AutoConfig.for_model("olmo2").save_pretrained(home / "olmo")
    tiny_tokenizer().save_pretrained(home / "olmo")
    with pytest.raises(ModelError, match="olmo2") as caught:
        export(hub_settings(home, home / "olmo"), str(home / "olmo"), kind="Q8_0")
    assert "convert_hf_to_gguf.py" in str(caught.value.hint)


# --- what goes wrong ------------------------------------------------------------------------------


def test_no_run_and_no_gguf(home: Path, tmp_path: Path) -> None:
    import json

    empty = settings(home).model_copy(update={"paths": Config().paths.model_copy(update={"runs": tmp_path})})
    with pytest.raises(ModelError, match="no es un entrenamiento") as caught:
        export(empty)
    assert "hipatia train" in str(caught.value.hint)
    (tmp_path / "otro" / "adapter").mkdir(parents=True)
    (tmp_path / "otro" / "run.json").write_text("{}")
    settings_file = tmp_path / "otro" / "adapter" / "adapter_config.json"
    settings_file.write_text(json.dumps({"base_model_name_or_path": "org/model"}))
    with pytest.raises(ModelError, match="org/model") as caught:
        export(empty, "otro", to="adapter")
    assert "--to gguf" in str(caught.value.hint)


def test_space_is_looked_for_beforehand(
    run: TrainResult, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(HipatiaError):
        export(settings(home), "clase", kind="Q6_K")
    assert not (run.folder / "export" / "tiny-clase-Q6_K.gguf").exists()


# --- templates ------------------------------------------------------------------------------------

REFUSES = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no') }}{% endif %}{{ messages[0]['content'] }}"
IGNORES = "{% for m in messages %}{% if m['role'] != 'system' %}{{ m['content'] }}{% endif %}{% endfor %}"


@pytest.mark.parametrize("prompt", ['Di "hola".\nY \\frac{1}{2}', "Eres {{ x }} {% y %} ñ'"])
def test_the_default_system_message_is_the_prompt(prompt: str) -> None:
    tokenizer = tiny_tokenizer()
    template = with_default_system(tokenizer, prompt)
    assert template
    shown = tokenizer.apply_chat_template(
        [{"role": "user", "content": "?"}], chat_template=template, tokenize=False
    )
    assert shown.startswith(f"<|im_start|>system\n{prompt}<|im_end|>\n<|im_start|>user\n?")


@pytest.mark.parametrize("template", [REFUSES, IGNORES])
def test_templates_without_a_system_message_are_left_alone(template: str) -> None:
    assert with_default_system(tiny_tokenizer(template), "Eres Hipatia.") is None


def test_ollamas_template_says_what_the_chat_template_says() -> None:
    template = go_template(tiny_tokenizer())
    assert template
    start, end = "<|im_start|>", "<|im_end|>\n"
    assert template == (
        '{{ range .Messages }}{{ if eq .Role "system" }}' + start + 'system\n{{ else if eq .Role "user" }}'
        + end + start + "user\n{{ else }}" + end + start + "assistant\n{{ end }}{{ .Content }}{{ end }}"
        + end + start + "assistant\n"
    )  # fmt: skip
    assert go_template(tiny_tokenizer(IGNORES)) is None
    text, _ = modelfile("m.gguf", tiny_tokenizer(), "Eres Hipatia.", Config().generation)
    assert 'SYSTEM """Eres Hipatia."""' in text
    assert 'PARAMETER stop "<|im_end|>"' in text


DIVERGENCES: list[tuple[dict[int, float], dict[int, float], float]] = [
    ({1: 0.5, 2: 0.3}, {1: 0.5, 2: 0.3}, 0.0),
    ({1: 0.5}, {1: 0.25}, 0.5 * math.log(2) + 0.5 * math.log(0.5 / 0.75)),
    ({1: 0.5, 2: 0.5}, {1: 0.25, 2: 0.75}, 0.5 * math.log(2) + 0.5 * math.log(0.5 / 0.75)),
]


@pytest.mark.parametrize(("p", "q", "expected"), DIVERGENCES)
def test_divergence_counts_the_rest_as_one(p: Any, q: Any, expected: float) -> None:
    logs = [{token: math.log(value) for token, value in one.items()} for one in (p, q)]
    assert proof.divergence(*logs) == pytest.approx(expected)
