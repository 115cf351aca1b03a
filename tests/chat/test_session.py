"""A conversation keeps what was said, however an answer ends."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest

from hipatia.chat.session import ChatSession
from hipatia.config import GenerationConfig
from hipatia.engines.scripted import ScriptedEngine
from hipatia.schema import Message


def session_of(*answers: Sequence[str | BaseException]) -> tuple[ChatSession, ScriptedEngine]:
    engine = ScriptedEngine(*answers)
    return ChatSession(engine, GenerationConfig(), system="Eres Hipatia."), engine


def roles(session: ChatSession) -> str:
    return "".join(message.role[0] for message in session.messages)


def test_history_goes_with_every_question() -> None:
    session, engine = session_of(["2 + 2 ", "= 4"], ["Sí."])
    assert "".join(chunk.text for chunk in session.ask("¿2 + 2?")) == "2 + 2 = 4"
    list(session.ask("¿Seguro?"))
    assert engine.seen[1] == [
        Message("system", "Eres Hipatia."),
        Message("user", "¿2 + 2?"),
        Message("assistant", "2 + 2 = 4"),
        Message("user", "¿Seguro?"),
    ]
    assert session.finish_reason == "stop"
    assert session.turns == 2


def test_without_a_system_message() -> None:
    session = ChatSession(ScriptedEngine(["x"]), GenerationConfig())
    list(session.ask("hola"))
    assert roles(session) == "ua"


def test_new_forgets_all_but_the_system_message() -> None:
    session, _ = session_of(["4"])
    list(session.ask("¿2 + 2?"))
    session.new()
    assert roles(session) == "s"


@pytest.mark.parametrize("way", ["leave the loop", "cancel"])
def test_a_stopped_answer_is_kept(way: str) -> None:
    session, engine = session_of(["uno ", "dos ", "tres"])
    answer = session.ask("cuenta")
    for chunk in answer:
        if chunk.text == "dos ":
            if way == "cancel":
                session.cancel()
            else:
                break
    answer.close()
    assert session.messages[-1] == Message("assistant", "uno dos")
    assert session.finish_reason == "cancelled"
    assert engine.closed == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("out of memory")])
def test_an_error_in_mid_answer_keeps_what_was_written(error: BaseException) -> None:
    session, engine = session_of(["uno ", error], ["bien"])
    with pytest.raises(type(error)):
        list(session.ask("cuenta"))
    assert session.messages[-1] == Message("assistant", "uno")
    assert engine.closed == 1
    list(session.ask("sigue"))
    assert roles(session) == "suaua"


@pytest.mark.parametrize("answer", [[], ["  ", "\n"], [RuntimeError("no")]])
def test_a_question_without_an_answer_is_taken_back(answer: list[str | BaseException]) -> None:
    session, _ = session_of(answer)
    with suppress(RuntimeError):
        list(session.ask("hola"))
    assert roles(session) == "s"


def test_row() -> None:
    session, _ = session_of(["4"])
    list(session.ask("¿2 + 2?"))
    row = session.row(id="x", language="es")
    assert row["id"] == "x"
    assert [message["role"] for message in row["messages"]] == ["system", "user", "assistant"]
