"""Settings from every origin, in the right order, and every mistake in one clear message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hipatia import i18n
from hipatia.config import Config, describe, dump_yaml, load_config, settings
from hipatia.errors import ConfigError


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    i18n.set_language("en")


def value(config: Config, name: str) -> Any:
    found: Any = config
    for part in name.split("."):
        found = found[part] if isinstance(found, dict) else getattr(found, part)
    return found


def test_defaults() -> None:
    loaded = load_config(environ={})
    assert loaded.config == Config()
    assert set(loaded.sources) == set(settings())
    assert set(loaded.sources.values()) == {"default"}


def test_later_origins_win_and_are_named() -> None:
    Path("hipatia.yaml").write_text(
        "training: {epochs: 2, seed: 2, batch_size: 2}\nlora: {rank: 2, alpha: 2}"
    )
    environ = {
        "HIPATIA_TRAINING_SEED": "3",
        "HIPATIA_TRAINING_BATCH_SIZE": "3",
        "HIPATIA_LORA_RANK": "3",
        "X": "1",
    }
    loaded = load_config(
        sets=["training.batch_size=4", "lora.rank=4"],
        flags={"lora.rank": 5, "lora.alpha": None},
        environ=environ,
    )
    config, sources = loaded.config, loaded.sources
    assert (config.training.epochs, sources["training.epochs"]) == (2.0, "hipatia.yaml")
    assert (config.training.seed, sources["training.seed"]) == (3, "HIPATIA_TRAINING_SEED")
    assert (config.training.batch_size, sources["training.batch_size"]) == (4, "--set")
    assert (config.lora.rank, sources["lora.rank"]) == (5, "flag")
    assert (config.lora.alpha, sources["lora.alpha"]) == (2, "hipatia.yaml")
    assert sources["lora.dropout"] == "default"


TEXTS: list[tuple[str, str, Any]] = [
    ("training.learning_rate", "5e-4", 5e-4),
    ("training.learning_rate", " 0.1", 0.1),
    ("training.max_steps", "null", None),
    ("training.max_steps", "7", 7),
    ("model.base", "org/name", "org/name"),
    ("model.base", "123", "123"),
    ("model.base", "on", "on"),
    ("model.base", "a=b", "a=b"),
    ("model.revision", "none", None),
    ("model.load_in_4bit", "yes", True),
    ("model.load_in_4bit", "false", False),
    ("model.embedded_path", "x.gguf", Path("x.gguf")),
    ("data.files", "a.json", [Path("a.json")]),
    ("data.files", "a.json, b c.json", [Path("a.json"), Path("b c.json")]),
    ("data.files", "['a,b.json', c.json]", [Path("a,b.json"), Path("c.json")]),
    ("lora.target_modules", "auto", "auto"),
    ("lora.target_modules", "q_proj", ["q_proj"]),
    ("lora.target_modules", "q_proj,v_proj", ["q_proj", "v_proj"]),
    ("chat.system_prompt.es", "Sé breve: sí", "Sé breve: sí"),
    ("language", "es", "es"),
]


@pytest.mark.parametrize(("name", "text", "expected"), TEXTS)
def test_text_from_the_shell_gets_the_settings_type(name: str, text: str, expected: Any) -> None:
    variable = "HIPATIA_" + name.upper().replace(".", "_")
    for loaded in (load_config(sets=[f"{name}={text}"], environ={}), load_config(environ={variable: text})):
        assert value(loaded.config, name) == expected
        assert type(value(loaded.config, name)) is type(expected)


def test_setting_one_prompt_keeps_the_other() -> None:
    Path("hipatia.yaml").write_text("chat:\n  system_prompt:\n    es: Hola\n", encoding="utf-8")
    loaded = load_config(environ={})
    assert loaded.config.chat.system_prompt["es"] == "Hola"
    assert loaded.config.chat.system_prompt["en"] == Config().chat.system_prompt["en"]
    assert loaded.sources["chat.system_prompt"] == "hipatia.yaml"


MISTAKES: list[tuple[str, str]] = [
    ("training.learning_rte=1", "Did you mean training.learning_rate?"),
    ("learning_rate=1", "Did you mean training.learning_rate?"),
    ("lora.learning_rate=1", "Did you mean training.learning_rate?"),
    ("xyzzy=1", "There is no setting xyzzy (--set)."),
    ("training=1", "training is a section"),
    ("training", "write it as --set"),
    ("language=fr", "one of these values: 'es', 'en'"),
    ("lora.rank=abc", "lora.rank: 'abc' will not do, it must be a whole number (--set)."),
    ("lora.rank=1.5", "a whole number"),
    ("lora.rank=0", "greater than 0"),
    ("training.epochs=many", "a number"),
    ("training.epochs=inf", "finite"),
    ("training.learning_rate=nan", "finite"),
    ("lora.dropout=-0.1", "0 or more"),
    ("lora.dropout=1", "less than 1"),
    ("generation.top_p=1.1", "1 or less"),
    ("data.system_prompt=perhaps", "true or false"),
    ("chat.system_prompt=x", "a group of keys and values"),
    ("chat.system_prompt.fr=x", "chat.system_prompt.fr"),
]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(("item", "expected"), MISTAKES)
def test_mistakes(item: str, expected: str, language: str) -> None:
    i18n.set_language(language)
    with pytest.raises(ConfigError) as caught:
        load_config(sets=[item], environ={})
    assert caught.value.hint
    assert item.partition("=")[0] in caught.value.message
    if language == "en":
        assert expected in caught.value.message
    else:
        assert "must" not in caught.value.message


def test_all_problems_at_once() -> None:
    Path("other.yaml").write_text("trainning: {epochs: 2}\nlora: {rank: x, alpha: -1}\nmodel: 3\ndata:\n")
    with pytest.raises(ConfigError) as caught:
        load_config("other.yaml", sets=["oops"], environ={"HIPATIA_LORA_RNK": "1"})
    message = caught.value.message
    lines = [line for line in message.splitlines() if line.startswith("  - ")]
    assert len(lines) == 6
    for part in (
        "training.epochs",
        "lora.rank: 'x'",
        "'-1'",
        "model is a section",
        "oops",
        "HIPATIA_LORA_RANK",
    ):
        assert part in message
    assert "(other.yaml)" in message


FILES = [
    ("training: [", "line 1"),
    ("a: 1\nb: {\n", "line"),
    ("- a\n- b\n", "settings of the form"),
    ("just text", "settings of the form"),
    ("a: \x00", "cannot be read"),
]


@pytest.mark.parametrize(("content", "expected"), FILES)
def test_unusable_files(content: str, expected: str) -> None:
    Path("hipatia.yaml").write_text(content)
    with pytest.raises(ConfigError, match=expected):
        load_config(environ={})


def test_a_named_file_must_exist() -> None:
    with pytest.raises(ConfigError, match=r"no configuration file nowhere\.yaml"):
        load_config("nowhere.yaml", environ={})


def test_an_empty_file_is_the_defaults() -> None:
    Path("hipatia.yaml").write_text("# nothing yet\n")
    assert load_config(environ={}).config == Config()


def test_yaml_round_trip() -> None:
    config = load_config(
        sets=["data.files=a.json", "lora.target_modules=q,v", "chat.system_prompt.es=ñ: «sí»\nno"], environ={}
    ).config
    for one in (Config(), config):
        Path("saved.yaml").write_text(dump_yaml(one), encoding="utf-8")
        assert load_config("saved.yaml", environ={}).config == one
    assert "ñ" in dump_yaml(config)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", list(settings()))
def test_every_setting_is_described(name: str, language: str) -> None:
    i18n.set_language(language)
    assert len(describe(name)) > 8
