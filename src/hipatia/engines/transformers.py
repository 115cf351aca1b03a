"""The reference engine: any causal language model that transformers runs, on any device.

engine = TransformersEngine(model, tokenizer, name="embedded")
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from ..config import GenerationConfig
from ..errors import ModelError
from ..prompting import encode_prompt, end_of_turn_ids
from ..schema import Chunk, Completion, FinishReason
from . import Conversation, OnDone
from .stops import first_stop, shown_until


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
        prompt = encode_prompt(messages, self.tokenizer)
        context = getattr(self.model.config, "max_position_embeddings", None)
        if context and len(prompt) >= context:
            raise ModelError.of("engines.longer_than_read", tokens=len(prompt), context=context)
        before = _begun(messages, prompt)
        ids: list[int] = []
        text, shown, end = "", 0, None
        reason: FinishReason = "length"
        for _, token in decode(self.model, [prompt], options, self._stop_ids):
            if token in self._stop_ids:
                reason = "stop"
                break
            ids.append(token)
            text = self._text(ids, before)
            if (end := first_stop(text, options.stop)) is not None:
                reason = "stop"
                break
            # An unfinished character waits for its other bytes, what may become a stop for its other letters.
            until = shown if text.endswith("\ufffd") else shown_until(text, options.stop)
            yield Chunk(text[shown:until], tokens=1)
            shown = max(shown, until)
        yield Chunk(text[shown:end], finish_reason=reason, prompt_tokens=len(prompt))

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
            before = {row: _begun(batch[row], prompts[row]) for row in rows}
            for index, completion in self._generate_rows(rows, prompts, before, options):
                done[index] = completion
                if on_done:
                    on_done(index, completion)
        return [done[index] for index in range(len(prompts))]

    def _generate_rows(
        self,
        rows: list[int],
        prompts: list[list[int]],
        before: dict[int, list[int]],
        options: GenerationConfig,
    ) -> Iterator[tuple[int, Completion]]:
        from .decoding import decode

        started = time.perf_counter()
        answers: dict[int, list[int]] = {row: [] for row in rows}
        ended: set[int] = set()

        def completion(row: int, reason: FinishReason) -> Completion:
            ids = answers.pop(row)
            seconds = time.perf_counter() - started
            text = self._text(ids, before[row])
            end = first_stop(text, options.stop)
            return Completion(text[:end], reason, len(prompts[row]), len(ids), seconds)

        chosen = [prompts[row] for row in rows]
        for place, token in decode(self.model, chosen, options, self._stop_ids, ended):
            ids = answers[rows[place]]
            if token not in self._stop_ids:
                ids.append(token)
                if not options.stop or first_stop(self._text(ids), options.stop) is None:
                    continue
                ended.add(place)
            yield rows[place], completion(rows[place], "stop")
        for row in list(answers):
            yield row, completion(row, "length")

    def _text(self, ids: Sequence[int], before: Sequence[int] = ()) -> str:
        """The text of these tokens after those before them: some decoders drop a first space."""
        whole = self.tokenizer.decode([*before, *ids], skip_special_tokens=True)
        return whole[len(self._text(before)) :] if before else whole


def _begun(messages: Conversation, prompt: list[int]) -> list[int]:
    """The last token of an answer that was begun, with which the next one is read."""
    return prompt[-1:] if messages[-1].role == "assistant" else []
