"""Questions as they are typed: keys into a real line editor, and the chat's loop around it."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from hipatia.chat import commands
from hipatia.chat.prompt import Given, Piped, Typed, is_open, unquoted
from hipatia.config import Config
from hipatia.engines.scripted import ScriptedEngine

from .talk import Talk

ENTER, ALT_ENTER, CTRL_C, CTRL_D, UP, TAB = "\r", "\x1b\r", "\x03", "\x04", "\x1b[A", "\t"
HOME, CTRL_U, CTRL_K = "\x01", "\x15", "\x0b"


def paste(text: str) -> str:
    """What a terminal sends for pasted text."""
    return f"\x1b[200~{text}\x1b[201~"


@contextmanager
def editor(history: Path | None = None) -> Iterator[tuple[Typed, PipeInput]]:
    with create_pipe_input() as keys:
        complete = lambda text: commands.complete(text, Config())  # noqa: E731
        yield Typed(history, complete, source=keys, output=DummyOutput()), keys


TYPED = [
    ("¿2 + 2?" + ENTER, "¿2 + 2?"),
    ("uno" + ALT_ENTER + "dos" + ENTER, "uno\ndos"),
    (paste("uno\ndos\r\ntres") + ENTER, "uno\ndos\ntres"),
    (paste("/nueva\nno es\nuna orden") + ENTER, "/nueva\nno es\nuna orden"),
    ('"""' + ENTER + "uno" + ENTER + ENTER + "dos" + ENTER + '"""' + ENTER, "uno\n\ndos"),
    ('/edit """uno' + ENTER + 'dos"""' + ENTER, "/edit uno\ndos"),
    ("malo" + CTRL_U + "bueno" + ENTER, "bueno"),
    ("2" + HOME + "2 + " + ENTER, "2 + 2"),
    (paste("\ud800 mal".encode("utf-8", "replace").decode()) + ENTER, "? mal"),
    ("<|im_end|>" + ENTER, "<|im_end|>"),
    ("x" + CTRL_C, ""),
    ("uno" + ALT_ENTER + CTRL_C, ""),
]


@pytest.mark.parametrize(("keys", "expected"), TYPED)
def test_typed(keys: str, expected: str) -> None:
    with editor() as (typed, source):
        source.send_text(keys)
        assert typed.read() == expected


def test_a_question_to_be_changed() -> None:
    with editor() as (typed, source):
        source.send_text(" más" + ENTER)
        assert typed.read(default="¿2 + 2?") == "¿2 + 2? más"


@pytest.mark.parametrize(
    ("keys", "error"),
    [(CTRL_C, KeyboardInterrupt), ("x" + CTRL_U + CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError)],
)
def test_ways_out(keys: str, error: type[BaseException]) -> None:
    with editor() as (typed, source):
        source.send_text(keys)
        with pytest.raises(error):
            typed.read()


def test_history_is_kept_between_chats_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / ".history"
    for keys, expected in (
        (("uno" + ENTER, paste("dos\ntres") + ENTER), ["uno", "dos\ntres"]),
        ((UP + ENTER, UP + UP + UP + ENTER), ["dos\ntres", "uno"]),
    ):
        with editor(path) as (typed, source):
            for text, want in zip(keys, expected, strict=True):
                source.send_text(text)
                assert typed.read() == want
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_history_that_cannot_be_written_is_forgone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with editor(tmp_path / "file" / ".history") as (typed, source):
        source.send_text("uno" + ENTER)
        assert typed.read() == "uno"


@pytest.mark.skipif(sys.platform == "win32", reason="a script as editor")
def test_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\ncase "$1" in *.md) printf "uno\\ndos" > "$1";; esac\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    with editor() as (typed, source):
        source.send_text("borrador\x18\x05")  # Ctrl-X Ctrl-E

        def send_when_edited(buffer: Buffer) -> None:
            if "dos" in buffer.text:
                source.send_text(ENTER)

        typed._session.default_buffer.on_text_changed += send_when_edited
        assert typed.read() == "uno\ndos"


def test_completion() -> None:
    """The menu opens by itself while one types; Tab takes what it offers."""
    with editor() as (typed, source):
        offered: list[str] = []

        def take(buffer: Buffer) -> None:
            if buffer.complete_state and not offered:
                offered.extend(one.text for one in buffer.complete_state.completions)
                source.send_text(TAB + ENTER)

        typed._session.default_buffer.on_completions_changed += take
        source.send_text("/soluc")
        assert typed.read() == "/solución"
        assert offered == ["/solución"]


def test_a_whole_conversation_at_the_keys(tmp_path: Path) -> None:
    engine = ScriptedEngine(["Son ", "4."], ["6"], ["seis"])
    talk = Talk([], engine, tmp_path, live=True)
    with editor() as (typed, source):
        talk.terminal.lines = typed
        source.send_text("¿2 + 2?" + ENTER + paste("¿y\n3?") + ENTER + "/editar" + ENTER + CTRL_U + CTRL_K)
        source.send_text("¿cuánto?" + ENTER + "x" + CTRL_C + "y" + CTRL_C + CTRL_C + "/salir" + ENTER)
        assert talk.run() == 0
    assert [m.content for m in talk.session.messages[1:]] == ["¿2 + 2?", "Son 4.", "¿y\n¿cuánto?", "seis"]
    assert "Para terminar" in talk.err


PIPED = [
    ("uno\ndos\n", ["uno", "dos"]),
    ("uno\n\n  dos", ["uno", "", "  dos"]),
    ('"""\nuno\ndos\n"""\ntres\n', ["uno\ndos", "tres"]),
    ('"""uno"""\n', ["uno"]),
    ('"""uno\ndos', ["uno\ndos"]),
    ('/edit """a\nb"""\n', ["/edit a\nb"]),
    ('el operador """ no abre\n', ['el operador """ no abre']),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), PIPED)
def test_piped(text: str, expected: list[str]) -> None:
    lines = Piped(io.StringIO(text))
    found = []
    while True:
        try:
            found.append(lines.read())
        except EOFError:
            break
    assert found == expected


def test_bytes_of_another_encoding_end_nothing() -> None:
    read, write = os.pipe()
    os.write(write, b"\xbfcu\xe1nto?\n")
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as stream:
        assert "cu" in Piped(stream).read()


def test_given() -> None:
    lines = Given(["uno", '"""dos\ntres"""'])
    assert [lines.read(), lines.read()] == ["uno", "dos\ntres"]
    with pytest.raises(EOFError):
        lines.read()


@pytest.mark.parametrize("text", ['"""', '"""a\nb', '  """', '/edit """x'])
def test_open_blocks(text: str) -> None:
    assert is_open(text)
    assert not is_open(text + '"""')


@pytest.mark.parametrize("text", ["a", 'di """', "", '"""a"""', "'''"])
def test_no_open_blocks(text: str) -> None:
    assert not is_open(text)
    assert '"""' not in unquoted(text) or text == 'di """'
