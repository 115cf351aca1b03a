"""Statistics, topics, language and keywords."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from hipatia import datamodule, i18n
from hipatia.datamodule import show
from hipatia.datamodule.statistics import spread
from hipatia.datamodule.topics import detect_language, find_topics, keywords, topic_slug
from hipatia.schema import TOPICS, Conversation, Message, Pair

CASES = json.loads((Path(__file__).parent / "topics.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "topics"), CASES, ids=[text for text, _ in CASES])
def test_topics(text: str, topics: list[str]) -> None:
    assert find_topics(text) == set(topics)


def test_topics_of_the_bank() -> None:
    bank = datamodule.bundled_bank()
    found = sum(problem.topic in find_topics(problem.question) for problem in bank)
    assert found / len(bank) > 0.8


@pytest.mark.parametrize("text", ["9" * 100_000, "3x + 4x " * 20_000, "x" + " " * 100_000, "2(" * 50_000])
def test_topics_of_huge_texts_take_no_time(text: str) -> None:
    before = time.process_time()
    find_topics(text)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Fracciones", "fractions"),
        ("word_problem", "word_problems"),
        ("Números", "numbers"),
        ("Ajedrez", "Ajedrez"),
    ],
)
def test_topic_names(name: str, slug: str) -> None:
    assert topic_slug(name) == slug


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Cuánto es la mitad de 8?", "es"),
        ("What is half of 8?", "en"),
        ("Halla el area del circulo", "es"),
        ("Find the area of a circle with radius 3", "en"),
        ("2 + 2", "es"),
        ("", "es"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_keywords_leave_out_stop_words() -> None:
    texts = ["La derivada de la función es la pendiente.", "The derivada of 3 x.", "Función: función."]
    assert keywords(texts, 3) == [("función", 3), ("derivada", 2), ("pendiente", 1)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, 0, 0, 0, 0)),
        ([7], (7, 7, 7, 7, 7)),
        (list(range(1, 101)), (1, 50.5, 95, 100, 5050)),
        ([3, 1, 2], (1, 2, 3, 3, 6)),
    ],
)
def test_spread(values: list[int], expected: tuple[float, ...]) -> None:
    found = spread(values)
    assert (found.minimum, found.median, found.p95, found.maximum, found.total) == expected


def rows() -> list[Conversation | Pair]:
    turns = (Message("user", "¿3/4?"), Message("assistant", "Sí"))
    return [
        Conversation(
            (Message("system", "Sé breve."), *turns, *turns), topic="ajedrez", level="primary", answer="1"
        ),
        Pair("What is the area of it?", "It is 25 %.", input="A circle"),
    ]


def test_stats(tokenizer: Any) -> None:
    stats = datamodule.analyze_dataset_stats(rows(), tokenizer)
    assert (stats.rows, stats.with_answer) == (2, 1)
    assert (stats.turns.minimum, stats.turns.maximum) == (1, 2)
    assert stats.question_length.maximum == len("What is the area of it?\n\nA circle")
    assert (stats.answer_length.minimum, stats.answer_length.maximum) == (2, 11)
    assert stats.topics == {"fractions": 1, "percentages": 1, "geometry": 1, "ajedrez": 1}
    assert [topic for topic in stats.topics if topic in TOPICS] == ["fractions", "percentages", "geometry"]
    assert stats.levels == {"primary": 1}
    assert stats.languages == {"es": 1, "en": 1}
    text = "<system\nSé breve.><user\n¿3/4?><assistant\nSí><user\n¿3/4?><assistant\nSí>"
    # One token a byte; "<" and ">\n" stand for the special token and the line end after it.
    assert stats.tokens is not None
    assert stats.tokens.maximum == len(text.encode()) + text.count(">")
    learnt = 2 * len("Sí>".encode()) + len("It is 25 %.>")
    assert stats.loss_share == pytest.approx(learnt / stats.tokens.total)
    assert json.loads(json.dumps(stats.to_json()))["tokens"]["total"] == stats.tokens.total


def test_stats_without_tokenizer_or_rows() -> None:
    stats = datamodule.analyze_dataset_stats([])
    assert (stats.rows, stats.tokens, stats.loss_share) == (0, None, None)


@pytest.mark.parametrize("language", ["es", "en"])
def test_stats_are_shown(language: str, tokenizer: Any) -> None:
    i18n.set_language(language)
    console = Console(width=100, color_system=None, record=True, file=io.StringIO())
    console.print(show.stats_view(datamodule.analyze_dataset_stats(rows(), tokenizer)))
    console.print(show.stats_view(datamodule.analyze_dataset_stats([])))
    text = console.export_text()
    assert "fractions" in text
    assert "█" in text
    assert ("mediana" in text) is (language == "es")
    assert ("50,0 %" in text) is (language == "es")
