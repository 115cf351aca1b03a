"""What a raw row means: from the formats that people have to a ``Conversation``.

    parsed = parse_row({"pregunta": "¿2 + 3?", "respuesta": "5"})
    parsed.conversation, parsed.pair, parsed.warnings       # raises RowError with the reason

Alpaca, ShareGPT, OpenAI messages, prompt/completion, question/answer and the project's own rows. Texts stay
as they are but for line ends; what cannot be learnt from is refused, what may surprise is a warning.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import i18n
from ..schema import Conversation, Message, Pair, Role
from .columns import COLUMNS, CONTENT_COLUMNS, ROLE_COLUMNS, ROLES, WEIGHT_COLUMNS, column_key, level_slug
from .topics import topic_slug

# {{name}} as templates have it; not x^{{n}} or \frac{{ab}}{{cd}}.
_PLACEHOLDER = re.compile(r"(?<![\\\w^_{}])\{\{\s*[A-Za-z_]\w+\s*\}\}(?!\})")
# "\frac", "\beta", "\times", "\right" after a JSON parser took the backslash for an escape.
_LOST_BACKSLASH = re.compile(r"[\f\b]|\t(?:imes\b|heta\b|ext\{|frac)|\r(?:ight\b|ho\b)|[ \w]\neq [-\w]")
_CALCULATOR = re.compile(r"<<[^<>=\n]{1,200}=[^<>\n]{1,200}>>")
_MOJIBAKE = re.compile(r"Ã[\x80-\xbf±©³¡º­‰“šœ]|Â[¿¡°²³ºª]|â‚¬")
_LONG_TEXT = 2000


class RowError(Exception):
    """A row that cannot be used; its text is the reason, a sentence for the user."""

    def __init__(self, name: str, /, **values: object):
        super().__init__(i18n.t(f"data.{name}", **values))


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row understood. ``pair`` is there if it is one question with one answer."""

    conversation: Conversation
    pair: Pair | None
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """A row on its way: messages, the fields of a pair, and what to warn of."""

    messages: list[Message]
    instruction: str = ""
    input: str = ""
    answer: str | None = None
    warnings: list[str] = field(default_factory=list)

    def warn(self, name: str, **values: object) -> None:
        self.warnings.append(i18n.t(f"data.{name}", **values))


def parse_row(value: object) -> ParsedRow:
    """The conversation that a row of any known format holds. Raises RowError with the reason."""
    fields = row_fields(value)
    draft = _from_messages(fields) if "messages" in fields else _from_pair(fields)
    _tidy(draft)
    _refuse_unusable(draft.messages)
    _warn_of_oddities(draft)
    conversation = Conversation(
        messages=tuple(draft.messages),
        id=field_text(fields, "id").strip(),
        answer=draft.answer or _marked_answer(draft.messages[-1].content),
        **metadata(fields),
    )
    return ParsedRow(conversation, _pair(draft, conversation), tuple(draft.warnings))


def row_fields(value: object) -> dict[str, object]:
    """A row's values by field name (``columns.COLUMNS``); empty ones are left out."""
    if not isinstance(value, Mapping):
        raise RowError("row_not_object", kind=type(value).__name__)
    by_key = {column_key(str(name)): content for name, content in value.items()}
    fields: dict[str, object] = {}
    for field_name, keys in COLUMNS.items():
        for key in keys:
            if by_key.get(key) not in (None, "", []):
                fields[field_name] = by_key[key]
                break
    if not fields.keys() & {"messages", "question", "response", "worked", "short", "final"}:
        if "text" in fields:
            raise RowError("only_text")
        raise RowError("unknown_columns", found=", ".join(map(str, value)) or "–")
    return fields


def field_text(fields: Mapping[str, object], name: str) -> str:
    """A field as text, "" where it is missing. Numbers become text; other kinds raise RowError."""
    value = fields.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RowError("not_text", column=name, kind=type(value).__name__)
    return str(value).replace("\r\n", "\n")


