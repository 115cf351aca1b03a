"""Every family as a conversation with hints, in both languages: roles, mistakes, no answer given away."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from random import Random

import pytest

from hipatia import exercises
from hipatia.config import Config
from hipatia.exercises.core import ANSWER_LABELS, Exercise, Family
from hipatia.exercises.hints import hinted
from hipatia.exercises.mistakes import mistakes, numerals, worked
from hipatia.grading import check_steps, validate_math_response
from hipatia.schema import Conversation

ROWS = 30
CASES = [(family, language) for family in exercises.FAMILIES for language in ("es", "en")]
_cache: dict[tuple[str, str], list[tuple[Exercise, Conversation]]] = {}


def rows(family: Family, language: str) -> list[tuple[Exercise, Conversation]]:
    key = family.name, language
    if key not in _cache:
        rng = Random(f"{family.name}/{language}/hints")
        made = [family.make(rng, language) for _ in range(ROWS)]
        _cache[key] = [(exercise, hinted(exercise, rng)) for exercise in made]
    return _cache[key]


def every(check):
    """The families with both languages as the cases of a test."""
    return pytest.mark.parametrize(("family", "language"), CASES, ids=lambda v: getattr(v, "name", v))(check)


def tutor(row: Conversation) -> list[str]:
    return [message.content for message in row.messages if message.role == "assistant"]


@every
def test_turns(family: Family, language: str) -> None:
    for exercise, row in rows(family, language):
        assert [message.role for message in row.messages] in (
            ["user", "assistant"] * 2,
            ["user", "assistant"] * 3,
        )
        assert row.messages[0].content.startswith(f"{exercise.question}\n")
        assert (row.answer, row.family, row.language) == (exercise.answer, family.name, language)
        for message in row.messages:
            text = message.content
            assert unicodedata.is_normalized("NFC", text)
            assert text == text.strip()
            assert not re.search(r"  |[{}|]|\.\.|\?\.|None", text.removeprefix(exercise.question)), text
            assert text.count("(") == text.count(")"), text


@every
def test_hints_ask_and_give_nothing_away(family: Family, language: str) -> None:
    for exercise, row in rows(family, language):
        for hint in tutor(row)[:-1]:
            assert hint.endswith("?"), hint
            assert exercise.answer not in hint, hint
            assert not set(numerals(exercise.answer)) & set(numerals(hint)), (exercise.answer, hint)
            assert hint.count("¿") == (hint.count("?") if language == "es" else 0), hint


@every
def test_the_tutor_says_nothing_wrong(family: Family, language: str) -> None:
    for _, row in rows(family, language)[:4]:
        for text in tutor(row):
            assert "wrong" not in {step.verdict for step in check_steps(text)}, text


@every
def test_the_end_is_that_of_the_solution(family: Family, language: str) -> None:
    for exercise, row in rows(family, language):
        _, *rest = tutor(row)[-1].splitlines()
        assert rest[-1] == f"{ANSWER_LABELS[language]}: {exercise.answer}"
        assert exercise.solution.splitlines()[-len(rest) :] == rest
    for exercise, row in rows(family, language)[:2]:
        assert validate_math_response(tutor(row)[-1], exercise.answer, question=exercise.question)


@every
def test_mistakes_are_mistakes(family: Family, language: str) -> None:
    seen = set()
    for exercise, _ in rows(family, language):
        lines = worked(exercise)
        for mistake in mistakes(exercise, lines):
            assert mistake.wrong not in {exercise.answer, *numerals(exercise.answer)}
            assert 0 <= mistake.line <= len(lines)
            assert mistake.work not in {line.work for line in lines} or mistake.kind == "partial"
            if mistake.kind not in seen:
                seen.add(mistake.kind)
                assert not validate_math_response(mistake.wrong, exercise.answer, question=exercise.question)


def test_most_families_have_typical_mistakes() -> None:
    kinds = {
        family.name: {
            kind.kind for exercise, _ in rows(family, "es") for kind in mistakes(exercise, worked(exercise))
        }
        for family in exercises.FAMILIES
    }
    assert sum(map(bool, kinds.values())) >= 0.85 * len(kinds)
    assert len(set().union(*kinds.values())) >= 20


WRONG = [
    ("addition", "29 + 29 = 58", "carry", "29 + 29 = 48"),
    ("subtraction", "52 − 38 = 22 − 8 = 14", "borrow", "52 − 38 = 26"),
    ("multiplication", "7 × 24 = 140 + 28 = 168", "carry", "7 × 24 = 148"),
    ("story_end", "Tenía 20 y perdió 3: 20 − 3 = 17", "reversed", "20 + 3 = 23"),
    ("fractions_sum", "1/2 + 1/3 = 3/6 + 2/6 = 5/6", "across", "1/2 + 1/3 = 2/5"),
    ("negatives", "2 − 8 = −6", "sign", "2 − 8 = 6"),
    ("temperatures", "20 − (−4) = 20 + 4 = 24", "minus", "20 − (−4) = 16"),
    ("power_value", "3⁴ = 3 × 3 × 3 × 3 = 81", "exponent", "3⁴ = 12"),
    ("decimals_product", "0,6 × 5 = 3", "point", "0,6 × 5 = 30"),
    ("decimals_sum", "2,5 + 1,7 = 4,2", "carry", "2,5 + 1,7 = 3,2"),
    ("equation_one_step", "El 3 resta, pasa sumando: x = 5 + 3 = 8", "inverse", "x = 5 − 3 = 2"),
    ("triangle_perimeter", "9 + 8 + 7 = 17 + 7 = 24", "addend", "9 + 8 = 17"),
    ("limit_of_polynomial", "2 + 3 × 4 = 2 + 12 = 14", "order", "2 + 3 × 4 = 20"),
]


@pytest.mark.parametrize(("family", "line", "kind", "written"), WRONG, ids=[case[3] for case in WRONG])
def test_wrong_calculations(family: str, line: str, kind: str, written: str) -> None:
    topic = next(each.topic for each in exercises.FAMILIES if each.name == family)
    answer = line.rsplit("= ")[-1]
    row = Exercise("¿?", f"{line}\nRespuesta: {answer}", answer, family, topic, "primary", "es")
    assert (kind, written) in {(mistake.kind, mistake.work) for mistake in mistakes(row, worked(row))}


ANSWERS = [
    ("rectangle_area", "18 m²", "unit", "18 m"),
    ("quadratic_pure", "x = −7 y x = 7", "both", "x = 7"),
    ("inequality", "x ≥ 2", "turned", "x ≤ 2"),
    ("simplify_ratio", "3 : 2", "switched", "2 : 3"),
    ("antiderivative", "5x² + C", "constant", "5x²"),
    ("two_binomials", "(x − 3)(x + 5)", "flipped", "(x + 3)(x − 5)"),
    ("usual_angle", "√3/2", "table", "1/2"),
]


@pytest.mark.parametrize(("family", "answer", "kind", "wrong"), ANSWERS, ids=[case[1] for case in ANSWERS])
def test_wrong_answers(family: str, answer: str, kind: str, wrong: str) -> None:
    topic = next(each.topic for each in exercises.FAMILIES if each.name == family)
    row = Exercise("¿?", f"Se ve.\nRespuesta: {answer}", answer, family, topic, "primary", "es")
    assert (kind, wrong) in {(mistake.kind, mistake.wrong) for mistake in mistakes(row, worked(row))}


def test_a_share_is_told_with_hints() -> None:
    made = exercises.generate(200, seed=5)
    plain = exercises.conversations(made, seed=5)
    assert plain == [exercise.conversation() for exercise in made]
    told = exercises.conversations(made, seed=5, hints=0.25)
    assert told == exercises.conversations(made, seed=5, hints=0.25)
    assert Counter(row.id.endswith("-hints") for row in told)[True] == 50
    assert len({row.id for row in told}) == 200
    assert [new for new, old in zip(told, plain, strict=True) if len(new.messages) == 2] == [
        old for new, old in zip(told, plain, strict=True) if len(new.messages) == 2
    ]


@pytest.mark.parametrize("language", ["es", "en"])
def test_conversations_are_short(language: str) -> None:
    """On the whole at most 1.6 times as long as the row of two turns, the tutor's prompt not counted."""
    pairs = [pair for family in exercises.FAMILIES for pair in rows(family, language)[:5]]
    told = sum(len(message.content) for _, row in pairs for message in row.messages)
    plain = sum(len(exercise.question) + len(exercise.solution) for exercise, _ in pairs)
    assert told < 1.6 * plain


@pytest.mark.parametrize(("hints", "made", "trained"), [("auto", 0.1, 0.0), (0.3, 0.3, 0.3), (0, 0, 0)])
def test_the_setting(hints: float | str, made: float, trained: float) -> None:
    data = Config.model_validate({"data": {"hints": hints}}).data
    assert (data.hints_made, data.hints_trained) == (made, trained)
