"""The terminal chat: answers on stdout, talk on stderr, conversations saved after each answer."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from hipatia.chat.interrupts import keys_unseen, signals_end_it
from hipatia.chat.session import Turn
from hipatia.chat.store import Store
from hipatia.chat.terminal import chat
from hipatia.config import Config, GenerationConfig, load_config
from hipatia.engines.scripted import ScriptedEngine
from hipatia.errors import ModelError
from hipatia.schema import Chunk

from .screen import screen
from .talk import Talk


def test_answers_alone_on_stdout(tmp_path: Path) -> None:
    talk = Talk(["¿2 + 2?", "", "¿y 3?"], ScriptedEngine(["Son ", "4."], ["6"]), tmp_path)
    assert talk.run() == 0
    assert talk.out == "Son 4.\n6\n"
    assert "Modelo: scripted, on paper" in talk.err


def test_on_a_terminal_it_is_drawn_and_marked(tmp_path: Path) -> None:
    talk = Talk(["¿2 + 2?"], ScriptedEngine(["**Son** 2 + 2 ", "= 4"]), tmp_path, live=True)
    talk.run()
    assert [line for line in screen(talk.out) if line] == ["Hipatia ›", "Son 2 + 2 = 4 ✓"]


@pytest.mark.parametrize("way", [{"sets": ["chat.marks=false"]}, {}], ids=["setting", "command"])
def test_marks_can_be_hidden(way: dict[str, Any], tmp_path: Path) -> None:
    lines = ["¿2 + 2?"] if way else ["/marcas off", "¿2 + 2?"]
    talk = Talk(lines, ScriptedEngine(["2 + 2 = 4"]), tmp_path, live=True, **way)
    talk.run()
    assert "2 + 2 = 4" in talk.out
    assert "✓" not in talk.out


def test_every_answer_is_saved(tmp_path: Path) -> None:
    talk = Talk(["¿2 + 2?", "¿y 3?"], ScriptedEngine(["4"], ["6"]), tmp_path)
    sizes: list[int] = []
    engine: Any = talk.session.engine
    stream = engine.stream

    def watched(messages: Any, options: Any) -> Iterator[Chunk]:
        sizes.append(sum(len(file["messages"]) for file in talk.files().values()))
        return stream(messages, options)

    engine.stream = watched
    talk.run()
    ((name, file),) = talk.files().items()
    assert sizes == [0, 2]
    assert [message["content"] for message in file["messages"]] == ["¿2 + 2?", "4", "¿y 3?", "6"]
    assert file["schema"] == 1
    assert file["model"] == {"name": "scripted", "argument": "scripted", "description": "scripted, on paper"}
    assert file["settings"]["temperature"] == 0
    assert file["settings"]["system_prompt"] == Config().chat.system_prompt["es"]
    assert file["created"] <= file["updated"]
    assert file["messages"][0]["time"]


def test_nothing_is_saved_where_the_settings_say_so(tmp_path: Path) -> None:
    Talk(["¿2 + 2?"], ScriptedEngine(["4"]), tmp_path, sets=["chat.save=false"]).run()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_once_and_the_chat_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    talk = Talk(["uno", "dos"], ScriptedEngine(["1"], ["2"]), tmp_path)
    assert talk.run() == 0
    assert talk.err.count("No space left") == 1
    assert talk.out == "1\n2\n"
    assert talk.files() == {}


def test_a_models_error_does_not_end_the_chat(tmp_path: Path) -> None:
    engine = ScriptedEngine(["uno ", ModelError("Falta memoria.", hint="Cierra algo.")], ["2"])
    talk = Talk(["uno", "dos"], engine, tmp_path)
    assert talk.run() == 2  # to a script it is a failure all the same
    assert "Falta memoria.\nCierra algo." in talk.err
    assert talk.out == "uno\n2\n"
    ((_, file),) = talk.files().items()
    assert [message.get("finish_reason") for message in file["messages"]] == [None, "error", None, "stop"]


def test_ctrl_c_stops_the_answer_not_the_chat(tmp_path: Path) -> None:
    engine = ScriptedEngine(["uno ", KeyboardInterrupt()], ["dos"])
    talk = Talk(["cuenta", "sigue"], engine, tmp_path, live=True)
    assert talk.run() == 0
    assert [line for line in screen(talk.out) if line] == ["Hipatia ›", "uno", "Hipatia ›", "dos"]
    assert "interrumpida" in talk.err
    assert engine.seen[1][-2].content == "uno"


def test_ctrl_c_ends_a_script_with_what_was_written(tmp_path: Path) -> None:
    talk = Talk(["cuenta", "sigue"], ScriptedEngine(["uno ", KeyboardInterrupt()], ["dos"]), tmp_path)
    assert talk.run() == 130
    assert talk.out == "uno\n"
    assert [file["messages"][-1]["content"] for file in talk.files().values()] == ["uno"]


@pytest.mark.parametrize(("live", "code", "left"), [(True, 0, []), (False, 130, ["uno"])])
def test_ctrl_c_in_a_command(
    live: bool, code: int, left: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hipatia.chat.terminal.open_model", interrupted)
    talk = Talk(["/modelo otro", "uno"], ScriptedEngine(["1"]), tmp_path, live=live)
    assert talk.run() == code
    assert "Interrumpido." in talk.err
    assert talk.lines.lines == left


class Interrupted(ScriptedEngine):
    """Gets a real SIGINT while it writes the second of three pieces; it must be left to finish that piece."""

    def __init__(self, times: int):
        super().__init__(["uno ", "dos ", "tres"], ["bien"])
        self.times = times
        self.finished = False

    def stream(self, messages: Any, options: GenerationConfig) -> Iterator[Chunk]:
        for chunk in super().stream(messages, options):
            if chunk.text == "dos ":
                for _ in range(self.times):
                    signal.raise_signal(signal.SIGINT)
                self.finished = True
            yield chunk


@pytest.mark.parametrize(("times", "written", "finished"), [(1, "uno dos", True), (2, "uno", False)])
def test_ctrl_c_lets_the_piece_under_way_be_done_unless_pressed_twice(
    times: int, written: str, finished: bool, tmp_path: Path
) -> None:
    engine = Interrupted(times)
    talk = Talk(["cuenta", "sigue"], engine, tmp_path, live=True)
    assert talk.run() == 0
    assert [turn.answer for turn in talk.session.turns] == [written, "bien"]
    assert engine.finished == finished
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_before_the_first_piece_ctrl_c_acts_at_once(tmp_path: Path) -> None:
    class Slow(ScriptedEngine):
        def stream(self, messages: Any, options: GenerationConfig) -> Iterator[Chunk]:
            signal.raise_signal(signal.SIGINT)
            raise AssertionError("not interrupted")

    talk = Talk(["cuenta"], Slow(), tmp_path, live=True)
    assert talk.run() == 0
    assert "sin respuesta" in talk.err
    assert talk.session.turns == []


def test_outside_the_main_thread_it_answers_too(tmp_path: Path) -> None:
    talk = Talk(["¿2 + 2?"], ScriptedEngine(["4"]), tmp_path)
    thread = threading.Thread(target=talk.run)
    thread.start()
    thread.join()
    assert talk.out == "4\n"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([KeyboardInterrupt(), KeyboardInterrupt()], 130),
        ([KeyboardInterrupt(), "hola", KeyboardInterrupt()], 0),
        ([EOFError()], 0),
        (["/salir", "never"], 0),
    ],
)
def test_leaving(lines: list[str | BaseException], code: int, tmp_path: Path) -> None:
    assert Talk(lines, ScriptedEngine(["x"]), tmp_path, live=True).run() == code


def test_a_script_that_mistyped_has_failed(tmp_path: Path) -> None:
    assert Talk(["/nada", "hola"], ScriptedEngine(["x"]), tmp_path).run() == 2


def test_a_person_who_mistyped_has_not_failed(tmp_path: Path) -> None:
    talk = Talk(["/nada", "/ayda"], ScriptedEngine(), tmp_path, live=True)
    assert talk.run() == 0
    assert "No existe la orden /nada." in talk.err
    assert "¿Querías decir /ayuda?" in talk.err


def test_a_cut_off_answer_is_named(tmp_path: Path) -> None:
    talk = Talk(["?"], ScriptedEngine(["largo"], finish="length"), tmp_path)
    talk.run()
    assert "máximo de tokens" in talk.err
    assert "/continuar" in talk.err


def test_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    talk = Talk(["¿2 + 2?"], ScriptedEngine(["4"]), tmp_path, as_json=True)
    talk.run()
    answer = json.loads(capsys.readouterr().out)
    assert answer["messages"][-1]["content"] == "4"
    assert talk.out == ""


def test_a_conversation_is_gone_on_with(tmp_path: Path) -> None:
    first = Talk(
        ["/sistema Eres un pirata.", "/set temperature 0,3", "¿2 + 2?"], ScriptedEngine(["4"]), tmp_path
    )
    first.run()
    engine = ScriptedEngine(["6"])
    second = Talk(["¿y 3?"], engine, tmp_path, sets=["generation.seed=7"])
    last = Store(second.folder).newest(print)
    second.run(last)
    assert [message.content for message in engine.seen[0]] == ["Eres un pirata.", "¿2 + 2?", "4", "¿y 3?"]
    options = second.session.options
    assert (options.temperature, options.seed) == (0.3, 7)  # what is set now goes before what was set then
    ((_, file),) = second.files().items()
    assert len(file["messages"]) == 5


def test_two_chats_that_go_on_with_the_same_conversation(tmp_path: Path) -> None:
    Talk(["¿2 + 2?"], ScriptedEngine(["4"]), tmp_path).run()
    one = Talk(["¿a?"], ScriptedEngine(["A"]), tmp_path)
    other = Talk(["¿b?"], ScriptedEngine(["B"]), tmp_path)
    first, second = (Store(one.folder).newest(print) for _ in range(2))
    one.run(first)
    other.run(second)
    assert "Otra conversación abierta" in other.err
    assert [[m["content"] for m in file["messages"]][2:] for file in one.files().values()] == [
        ["¿b?", "B"],
        ["¿a?", "A"],
    ]


Open = Callable[..., int]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Open, list[str | None]]:
    """``chat`` with models that say their name, and the list of those it opened."""
    asked: list[str | None] = []

    def open_engine(model: str | None, *_: object) -> ScriptedEngine:
        asked.append(model)
        if model == "gone":
            raise ModelError("Ya no está.")
        engine = ScriptedEngine(*[[f"Soy {model}."]] * 3)
        engine.name = str(model)
        return engine

    monkeypatch.setattr("hipatia.chat.opening.open_engine", open_engine)
    monkeypatch.setattr("sys.stdin", io.StringIO("¿de la tubería?\n"))
    flags = {"paths.conversations": tmp_path / "conversations", "paths.runs": tmp_path / "runs"}
    config = load_config(flags=flags, environ={}).config
    return lambda *args, **named: chat(config, *args, **named), asked


def test_chat_from_a_pipe_and_with_questions(
    opened: tuple[Open, list[str | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    run, asked = opened
    assert run("org/uno") == 0
    assert capsys.readouterr().out == "Soy org/uno.\n"
    assert run("org/uno", questions=["¿a?", "¿b?"]) == 0
    assert capsys.readouterr().out == "Soy org/uno.\nSoy org/uno.\n"
    assert asked == ["org/uno"] * 2


def test_chat_goes_on_with_the_last_conversation_and_its_model(
    opened: tuple[Open, list[str | None]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, asked = opened
    assert run(questions=["¿a?"], resume=True) == 0
    assert "No hay ninguna conversación guardada" in capsys.readouterr().err
    run("org/dos", questions=["¿b?"])
    assert run(questions=["¿c?"], resume=True) == 0
    assert run("org/tres", questions=["¿d?"], resume=True) == 0
    assert asked == [None, "org/dos", "org/dos", "org/tres"]
    assert "era con org/dos" in capsys.readouterr().err
    files = [json.loads(path.read_text()) for path in (tmp_path / "conversations").glob("*.json")]
    assert sorted(len(file["messages"]) for file in files) == [2, 6]


def test_chat_with_another_model_where_the_last_is_gone(
    opened: tuple[Open, list[str | None]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run, asked = opened
    run("org/uno", questions=["¿a?"])
    ((path),) = (tmp_path / "conversations").glob("*.json")
    path.write_text(path.read_text().replace("org/uno", "gone"))
    assert run(questions=["¿b?"], resume=True) == 0
    assert asked == ["org/uno", "gone", None]
    assert "no se puede abrir: Ya no está." in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX terminal")
def test_keys_pressed_too_early_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty
    import termios

    master, slave = pty.openpty()
    with os.fdopen(slave) as terminal, os.fdopen(master, "wb"):
        monkeypatch.setattr("sys.stdin", terminal)

        def echo() -> bool:
            return bool(termios.tcgetattr(slave)[3] & termios.ECHO)

        assert echo()
        with suppress(KeyboardInterrupt), keys_unseen():
            assert not echo()
            raise KeyboardInterrupt
        assert echo()


def test_the_last_turn_is_shown_to_whoever_goes_on(tmp_path: Path) -> None:
    talk = Talk([], ScriptedEngine(), tmp_path, live=True)
    talk.session.new([Turn("¿\x1b[2J2 + 2?", "**Son** 2 + 2 = 4")])
    talk.terminal.show_turn()
    assert [line for line in screen(talk.out) if line] == ["Tú › ¿2 + 2?", "Hipatia ›", "Son 2 + 2 = 4 ✓"]


def test_the_system_prompt_is_the_models(tmp_path: Path) -> None:
    engine = ScriptedEngine(["x"])
    Talk(["hola"], engine, tmp_path).run()
    assert engine.seen[0][0].content == Config().chat.system_prompt["es"]


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX signal")
def test_a_closed_terminal_loses_nothing(tmp_path: Path) -> None:
    """``chat`` turns the signal into an orderly end, in mid-answer too."""

    class Closed(ScriptedEngine):
        def stream(self, messages: Any, options: GenerationConfig) -> Iterator[Chunk]:
            yield Chunk("uno ", tokens=1)
            os.kill(os.getpid(), signal.SIGHUP)
            yield Chunk("dos", tokens=1)

    talk = Talk(["cuenta"], Closed(), tmp_path)
    with pytest.raises(SystemExit) as left, signals_end_it():
        talk.run()
    assert left.value.code == 128 + signal.SIGHUP
    ((_, file),) = talk.files().items()
    assert file["messages"][-1]["content"].startswith("uno")
