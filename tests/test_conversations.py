"""The bundled conversations are sound: shape, punctuation, no question twice, no wrong equality.

Their length is not tested, as the embedded model's tokenizer is not part of the checkout: ``hipatia data stats``
shows it. With the tutor's prompt none is longer than 480 tokens.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

from hipatia import datamodule
from hipatia.datamodule.duplicates import skeleton
from hipatia.grading import check_steps
from hipatia.schema import TOPICS, Conversation

PAIRS = (("¿", "?"), ("¡", "!"), ("(", ")"), ("«", "»"))


@pytest.fixture(scope="module")
def rows() -> list[Conversation]:
    return datamodule.bundled_conversations()


def test_ids_are_consecutive(rows: list[Conversation]) -> None:
    assert [row.id for row in rows] == [f"concept-{i:03d}" for i in range(1, 301)]


def test_every_topic_has_its_share(rows: list[Conversation]) -> None:
    counts = Counter(row.topic for row in rows)
    assert set(counts) == set(TOPICS)
    assert min(counts.values()) >= 10
    assert counts["word_problems"] == max(counts.values())
    assert sum(len(row.messages) > 2 for row in rows) >= len(rows) / 3


def test_turns_alternate(rows: list[Conversation]) -> None:
    for row in rows:
        roles = [message.role for message in row.messages]
        assert roles == ["user", "assistant"] * (len(roles) // 2), row.id


def test_texts_are_clean(rows: list[Conversation]) -> None:
    for row in rows:
        for text in (message.content for message in row.messages):
            assert unicodedata.is_normalized("NFC", text), row.id
            assert "  " not in text, row.id
            assert text == text.strip(), row.id
            text = text.replace("4!;", "")  # a factorial
            for opening, closing in PAIRS:
                assert text.count(opening) == text.count(closing), (row.id, opening)


def test_no_question_is_asked_twice(rows: list[Conversation]) -> None:
    asked = Counter(skeleton(row.messages[0].content) for row in rows)
    assert [question for question, times in asked.items() if times > 1] == []


def test_equalities_are_right(rows: list[Conversation]) -> None:
    wrong = {
        (row.id, step.text)
        for row in rows
        for message in row.messages
        if message.role == "assistant"
        for step in check_steps(message.content)
        if step.verdict == "wrong"
    }
    assert wrong == set()
