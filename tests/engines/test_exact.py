"""Exact arithmetic as text: a table of cases, and that it leaves right answers alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from parrot import streamed

from hipatia import datamodule, exercises
from hipatia.config import GenerationConfig
from hipatia.engines.edits import spans_within
from hipatia.engines.exact import ExactArithmetic, value_after
from hipatia.engines.streams import collect, edited
from hipatia.schema import Message

CASES = json.loads(Path(__file__).with_name("exact.json").read_text(encoding="utf-8"))
OPTIONS = GenerationConfig(max_new_tokens=1000)


def label(case: dict[str, Any]) -> str:
    return f"{case['group']}: {case.get('text', case.get('written'))}"


def play(written: str, question: str = "", begun: str = "", size: int = 1) -> tuple[str, list[str]]:
    """What becomes of a text that is written in pieces, whatever was put in; and what was put in.

    What has been shown never changes.
    """
    editor = ExactArithmetic(question, begun)
    text, shown = begun, begun
    for place in range(0, len(written) + size, size):
        piece = written[place : place + size]
        text += piece
        while edit := editor.hear(text, ended=not piece):
            text = edit.applied_to(text)
        assert text.startswith(shown)
        shown = text[: editor.settled]
    return text[len(begun) :], [text[start:end] for start, end in editor.forced]


@pytest.mark.parametrize("case", CASES["after"], ids=label)
def test_the_value_after_an_expression(case: dict[str, Any]) -> None:
    edit = value_after(case["text"], case.get("question", ""))
    assert (edit.text if edit else None) == case["value"]


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("case", CASES["written"], ids=label)
def test_what_becomes_of_an_answer(case: dict[str, Any], size: int) -> None:
    text, forced = play(case["written"], case.get("question", ""), case.get("begun", ""), size)
    assert text == case["result"]
    assert bool(forced) == (case["result"] != case["written"])


def test_the_table_is_large() -> None:
    assert len(CASES["after"]) + len(CASES["written"]) >= 500
    assert len({label(case) for kind in CASES.values() for case in kind}) >= 490


@pytest.mark.parametrize("size", [1, 4])
@pytest.mark.parametrize("case", CASES["written"], ids=label)
def test_streams_are_the_same(case: dict[str, Any], size: int) -> None:
    """Through the machinery of the streaming engines: asked again after each change."""
    begun = case.get("begun", "")
    messages = [Message("user", case.get("question") or "?")]
    messages += [Message("assistant", begun)] if begun else []
    script = begun + case["written"]
    answer = collect(edited(lambda said, most: streamed(script, begun + said, most, size), messages, OPTIONS))
    assert answer.text == case["result"]
    assert answer.finish_reason == "stop"
    assert [answer.text[start:end] for start, end in answer.forced] == play(
        case["written"], case.get("question", ""), begun
    )[1]


def test_switched_off_it_changes_nothing() -> None:
    options = OPTIONS.model_copy(update={"exact_arithmetic": False})
    answer = collect(edited(lambda said, most: streamed("2 + 2 = 5", said, most, 3), [], options))
    assert (answer.text, answer.forced) == ("2 + 2 = 5", ())


@pytest.mark.parametrize("language", ["es", "en"])
def test_right_solutions_stay_as_they_are(language: str) -> None:
    for exercise in exercises.generate(150, seed=11, language=language):
        assert play(exercise.solution, exercise.question, size=4) == (exercise.solution, [])


def test_the_bundled_conversations_stay_as_they_are() -> None:
    for conversation in datamodule.bundled_conversations():
        asked = ""
        for message in conversation.messages:
            if message.role == "assistant":
                assert play(message.content, asked, size=5) == (message.content, [])
            asked += message.content + "\n" if message.role == "user" else ""


def test_long_and_hostile_texts_take_no_time() -> None:
    for text in (
        "(" * 5000 + "1 =",
        "1 + " * 5000 + "1 =",
        "9^" * 3000 + "9 =",
        "= " * 3000,
        "√" * 3000 + "4 =",
    ):
        editor = ExactArithmetic()
        assert editor.hear(text + " 1\n") is None


@pytest.mark.parametrize(
    ("spans", "start", "end", "within"),
    [
        ([(2, 4)], 0, 10, ((2, 4),)),
        ([(2, 4)], 3, 10, ((0, 1),)),
        ([(2, 4), (6, 9)], 3, 7, ((0, 1), (3, 4))),
        ([(2, 4)], 4, 10, ()),
    ],
)
def test_spans_of_a_part(spans: Any, start: int, end: int, within: Any) -> None:
    assert spans_within(spans, start, end) == within
