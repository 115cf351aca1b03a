"""An engine that says what it is told to, for tests of those who talk to engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hipatia.config import GenerationConfig
from hipatia.schema import Chunk, Completion, FinishReason, Message


class ScriptedEngine:
    """Each answer is a list of pieces; an exception among them is raised."""

    name = "scripted"

    def __init__(self, *answers: Sequence[str | BaseException], finish: FinishReason = "stop"):
        self.answers = list(answers)
        self.finish = finish
        self.seen: list[list[Message]] = []
        self.closed = 0

    def describe(self) -> str:
        return "scripted, on paper"

    def stream(self, messages: Sequence[Message], options: GenerationConfig) -> Iterator[Chunk]:
        self.seen.append(list(messages))
        try:
            for piece in self.answers.pop(0):
                if isinstance(piece, BaseException):
                    raise piece
                yield Chunk(piece, tokens=1)
            yield Chunk("", finish_reason=self.finish)
        finally:
            self.closed += 1

    def generate(self, batch: object, options: object, on_done: object = None) -> list[Completion]:
        raise NotImplementedError
