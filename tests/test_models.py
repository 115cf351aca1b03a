"""``hipatia models``: all places, damaged files too, and whether each can be trained here."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tiny import save_tiny_model

from hipatia import catalog, hub, i18n, local_models, modeling, models, ollama
from hipatia.cli import main
from hipatia.cli_models import models_json, models_table
from hipatia.config import Config, load_config
from hipatia.doctor import Facts
from hipatia.errors import ModelError
from hipatia.hub import cache
from hipatia.local_models import find_copy, find_local
from hipatia.modeling import Hardware, choose_base, load_base, load_tokenizer
from hipatia.models import Found, find_models

sys.path.insert(0, str(Path(__file__).parent / "gguf"))  # the writer of tiny GGUF files

CPU = Hardware("cpu", "float32", "CPU", 16 * 10**9)
CARD = Hardware("cuda", "bfloat16", "Card", 24 * 10**9)
MATHSTRAL = "lmstudio-community/mathstral-7B-v0.1-GGUF/mathstral-7B-v0.1-Q4_K_M.gguf"


@pytest.fixture(scope="module")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from gguf_tiny import write_entry

    return write_entry(tmp_path_factory.mktemp("gguf") / "tiny.gguf", "llama", "Q8_0")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder, a hub cache and a working folder with nothing in them."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setenv("APPDATA", str(tmp_path / "home" / "Roaming"))
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)
    monkeypatch.setattr(ollama, "models_folders", lambda: [tmp_path / "home" / ".ollama" / "models"])
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "hub")
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "home"


@pytest.fixture
def config(home: Path) -> Config:
    return load_config(flags={"paths.cache": home / "cache"}, environ={}).config


def put(home: Path, tiny: Path, name: str = MATHSTRAL) -> Path:
    """A model of LM Studio's."""
    path = home / ".lmstudio" / "models" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(tiny, path)
    return path


def put_ollama(home: Path, tiny: Path, name: str, digest: str = "abc") -> Path:
    """A model of Ollama's, its manifest under ``name``."""
    manifest = home / ".ollama" / "models" / "manifests" / name
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layers = [
        {"mediaType": "application/vnd.ollama.image.template", "digest": "sha256:template"},
        {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}"},
    ]
    manifest.write_text(json.dumps({"layers": layers}))
    blob = home / ".ollama" / "models" / "blobs" / f"sha256-{digest}"
    blob.parent.mkdir(exist_ok=True)
    shutil.copy(tiny, blob)
    return blob


def by_place(found: list[Found]) -> dict[str, list[Found]]:
    places: dict[str, list[Found]] = {}
    for one in found:
        places.setdefault(one.place, []).append(one)
    return places


def test_where_nothing_is_the_embedded_model_can_be_had(config: Config) -> None:
    (found,) = find_models(config, CPU)
    assert (found.model, found.path, found.type, found.trainable) == ("embedded", "", "Q4_1", True)
    assert found.size == 98_362_432


def test_all_places(home: Path, config: Config, tiny_gguf: Path) -> None:
    lmstudio_file = put(home, tiny_gguf)
    blob = put_ollama(home, tiny_gguf, "registry.ollama.ai/library/llama3.2/1b")
    shutil.copy(tiny_gguf, Path("mine.gguf"))
    snapshot = home.parent / "hub" / "models--org--name" / "snapshots" / ("0" * 40)
    save_tiny_model(snapshot)
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text("0" * 40)
    run = config.paths.runs / "clase"
    (run / "adapter").mkdir(parents=True)
    (run / "adapter" / "adapter_model.safetensors").write_bytes(b"12345")
    (run / "run.json").write_text(json.dumps({"status": "finished", "base": {"name": "tiny"}}))
    places = by_place(find_models(config, CPU))
    size, count = tiny_gguf.stat().st_size, modeling.count_gguf_parameters(tiny_gguf)
    gguf = (size, "Q8_0", "llama", count, "")
    assert places["lmstudio"] == [Found("lmstudio", str(lmstudio_file), str(lmstudio_file), *gguf)]
    assert places["ollama"] == [Found("ollama", "ollama:llama3.2:1b", str(blob), *gguf)]
    assert places["folder"] == [Found("folder", "mine.gguf", "mine.gguf", *gguf)]
    (adapter,) = places["runs"]
    assert (adapter.model, adapter.size, adapter.type) == ("clase", 5, "LoRA")
    assert "tiny" in adapter.reason
    (hub_model,) = places["hub"]
    assert (hub_model.model, hub_model.type, hub_model.architecture) == ("org/name", "float32", "llama")
    assert hub_model.trainable
    assert hub_model.parameters
    assert hub_model.parameters > 10_000


