"""An engine that says what it was told to, for tests of those who talk to engines.

    engine = ScriptedEngine(["2 + 2 ", "= 4"], ["Sí."])

Each answer is a list of pieces; an exception among them is raised in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..config import GenerationConfig
from ..schema import Chunk, Completion, FinishReason, Message
from . import Conversation, OnDone
from .streams import answer_all


class ScriptedEngine:
    """Gives its answers in order; ``seen`` are the conversations, ``closed`` counts the answers that ended."""

    name = "scripted"

    def __init__(self, *answers: Sequence[str | BaseException], finish: FinishReason = "stop"):
        self.answers = list(answers)
        self.finish = finish
        self.seen: list[list[Message]] = []
        self.closed = 0

    def describe(self) -> str:
        return "scripted, on paper"

    def can_continue(self) -> bool:
        return False

    def close(self) -> None:
        """There is nothing to end."""

    def stream(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        self.seen.append(list(messages))
        try:
            for piece in self.answers.pop(0):
                if isinstance(piece, BaseException):
                    raise piece
                yield Chunk(piece, tokens=1)
            yield Chunk("", finish_reason=self.finish)
        finally:
            self.closed += 1

    def generate(
        self, batch: Sequence[Conversation], options: GenerationConfig, on_done: OnDone | None = None
    ) -> list[Completion]:
        return answer_all(self.stream, batch, options, parallel=1, on_done=on_done)
