"""Streams of any engine: words put in, whole answers, many at once, ended early."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from hipatia.config import GenerationConfig
from hipatia.engines import Conversation
from hipatia.engines.edits import begun_answer
from hipatia.engines.scripted import ScriptedEngine
from hipatia.engines.stops import first_stop, shown_until
from hipatia.engines.streams import answer_all, collect, edited
from hipatia.schema import Chunk, Message

OPTIONS = GenerationConfig(max_new_tokens=10)


def letters(said: str, most: int, answer: str) -> Iterator[Chunk]:
    """A model that writes ``answer`` letter by letter, whatever stands there already."""
    left = answer[len(said) :]
    yield from (Chunk(letter, 1) for letter in left[:most])
    yield Chunk("", 0, "length" if len(left) > most else "stop", 7)


def result(text: str) -> str | None:
    """An exact calculator that knows one sum."""
    return "4" if text.endswith("2+2=") else None


# begun, what the model writes → what comes out, how it ends, tokens of the model
INTERJECTIONS = [
    ("", "a 2+2=4.", "a 2+2=4.", "stop", 7),
    ("", "a 2+2=5.", "a 2+2=4.", "stop", 7),
    ("2+2=", "5.", "4.", "stop", 1),
    ("", "2+2=5 2+2=5", "2+2=4 2+2=4", "stop", 9),
    ("", "nada", "nada", "stop", 4),
    ("", "2+2=5 y bastante más", "2+2=4 y bas", "length", 10),
    ("", "suma: 2+2=5", "suma: 2+2=4", "length", 10),
]


@pytest.mark.parametrize(("begun", "written", "expected", "reason", "tokens"), INTERJECTIONS)
def test_words_are_put_in(begun: str, written: str, expected: str, reason: str, tokens: int) -> None:
    options = OPTIONS.interjecting(result)
    messages = [Message("user", "?"), *([Message("assistant", begun)] if begun else [])]
    answer = collect(edited(lambda said, most: letters(said, most, written), messages, options))
    assert (answer.text, answer.finish_reason, answer.completion_tokens) == (expected, reason, tokens)


def test_without_an_interjection_nothing_is_asked() -> None:
    options = OPTIONS.model_copy(update={"exact_arithmetic": False})
    answer = collect(edited(lambda said, most: letters(said, most, "2+2=5"), [], options))
    assert answer.text == "2+2=5"
    assert answer.prompt_tokens == 7


def test_empty_pieces_do_not_repeat_the_words() -> None:
    def begin(said: str, most: int) -> Iterator[Chunk]:
        yield from (
            (Chunk(""), Chunk("="), Chunk("", finish_reason="stop"))
            if not said
            else (
                Chunk(""),
                Chunk("!", 1),
                Chunk("", finish_reason="stop"),
            )
        )

    answer = collect(edited(begin, [], OPTIONS.interjecting(lambda text: "4" if text == "=" else None)))
    assert answer.text == "=4!"


def test_options_keep_their_interjection_when_they_are_changed() -> None:
    options = OPTIONS.interjecting(result).model_copy(update={"seed": 3})
    assert options.interject is result
    assert OPTIONS.interject is None


@pytest.mark.parametrize(
    ("messages", "begun"),
    [
        ([], ""),
        ([Message("user", "a")], ""),
        ([Message("user", "a"), Message("assistant", "Son")], "Son"),
    ],
)
def test_a_begun_answer_is_the_assistants_last_message(messages: list[Message], begun: str) -> None:
    assert begun_answer(messages) == begun


def questions(count: int) -> list[list[Message]]:
    return [[Message("user", str(index))] for index in range(count)]


def test_many_answers_come_in_order_each_with_its_seed() -> None:
    def stream(messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        yield Chunk(f"{messages[-1].content}:{options.seed}", 1, "stop", 1)

    seen: dict[int, str] = {}
    options = GenerationConfig(seed=5)
    answers = answer_all(stream, questions(20), options, 3, lambda i, answer: seen.update({i: answer.text}))
    assert [answer.text for answer in answers] == [f"{i}:{i + 5}" for i in range(20)]
    assert seen == {i: answer.text for i, answer in enumerate(answers)}
    assert answer_all(stream, [], options, 3) == []


def test_no_more_at_once_than_allowed() -> None:
    running, most, lock = [0], [0], threading.Lock()
    meeting = threading.Barrier(4)

    def stream(messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        meeting.wait(timeout=10)
        with lock:
            running[0] -= 1
        yield Chunk("x", 1, "stop")

    answer_all(stream, questions(12), OPTIONS, parallel=4)
    assert most[0] == 4


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("no")])
def test_an_error_ends_all_that_are_being_written(error: BaseException) -> None:
    """One fails when all have begun; the others would write for ever."""
    begun, closed, hung_up = threading.Barrier(3), [0], [0]

    def stream(messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        begun.wait(timeout=10)
        try:
            while True:
                if messages[-1].content == "1":
                    raise error
                yield Chunk("x", 1)
        finally:
            closed[0] += 1

    with pytest.raises(type(error)):
        answer_all(stream, questions(3), OPTIONS, 3, hang_up=lambda: hung_up.append(1))
    assert closed[0] == 3
    assert hung_up == [0, 1]


def test_a_stream_that_is_stopped_is_cancelled() -> None:
    stopped = threading.Event()
    stopped.set()
    engine = ScriptedEngine(["uno ", "dos"])
    answer = collect(engine.stream([], OPTIONS), stopped)
    assert (answer.text, answer.finish_reason) == ("uno ", "cancelled")
    assert engine.closed == 1


def test_the_scripted_engine_answers_batches_in_order() -> None:
    engine = ScriptedEngine(["a", "b"], ["c"], finish="length")
    answers = engine.generate(questions(2), OPTIONS)
    assert [answer.text for answer in answers] == ["ab", "c"]
    assert {answer.finish_reason for answer in answers} == {"length"}
    assert [messages[0].content for messages in engine.seen] == ["0", "1"]


# text, stops → where the answer ends (None: goes on), what can be shown
STOPS = [
    ("abc", [], None, "abc"),
    ("abc", ["b"], 1, "abc"),
    ("abc", ["c", "bc"], 1, "ab"),
    ("abc", ["cd"], None, "ab"),
    ("abcd", ["cde", "dx"], None, "ab"),
    ("aaa", ["aab"], None, "a"),
    ("línea\n", ["\n\n"], None, "línea"),
    ("", ["x"], None, ""),
    ("xyz", ["xyzz", "q"], None, ""),
]


@pytest.mark.parametrize(("text", "stops", "end", "shown"), STOPS)
def test_stops(text: str, stops: list[str], end: int | None, shown: str) -> None:
    assert first_stop(text, stops) == end
    if end is None:
        assert text[: shown_until(text, stops)] == shown
