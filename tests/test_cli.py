"""The command line: options anywhere, both languages, errors without tracebacks, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

import hipatia
from hipatia import i18n
from hipatia.cli import app, main
from hipatia.cli_words import early_language, hoist
from hipatia.config import Config
from hipatia.evaluation import Report
from hipatia.exercises import mask_numerals
from hipatia.train import TrainResult

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call ``hipatia …`` in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "es_ES.UTF-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capsys.readouterr()

    return call


HOISTED = [
    (["train", "--json"], ["--json", "train"]),
    (["train", "--set", "a.b=1", "--name", "x"], ["--set", "a.b=1", "train", "--name", "x"]),
    (
        ["--set=a=1", "train", "--config", "f", "--language=en"],
        ["--set=a=1", "--config", "f", "--language=en", "train"],
    ),
    (["chat", "--", "--json"], ["chat", "--", "--json"]),
    (["train", "--set"], ["--set"]),
]


@pytest.mark.parametrize(("given", "expected"), HOISTED)
def test_options_of_every_command_may_stand_anywhere(given: list[str], expected: list[str]) -> None:
    assert hoist(given) == expected


LANGUAGES: list[tuple[list[str], dict[str, str], str, str | None]] = [
    ([], {}, "", None),
    (["--language", "en"], {"HIPATIA_LANGUAGE": "es"}, "language: es", "en"),
    (["--language=en"], {}, "", "en"),
    (["--set", "language=en"], {}, "", "en"),
    ([], {"HIPATIA_LANGUAGE": "en"}, "language: es", "en"),
    ([], {}, "training:\n  epochs: 1\nlanguage: 'en'\n", "en"),
    (["--config", "nowhere.yaml"], {}, "language: en", None),
    (["--language", "fr"], {}, "", None),
]


@pytest.mark.parametrize(("arguments", "environ", "file", "expected"), LANGUAGES)
def test_the_language_is_known_before_the_help_is_written(
    arguments: list[str],
    environ: dict[str, str],
    file: str,
    expected: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("hipatia.yaml").write_text(file)
    assert early_language(arguments, environ) == expected


def all_commands(command: Any = None, name: tuple[str, ...] = ()) -> list[list[str]]:
    command = command or typer.main.get_command(app)
    children = getattr(command, "commands", {})
    return [
        list(name),
        *(one for key, child in children.items() for one in all_commands(child, (*name, key))),
    ]


@pytest.mark.parametrize("command", all_commands(), ids=lambda command: " ".join(command) or "hipatia")
def test_help_in_both_languages(command: list[str], run: Run) -> None:
    code, spanish, errors = run(*command, "--help")
    assert (code, errors) == (0, "")
    assert spanish.startswith("Uso: hipatia")
    assert not re.search(r"Usage|Options|Commands|Arguments|COMMAND|required|Show this|cli\.", spanish)
    code, english, errors = run(*command, "--help", "--language", "en")
    assert (code, errors) == (0, "")
    assert english.startswith("Usage: hipatia")
    assert not re.search(r"Uso|Opciones|Órdenes|obligatorio|cli\.", english)


@pytest.mark.parametrize("command", [[], ["data"]])
def test_bare_groups_show_their_help(command: list[str], run: Run) -> None:
    code, out, errors = run(*command)
    assert (code, errors) == (0, "")
    assert "Órdenes:" in out


MISTAKES = [
    (["trian"], "No existe la orden «trian». ¿Querías decir 'train'?"),
    (["train", "--dta", "x"], "No existe la opción --dta. ¿Querías decir --data?"),
    (["train", "--name"], "La opción --name necesita un valor."),
    (["train", "x"], "Sobra: x."),
    (["config", "--set"], "necesita un valor"),
    (["config", "--set", "lora.rank=0"], "lora.rank: «0» no sirve, tiene que ser mayor que 0 (--set)."),
    (["config", "--set", "lora.rnk=0"], "¿Querías decir lora.rank?"),
    (["config", "--config", "nada.yaml"], "No existe el archivo de configuración nada.yaml."),
    (["--language", "fr", "config"], "'es', 'en'"),
]


@pytest.mark.parametrize(("arguments", "expected"), MISTAKES)
def test_mistakes_exit_2_with_message_and_hint(arguments: list[str], expected: str, run: Run) -> None:
    code, out, errors = run(*arguments)
    assert (code, out) == (2, "")
    assert expected in errors
    assert "  → " in errors
    assert "Traceback" not in errors


def test_mistakes_in_english(run: Run) -> None:
    assert "There is no command 'trian'. Did you mean 'train'?" in run("trian", "--language", "en")[2]


def test_debug_shows_the_traceback(run: Run) -> None:
    code, _, errors = run("config", "--set", "lora.rank=0", "--debug")
    assert code == 2
    assert "Traceback" in errors


def test_a_bug_stays_a_bug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipatia.config.annotated_yaml", lambda loaded: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("config")


def test_ctrl_c_exits_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(loaded: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("hipatia.config.annotated_yaml", interrupted)
    assert run("config")[0] == 130


def test_config_is_yaml_that_can_be_read_back(run: Run) -> None:
    code, out, _ = run("config", "--set", "training.epochs=2", "--set", "chat.system_prompt.es=Sé breve:\nsí")
    assert code == 0
    assert "# pasadas por las filas de entrenamiento [--set]" in out
    expected = Config().model_dump(mode="json")
    expected["training"]["epochs"] = 2.0
    expected["chat"]["system_prompt"]["es"] = "Sé breve:\nsí"
    assert yaml.safe_load(out) == expected


def test_config_as_json(run: Run) -> None:
    Path("hipatia.yaml").write_text("lora: {rank: 4}")
    code, out, errors = run("config", "--json")
    answer = json.loads(out)
    assert (code, errors) == (0, "")
    assert answer["config"]["lora"]["rank"] == 4
    assert answer["sources"]["lora.rank"] == "hipatia.yaml"


def test_data_make_check_and_stats(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIPATIA_MODEL_EMBEDDED_PATH", "not_here.gguf")  # nothing is downloaded
    code, out, errors = run("data", "make", "-n", "5", "--topic", "fractions", "--set", "training.seed=3")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, errors, len(rows)) == (0, "", 5)
    assert {(row["topic"], row["language"]) for row in rows} == {("fractions", "es")}
    Path("rows.jsonl").write_text(out, encoding="utf-8")
    code, out, errors = run("data", "check", "rows.jsonl", "--json")
    assert json.loads(out)["usable"] == 5
    assert "Sin recuento de tokens" in errors
    assert "rows.jsonl" in run("data", "check", "rows.jsonl")[1]
    assert json.loads(run("data", "stats", "rows.jsonl", "--json")[1])["rows"] == 5
    assert "Filas: 5" in run("data", "stats", "rows.jsonl")[1]


def test_data_make_in_english_as_one_object(run: Run) -> None:
    rows = json.loads(run("data", "make", "-n", "2", "--json", "--language", "en")[1])["rows"]
    assert [row["language"] for row in rows] == ["en", "en"]


def made(run: Run, *more: str) -> list[dict[str, Any]]:
    code, out, errors = run("data", "make", "--json", "--set", "training.seed=3", *more)
    assert (code, errors) == (0, "")
    return json.loads(out)["rows"]


def test_data_make_of_some_levels(run: Run) -> None:
    levels = {row["level"] for row in made(run, "-n", "40", "--level", "primary")}
    assert levels == {"primary"}
    both = made(run, "-n", "40", "--level", "primary", "--level", "upper_secondary")
    assert {row["level"] for row in both} == {"primary", "upper_secondary"}


@pytest.mark.parametrize("hints", ["0", "1"])
def test_data_make_avoids_what_files_ask(hints: str, run: Run) -> None:
    """As conversations with hints or without, as problems of a table: whatever their numbers are."""
    first = made(run, "-n", "60", "--topic", "percentages", "--hints", hints)
    asked = [
        row["messages"][0]["content"]
        for row in made(run, "-n", "60", "--topic", "percentages", "--hints", "0")
    ]
    half = len(asked) // 2
    Path("a.jsonl").write_text("\n".join(json.dumps(row) for row in first), encoding="utf-8")
    Path("b.csv").write_text("pregunta;respuesta\n" + "\n".join(f'"{text}";7' for text in asked[:half]))
    files = ("--avoid", "a.jsonl", "--avoid", "b.csv")
    new = made(run, "-n", "60", "--topic", "percentages", "--hints", "0", *files)
    masks = {mask_numerals(text) for text in asked}
    assert not masks & {mask_numerals(row["messages"][0]["content"]) for row in new}


MAKE_MISTAKES = [
    (("--level", "infantil"), ("infantil", "primary, lower_secondary, upper_secondary")),
    (("--avoid", "nada.jsonl"), ("No existe el archivo nada.jsonl",)),
    (("--avoid", "empty.jsonl"), ("empty.jsonl",)),
    (("--avoid", "useless.json"), ("useless.json no contiene ninguna fila utilizable",)),
    (("--avoid", "."), (". es una carpeta",)),
    (("--topic", "calculus", "--level", "primary"), ("solo hay 0",)),
]


@pytest.mark.parametrize(
    ("arguments", "expected"), MAKE_MISTAKES, ids=[" ".join(row[0]) for row in MAKE_MISTAKES]
)
def test_mistakes_of_data_make(arguments: tuple[str, ...], expected: tuple[str, ...], run: Run) -> None:
    Path("empty.jsonl").touch()
    Path("useless.json").write_text('[{"colour": "red"}]')
    code, out, errors = run("data", "make", *arguments)
    assert (code, out) == (2, "")
    assert all(each in errors for each in expected), errors
    assert errors.startswith("Error: ")


def test_data_stats_without_files_are_the_bundled_ones(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIPATIA_MODEL_EMBEDDED_PATH", "not_here.gguf")
    assert json.loads(run("data", "stats", "--json")[1])["rows"] >= 100


@pytest.mark.parametrize("command", [["data", "check"], ["data", "stats"], ["grade"]])
def test_missing_files_are_named(command: list[str], run: Run) -> None:
    code, out, errors = run(*command, "nada.jsonl", "--set", "model.embedded_path=not_here.gguf")
    assert (code, out) == (2, "")
    assert "Error: " in errors
    assert "nada.jsonl" in errors


ANSWERS = [
    {"response": "Son 12 m.", "expected": "12", "question": "¿Cuánto mide?"},
    {"response": "Respuesta: 15", "expected": 12},
    {"response": "", "expected": "12"},
]


def test_grade(run: Run) -> None:
    Path("answers.jsonl").write_text("\n".join(map(json.dumps, ANSWERS)), encoding="utf-8")
    result = json.loads(run("grade", "answers.jsonl", "--json")[1])
    assert result["totals"] == {"correct": 1, "incorrect": 1, "no_answer": 1}
    assert [grade["status"] for grade in result["grades"]] == ["correct", "incorrect", "no_answer"]
    table = run("grade", "answers.jsonl")[1]
    assert "3 respuestas: correcta 1, incorrecta 1, sin respuesta 1." in table


def test_grade_names_the_row_that_lacks_something(run: Run) -> None:
    Path("answers.jsonl").write_text('{"response": "1", "expected": "1"}\n{"response": "2"}\n')
    code, out, errors = run("grade", "answers.jsonl")
    assert (code, out) == (2, "")
    assert "fila 2 (línea 2)" in errors
    assert '{"response":' in errors


def test_doctor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    found = json.loads(run("doctor", "--quick", "--json")[1])
    assert found["facts"]["cores"] >= 1
    assert found["facts"]["check"] is None
    assert [one["device"] for one in found["capacity"]][-1] == "cpu"
    assert "hub_unreached" in [one["key"] for one in found["advice"]]
    assert "127.0.0.1:9" in run("doctor", "--quick")[1]
    assert "✓" in run("doctor", "--language", "en")[1]


def test_chat_says_what_the_session_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(
        "hipatia.chat.terminal.chat", lambda *args, **named: seen.append((args[1], named)) or 130
    )
    assert run("chat", "latest", "--json")[0] == 130
    assert run("chat", "-c", "-p", "¿2 + 2?", "--prompt", "/stats")[0] == 130
    assert seen == [
        ("latest", {"questions": (), "resume": False, "as_json": True}),
        (None, {"questions": ["¿2 + 2?", "/stats"], "resume": True, "as_json": False}),
    ]


def test_the_evaluate_module_opens_the_chat() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "hipatia.evaluate", "--help", "--language", "en"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert run.stdout.startswith("Usage: hipatia chat")


@pytest.mark.parametrize(("status", "code"), [("finished", 0), ("interrupted", 130)])
def test_train_passes_the_settings_on(
    status: str, code: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Config, str | None]] = []

    def train(config: Config, *, name: str | None, resume: Path | None, force: bool) -> TrainResult:
        seen.append((config, name))
        return TrainResult(Path("runs/x"), {"status": status, "training": {"steps": 3}})

    monkeypatch.setattr("hipatia.train.train", train)
    options = ["--data", "a.json", "--data", "b.csv", "--model", "embedded", "--name", "x"]
    assert run("train", *options)[0] == code
    given_code, out, _ = run("train", "--json", "--set", "training.epochs=3")
    assert (given_code, json.loads(out)["status"]) == (code, status)
    config, name = seen[0]
    assert (config.data.files, config.model.base, name) == ([Path("a.json"), Path("b.csv")], "embedded", "x")
    assert (seen[1][0].training.epochs, seen[1][0].data.files, seen[1][1]) == (3.0, [], None)


def test_evaluate_passes_the_options_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def evaluate(config: Config, model: str | None, **named: object) -> Report:
        seen.append((model, named))
        return Report("m", "bank", ())

    monkeypatch.setattr("hipatia.evaluation.run", evaluate)
    code, out, _ = run(
        "evaluate", "x", "--compare", "embedded", "--limit", "2", "--questions", "q.json", "--json"
    )
    assert (code, json.loads(out)["model"]) == (0, "m")
    assert seen == [("x", {"questions": Path("q.json"), "compare_with": "embedded", "limit": 2})]
    assert run("evaluate", "--limit", "0")[0] == 2


def test_the_configurations_language_is_spoken(run: Run) -> None:
    Path("hipatia.yaml").write_text("language: en")
    assert "passes over the training rows [default]" in run("config")[1]
    assert i18n.language() == "en"


def hipatia_process(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    source = str(Path(hipatia.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-m", "hipatia", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": source, **environ},
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs the processor time of children")
def test_help_is_quick() -> None:
    """In processor time, which unlike a clock does not depend on what else the machine does."""
    hipatia_process("--help")
    best = min(_seconds() for _ in range(3))
    assert best < 0.35, f"hipatia --help took {best:.2f} s"


def _seconds() -> float:
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert hipatia_process("--help").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_the_module_exits_with_the_code_of_the_command() -> None:
    run = hipatia_process("config", "--set", "lora.rank=0", LANG="es_ES.UTF-8")
    assert run.returncode == 2
    assert run.stdout == ""
    assert "lora.rank" in run.stderr