def response_and_answer(fields: Mapping[str, object]) -> tuple[str, str | None]:
    """The text to learn and the final answer, out of the columns that may hold either."""
    response, worked, short, final = (
        field_text(fields, name) for name in ("response", "worked", "short", "final")
    )
    if response:
        answer = final or short
    elif worked and short:
        response, answer = (worked, final or short) if len(worked) >= len(short) else (short, final or worked)
    elif worked or short:
        response, answer = worked or short, final
    else:
        response, answer = final, final
    return response, answer.strip() or None


def _from_pair(fields: Mapping[str, object]) -> _Draft:
    prompt, completion = fields.get("question"), fields.get("response")
    if isinstance(prompt, list) and isinstance(completion, list):  # a prompt/completion row of messages
        return _from_messages({**fields, "messages": prompt + completion, "short": "", "final": ""})
    instruction, extra = field_text(fields, "question"), field_text(fields, "input")
    if not instruction.strip():
        instruction, extra = extra, ""
    response, answer = response_and_answer(fields)
    if not instruction.strip():
        raise RowError("no_question")
    if not response.strip():
        raise RowError("empty_answer")
    question = f"{instruction}\n\n{extra}" if extra.strip() else instruction
    messages = [
        *_system(fields),
        *_history(fields),
        Message("user", question),
        Message("assistant", response),
    ]
    return _Draft(messages, instruction=instruction, input=extra, answer=answer)


def _system(fields: Mapping[str, object]) -> list[Message]:
    system = field_text(fields, "system")
    return [Message("system", system)] if system.strip() else []


def _history(fields: Mapping[str, object]) -> list[Message]:
    """Alpaca's earlier turns: ``[[question, answer], …]``."""
    messages = []
    history = fields.get("history", [])
    for turn in history if isinstance(history, list) else [history]:
        if not (isinstance(turn, list) and len(turn) == 2 and all(isinstance(text, str) for text in turn)):
            raise RowError("bad_history")
        messages += [Message("user", turn[0]), Message("assistant", turn[1])]
    return messages


def _from_messages(fields: Mapping[str, object]) -> _Draft:
    items = fields["messages"]
    if isinstance(items, str):  # a cell of a CSV file
        try:
            items = json.loads(items)
        except ValueError:
            raise RowError("messages_not_list") from None
    if not isinstance(items, list):
        raise RowError("messages_not_list")
    draft = _Draft([])
    weights_used = False
    for number, item in enumerate(items, start=1):
        message, weight = _message(number, item)
        draft.messages.append(message)
        weights_used = weights_used or (message.role == "assistant" and weight != 1)
    if weights_used:
        draft.warn("weights_ignored")
    if draft.messages and draft.messages[0].role != "system":
        draft.messages[:0] = _system(fields)
    draft.answer = (field_text(fields, "final") or field_text(fields, "short")).strip() or None
    return draft


def _message(number: int, item: object) -> tuple[Message, float]:
    if not isinstance(item, Mapping):
        raise RowError("bad_message", number=number)
    name = next((item[column] for column in ROLE_COLUMNS if column in item), None)
    if not isinstance(name, str):
        raise RowError("no_role", number=number)
    role: Role | None = ROLES.get(column_key(name))
    if role is None:
        raise RowError("unknown_role", number=number, role=name)
    content = next((item[column] for column in CONTENT_COLUMNS if column in item), None)
    weight = next((item[column] for column in WEIGHT_COLUMNS if column in item), 1)
    text = _content(number, content).replace("\r\n", "\n")
    return Message(role, text), weight if isinstance(weight, int | float) else 1


def _content(number: int, content: object) -> str:
    """Text, or a list of text parts, ``{"type": "text", "text" | "value": …}``, one a line."""
    if content is None:
        return ""
    if isinstance(content, str | int | float) and not isinstance(content, bool):
        return str(content)
    if not isinstance(content, list):
        raise RowError("bad_content", number=number, kind=type(content).__name__)
    texts = []
    for part in content:
        text = part.get("text", part.get("value")) if isinstance(part, Mapping) else part
        if not isinstance(text, str):
            kind = part.get("type", "?") if isinstance(part, Mapping) else type(part).__name__
            raise RowError("bad_part", number=number, kind=kind)
        texts.append(text)
    return "\n".join(texts)


# --- what can be learnt from ----------------------------------------------------------------------


