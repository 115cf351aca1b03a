"""The reference engine: any causal language model that transformers runs, on any device.

engine = TransformersEngine(model, tokenizer, name="embedded")
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..config import GenerationConfig
from ..errors import ModelError
from ..prompting import end_of_turn_ids
from ..schema import Chunk, Completion
from . import Conversation, OnDone
from .written import WrittenAnswer


class TransformersEngine:
    """Answers with a transformers (or peft) model that is loaded already."""

    def __init__(self, model: Any, tokenizer: Any, name: str, *, description: str = "", batch_size: int = 64):
        self.model = model
        self.tokenizer = tokenizer
        self.name = name
        self.batch_size = batch_size
        self._description = description or name
        self._stop_ids = end_of_turn_ids(tokenizer)

    def describe(self) -> str:
        return self._description

    def can_continue(self) -> bool:
        return True

    def close(self) -> None:
        """The model's memory goes with the last reference to it."""

    def stream(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        from .decoding import Course, decode

        self.model.eval()
        answer = WrittenAnswer(self.tokenizer, messages, options)
        context = getattr(self.model.config, "max_position_embeddings", None)
        if context and len(answer.prompt) >= context:
            raise ModelError.of("engines.longer_than_read", tokens=len(answer.prompt), context=context)
        course = Course()
        counted = 0
        for _, token in decode(self.model, [answer.prompt], options, self._stop_ids, course):
            if token in self._stop_ids:
                answer.end()
                break
            if change := answer.add(token):
                course.changes[0] = change
            if answer.finish_reason == "stop":
                break
            chunk = answer.piece()
            yield replace(chunk, tokens=max(0, len(answer.ids) - counted))
            counted = max(counted, len(answer.ids))
        yield answer.last_piece(len(answer.ids) - counted)

    def generate(
        self, batch: Sequence[Conversation], options: GenerationConfig, on_done: OnDone | None = None
    ) -> list[Completion]:
        self.model.eval()
        answers = [WrittenAnswer(self.tokenizer, messages, options) for messages in batch]
        # Rows of similar length together: less padding, and the longest come first, where memory is decided.
        order = sorted(range(len(answers)), key=lambda i: -len(answers[i].prompt))
        done: dict[int, Completion] = {}
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            for place, completion in self._generate_rows([answers[row] for row in rows], options):
                done[rows[place]] = completion
                if on_done:
                    on_done(rows[place], completion)
        return [done[index] for index in range(len(answers))]

    def _generate_rows(
        self, answers: list[WrittenAnswer], options: GenerationConfig
    ) -> Iterator[tuple[int, Completion]]:
        from .decoding import Course, decode

        started = time.perf_counter()
        open_rows = set(range(len(answers)))
        course = Course()

        def completion(row: int) -> Completion:
            open_rows.discard(row)
            return answers[row].completion(time.perf_counter() - started)

        prompts = [answer.prompt for answer in answers]
        for row, token in decode(self.model, prompts, options, self._stop_ids, course):
            if token in self._stop_ids:
                answers[row].end()
            elif change := answers[row].add(token):
                course.changes[row] = change
            if answers[row].finish_reason == "stop":
                course.ended.add(row)
                yield row, completion(row)
        for row in sorted(open_rows):
            yield row, completion(row)
