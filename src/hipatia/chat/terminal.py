"""The conversation in a terminal or a pipe: ``hipatia chat [MODEL]``.

Answers go to stdout, everything else to stderr, so that ``echo "¿2+2?" | hipatia chat`` gives the answer
alone. Conversations are saved as rows that ``hipatia train --data`` reads.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from .. import i18n
from ..config import Config
from ..doctor import advise, probe
from ..engines import Engine
from ..errors import HipatiaError
from ..runs import write_atomically
from .session import ChatSession

COMMANDS = {
    "/new": "new",
    "/nueva": "new",
    "/save": "save",
    "/guardar": "save",
    "/help": "help",
    "/ayuda": "help",
    "/exit": "exit",
    "/salir": "exit",
}
# What a terminal could take for a command: all control characters but tab and line break.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def chat(config: Config, model: str | None = None, *, as_json: bool = False) -> int:
    """Open the model and talk until ``/exit`` or the end of the input; the exit code."""
    from ..catalog import open_engine

    talk = Console(stderr=True, highlight=False)
    for advice in advise(probe()):
        if advice.kind == "problem":
            talk.print(Text(" ".join(filter(None, [advice.message, advice.command])), style="yellow"))
    with talk.status(i18n.t("chat.loading")):
        engine = open_engine(model, config, say=lambda text: talk.print(Text(text)))
    return Terminal(engine, config, talk=talk, as_json=as_json).run()


class Terminal:
    """Reads lines, obeys commands, streams answers."""

    def __init__(
        self,
        engine: Engine,
        config: Config,
        *,
        out: Console | None = None,
        talk: Console | None = None,
        read: Callable[[str], str] | None = None,
        as_json: bool = False,
    ):
        system = config.chat.system_prompt[i18n.language()]  # type: ignore[index]
        self.session = ChatSession(engine, config.generation, system)
        self.folder = config.paths.conversations
        self.interactive = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
        self.talk = talk or Console(stderr=True, highlight=False)
        self.out = self.talk if as_json else out or Console(highlight=False)
        self.read = read or _reader(self.interactive)
        self.as_json = as_json
        self.saved_as: Path | None = None
        self.started = time.time()

    def run(self) -> int:
        """The conversation, to its end. 130 if Ctrl-C was pressed twice at the prompt, else 0."""
        self._greet()
        interrupts = 0
        while interrupts < 2:
            try:
                line = self.read(self._prompt()).strip()
                interrupts = 0
            except EOFError:
                break
            except KeyboardInterrupt:
                interrupts += 1
                self.talk.print()
                self._say("chat.interrupted")
                continue
            try:
                if line and not self._step(line):
                    break
            except HipatiaError as error:  # the conversation goes on
                self.talk.print(Text("\n".join(filter(None, [error.message, error.hint])), style="red"))
        if self.as_json:
            print(json.dumps(self._row(), ensure_ascii=False))
        return 130 if interrupts == 2 else 0

    def _step(self, line: str) -> bool:
        """Obey a command or answer a question; False to leave."""
        if not re.match(r"/[a-zá-ú]+\b", line):
            self._answer(line)
            return True
        name, _, rest = line.partition(" ")
        command = COMMANDS.get(name)
        if command == "new":
            self.session.new()
            self.saved_as, self.started = None, time.time()
            self._say("chat.new")
        elif command == "save":
            self._save(rest.strip())
        elif command == "help":
            self._say("chat.help")
        elif command is None:
            self._say("chat.unknown_command", name=name)
        return command != "exit"

    def _answer(self, question: str) -> None:
        if self.interactive:
            self.out.print(Text(i18n.t("chat.answer_prompt"), style="bold magenta"), end="")
        try:
            for chunk in self.session.ask(question):
                self.out.print(Text(printable(chunk.text)), end="", soft_wrap=True)
        except KeyboardInterrupt:
            self.session.finish_reason = "cancelled"
        self.out.print("\n" if self.interactive else "")
        if self.session.finish_reason in ("length", "cancelled", "error"):
            self._say(f"chat.finish.{self.session.finish_reason}")

    def _save(self, name: str) -> None:
        if not self.session.turns:
            self._say("chat.nothing_to_save")
            return
        if name or self.saved_as is None:
            self.saved_as = free_path(self.folder, name or time.strftime("%Y-%m-%d_%H%M%S"))
        text = json.dumps(self._row(), ensure_ascii=False, indent=1) + "\n"
        write_atomically(self.saved_as, text, mode=0o600)
        self._say("chat.saved", path=self.saved_as)

    def _row(self) -> dict[str, Any]:
        begun = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(self.started))
        model = self.session.engine.name
        return self.session.row(
            id=f"chat-{int(self.started)}", language=i18n.language(), model=model, started=begun
        )

    def _greet(self) -> None:
        self._say("chat.model", model=self.session.engine.describe())
        if self.interactive:
            self._say("chat.help_short")

    def _prompt(self) -> str:
        return i18n.t("chat.question_prompt") if self.interactive else ""

    def _say(self, key: str, **values: object) -> None:
        self.talk.print(Text(i18n.t(key, **values), style="dim"))


def printable(text: str) -> str:
    """The text without what a terminal could take for a command; a model's words are only shown."""
    return _CONTROL.sub("", text)


def free_path(folder: Path, name: str) -> Path:
    """A file of that name inside the folder that does not exist yet; the name cannot leave the folder."""
    stem = re.sub(r"[^\w.-]+", "-", name.removesuffix(".json")).strip(".-")[:80] or "chat"
    paths = (folder / f"{stem}{suffix}.json" for suffix in ("", *(f"-{n}" for n in range(2, 10_000))))
    return next(path for path in paths if not path.exists())


def _reader(interactive: bool) -> Callable[[str], str]:
    if interactive:
        with suppress(ImportError):  # line editing and history, where the system has it
            import readline  # noqa: F401
    return input
