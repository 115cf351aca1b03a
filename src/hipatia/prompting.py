"""Chat templates, safe encoding of messages, loss masks.

    encoded = encode_conversation(messages, tokenizer)      # encoded.input_ids, encoded.loss_mask
    ids = encode_prompt(messages, tokenizer)                # ready for an answer

The template is rendered once with a placeholder in the place of each content. What stands between the
placeholders is the template's own text; only there may a special token be born. Contents are put in
afterwards, so that ``<|im_end|>`` typed by a user stays the ten characters it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import i18n
from .errors import ModelError
from .schema import Message
from .templates import render_template

_PLACEHOLDER = "\ue000{}\ue001"
_PLACEHOLDERS = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A tokenized conversation; ``loss_mask[i]`` says whether token ``i`` is learnt. Same lengths."""

    input_ids: list[int]
    loss_mask: list[bool]

    @property
    def labels(self) -> list[int]:
        """Token ids where they are learnt, -100 (ignored by the loss) elsewhere."""
        return [
            token if learnt else -100 for token, learnt in zip(self.input_ids, self.loss_mask, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``start:end`` of the rendered text and what it is."""

    start: int
    end: int
    kind: str  # "content": from a message; "learnt": an assistant's turn with its end-of-turn token


@dataclass(frozen=True, slots=True)
class Rendered:
    """A conversation as text, with the places of the contents and of what is learnt."""

    text: str
    contents: tuple[Span, ...]
    learnt: tuple[Span, ...]


def with_system_prompt(messages: Sequence[Message], prompt: str | None) -> tuple[Message, ...]:
    """The messages, opened by a system message where they have none and ``prompt`` is given."""
    if not prompt or (messages and messages[0].role == "system"):
        return tuple(messages)
    return (Message("system", prompt), *messages)


def format_conversation(messages: Sequence[Message], tokenizer: Any, *, answer: bool = False) -> str:
    """The conversation as the model reads it, by the tokenizer's chat template.

    ``answer=True`` ends with the template's opening of an assistant turn. Raises ``ModelError`` when the
    template refuses the messages.
    """
    return _apply_template([_as_dict(message) for message in messages], tokenizer, answer)


def render(messages: Sequence[Message], tokenizer: Any, *, answer: bool = False) -> Rendered:
    """The conversation as text with the spans of contents and of assistant turns.

    Raises ``ModelError`` when the chat template changes the contents beyond trimming them, so that
    nothing could be said about which tokens are whose.
    """
    text = format_conversation(messages, tokenizer, answer=answer)
    frame = _frame(messages, tokenizer, answer)
    for clean in (_unchanged, str.strip, _without_thoughts):
        filled = _fill(frame, messages, tokenizer, clean)
        if filled.text == text:
            return filled
    raise ModelError.of("prompting.template_changes_text")


def encode_conversation(messages: Sequence[Message], tokenizer: Any) -> Encoded:
    """Token ids of a whole conversation and its loss mask.

    The ids are those of ``tokenizer.apply_chat_template(messages)`` unless a content holds the text of a
    special token, which is then encoded as plain text. Only assistant turns carry loss, each with its
    end-of-turn token. Needs a fast tokenizer. Raises ``ModelError`` for a template that cannot be followed.
    """
    return encode_conversations([messages], tokenizer)[0]


def encode_conversations(many: Sequence[Sequence[Message]], tokenizer: Any) -> list[Encoded]:
    """As ``encode_conversation``, for many at once: the tokenizer then works on all cores."""
    rendered = [render(messages, tokenizer) for messages in many]
    tokens = _tokenize_all(rendered, tokenizer)
    return [
        Encoded(ids, _loss_mask(one.learnt, offsets))
        for one, (ids, offsets) in zip(rendered, tokens, strict=True)
    ]


def _loss_mask(learnt: Sequence[Span], offsets: Sequence[tuple[int, int]]) -> list[bool]:
    """Which tokens lie within what is learnt; the places of the tokens are in order."""
    mask = [False] * len(offsets)
    for span in learnt:
        for index in range(bisect_left(offsets, (span.start, 0)), len(offsets)):
            start, end = offsets[index]
            if start >= span.end:
                break
            mask[index] |= end <= span.end and end > start
    return mask


def encode_prompt(messages: Sequence[Message], tokenizer: Any) -> list[int]:
    """Token ids that an answer follows. A last message of the assistant's is left open and continued."""
    if messages and messages[-1].role == "assistant":
        return _open_last_turn(messages, tokenizer)
    return _tokenize(render(messages, tokenizer, answer=True), tokenizer)[0]


def special_token_texts(tokenizer: Any) -> frozenset[str]:
    """The texts that the tokenizer turns into a single special token."""
    return frozenset(
        token.content for token in tokenizer.added_tokens_decoder.values() if token.special
    ) | frozenset(tokenizer.all_special_tokens)


def end_of_turn_ids(tokenizer: Any) -> list[int]:
    """Ids that end an answer: the tokenizer's end of text and the template's end of turn."""
    ids = {tokenizer.eos_token_id}
    encoded = encode_conversation([Message("user", "?"), Message("assistant", "!")], tokenizer)
    learnt = [token for token, mask in zip(encoded.input_ids, encoded.loss_mask, strict=True) if mask]
    specials = set(tokenizer.convert_tokens_to_ids(sorted(special_token_texts(tokenizer))))
    ids.update(token for token in learnt[-1:] if token in specials)
    return sorted(token for token in ids if token is not None)


# --- the template's frame -------------------------------------------------------------------------


def _as_dict(message: Message) -> dict[str, str]:
    return {"role": message.role, "content": message.content}


def _apply_template(messages: list[dict[str, str]], tokenizer: Any, answer: bool) -> str:
    from jinja2.exceptions import TemplateError

    try:
        return render_template(tokenizer, messages, answer)
    except TemplateError as error:
        raise ModelError(
            i18n.t("prompting.template_refuses", why=error), i18n.t("prompting.template_refuses.hint")
        ) from error


@dataclass(frozen=True, slots=True)
class _Frame:
    """The template's own pieces: ``pieces[0] content[order[0]] pieces[1] … pieces[-1]``."""

    pieces: tuple[str, ...]
    order: tuple[int, ...]
    opening: str  # what stands before an answer, after the last content before it


def _frame(messages: Sequence[Message], tokenizer: Any, answer: bool) -> _Frame:
    cache = tokenizer.__dict__.setdefault("_hipatia_frames", {})
    key = (tuple(message.role for message in messages), answer, tokenizer.chat_template)
    if key not in cache:
        cache[key] = _make_frame([message.role for message in messages], tokenizer, answer)
    return cache[key]


def _make_frame(roles: list[str], tokenizer: Any, answer: bool) -> _Frame:
    marked = [{"role": role, "content": _PLACEHOLDER.format(index)} for index, role in enumerate(roles)]
    parts = _PLACEHOLDERS.split(_apply_template(marked, tokenizer, answer))
    order = tuple(int(index) for index in parts[1::2])
    if sorted(order) != list(range(len(roles))):
        raise ModelError.of("prompting.template_changes_text")
    return _Frame(tuple(parts[0::2]), order, _opening(marked, roles, tokenizer))


def _opening(marked: list[dict[str, str]], roles: list[str], tokenizer: Any) -> str:
    if "assistant" not in roles or roles[0] == "assistant":
        return ""
    before = marked[: roles.index("assistant")]
    return _PLACEHOLDERS.split(_apply_template(before, tokenizer, answer=True))[-1]


def _unchanged(text: str) -> str:
    return text


def _without_thoughts(text: str) -> str:
    """As templates of reasoning models show earlier answers: without ``<think>…</think>``."""
    return text.split("</think>")[-1].strip("\n")


def _fill(
    frame: _Frame, messages: Sequence[Message], tokenizer: Any, clean: Callable[[str], str]
) -> Rendered:
    specials = special_token_texts(tokenizer)
    text, contents, learnt = frame.pieces[0], [], []
    for place, index in enumerate(frame.order):
        before, after = frame.pieces[place], frame.pieces[place + 1]
        content = clean(messages[index].content)
        contents.append(Span(len(text), len(text) + len(content), "content"))
        if messages[index].role == "assistant":
            head = len(before) - len(frame.opening) if before.startswith(frame.opening) else 0
            start = len(text) - (head if frame.opening else 0)
            end = len(text) + len(content) + _end_of_turn_length(after, specials)
            learnt.append(Span(start, end, "learnt"))
        text += content + after
    return Rendered(text, tuple(contents), tuple(learnt))


def _end_of_turn_length(after: str, specials: Iterable[str]) -> int:
    """Characters of ``after`` up to and with its first special token, where only blanks precede it."""
    stripped = after.lstrip()
    found = [special for special in specials if special and stripped.startswith(special)]
    return len(after) - len(stripped) + max(map(len, found)) if found else 0


def _open_last_turn(messages: Sequence[Message], tokenizer: Any) -> list[int]:
    head = render(messages[:-1], tokenizer, answer=True)
    text = head.text + messages[-1].content
    contents = (*head.contents, Span(len(head.text), len(text), "content"))
    return _tokenize(Rendered(text, contents, ()), tokenizer)[0]


# --- text to tokens -------------------------------------------------------------------------------


def _tokenize(rendered: Rendered, tokenizer: Any) -> tuple[list[int], list[tuple[int, int]]]:
    return _tokenize_all([rendered], tokenizer)[0]


def _tokenize_all(
    rendered: Sequence[Rendered], tokenizer: Any
) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Ids and places of each text; what looks like a special token in a content is none."""
    specials = special_token_texts(tokenizer)
    hidden = [_special_looking(one, specials) for one in rendered]
    plain = [one.text for one, found in zip(rendered, hidden, strict=True) if not found]
    encoded = tokenizer(plain, add_special_tokens=False, return_offsets_mapping=True) if plain else {}
    tokens = zip(encoded.get("input_ids", ()), encoded.get("offset_mapping", ()), strict=True)
    return [
        _tokenize_guarded(one.text, found, specials, tokenizer) if found else next(tokens)
        for one, found in zip(rendered, hidden, strict=True)
    ]


def _special_looking(rendered: Rendered, specials: Iterable[str]) -> list[Span]:
    """Where a special token's text would be read although a content has a part in it."""
    pattern = re.compile(
        "|".join(re.escape(s) for s in sorted(specials, key=len, reverse=True) if s) or r"(?!)"
    )
    return [
        Span(found.start(), found.end(), "content")
        for found in pattern.finditer(rendered.text)
        if any(found.start() < c.end and c.start < found.end() for c in rendered.contents)
    ]


def _tokenize_guarded(
    text: str, hidden: Sequence[Span], specials: frozenset[str], tokenizer: Any
) -> tuple[list[int], list[tuple[int, int]]]:
    """Between the template's own special tokens, the text is encoded with special tokens switched off."""
    pattern = re.compile("|".join(re.escape(s) for s in sorted(specials, key=len, reverse=True)))
    taken = {span.start for span in hidden}
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    position = 0
    for found in [*pattern.finditer(text), None]:
        if found and found.start() in taken:
            continue
        end = found.start() if found else len(text)
        plain = encode_plain(text[position:end], tokenizer)
        ids += plain[0]
        offsets += [(a + position, b + position) for a, b in plain[1]]
        if found:
            ids.append(tokenizer.convert_tokens_to_ids(found.group()))
            offsets.append((found.start(), found.end()))
            position = found.end()
    return ids, offsets


def encode_plain(text: str, tokenizer: Any) -> tuple[list[int], list[tuple[int, int]]]:
    """Ids and places of a text in which nothing is a special token."""
    if not text:
        return [], []
    backend = tokenizer.backend_tokenizer
    before, backend.encode_special_tokens = backend.encode_special_tokens, True
    try:
        encoded = backend.encode(text, add_special_tokens=False)
    finally:
        backend.encode_special_tokens = before
    return encoded.ids, encoded.offsets