def test_why_a_file_cannot_be_trained(home: Path, config: Config, tiny_gguf: Path) -> None:
    import gguf
    from gguf_tiny import TABLE, write, write_changed

    folder = home / ".lmstudio" / "models" / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "1-cut.gguf").write_bytes(tiny_gguf.read_bytes()[:5000])
    entry = TABLE["llama, tied"]
    write(folder / "2-mamba.gguf", "mamba", entry["settings"], {"token_embd.weight": (384, 256)})
    write_changed(folder / "3-part.gguf", {}, {}, {"split.count": 2})
    write_changed(folder / "4-odd.gguf", {"rope.scaling.type": "spiral"}, {})
    writer = gguf.GGUFWriter(folder / "5-ternary.gguf", "llama")
    for key, value in entry["settings"].items():
        add = writer.add_float32 if isinstance(value, float) else writer.add_uint32
        add(f"llama.{key}", value)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_K_M)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    found = by_place(find_models(config, CPU))["lmstudio"]
    reasons = [one.reason for one in found]
    assert reasons[0].startswith("1-cut.gguf ")
    assert "mamba" in reasons[1]
    assert "varios archivos" in reasons[2]
    assert "spiral" in reasons[3]
    assert found[4].type == "Q4_K_M"
    assert [one.trainable for one in found] == [False] * 4 + [True]


def test_memory_decides(home: Path, config: Config, tiny_gguf: Path) -> None:
    put(home, tiny_gguf)
    small = Hardware("cpu", "float32", "CPU", 10**6)
    assert "GB" in by_place(find_models(config, small))["lmstudio"][0].reason
    assert by_place(find_models(config, CPU))["lmstudio"][0].trainable


def test_types_that_cannot_be_read() -> None:
    assert models._is_readable("Q4_K")
    assert models._is_readable("F32")
    unknown = [kind for kind in ("Q8_1", "I8") if not models._is_readable(kind)]
    assert unknown == ["Q8_1", "I8"]


def test_a_model_that_writes_no_text_is_said_to_be_one() -> None:
    cases: list[tuple[Any, bool]] = [
        (["LlamaForCausalLM"], True), (["GPT2LMHeadModel"], True), (["BertModel"], False), ([], False), (None, False)
    ]  # fmt: skip
    for names, expected in cases:
        assert models._writes_text({"architectures": names}) is expected


# --- as a table and as JSON -------------------------------------------------------------------------


def rendered(found: list[Found]) -> str:
    shown = io.StringIO()
    Console(width=200, file=shown).print(models_table(found))
    return shown.getvalue()


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_table(home: Path, config: Config, tiny_gguf: Path, language: str) -> None:
    i18n.set_language(language)
    put(home, tiny_gguf)
    large = Found("hub", "org/[b]name[/b]", "/x", 14_500_000_000, "bfloat16", "mistral", 7_248_023_552, "no")
    text = rendered([*find_models(config, CPU), large])
    assert "~/.lmstudio/models/lmstudio-community" in text.replace("\\", "/")
    assert "org/[b]name[/b]" in text
    assert ("14,5 GB" if language == "es" else "14.5 GB") in text
    assert ("7,2 B" if language == "es" else "7.2 B") in text
    assert "98 MB" in text


def test_json(config: Config) -> None:
    (row,) = json.loads(json.dumps(models_json(find_models(config, CPU))))["models"]
    assert row["trainable"] is True
    assert set(row) == {
        "place", "model", "path", "size", "type", "architecture", "parameters", "reason", "trainable"
    }  # fmt: skip


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command(
    as_json: bool,
    home: Path,
    tiny_gguf: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(home, tiny_gguf)
    monkeypatch.setattr(catalog, "probe", Facts)
    arguments = ["models", "--set", f"paths.cache={home / 'cache'}", *(["--json"] if as_json else [])]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    if as_json:
        assert [row["place"] for row in json.loads(out)["models"]] == ["embedded", "lmstudio"]
    else:
        assert "LM Studio" in out
        assert "MODELO" in out


# --- other programs' files by name ------------------------------------------------------------------

NAMES = [
    ("registry.ollama.ai/library/llama3.2/1b", "llama3.2:1b"),
    ("registry.ollama.ai/me/tuned/latest", "me/tuned:latest"),
    ("hf.co/bartowski/Qwen3-4B-GGUF/Q4_K_M", "hf.co/bartowski/Qwen3-4B-GGUF:Q4_K_M"),
]


@pytest.mark.parametrize(("manifest", "name"), NAMES)
def test_ollamas_names(manifest: str, name: str, home: Path, tiny_gguf: Path) -> None:
    blob = put_ollama(home, tiny_gguf, manifest)
    assert ollama.find_models() == {name: blob}
    assert find_local(f"ollama:{name}") == str(blob)


def test_damaged_manifests_are_passed_over(home: Path, tiny_gguf: Path) -> None:
    blob = put_ollama(home, tiny_gguf, "registry.ollama.ai/library/good/latest")
    folder = home / ".ollama" / "models" / "manifests" / "registry.ollama.ai" / "library" / "bad"
    folder.mkdir()
    for number, text in enumerate(
        ["{", "[]", '{"layers": 3}', '{"layers": []}', '{"layers": [{"digest": 1}]}']
    ):
        (folder / str(number)).write_text(text)
    gone = {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:gone"}
    (folder / "gone").write_text(json.dumps({"layers": [gone]}))
    assert ollama.find_models() == {"good:latest": blob}


def test_ollamas_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)
    (tmp_path / ".ollama" / "models" / "manifests").mkdir(parents=True)
    assert tmp_path / ".ollama" / "models" in ollama.models_folders()
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "elsewhere"))
    assert ollama.models_folders() == []
    (tmp_path / "elsewhere" / "manifests").mkdir(parents=True)
    assert ollama.models_folders() == [tmp_path / "elsewhere"]


