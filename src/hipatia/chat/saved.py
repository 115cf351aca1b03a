"""A conversation as its file holds it: a training row with model, settings and times beside the messages.

saved = Saved.model_validate(json.loads(text))
saved.turns, saved.system, saved.title
saved.with_turns(session.turns, system=None).text()

The automatic system prompt is kept in ``settings`` and not among the messages, so that training gives the row
its own; a prompt of the user's is a message.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from ..schema import FinishReason, Role
from .session import Timing, Turn

SCHEMA = 1
_TITLE = 60


class SavedMessage(BaseModel):
    """A message; its times and counts are not needed to read it."""

    model_config = ConfigDict(extra="allow")
    role: Role
    content: str
    time: str | None = None
    finish_reason: FinishReason | None = None
    tokens: int | None = None
    seconds: float | None = None
    first_token: float | None = None


class Saved(BaseModel):
    """A conversation. What else stands in its file (a topic added by hand) is kept."""

    model_config = ConfigDict(extra="allow", protected_namespaces=(), populate_by_name=True)
    schema_version: int = Field(default=SCHEMA, alias="schema")
    id: str = ""
    language: str | None = None
    model: dict[str, Any] | str = {}
    settings: dict[str, Any] = {}
    created: str = ""
    updated: str = ""
    messages: list[SavedMessage] = []

    @property
    def system(self) -> str | None:
        """The user's own system prompt, empty for none at all; None for the automatic one."""
        if self.messages and self.messages[0].role == "system":
            return self.messages[0].content
        return "" if self.settings.get("system_prompt") == "" else None

    @property
    def turns(self) -> list[Turn]:
        """Questions with their answers. Raises ValueError where they do not take turns."""
        messages = self.messages[1:] if self.messages and self.messages[0].role == "system" else self.messages
        roles = [message.role for message in messages]
        if roles != ["user", "assistant"] * (len(messages) // 2):
            raise ValueError("questions and answers do not take turns")
        return [_turn(*pair) for pair in zip(messages[::2], messages[1::2], strict=True)]

    @property
    def title(self) -> str:
        """The beginning of the first question."""
        first = next((message.content for message in self.messages if message.role == "user"), "")
        line = " ".join(first.split())
        return line if len(line) <= _TITLE else line[: _TITLE - 1] + "…"

    @property
    def model_name(self) -> str:
        """The model's name as people know it."""
        return str(self.model.get("name", "")) if isinstance(self.model, dict) else self.model

    @property
    def model_argument(self) -> str | None:
        """The MODEL argument that opens its model again, where that is known."""
        argument = self.model.get("argument") if isinstance(self.model, dict) else None
        return argument if isinstance(argument, str) else None

    def with_turns(self, turns: Sequence[Turn], system: str | None, **changes: Any) -> Self:
        """This conversation as it is now, with the user's own system prompt if there is one."""
        opening = [SavedMessage(role="system", content=system)] if system else []
        messages = [*opening, *(message for turn in turns for message in _messages(turn))]
        return self.model_copy(update={**changes, "messages": messages, "updated": as_time(time.time())})

    def row(self) -> dict[str, Any]:
        """The file's content."""
        value = self.model_dump(mode="json", by_alias=True)
        value["messages"] = [
            {name: content for name, content in message.items() if content is not None}
            for message in value["messages"]
        ]
        return value

    def text(self) -> str:
        """The file's content as text."""
        return json.dumps(self.row(), ensure_ascii=False, indent=1) + "\n"


def as_time(seconds: float) -> str:
    """A time in seconds since 1970 as files have it: local, with its distance from UTC."""
    return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


def _messages(turn: Turn) -> list[SavedMessage]:
    timing = turn.timing or Timing()
    asked = as_time(turn.asked) if turn.asked else None
    return [
        SavedMessage(role="user", content=turn.question, time=asked),
        SavedMessage(
            role="assistant",
            content=turn.answer,
            finish_reason=turn.finish_reason,
            tokens=timing.tokens or None,
            seconds=round(timing.seconds, 3) or None,
            first_token=round(timing.first, 3) or None,
        ),
    ]


def _turn(question: SavedMessage, answer: SavedMessage) -> Turn:
    timing = Timing(answer.tokens or 0, 0, answer.seconds or 0.0, answer.first_token or 0.0)
    return Turn(
        question.content,
        answer.content,
        answer.finish_reason or "stop",
        _seconds(question.time),
        timing if answer.tokens else None,
    )


def _seconds(time_text: str | None) -> float:
    try:
        return datetime.fromisoformat(time_text or "").timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
