"""A conversation keeps what was said, however an answer ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import pytest

from hipatia.chat.session import ChatSession, Timing
from hipatia.config import GenerationConfig
from hipatia.engines.scripted import ScriptedEngine
from hipatia.schema import Chunk, Message


def session_of(*answers: Sequence[str | BaseException], **more: Any) -> tuple[ChatSession, ScriptedEngine]:
    engine = ScriptedEngine(*answers, **more)
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
    assert len(session.turns) == 2


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
    answer: Any = session.ask("cuenta")
    for chunk in answer:
        if chunk.text == "dos ":
            if way == "cancel":
                assert session.cancel()
                assert not session.cancel()  # asked for already
            else:
                break
    answer.close()
    assert session.messages[-1] == Message("assistant", "uno dos")
    assert session.finish_reason == "cancelled"
    assert engine.closed == 1


def test_an_answer_that_has_not_begun_cannot_be_stopped_softly() -> None:
    session, _ = session_of(["uno"])
    assert not session.cancel()
    assert "".join(chunk.text for chunk in session.ask("cuenta")) == "uno"
    assert not session.cancel()


def test_an_answer_that_is_done_was_not_cancelled() -> None:
    session, _ = session_of(["uno"])
    answer: Any = session.ask("cuenta")
    for chunk in answer:
        if chunk.finish_reason:
            break
    answer.close()
    assert session.finish_reason == "stop"


@pytest.mark.parametrize(
    ("error", "reason"), [(KeyboardInterrupt(), "cancelled"), (RuntimeError("out of memory"), "error")]
)
def test_an_error_in_mid_answer_keeps_what_was_written(error: BaseException, reason: str) -> None:
    session, engine = session_of(["uno ", error], ["bien"])
    with pytest.raises(type(error)):
        list(session.ask("cuenta"))
    assert session.messages[-1] == Message("assistant", "uno")
    assert (session.finish_reason, session.turns[-1].finish_reason) == (reason, reason)
    assert engine.closed == 1
    list(session.ask("sigue"))
    assert roles(session) == "suaua"


@pytest.mark.parametrize("answer", [[], ["  ", "\n"], [RuntimeError("no")]])
def test_a_question_without_an_answer_is_taken_back(answer: list[str | BaseException]) -> None:
    session, _ = session_of(answer)
    with suppress(RuntimeError):
        list(session.ask("hola"))
    assert roles(session) == "s"


def test_a_cut_off_answer_is_gone_on_with() -> None:
    session, engine = session_of(["12 + 3 "], ["= 15"], finish="length")
    list(session.ask("¿12 + 3?"))
    assert session.turns[-1].finish_reason == "length"
    assert "".join(chunk.text for chunk in session.resume()) == "= 15"
    assert engine.seen[1][-1] == Message("assistant", "12 + 3")
    assert [turn.answer for turn in session.turns] == ["12 + 3= 15"]


Change = Callable[[ChatSession], Iterator[Chunk]]
CHANGES: list[tuple[Change, str]] = [
    (lambda session: session.regenerate(0.7), "¿y 3?"),
    (lambda session: session.edit("¿y 4?"), "¿y 4?"),
]


@pytest.mark.parametrize(("change", "question"), CHANGES)
def test_the_last_answer_is_replaced(change: Change, question: str) -> None:
    session, engine = session_of(["uno"], ["dos"], ["tres"])
    list(session.ask("¿2?"))
    list(session.ask("¿y 3?"))
    list(change(session))
    assert [message.content for message in engine.seen[2][1:]] == ["¿2?", "uno", question]
    assert [turn.answer for turn in session.turns] == ["uno", "tres"]


@pytest.mark.parametrize(("change", "question"), CHANGES)
def test_the_old_answer_stays_until_there_is_a_new_one(change: Change, question: str) -> None:
    session, _ = session_of(["uno"], [RuntimeError("no")])
    list(session.ask("¿y 3?"))
    with suppress(RuntimeError):
        list(change(session))
    assert [(turn.question, turn.answer) for turn in session.turns] == [("¿y 3?", "uno")]


class Recording(ScriptedEngine):
    """Remembers the options of each answer."""

    def stream(self, messages: Any, options: GenerationConfig) -> Iterator[Chunk]:
        self.options = [*getattr(self, "options", []), options]
        return super().stream(messages, options)


@pytest.mark.parametrize(("temperature", "expected"), [(0.0, 0.7), (0.3, 0.3)])
def test_another_answer_is_another(temperature: float, expected: float) -> None:
    engine = Recording(*[["x"]] * 4)
    session = ChatSession(engine, GenerationConfig(temperature=temperature, seed=5))
    list(session.ask("¿2?"))
    list(session.regenerate(0.7))
    list(session.regenerate(0.7))
    list(session.ask("¿y 3?"))
    assert [options.seed for options in engine.options] == [5, 6, 7, 5]
    assert [options.temperature for options in engine.options] == [
        temperature,
        expected,
        expected,
        temperature,
    ]


def test_undo() -> None:
    session, _ = session_of(["uno"], ["dos"])
    list(session.ask("¿2?"))
    list(session.ask("¿y 3?"))
    assert session.undo().question == "¿y 3?"
    assert [turn.answer for turn in session.turns] == ["uno"]


def test_timing() -> None:
    session, _ = session_of(["a", "b", "c"])
    list(session.ask("¿2?"))
    assert session.timing is not None
    assert session.timing.tokens == 3
    assert 0 < session.timing.first <= session.timing.seconds
    assert Timing(tokens=11, seconds=3.0, first=1.0).tokens_per_second == 5
    assert Timing(tokens=1, seconds=1.0, first=1.0).tokens_per_second == 0