def test_lm_studios_files_by_name(home: Path, tiny_gguf: Path) -> None:
    path = put(home, tiny_gguf)
    put(home, tiny_gguf, "lmstudio-community/mathstral-7B-v0.1-GGUF/other.gguf")
    for name in ("mathstral", "Mathstral-7B", f"{MATHSTRAL.removesuffix('.gguf')}"):
        assert find_local(f"lmstudio:{name}") == str(path)
    for source in ("embedded", "org/name", str(path)):
        assert find_local(source) == source
    with pytest.raises(ModelError, match="varios") as caught:
        find_local("lmstudio:lmstudio-community")
    assert "other" in (caught.value.hint or "")
    with pytest.raises(ModelError, match="ningún modelo"):
        find_local("lmstudio:qwen")


def test_a_file_without_a_suffix_is_a_gguf_all_the_same(home: Path, tiny_gguf: Path) -> None:
    blob = put_ollama(home, tiny_gguf, "registry.ollama.ai/library/tiny/latest")
    base = load_base(find_local("ollama:tiny"), Config(), CPU)
    assert base.source == str(blob)
    assert len(load_tokenizer(blob)) == len(load_tokenizer(tiny_gguf))


COPIES = [
    ("mathstral-7B-v0.1-Q4_K_M.gguf", True),
    ("Mathstral-7B-v0.1.gguf", True),
    ("mathstral-7b-v0.1.IQ4_XS.gguf", True),
    ("mathstral_7b_v0.1-f16.gguf", True),
    ("mathstral-7B-v0.1-instruct-Q4_K_M.gguf", False),
    ("mathstral-7B-v0.2-Q8_0.gguf", False),
]


@pytest.mark.parametrize(("file", "same"), COPIES)
def test_a_copy_of_a_hub_model_is_known_by_its_name(
    file: str, same: bool, home: Path, tiny_gguf: Path
) -> None:
    path = put(home, tiny_gguf, f"publisher/folder/{file}")
    assert find_copy("mistralai/Mathstral-7B-v0.1") == (path if same else None)


# --- auto -------------------------------------------------------------------------------------------


def test_auto_takes_what_is_on_the_disk(
    home: Path, config: Config, tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last candidate, in LM Studio's folder, before the first, which would be a download."""
    asked: list[str] = []

    def look_up(name: str, revision: str | None = None) -> hub.HubModel:
        asked.append(name)
        return hub.HubModel(1000, 1000)

    monkeypatch.setattr(hub, "look_up", look_up)
    assert choose_base(config, CARD) == "mistralai/Mathstral-7B-v0.1"
    path = put(home, tiny_gguf, "x/y/falcon-7b-Q8_0.gguf")
    asked.clear()
    assert choose_base(config, CARD) == str(path)
    assert asked == []
    monkeypatch.setattr(hub, "is_cached", lambda name, revision=None: name == "tiiuae/falcon-7b")
    assert choose_base(config, CARD) == "tiiuae/falcon-7b"


def test_a_copy_that_does_not_fit_is_passed_over(
    home: Path, config: Config, tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home, tiny_gguf)
    monkeypatch.setattr(hub, "is_offline", lambda: True)
    said: list[str] = []
    tight = Hardware("xpu", "bfloat16", "Card", 10**5)
    assert choose_base(config, tight, said.append) == "embedded"
    assert "GB" in said[0]


def test_a_named_file_is_the_base(home: Path, tiny_gguf: Path) -> None:
    path = put(home, tiny_gguf)
    config = load_config(flags={"model.base": "lmstudio:mathstral"}, environ={}).config
    assert choose_base(config, CPU) == str(path)
    assert local_models.find_local(config.model.base) == str(path)
