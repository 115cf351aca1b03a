"""What a data set is made of, in numbers.

stats = analyze_dataset_stats(rows, tokenizer)
stats.tokens.p95, stats.loss_share, stats.topics["fractions"]
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from ..schema import LEVELS, TOPICS, Conversation, Pair
from .loading import pair_to_conversation
from .topics import detect_language, find_topics, keywords


@dataclass(frozen=True, slots=True)
class Spread:
    """How a count is spread over the rows; ``p95`` is the value that 95 % of the rows do not exceed."""

    minimum: int
    median: float
    p95: int
    maximum: int
    total: int


@dataclass(frozen=True, slots=True)
class DatasetStats:
    """Lengths are in characters; ``turns`` counts a row's questions.

    ``tokens`` (of whole rows, as the chat template writes them) and ``loss_share`` (share of the tokens
    that are learnt) are None without a tokenizer. ``topics`` counts the rows about each topic, declared or
    found in the text; a row may be about several. ``with_answer`` counts rows with a final answer.
    """

    rows: int
    with_answer: int
    turns: Spread
    question_length: Spread
    answer_length: Spread
    tokens: Spread | None
    loss_share: float | None
    keywords: tuple[tuple[str, int], ...]
    topics: dict[str, int]
    levels: dict[str, int]
    languages: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return asdict(self)


def analyze_dataset_stats(rows: Sequence[Conversation | Pair], tokenizer: Any = None) -> DatasetStats:
    """Statistics of conversations or pairs, if only a few or none; with a tokenizer also of their tokens."""
    conversations = [pair_to_conversation(row) if isinstance(row, Pair) else row for row in rows]
    texts = [_text(row) for row in conversations]
    tokens, loss_share = _token_counts(conversations, tokenizer) if tokenizer else (None, None)
    levels = Counter(row.level for row in conversations if row.level)
    return DatasetStats(
        rows=len(conversations),
        with_answer=sum(row.answer is not None for row in conversations),
        turns=spread([sum(message.role == "user" for message in row.messages) for row in conversations]),
        question_length=spread(_lengths(conversations, "user")),
        answer_length=spread(_lengths(conversations, "assistant")),
        tokens=tokens,
        loss_share=loss_share,
        keywords=tuple(keywords(texts)),
        topics=_topics(conversations, texts),
        levels=dict(sorted(levels.items(), key=lambda item: _level_order(item[0]))),
        languages=dict(Counter(_language(row, text) for row, text in zip(conversations, texts, strict=True))),
    )


def spread(values: Sequence[int]) -> Spread:
    """Minimum, median, 95th percentile (nearest rank), maximum and total; zeros for no values."""
    if not values:
        return Spread(0, 0, 0, 0, 0)
    ordered = sorted(values)
    p95 = ordered[math.ceil(0.95 * len(ordered)) - 1]
    return Spread(ordered[0], median(ordered), p95, ordered[-1], sum(ordered))


def _text(row: Conversation) -> str:
    return "\n".join(message.content for message in row.messages if message.role != "system")


def _lengths(rows: Sequence[Conversation], role: str) -> list[int]:
    return [len(message.content) for row in rows for message in row.messages if message.role == role]


def _language(row: Conversation, text: str) -> str:
    return row.language or detect_language(text)


def _topics(rows: Sequence[Conversation], texts: Sequence[str]) -> dict[str, int]:
    """Rows by topic: the project's own topics in their order, then the user's, by count."""
    counts: Counter[str] = Counter()
    for row, text in zip(rows, texts, strict=True):
        counts.update(find_topics(text) | ({row.topic} if row.topic else set()))
    own = {topic: counts[topic] for topic in TOPICS if counts[topic]}
    others = {topic: count for topic, count in counts.most_common() if topic not in own}
    return own | others


def _level_order(level: str) -> tuple[int, str]:
    return (LEVELS.index(level) if level in LEVELS else len(LEVELS), level)


def _token_counts(rows: Sequence[Conversation], tokenizer: Any) -> tuple[Spread, float]:
    from ..prompting import encode_conversation

    lengths, learnt = [], 0
    for row in rows:
        encoded = encode_conversation(row.messages, tokenizer)
        lengths.append(len(encoded.input_ids))
        learnt += sum(encoded.loss_mask)
    return spread(lengths), learnt / max(sum(lengths), 1)
