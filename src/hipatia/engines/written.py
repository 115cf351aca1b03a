"""An answer while it is decoded token by token: its text, changes by an editor, where it stops.

answer = WrittenAnswer(tokenizer, messages, options)
change = answer.add(token)      # what to change in the tokens, if anything
answer.piece()                  # what can be shown since the last time
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..config import GenerationConfig
from ..prompting import encode_plain, encode_prompt
from ..schema import Chunk, Completion, FinishReason
from . import Conversation
from .edits import begun_answer, editor_for, spans_within
from .stops import first_stop, shown_until

if TYPE_CHECKING:
    from .decoding import Change

_WINDOW = 24  # tokens before a change that are read again with it
_UNFINISHED = "\ufffd"  # what decoders make of a letter whose last bytes are missing


class WrittenAnswer:
    """The tokens of one answer. ``prompt`` are those before it, a begun answer included."""

    def __init__(self, tokenizer: Any, messages: Conversation, options: GenerationConfig):
        self.tokenizer = tokenizer
        self.prompt = encode_prompt(messages, tokenizer)
        self.ids: list[int] = []
        self.finish_reason: FinishReason = "length"
        self._begun = begun_answer(messages)
        # The token with which the first new one is read: some decoders drop a first space.
        self._before = self.prompt[-1:] if self._begun else []
        self._before_text = self._decoded(self._before)
        self._stops = options.stop
        self._editor = editor_for(messages, options)
        self._settled: int | None = None  # up to where the editor leaves it alone; None: all of it
        self._shown = 0

    def text(self, count: int | None = None) -> str:
        """The text of the first ``count`` tokens, or of all, as it follows what was begun."""
        return self._decoded([*self._before, *self.ids[:count]])[len(self._before_text) :]

    def add(self, token: int) -> Change | None:
        """Take in a token; what the editor changes then."""
        self.ids.append(token)
        change = self._edit(ended=False) if self._editor_cares(token) else None
        if self._stops and first_stop(self.text(), self._stops) is not None:
            self.finish_reason = "stop"
        return change

    def end(self) -> None:
        """The model ends its answer."""
        self.finish_reason = "stop"
        if self._editor:
            self._edit(ended=True)

    def piece(self) -> Chunk:
        """What can be shown since the last piece.

        An unfinished letter waits for its other bytes, a value for its last digit, what may become a stop for
        its other letters.
        """
        text = self.text()
        until = 0 if text.endswith(_UNFINISHED) else shown_until(text, self._stops)
        if self._settled is not None:
            until = min(until, self._settled)
        return self._cut(text, until)

    def last_piece(self, tokens: int) -> Chunk:
        """All that has not been shown, with why it ended."""
        chunk = self._cut(text := self.text(), self._length(text))
        return Chunk(chunk.text, tokens, self.finish_reason, len(self.prompt), chunk.forced)

    def completion(self, seconds: float) -> Completion:
        """The whole answer."""
        self._shown = 0
        whole = self._cut(text := self.text(), self._length(text))
        size, count = len(self.prompt), len(self.ids)
        return Completion(whole.text, self.finish_reason, size, count, seconds, whole.forced)

    def _length(self, text: str) -> int:
        """Where the answer ends: before a stop; one that was cut off, before a letter that is not whole."""
        end = first_stop(text, self._stops)
        if end is not None:
            return end
        return len(text.rstrip(_UNFINISHED) if self.finish_reason == "length" else text)

    def _cut(self, text: str, until: int) -> Chunk:
        start, self._shown = self._shown, max(self._shown, until)
        offset = len(self._begun)
        spans = self._editor.forced if self._editor else []
        return Chunk(
            text[start : self._shown], forced=spans_within(spans, offset + start, offset + self._shown)
        )

    # --- changes ----------------------------------------------------------------------------------

    def _editor_cares(self, token: int) -> bool:
        if self._editor is None:
            return False
        waits_for = self._editor.waits_for
        return not waits_for or token in tokens_with(waits_for, self.tokenizer)

    def _edit(self, *, ended: bool) -> Change | None:
        """Let the editor hear the answer, and put its changes into the tokens."""
        assert self._editor
        before = said = self.text()
        if before.endswith(_UNFINISHED) and not ended:
            return None
        while edit := self._editor.hear(self._begun + said, ended=ended):
            said = edit.applied_to(self._begun + said)[len(self._begun) :]
        settled = self._editor.settled - len(self._begun)
        self._settled = settled if self._editor.waits_for == "" else None
        return self._retokenized(said) if said != before else None

    def _retokenized(self, said: str) -> Change:
        """The tokens of the answer as changed, as the model itself would read them around the seam."""
        from .decoding import Change

        keep = max(0, len(self.ids) - 1)
        while not self._begins(said, keep):
            keep -= 1
        first = max(0, keep - _WINDOW)
        while not self._begins(said, first):  # within a letter
            first -= 1
        offset = len(self.text(first))
        ids, places = encode_plain(said[offset:], self.tokenizer)
        seams = {start: index for index, (start, _) in reversed(list(enumerate(places)))}
        while keep > first and (len(self.text(keep)) - offset not in seams or not self._begins(said, keep)):
            keep -= 1
        put = tuple(ids[seams.get(len(self.text(keep)) - offset, 0) :])
        dropped = len(self.ids) - keep
        self.ids[keep:] = put
        return Change(dropped, put)

    def _begins(self, said: str, count: int) -> bool:
        text = self.text(count)
        return said.startswith(text) and not text.endswith(_UNFINISHED)

    def _decoded(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=True) if ids else ""


@lru_cache(maxsize=8)
def tokens_with(text: str, tokenizer: Any) -> frozenset[int]:
    """The tokens that have this text, of letters that stand for themselves, in them."""
    return frozenset(index for piece, index in tokenizer.get_vocab().items() if text in piece)
