"""Intervals against published examples; reports count what happened; comparisons are paired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from hipatia.config import Config
from hipatia.evaluation import compare, evaluate, load_problems, prompt_for
from hipatia.evaluation.intervals import mcnemar, paired_difference, proportion
from hipatia.evaluation.show import comparison_view, report_view
from hipatia.schema import Completion, FinishReason, Message, Problem

# Newcombe (1998, Statistics in Medicine 17, 857), table I, method 3 (Wilson, no correction).
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("right", "n", "low", "high"), WILSON)
def test_wilsons_interval(right: int, n: int, low: float, high: float) -> None:
    found = proportion(right, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert found.value == right / n


def test_no_answers_say_nothing() -> None:
    assert proportion(0, 0) == proportion(0, 0)
    assert (proportion(0, 0).low, proportion(0, 0).high) == (0.0, 1.0)


def test_newcombes_paired_interval() -> None:
    """The example of Newcombe (1998, Statistics in Medicine 17, 2635), method 10: 36, 12, 2, 0."""
    found = paired_difference(gained=12, lost=2, both=36, neither=0)
    assert (found.low, found.high) == (pytest.approx(0.0569, abs=5e-5), pytest.approx(0.3404, abs=5e-5))
    assert found.value == pytest.approx(0.2)


@pytest.mark.parametrize(
    "counts", [(12, 2, 36, 0), (0, 0, 3, 4), (5, 5, 0, 0), (20, 1, 4, 125), (0, 7, 1, 9)]
)
def test_the_paired_interval_turns_with_the_sides(counts: tuple[int, int, int, int]) -> None:
    gained, lost, both, neither = counts
    one = paired_difference(gained, lost, both, neither)
    other = paired_difference(lost, gained, both, neither)
    assert (one.low, one.high) == (pytest.approx(-other.high), pytest.approx(-other.low))
    assert -1 <= one.low <= one.value <= one.high <= 1
    wider = paired_difference(gained, lost, both, neither, confidence=0.99)
    assert wider.low < one.low


@pytest.mark.parametrize(
    ("gained", "lost", "p"), [(0, 0, 1.0), (5, 5, 1.0), (10, 0, 2 / 1024), (8, 2, 0.109375), (1, 0, 1.0)]
)
def test_mcnemars_exact_p(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)
    assert mcnemar(lost, gained) == pytest.approx(p)


PROBLEMS = [
    Problem("p1", "¿2+2?", "4", "numbers", "primary", "es"),
    Problem("p2", "¿3+3?", "6", "numbers", "primary", "es"),
    Problem("p3", "2+3?", "5", "algebra", "primary", "en"),
    Problem("p4", "¿1/2 + 1/2?", "1", "fractions", None, "es"),
]


class Pupil:
    """An engine whose answers are given by question."""

    name = "pupil"

    def __init__(self, **answers: tuple[str, FinishReason]):
        self.answers = answers
        self.asked: list[Sequence[Message]] = []

    def describe(self) -> str:
        return self.name

    def can_continue(self) -> bool:
        return False

    def generate(self, batch: Any, options: Any, on_done: Any = None) -> list[Completion]:
        self.asked = list(batch)
        self.options = options
        given = [Completion(text, reason) for text, reason in self.answers.values()]
        for index, completion in enumerate(given):
            on_done(index, completion)
        return given


def good(text: str) -> tuple[str, FinishReason]:
    return text, "stop"


FIRST = Pupil(a=good("Respuesta: 4"), b=good("Respuesta: 7"), c=("and then and then", "length"), d=good(""))
SECOND = Pupil(a=good("Respuesta: 5"), b=good("Respuesta: 6"), c=good("Answer: 5"), d=good("Respuesta: 1"))


def test_a_report_counts_apart() -> None:
    seen: list[tuple[int, int]] = []
    report = evaluate(FIRST, PROBLEMS, Config(), dataset="d", progress=lambda *numbers: seen.append(numbers))
    assert report.outcomes() == {
        "correct": 1,
        "incorrect": 1,
        "unparsable": 0,
        "no_answer": 1,
        "cut_off": 1,
        "timeout": 0,
    }
    assert report.accuracy == proportion(1, 4)
    assert report.by("topic")["numbers"] == proportion(1, 2)
    assert list(report.by("level")) == ["primary", "-"]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    row = report.to_json()["answers"][1]
    assert (row["id"], row["outcome"], row["grade"]["status"]) == ("p2", "incorrect", "incorrect")


def test_questions_are_asked_greedily_with_the_tutors_prompt_in_their_language() -> None:
    config = Config.model_validate({"generation": {"temperature": 0.9}})
    evaluate(FIRST, PROBLEMS, config)
    assert FIRST.options.temperature == 0
    assert FIRST.options.max_new_tokens == config.evaluation.max_new_tokens
    assert FIRST.asked[0][0].content == config.chat.system_prompt["es"]
    assert FIRST.asked[2][0].content == config.chat.system_prompt["en"]
    bare = Config.model_validate({"data": {"system_prompt": False}})
    assert prompt_for(PROBLEMS[0], bare) == (Message("user", "¿2+2?"),)


def test_a_comparison_is_paired() -> None:
    comparison = compare(evaluate(FIRST, PROBLEMS, Config()), evaluate(SECOND, PROBLEMS, Config()))
    assert (comparison.gained, comparison.lost) == ((1, 2, 3), (0,))
    assert comparison.difference.value == 0.5
    assert comparison.difference.p_value == pytest.approx(0.625)
    assert comparison.to_json()["lost"] == ["p1"]
    assert comparison.by_topic()["numbers"] == (proportion(1, 2), proportion(1, 2))


def test_different_problems_cannot_be_compared() -> None:
    one = evaluate(FIRST, PROBLEMS, Config())
    with pytest.raises(ValueError, match="different"):
        compare(one, evaluate(SECOND, PROBLEMS[::-1], Config()))


def printed(view: Any) -> str:
    from rich.console import Console

    console = Console(width=120, force_terminal=False)
    with console.capture() as capture:
        console.print(view)
    return capture.get()


def test_views_hold_the_figures() -> None:
    first, second = evaluate(FIRST, PROBLEMS, Config(), dataset="[b]"), evaluate(SECOND, PROBLEMS, Config())
    text = printed(report_view(first))
    assert "25,0 % [4,6; 69,9] (1/4)" in text
    assert "[b]" in text
    assert "números" in text
    text = printed(comparison_view(compare(first, second)))
    assert "+50,0" in text
    assert "intervalo del 95 %" in text
    assert "p2: 7 → 6  (esperado: 6)" in text


def test_the_bank_is_asked_where_no_file_is_named() -> None:
    name, problems = load_problems(None, limit=3)
    assert len(problems) == 3
    assert name


# --- with exact arithmetic -------------------------------------------------------------------------


class Calculating(Pupil):
    """An engine that can be edited: asked with exact arithmetic it gives the second of its answers."""

    name = "calculating"

    def __init__(self, answers: dict[str, tuple[str, Completion]]):
        self.by_question = answers
        self.calls: list[tuple[bool, list[str]]] = []

    def can_continue(self) -> bool:
        return True

    def generate(self, batch: Any, options: Any, on_done: Any = None) -> list[Completion]:
        questions = [messages[-1].content for messages in batch]
        self.calls.append((options.exact_arithmetic, questions))
        given = []
        for index, question in enumerate(questions):
            plain, exact = self.by_question[question]
            given.append(exact if options.exact_arithmetic else Completion(plain, "stop"))
            on_done(index, given[-1])
        return given


EXACTLY = {
    "¿2+2?": ("2 + 2 = 5\nRespuesta: 5", Completion("2 + 2 = 4\nRespuesta: 4", "stop", forced=((8, 9),))),
    "¿3+3?": ("3 + 3 = 6\nRespuesta: 6", Completion("never asked for", "stop")),
    "2+3?": ("2 + 2 = 4; 4 + 2 = 7", Completion("2 + 2 = 4; 4 + 2 = 6", "stop", forced=((19, 20),))),
    "¿1/2 + 1/2?": ("No sé.", Completion("never asked for", "stop")),
}


def test_exact_arithmetic_is_reported_apart() -> None:
    engine = Calculating(EXACTLY)
    seen: list[tuple[int, int]] = []
    report = evaluate(engine, PROBLEMS, Config(), progress=lambda *numbers: seen.append(numbers))
    assert engine.calls == [(False, [p.question for p in PROBLEMS]), (True, ["¿2+2?", "2+3?"])]
    assert seen[-2:] == [(5, 6), (6, 6)]
    assert report.accuracy == proportion(1, 4)
    assert report.exact
    assert report.exact.accuracy == proportion(2, 4)
    content = report.to_json()
    assert content["accuracy"]["value"] == 0.25
    assert content["accuracy_exact"]["value"] == 0.5
    assert set(content["accuracy_exact"]) == set(content["accuracy"])
    row = content["answers"][0]
    assert (row["outcome"], row["forced"]) == ("incorrect", [])
    assert (row["exact"]["outcome"], row["exact"]["forced"]) == ("correct", [[8, 9]])
    assert content["answers"][1]["exact"]["response"] == content["answers"][1]["response"]
    assert "con aritmética exacta" in printed(report_view(report))
    assert "50,0 %" in printed(comparison_view(compare(report, report)))


def test_steps_are_the_models_own() -> None:
    """Of equalities with computed values nothing is said."""
    report = evaluate(Calculating(EXACTLY), PROBLEMS, Config())
    assert [answer.steps for answer in report.answers] == [False, True, False, None]
    assert report.steps == proportion(1, 3)
    assert report.exact
    assert [answer.steps for answer in report.exact.answers] == [None, True, True, None]
    assert report.exact.steps == proportion(2, 2)


@pytest.mark.parametrize("how", ["setting", "argument", "engine"])
def test_without_exact_arithmetic_nothing_is_asked_twice(how: str) -> None:
    engine: Any = Calculating(EXACTLY)
    config = Config()
    if how == "setting":
        config = Config.model_validate({"generation": {"exact_arithmetic": False}})
    if how == "engine":
        engine.can_continue = lambda: False
    report = evaluate(engine, PROBLEMS, config, exact=False if how == "argument" else None)
    assert len(engine.calls) == 1
    assert report.exact is None
    assert report.to_json()["accuracy_exact"] is None
    assert "aritmética" not in printed(report_view(report))
