"""Changes to an answer while it is written, the same for every engine.

editor = editor_for(messages, options)      # exact arithmetic, or options.interject; None: neither
while edit := editor.hear(text):            # after each piece that has editor.waits_for in it
    text = edit.applied_to(text)
text[: editor.settled]                      # can be shown: it will not be changed any more
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..config import GenerationConfig, Interject
from ..schema import Message

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """From ``start`` on the answer is ``text``; ``put`` is the place, in the whole, of what was put in."""

    start: int
    text: str
    put: Span

    def applied_to(self, answer: str) -> str:
        return answer[: self.start] + self.text


class Editor(Protocol):
    """Follows one answer. Texts and places count from its first letter, one that was begun included."""

    forced: list[Span]  # what it put in
    settled: int  # up to here nothing will change

    @property
    def waits_for(self) -> str:
        """What has to be in the next piece for the editor to care; nothing: it hears every piece."""
        ...

    def hear(self, text: str, *, ended: bool = False) -> Edit | None:
        """What to change in the answer so far; to be asked again with the changed text."""
        ...


class Interjections:
    """Words that ``options.interject`` puts in at the end of what has been written."""

    waits_for = ""

    def __init__(self, interject: Interject, begun: str):
        self.forced: list[Span] = []
        self.settled = len(begun)
        self._interject = interject
        self._heard = -1

    def hear(self, text: str, *, ended: bool = False) -> Edit | None:
        is_new, self._heard = len(text) != self._heard, len(text)
        words = self._interject(text) if text and is_new and not ended else None
        self.settled = len(text)
        if not words:
            return None
        self._heard += len(words)
        self.forced.append((len(text), self._heard))
        return Edit(len(text), words, self.forced[-1])


def editor_for(messages: Sequence[Message], options: GenerationConfig) -> Editor | None:
    """Who may change the answer to these messages."""
    from .exact import ExactArithmetic

    begun = begun_answer(messages)
    if options.interject:
        return Interjections(options.interject, begun)
    if options.exact_arithmetic:
        question = "\n".join(message.content for message in messages if message.role == "user")
        return ExactArithmetic(question, begun)
    return None


def begun_answer(messages: Sequence[Message]) -> str:
    """What the answer has already, where the last message is the assistant's."""
    return messages[-1].content if messages and messages[-1].role == "assistant" else ""


def spans_within(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans of ``text[start:end]``, counted from ``start``."""
    cut = [(max(a, start) - start, min(b, end) - start) for a, b in spans]
    return tuple((a, b) for a, b in cut if a < b)
