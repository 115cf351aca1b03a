"""One conversation with an Engine, without input or output. Terminal, web and tests drive it.

session = ChatSession(engine, config.generation, system="Eres Hipatia, …")
for chunk in session.ask("¿Cuánto es 3/4 + 1/8?"):
    show(chunk.text)
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from ..config import GenerationConfig
from ..engines import Engine
from ..schema import Chunk, FinishReason, Message


@dataclass(frozen=True, slots=True)
class Timing:
    """How an answer was written: tokens of it and of its prompt, seconds in all and to the first token."""

    tokens: int = 0
    prompt_tokens: int = 0
    seconds: float = 0.0
    first: float = 0.0

    @property
    def tokens_per_second(self) -> float:
        """Tokens after the first in each second after it: how fast it writes, once it writes."""
        writing = self.seconds - self.first
        return (self.tokens - 1) / writing if self.tokens > 1 and writing > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer. ``asked`` is in seconds since 1970; an answer read from a file has no timing."""

    question: str
    answer: str = ""
    finish_reason: FinishReason = "stop"
    asked: float = 0.0
    timing: Timing | None = None


class ChatSession:
    """The turns so far, and the next answer as a stream that can be stopped.

    ``finish_reason`` is the last answer's, ``timing`` how it was written; a question without an answer is no
    turn. ``options`` and ``system`` may be changed between answers.
    """

    def __init__(self, engine: Engine, options: GenerationConfig, system: str = ""):
        self.engine = engine
        self.options = options
        self.system = system
        self.turns: list[Turn] = []
        self.finish_reason: FinishReason | None = None
        self.timing: Timing | None = None
        self._cancelled = self._writing = False
        self._regenerated = 0

    @property
    def messages(self) -> list[Message]:
        """System message, questions and answers, as the engine gets them."""
        return self._messages(self.turns)

    def new(self, turns: Sequence[Turn] = ()) -> None:
        """Forget the conversation, or go on with another one."""
        self.turns = list(turns)
        self.finish_reason = self.turns[-1].finish_reason if self.turns else None
        self.timing = None

    def ask(self, question: str) -> Iterator[Chunk]:
        """The answer piece by piece.

        However it ends (done, ``cancel``, the loop left, Ctrl-C, an error of the engine's) what was written
        is kept as the answer; where nothing was, the question is taken back.
        """
        self._regenerated = 0
        return self._answer(self.turns, Turn(question, asked=time.time()), self.options)

    def resume(self) -> Iterator[Chunk]:
        """What the last answer lacks, piece by piece."""
        return self._answer(self.turns[:-1], self.turns[-1], self.options)

    def regenerate(self, temperature: float) -> Iterator[Chunk]:
        """Another answer to the last question, in the place of the old one once a word of it is there.

        Drawn with a new seed; at ``temperature`` if the present one is 0, where nothing would be new.
        """
        self._regenerated += 1
        changes = {
            "seed": self.options.seed + self._regenerated,
            "temperature": self.options.temperature or temperature,
        }
        again = Turn(self.turns[-1].question, asked=time.time())
        return self._answer(self.turns[:-1], again, self.options.model_copy(update=changes))

    def edit(self, question: str) -> Iterator[Chunk]:
        """The answer to ``question`` asked in the place of the last one."""
        self._regenerated = 0
        return self._answer(self.turns[:-1], Turn(question, asked=time.time()), self.options)

    def undo(self) -> Turn:
        """Take back the last question with its answer."""
        undone = self.turns.pop()
        self.new(self.turns)
        return undone

    def cancel(self) -> bool:
        """Stop the answer after the piece that is being written. May be called from another thread.

        False where that would not be soon: nothing has been written yet, or it was asked for already.
        """
        soon = self._writing and not self._cancelled
        self._cancelled = True
        return soon

    def _messages(self, turns: Sequence[Turn]) -> list[Message]:
        messages = [Message("system", self.system)] if self.system else []
        for turn in turns:
            messages += [Message("user", turn.question), Message("assistant", turn.answer)]
        return messages

    def _answer(self, before: list[Turn], turn: Turn, options: GenerationConfig) -> Iterator[Chunk]:
        """Stream the rest of ``turn``'s answer after the turns ``before``, and keep it."""
        asked = [*self._messages(before), Message("user", turn.question)]
        if turn.answer:
            asked.append(Message("assistant", turn.answer))
        clock = _Stopwatch()
        pieces = [turn.answer]
        self._cancelled = self._writing = False
        self.finish_reason = None
        try:
            with closing(_as_generator(self.engine.stream(asked, options))) as stream:
                for chunk in stream:
                    self._writing = True
                    pieces.append(chunk.text)
                    clock.count(chunk)
                    self.finish_reason = chunk.finish_reason
                    yield chunk
                    if self._cancelled and not chunk.finish_reason:
                        self.finish_reason = "cancelled"
                        break
        except (KeyboardInterrupt, GeneratorExit):
            self.finish_reason = self.finish_reason or "cancelled"
            raise
        finally:
            self._writing = False
            self.timing = clock.timing()
            self.finish_reason = reason = self.finish_reason or "error"
            if answer := "".join(pieces).strip():
                self.turns = [*before, replace(turn, answer=answer, finish_reason=reason, timing=self.timing)]


class _Stopwatch:
    """Counts the tokens of an answer and the time they take."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.first = 0.0
        self.tokens = self.prompt_tokens = 0

    def count(self, chunk: Chunk) -> None:
        if chunk.text or chunk.tokens:
            self.first = self.first or time.perf_counter() - self.started
        self.tokens += chunk.tokens
        self.prompt_tokens = chunk.prompt_tokens or self.prompt_tokens

    def timing(self) -> Timing:
        return Timing(self.tokens, self.prompt_tokens, time.perf_counter() - self.started, self.first)


def _as_generator(stream: Iterator[Chunk]) -> Any:
    """A stream that can be closed, whatever kind of iterator the engine gave."""
    return stream if hasattr(stream, "close") else (chunk for chunk in stream)
