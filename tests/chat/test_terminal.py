"""The terminal chat: answers on stdout, talk on stderr, conversations saved privately and trainable."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from hipatia.chat.terminal import Terminal, free_path, printable
from hipatia.config import Config, load_config
from hipatia.datamodule import prepare_conversations_dataset
from hipatia.engines.scripted import ScriptedEngine
from hipatia.errors import ModelError


class Talk:
    """A terminal with scripted lines; an exception among them is raised."""

    def __init__(
        self, lines: Sequence[str | BaseException], engine: ScriptedEngine, folder: Path, **more: Any
    ):
        self.lines = list(lines)
        self.out, self.err = io.StringIO(), io.StringIO()
        config = load_config(flags={"paths.conversations": folder}, environ={}).config
        self.terminal = Terminal(
            engine,
            config,
            out=Console(file=self.out, highlight=False),
            talk=Console(file=self.err, highlight=False, width=200),
            read=self.read,
            **more,
        )

    def read(self, prompt: str) -> str:
        if not self.lines:
            raise EOFError
        line = self.lines.pop(0)
        if isinstance(line, BaseException):
            raise line
        return line

    def run(self) -> int:
        return self.terminal.run()


def test_answers_alone_on_stdout(tmp_path: Path) -> None:
    talk = Talk(["¿2 + 2?", "", "¿y 3?"], ScriptedEngine(["Son ", "4."], ["6"]), tmp_path)
    assert talk.run() == 0
    assert talk.out.getvalue() == "Son 4.\n6\n"
    assert "Modelo: scripted, on paper" in talk.err.getvalue()
    assert list(tmp_path.iterdir()) == []


def test_text_is_shown_as_it_is(tmp_path: Path) -> None:
    text = "[a, b] [/b] 2*3*4 $x<y>z$ cuesta $5 y $10 :smile: \\frac{1}{2} " + "x" * 300
    talk = Talk(["?"], ScriptedEngine([text]), tmp_path)
    talk.run()
    assert talk.out.getvalue() == text + "\n"


CONTROLS = [
    ("\x1b[31mrojo\x1b[0m", "[31mrojo[0m"),
    ("a\x07\x08b\r\nc\td", "ab\nc\td"),
    ("\x9b2J", "2J"),
    ("ña ∑ ½ ≤", "ña ∑ ½ ≤"),
    ("a\u202eb", "ab"),
]


@pytest.mark.parametrize(("text", "expected"), CONTROLS)
def test_no_control_characters_reach_the_terminal(text: str, expected: str) -> None:
    assert printable(text) == expected


def test_commands(tmp_path: Path) -> None:
    engine = ScriptedEngine(["1"], ["2"])
    talk = Talk(["uno", "/new", "dos", "/ayuda", "/sav", "/salir", "never"], engine, tmp_path)
    assert talk.run() == 0
    assert len(engine.seen[1]) == 2
    told = talk.err.getvalue()
    for part in ("Conversación nueva.", "/guardar", "No existe la orden /sav."):
        assert part in told
    assert talk.lines == ["never"]


def test_a_fraction_is_no_command(tmp_path: Path) -> None:
    talk = Talk(["/2 es la mitad?"], ScriptedEngine(["sí"]), tmp_path)
    talk.run()
    assert talk.out.getvalue() == "sí\n"


def test_saved_conversations_train(tmp_path: Path) -> None:
    folder = tmp_path / "conversations"
    engine = ScriptedEngine(["Son 4."], ["Son 6."], ["Sí."])
    talk = Talk(
        ["/save", "¿2 + 2?", "/save sumas", "¿3 + 3?", "/save", "/new", "¿Sí?", "/save sumas"], engine, folder
    )
    talk.run()
    assert "Todavía no hay nada que guardar." in talk.err.getvalue()
    assert sorted(path.name for path in folder.iterdir()) == ["sumas-2.json", "sumas.json"]
    rows = prepare_conversations_dataset(folder / "sumas.json")
    assert [message.content for message in rows[0].messages[1:]] == ["¿2 + 2?", "Son 4.", "¿3 + 3?", "Son 6."]
    saved = json.loads((folder / "sumas.json").read_text(encoding="utf-8"))
    assert (saved["model"], saved["language"]) == ("scripted", "es")
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / "sumas.json").stat().st_mode) == 0o600


NAMES = [
    ("sumas", "sumas.json"),
    ("sumas.json", "sumas.json"),
    ("../../etc/passwd", "etc-passwd.json"),
    ("/abs/olute", "abs-olute.json"),
    ("..", "chat.json"),
    ("álgebra 2º", "álgebra-2º.json"),
    ("", "chat.json"),
    ("a" * 300, "a" * 80 + ".json"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_stay_in_the_folder(name: str, expected: str, tmp_path: Path) -> None:
    assert free_path(tmp_path, name) == tmp_path / expected


def test_a_failed_save_leaves_nothing_and_the_chat_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    talk = Talk(["uno", "/save", "dos"], ScriptedEngine(["1"], ["2"]), tmp_path)
    assert talk.run() == 0
    assert "No space left" in talk.err.getvalue()
    assert talk.out.getvalue() == "1\n2\n"
    assert list(tmp_path.iterdir()) == []


def test_a_models_error_does_not_end_the_chat(tmp_path: Path) -> None:
    engine = ScriptedEngine([ModelError("Falta memoria.", hint="Cierra algo.")], ["2"])
    talk = Talk(["uno", "dos"], engine, tmp_path)
    assert talk.run() == 0
    assert "Falta memoria.\nCierra algo." in talk.err.getvalue()
    assert talk.out.getvalue().endswith("2\n")


def test_ctrl_c_stops_the_answer_not_the_chat(tmp_path: Path) -> None:
    engine = ScriptedEngine(["uno ", KeyboardInterrupt()], ["dos"])
    talk = Talk(["cuenta", "sigue"], engine, tmp_path)
    assert talk.run() == 0
    assert talk.out.getvalue() == "uno \ndos\n"
    assert "interrumpida" in talk.err.getvalue()
    assert engine.seen[1][-2].content == "uno"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([KeyboardInterrupt(), KeyboardInterrupt()], 130),
        ([KeyboardInterrupt(), "hola", KeyboardInterrupt()], 0),
        ([EOFError()], 0),
    ],
)
def test_leaving(lines: list[str | BaseException], code: int, tmp_path: Path) -> None:
    assert Talk(lines, ScriptedEngine(["x"]), tmp_path).run() == code


def test_a_cut_off_answer_is_named(tmp_path: Path) -> None:
    talk = Talk(["?"], ScriptedEngine(["largo"], finish="length"), tmp_path)
    talk.run()
    assert "máximo de tokens" in talk.err.getvalue()


def test_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    talk = Talk(["¿2 + 2?"], ScriptedEngine(["4"]), tmp_path, as_json=True)
    talk.run()
    answer = json.loads(capsys.readouterr().out)
    assert answer["messages"][-1] == {"role": "assistant", "content": "4"}
    assert talk.out.getvalue() == ""


def test_the_system_prompt_is_the_settings(tmp_path: Path) -> None:
    engine = ScriptedEngine(["x"])
    Talk(["hola"], engine, tmp_path).run()
    assert engine.seen[0][0].content == Config().chat.system_prompt["es"]
