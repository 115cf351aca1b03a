"""Where questions come from: typed, from a pipe, or given with ``--prompt``.

lines = Typed(history, complete)          # or Piped(sys.stdin), or Given(["¿Cuánto es 2 + 2?"])
question = lines.read()                   # EOFError at the end, KeyboardInterrupt for Ctrl-C

A question of several lines stands between two \"\"\" in each of them. When typed it may also be pasted, broken
with Alt-Enter, or written in the editor that opens with Ctrl-X Ctrl-E.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from .. import i18n

if TYPE_CHECKING:
    from prompt_toolkit.history import History
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.output import Output

QUOTES = '"""'
_OPENING = re.compile(rf"\s*(/\S+\s+)?{QUOTES}")
# (text to put in the place of the last word, what it is)
Completion = tuple[str, str]
Complete = Callable[[str], Iterable[Completion]]


class Lines(Protocol):
    """A source of questions. Only a typed one can be ``interactive``, and shows ``default`` to be edited."""

    interactive: bool

    def read(self, default: str = "") -> str:
        """The next question. Raises EOFError where there is none."""
        ...


class Given:
    """Questions that are known beforehand."""

    interactive = False

    def __init__(self, questions: Sequence[str]):
        self._left = list(questions)

    def read(self, default: str = "") -> str:
        if not self._left:
            raise EOFError
        return unquoted(self._left.pop(0))


class Piped:
    """A question a line, or between two \"\"\"."""

    interactive = False

    def __init__(self, stream: TextIO):
        with suppress(AttributeError, ValueError):  # bytes of another encoding must not end the conversation
            stream.reconfigure(errors="replace")  # type: ignore[attr-defined]
        self._stream = stream

    def read(self, default: str = "") -> str:
        text = self._stream.readline()
        if not text:
            raise EOFError
        while is_open(text) and (line := self._stream.readline()):
            text += line
        return unquoted(text.rstrip("\n"))


class Typed:
    """A line editor with history, completion, pasting of several lines and an editor to write in."""

    interactive = True

    def __init__(
        self,
        history: Path | None,
        complete: Complete,
        *,
        source: Input | None = None,
        output: Output | None = None,
    ):
        from prompt_toolkit import PromptSession
        from prompt_toolkit.output import create_output

        # With the answers in a file the prompt still belongs on the screen.
        screen = sys.stdout if sys.stdout.isatty() else sys.stderr
        self._session: Any = PromptSession(
            message=[("bold ansicyan", i18n.t("chat.question_prompt"))],
            prompt_continuation=lambda width, number, wrapped: " " * (width - 2) + "… ",
            history=_history(history),
            completer=_completer(complete),
            key_bindings=_keys(),
            multiline=True,
            enable_open_in_editor=True,
            tempfile_suffix=".md",
            reserve_space_for_menu=6,
            input=source,
            output=output or create_output(stdout=screen),
        )

    def read(self, default: str = "") -> str:
        try:
            text = self._session.prompt(default=default)
        except KeyboardInterrupt:
            if self._session.default_buffer.text:
                return ""  # as in a shell it takes back what was being typed, and no more
            raise
        return unquoted(text.encode("utf-8", "replace").decode())


def is_open(text: str) -> bool:
    """Whether a text begins a block of several lines that is not closed yet."""
    opening = _OPENING.match(text)
    return bool(opening) and QUOTES not in text[opening.end() :]  # type: ignore[union-attr]


def unquoted(text: str) -> str:
    """The text without the \"\"\" around it, or around what follows a command."""
    opening = _OPENING.match(text)
    if not opening:
        return text
    inside, closing, after = text[opening.end() :].rpartition(QUOTES)
    if not closing:
        inside, after = after, ""
    return (opening[1] or "") + inside.strip("\n") + after.rstrip()


def _history(path: Path | None) -> History:
    """What was typed before, in a file for its owner's eyes; of this conversation alone where that fails."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    if path is None:
        return InMemoryHistory()

    class PrivateHistory(FileHistory):
        def store_string(self, string: str) -> None:
            with suppress(OSError):  # a full disk must not end the conversation
                super().store_string(string)

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600))
    except OSError:
        return InMemoryHistory()
    return PrivateHistory(path)


def _completer(complete: Complete) -> Any:
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.completion import Completion as Offer

    class Words(Completer):
        def get_completions(self, document: Any, event: Any) -> Iterator[Any]:
            text = document.text_before_cursor
            if text.startswith("/") and "\n" not in text:
                word = text[max(text.rfind(" "), text.rfind("=")) + 1 :]
                for replacement, meaning in complete(text):
                    yield Offer(replacement, start_position=-len(word), display_meta=meaning)

    return Words()


def _keys() -> KeyBindings:
    from prompt_toolkit.application import get_app
    from prompt_toolkit.enums import DEFAULT_BUFFER
    from prompt_toolkit.filters import Condition, has_focus
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()
    typing = has_focus(DEFAULT_BUFFER)
    whole = Condition(lambda: not is_open(get_app().current_buffer.text))

    @keys.add("enter", filter=typing & whole)
    def _send(event: Any) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter", filter=typing)
    def _break(event: Any) -> None:
        event.current_buffer.insert_text("\n")

    return keys
