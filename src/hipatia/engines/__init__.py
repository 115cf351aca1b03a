"""One protocol, several ways to generate. Terminal, web, server and evaluation consume these alone.

for chunk in engine.stream(messages, config.generation): ...
completions = engine.generate([messages, …], config.generation)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from ..config import GenerationConfig
from ..schema import Chunk, Completion, Message

Conversation = Sequence[Message]
OnDone = Callable[[int, Completion], None]


class Engine(Protocol):
    """Something that answers. If the last message is the assistant's, it is continued."""

    name: str

    def describe(self) -> str:
        """One line for people: which model, whole or adapter, where and in which precision it runs."""
        ...

    def can_continue(self) -> bool:
        """Whether it goes on with an answer that was begun, as exact arithmetic needs."""
        ...

    def stream(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        """The answer piece by piece; the last chunk carries the finish reason.

        Closing the iterator (or leaving its loop) stops the generation.
        """
        ...

    def generate(
        self, batch: Sequence[Conversation], options: GenerationConfig, on_done: OnDone | None = None
    ) -> list[Completion]:
        """The answers to all conversations, in order; ``on_done(index, completion)`` as each is done."""
        ...

    def close(self) -> None:
        """End what it runs in; it is not asked any more."""
        ...
