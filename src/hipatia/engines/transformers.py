"""The reference engine: any causal language model that transformers runs, on any device.

engine = TransformersEngine(model, tokenizer, name="embedded")
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from ..config import GenerationConfig
from ..prompting import encode_prompt, end_of_turn_ids
from ..schema import Chunk, Completion, FinishReason
from . import Conversation, OnDone


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

    def stream(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        from .decoding import decode

        self.model.eval()
        ids: list[int] = []
        shown, reason = "", "length"
        for _, token in decode(
            self.model, [encode_prompt(messages, self.tokenizer)], options, self._stop_ids
        ):
            if token in self._stop_ids:
                reason = "stop"
                break
            ids.append(token)
            text = self._text(ids)
            if not text.endswith("\ufffd"):  # an unfinished character waits for its other bytes
                yield Chunk(text[len(shown) :], tokens=1)
                shown = text
        yield Chunk(self._text(ids)[len(shown) :], finish_reason=_reason(reason))

    def generate(
        self, batch: Sequence[Conversation], options: GenerationConfig, on_done: OnDone | None = None
    ) -> list[Completion]:
        self.model.eval()
        prompts = [encode_prompt(messages, self.tokenizer) for messages in batch]
        # Rows of similar length together: less padding, and the longest come first, where memory is decided.
        order = sorted(range(len(prompts)), key=lambda i: -len(prompts[i]))
        done: dict[int, Completion] = {}
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            for index, completion in self._generate_rows(rows, prompts, options):
                done[index] = completion
                if on_done:
                    on_done(index, completion)
        return [done[index] for index in range(len(prompts))]

    def _generate_rows(
        self, rows: list[int], prompts: list[list[int]], options: GenerationConfig
    ) -> Iterator[tuple[int, Completion]]:
        from .decoding import decode

        started = time.perf_counter()
        answers: dict[int, list[int]] = {row: [] for row in rows}

        def completion(row: int, reason: FinishReason) -> Completion:
            ids = answers.pop(row)
            seconds = time.perf_counter() - started
            return Completion(self._text(ids), reason, len(prompts[row]), len(ids), seconds)

        for place, token in decode(self.model, [prompts[row] for row in rows], options, self._stop_ids):
            if token in self._stop_ids:
                yield rows[place], completion(rows[place], "stop")
            else:
                answers[rows[place]].append(token)
        for row in list(answers):
            yield row, completion(row, "length")

    def _text(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=True)


def _reason(reason: str) -> FinishReason:
    return "stop" if reason == "stop" else "length"
