"""One conversation with an Engine, without input or output. Terminal, web and tests drive it.

session = ChatSession(engine, config.generation, system="Eres Hipatia, …")
for chunk in session.ask("¿Cuánto es 3/4 + 1/8?"):
    show(chunk.text)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from ..config import GenerationConfig
from ..engines import Engine
from ..schema import Chunk, FinishReason, Message


class ChatSession:
    """The turns so far, and the next answer as a stream that can be stopped.

    ``finish_reason`` is the last answer's. ``messages`` never ends with a question that has no answer.
    """

    def __init__(self, engine: Engine, options: GenerationConfig, system: str = ""):
        self.engine = engine
        self.options = options
        self.system = system
        self.messages: list[Message] = []
        self.finish_reason: FinishReason | None = None
        self._cancelled = False
        self.new()

    @property
    def turns(self) -> int:
        """How many questions were asked and answered."""
        return sum(message.role == "user" for message in self.messages)

    def new(self) -> None:
        """Forget everything but the system message."""
        self.messages = [Message("system", self.system)] if self.system else []
        self.finish_reason = None

    def ask(self, question: str) -> Iterator[Chunk]:
        """The answer piece by piece.

        However it ends (done, ``cancel``, the loop left, Ctrl-C, an error of the engine's) what was written
        is kept as the answer; where nothing was, the question is taken back.
        """
        pieces: list[str] = []
        asked = [*self.messages, Message("user", question)]
        self._cancelled, self.finish_reason = False, "cancelled"
        try:
            with closing(_as_generator(self.engine.stream(asked, self.options))) as stream:
                for chunk in stream:
                    pieces.append(chunk.text)
                    self.finish_reason = chunk.finish_reason or self.finish_reason
                    yield chunk
                    if self._cancelled:
                        break
        finally:
            if answer := "".join(pieces).strip():
                self.messages = [*asked, Message("assistant", answer)]

    def cancel(self) -> None:
        """Stop the answer after the piece that is being written. May be called from another thread."""
        self._cancelled = True

    def row(self, **metadata: Any) -> dict[str, Any]:
        """The conversation as a training row, with what is known of it beside the messages."""
        messages = [{"role": message.role, "content": message.content} for message in self.messages]
        return {**metadata, "messages": messages}


def _as_generator(stream: Iterator[Chunk]) -> Any:
    """A stream that can be closed, whatever kind of iterator the engine gave."""
    return stream if hasattr(stream, "close") else (chunk for chunk in stream)
