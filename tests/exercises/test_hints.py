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
from hipatia.exercises.mistakes import mistakes
from hipatia.exercises.worked import numerals, worked
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


def test_every_family_has_typical_mistakes() -> None:
    kinds = {
        family.name: {
            kind.kind for exercise, _ in rows(family, "es") for kind in mistakes(exercise, worked(exercise))
        }
        for family in exercises.FAMILIES
    }
    assert not [name for name, found in kinds.items() if not found]
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


# Question, solution without its last line, kind and wrong result.
TYPICAL = [
    (
        "least_common_multiple",
        "¿mcm(6, 8)?",
        "Múltiplos de 8: 8, 16, 24\n24 es…: 24 ÷ 6 = 4",
        "24",
        "not_least",
        "48",
    ),
    (
        "least_common_multiple",
        "¿mcm(6, 8)?",
        "Múltiplos de 8: 8, 16, 24\n24 es…: 24 ÷ 6 = 4",
        "24",
        "divides",
        "2",
    ),
    (
        "greatest_common_divisor",
        "¿mcd(12, 18)?",
        "Divisores de 12: 12, 6\n6 es…: 18 ÷ 6 = 3",
        "6",
        "not_greatest",
        "2",
    ),
    (
        "greatest_common_divisor",
        "¿mcd(12, 18)?",
        "Divisores de 12: 12, 6\n6 es…: 18 ÷ 6 = 3",
        "6",
        "is_multiple",
        "36",
    ),
    ("number_of_divisors", "¿Divisores de 25?", "Productos: 1 × 25\nson 3", "3", "twice", "4"),
    ("number_of_divisors", "¿Divisores de 33?", "Productos: 1 × 33\nson 4", "4", "ends_forgotten", "2"),
    ("rounding", "Redondea 2,87 a las décimas.", "queda 2,9", "2,9", "next_digit", "2,8"),
    ("rounding", "Redondea 2310 a las centenas.", "queda 2300", "2300", "next_digit", "2400"),
    ("fraction_and_whole", "¿5 + 2/3?", "5 + 2/3 = 15/3 + 2/3 = 17/3", "17/3", "whole_on_top", "7/3"),
    ("fraction_and_whole", "Falta hasta 1.", "1 − 1/10 = 10/10 − 1/10 = 9/10", "9/10", "other_part", "1/10"),
    ("simplify_fraction", "Simplifica 12/18.", "12 ÷ 6 = 2 y 18 ÷ 6 = 3", "2/3", "only_top", "2/18"),
    ("simplify_fraction", "Simplifica 12/18.", "12 ÷ 6 = 2 y 18 ÷ 6 = 3", "2/3", "taken_off", "6/12"),
    ("fraction_to_decimal", "Pasa 3/5.", "3/5 = 6/10 = 0,6", "0,6", "bar_as_mark", "3,5"),
    ("fraction_to_decimal", "Pasa 1/5.", "1/5 = 2/10 = 0,2", "0,2", "bottom_behind", "0,5"),
    ("decimal_to_fraction", "Pasa 1,75.", "1,75 = 175/100 = 7/4", "7/4", "places", "175/10"),
    ("decimal_to_fraction", "Pasa 0,3.", "0,3 = 3/10", "3/10", "one_over", "1/3"),
    ("decimal_to_fraction", "Pasa 1,5.", "1,5 = 15/10 = 3/2", "3/2", "mark_as_bar", "1/5"),
    ("compare_fractions", "¿Mayor: 1/2 o 3/8?", "1/2 = 4/8", "1/2", "larger_numbers", "3/8"),
    ("compare_fractions", "¿Mayor: 3/4 o 1/2?", "1/2 = 2/4", "3/4", "larger_pieces", "1/2"),
    ("compare_fractions", "¿Menor: 1/5 o 1/2?", "1/5 = 2/10", "1/5", "larger_numbers", "1/2"),
    ("part_as_fraction", "3 de 12", "3/12 = 1/4", "1/4", "over_the_rest", "3/9"),
    ("percent_as_number", "El 40 %", "40 ÷ 100 = 0,4", "0,4", "of_ten", "4"),
    ("cube_root", "¿∛27?", "3 × 3 × 3 = 27", "3", "third", "9"),
    ("cube_root", "¿∛64?", "4 × 4 × 4 = 64", "4", "square", "8"),
    ("slope_and_intercept", "Pendiente de y = −3x + 7.", "es −3", "−3", "other_number", "7"),
    ("slope_and_intercept", "Ordenada de y = x − 8.", "es −8", "−8", "other_number", "1"),
    ("trigonometric_ratio", "¿Seno?", "Seno, opuesto entre hipotenusa: 3/5", "3/5", "other_leg", "4/5"),
    ("trigonometric_ratio", "¿?", "Tangente, opuesto entre contiguo: 3/4", "3/4", "legs_changed", "4/3"),
    (
        "ratio_from_two_sides",
        "¿?",
        "Hipotenusa: 4² + 3² = 16 + 9 = 25; √25 = 5\nSeno: 4/5",
        "4/5",
        "no_root",
        "25",
    ),
    (
        "ratio_from_two_sides",
        "¿?",
        "Hipotenusa: 4² + 3² = 16 + 9 = 25; √25 = 5\nSeno: 4/5",
        "4/5",
        "no_squares",
        "7",
    ),
    ("side_from_angle", "¿?", "cos 60° = 1/2: 14 ÷ 2 = 7", "7 m", "longer", "28 m"),
    ("side_from_angle", "¿?", "cos 60° = 1/2: 14 ÷ 2 = 7", "7 m", "table", "7√3 m"),
    ("without_replacement", "¿?", "Cada una: 5/9 y 4/8\n5/9 × 4/8 = 20/72", "5/18", "put_back", "25/81"),
    ("orders", "¿Cuántas filas?", "5 para el primero: 5 × 4 × 3 × 2 × 1 = 120", "120", "added", "15"),
    ("orders", "¿Cuántas filas?", "4 para el primero: 4 × 3 × 2 × 1 = 24", "24", "all_again", "256"),
    ("median", "Mediana de 7, 11, 4, 11 y 6.", "Ordenamos los 5: 4, 6, 7, 11, 11", "7", "unordered", "4"),
    ("median", "Mediana de 3, 3, 9, 10.", "Ordenamos los 4: 3, 3, 9, 10", "6", "one_middle", "9"),
    ("median", "Mediana de 9, 2, 1.", "Ordenamos los 3: 1, 2, 9", "2", "is_mean", "4"),
    ("mode", "Moda de 5, 3, 3, 8 y 3.", "3 sale 3 veces", "3", "largest", "8"),
    ("mode", "Moda de 5, 9, 9, 8 y 9.", "9 sale 3 veces", "9", "how_often", "3"),
    (
        "variance",
        "¿?",
        "Media: 4\nDiferencias: 1, −1\nSuma: 1 + 1 = 2\nEntre 2: 2 ÷ 2 = 1",
        "1",
        "unsquared",
        "0",
    ),
    (
        "variance",
        "¿?",
        "Media: 4\nDiferencias: 1, −1\nSuma: 1 + 1 = 2\nEntre 2: 2 ÷ 2 = 1",
        "1",
        "partial",
        "2",
    ),
]


@pytest.mark.parametrize(
    ("family", "question", "work", "answer", "kind", "wrong"),
    TYPICAL,
    ids=[f"{case[0]} {case[4]} {case[5]}" for case in TYPICAL],
)
def test_mistakes_of_one_family(
    family: str, question: str, work: str, answer: str, kind: str, wrong: str
) -> None:
    topic = next(each.topic for each in exercises.FAMILIES if each.name == family)
    row = Exercise(question, f"{work}\nRespuesta: {answer}", answer, family, topic, "primary", "es")
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