def _tidy(draft: _Draft) -> None:
    """Bring the turns into the order that chat templates want: system, then user and assistant in turn."""
    answers = [message.content for message in draft.messages if message.role == "assistant"]
    for number, answer in enumerate(answers, start=1):
        if not answer.strip():
            raise RowError("empty_answer") if len(answers) == 1 else RowError("empty_turn", number=number)
    messages = [message for message in draft.messages if message.content.strip()]
    system = [message for message in messages if message.role == "system"]
    if messages[: len(system)] != system:
        raise RowError("late_system")
    turns = messages[len(system) :]
    if not any(message.role == "user" for message in turns):
        raise RowError("no_question")
    if not any(message.role == "assistant" for message in turns):
        raise RowError("empty_answer")
    if turns[0].role == "assistant":
        draft.warn("greeting_dropped")
        turns = turns[next(i for i, message in enumerate(turns) if message.role == "user") :]
    if turns[-1].role == "user":
        draft.warn("open_question_dropped")
        turns = turns[: max(i for i, message in enumerate(turns) if message.role == "assistant") + 1]
    if not turns or turns[-1].role != "assistant":
        raise RowError("empty_answer")
    merged = _merged(turns)
    if len(merged) < len(turns):
        draft.warn("turns_merged")
    draft.messages = [*_merged(system), *merged]


def _merged(messages: list[Message]) -> list[Message]:
    """Neighbours of the same role as one message."""
    merged: list[Message] = []
    for message in messages:
        if merged and merged[-1].role == message.role:
            message = Message(message.role, f"{merged.pop().content}\n\n{message.content}")
        merged.append(message)
    return merged


def _refuse_unusable(messages: list[Message]) -> None:
    for message in messages:
        if "\ufffd" in message.content:
            raise RowError("broken_characters")
        if _LOST_BACKSLASH.search(message.content):
            raise RowError("lost_backslash")
        placeholder = _PLACEHOLDER.search(message.content)
        if placeholder and message.role == "assistant":
            raise RowError("placeholder", placeholder=placeholder.group())


def _warn_of_oddities(draft: _Draft) -> None:
    for message in draft.messages:
        text = message.content
        placeholder = _PLACEHOLDER.search(text)
        if placeholder:
            draft.warn("placeholder_in_question", placeholder=placeholder.group())
        garbled = _MOJIBAKE.search(text)
        if garbled:
            draft.warn("mojibake", example=text[max(0, garbled.start() - 5) : garbled.end() + 10])
        if message.role != "assistant":
            continue
        if _CALCULATOR.search(text):
            draft.warn("calculator_marks")
        if _after_marks(text).endswith("!!"):
            draft.warn("stop_mark")
        encoded = text.encode("utf-8", "replace") if len(text) > _LONG_TEXT else b""
        if encoded and len(zlib.compress(encoded)) * 20 < len(encoded):
            draft.warn("repetition")


def _marked_answer(text: str) -> str | None:
    """The final answer after GSM8K's ``####``, without a stop mark such as ``!!!`` after it."""
    answer = _after_marks(text)
    return (answer.rstrip("!") if answer.endswith("!!") else answer).strip() or None


def _after_marks(text: str) -> str:
    """What follows the last ``####`` if it is on the text's last line, else ""."""
    _, marks, tail = text.rstrip().rpartition("####")
    return tail if marks and "\n" not in tail else ""


def metadata(fields: Mapping[str, object]) -> dict[str, str | None]:
    """Topic, level, language and family of a row, in the project's own slugs where they are known."""
    topic, level, language, family = (
        field_text(fields, name).strip() for name in ("topic", "level", "language", "family")
    )
    return {
        "topic": topic_slug(topic) if topic else None,
        "level": level_slug(level) if level else None,
        "language": language.lower()[:2] if language else None,
        "family": family or None,
    }


def _pair(draft: _Draft, conversation: Conversation) -> Pair | None:
    messages = conversation.messages
    system = messages[0].content if messages[0].role == "system" else None
    turns = [message for message in messages if message.role != "system"]
    if len(turns) != 2:
        return None
    return Pair(
        instruction=draft.instruction or turns[0].content,
        input=draft.input,
        response=turns[1].content,
        answer=conversation.answer,
        topic=conversation.topic,
        system=system,
    )
