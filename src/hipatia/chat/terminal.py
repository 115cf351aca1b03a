"""The conversation in a terminal or a pipe: ``hipatia chat [MODEL]``.

Answers go to stdout, everything else to stderr, so that ``echo "¿2+2?" | hipatia chat`` gives the answer
alone. ``commands`` has what begins with a slash; every conversation is saved after each answer.
"""

from __future__ import annotations

import gc
import json
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from .. import i18n
from ..config import Config, with_setting
from ..doctor import Facts, advise, probe
from ..errors import ConfigError, HipatiaError
from ..schema import Chunk
from . import commands, mathtext
from .answer import COMPUTED, Places, marked, show_live, show_plain
from .interrupts import ctrl_c_stops, keys_unseen, signals_end_it
from .opening import Nobody, NotEnoughMemory, Opened, open_model
from .prompt import Given, Lines, Piped, Typed
from .saved import Saved, as_time
from .session import ChatSession
from .store import Slot, Store

# What a conversation's file remembers of how its answers were written.
SAMPLING = ("temperature", "top_p", "max_new_tokens", "seed", "exact_arithmetic")
HISTORY = ".history"


def chat(
    config: Config,
    model: str | None = None,
    *,
    questions: Sequence[str] = (),
    resume: bool = False,
    as_json: bool = False,
) -> int:
    """Open the model and talk until ``/exit`` or the end of the input; the exit code.

    ``questions`` are asked instead of reading any; ``resume`` takes up the last conversation.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal of another encoding shows ? for ✓
    talk = Console(stderr=True, highlight=False)
    facts = probe()
    for advice in advise(facts):
        if advice.kind == "problem":
            tell(talk, " ".join(filter(None, [advice.message, advice.command])), "yellow")
    store = Store(config.paths.conversations_folder)
    last = store.newest(lambda text: tell(talk, text, "yellow")) if resume else None
    if resume and last is None:
        tell(talk, i18n.t("chat.nothing_to_continue"))
    opened = _open(model, last[1].model_argument if last else None, config, facts, talk)
    lines = _lines(config, questions)
    with signals_end_it():
        terminal = Terminal(opened, config, lines, talk=talk, as_json=as_json)
        try:
            return terminal.run(last)
        finally:
            terminal.opened.close()


class Terminal:
    """Reads questions, obeys commands, shows answers, saves the conversation."""

    def __init__(
        self,
        opened: Opened,
        config: Config,
        lines: Lines,
        *,
        out: Console | None = None,
        talk: Console | None = None,
        as_json: bool = False,
    ):
        self.opened = opened
        self.config = config
        self.lines = lines
        self.talk = talk or Console(stderr=True, highlight=False)
        self.out = self.talk if as_json else out or Console(highlight=False)
        self.as_json = as_json
        self.session = ChatSession(opened.engine, config.generation, opened.system)
        self.store = Store(config.paths.conversations_folder)
        self.own_system: str | None = None
        self.marks = config.chat.marks
        self.listed: list[Path] = []
        self.leaving = self.failed = self.interrupted = False
        self._complaint = ""
        self._knows_computed = False
        self.start_anew()

    @property
    def live(self) -> bool:
        """Whether answers are drawn on a terminal, rather than written into a pipe."""
        return self.out.is_terminal and not self.as_json

    # --- the loop ---------------------------------------------------------------------------------

    def run(self, last: tuple[Slot, Saved] | None = None) -> int:
        """The conversation (``last`` is gone on with), to its end.

        0, or 130 if Ctrl-C ended it (twice at the prompt, once in a script), or 2 for a script some of whose
        questions failed.
        """
        self.say("chat.model", model=self.opened.engine.describe())
        if last:
            self.load(*last)
        elif self.lines.interactive:
            self.say("chat.help_short")
        while not self.leaving:
            try:
                line = self.lines.read().strip()
                self.interrupted = False
            except EOFError:
                break
            except KeyboardInterrupt:
                self.leaving = self.interrupted or not self.lines.interactive
                self.interrupted = True
                self.say("chat.interrupted")
                continue
            self.step(line)
        if self.as_json:
            print(json.dumps(self.saved().row(), ensure_ascii=False, indent=2))
        if self.leaving and self.interrupted:
            return 130
        return 2 if self.failed and not self.lines.interactive else 0

    def step(self, line: str) -> None:
        """Obey a command or answer a question; a mistake is told, and the conversation goes on."""
        try:
            if found := commands.parse(line):
                commands.run(self, *found)
            elif line:
                self.answer(self.session.ask(line))
        except KeyboardInterrupt:
            self.say("chat.stopped")
            self._end_script()
        except HipatiaError as error:
            self.failed = True
            tell(self.talk, "\n".join(filter(None, [error.message, error.hint])), "red")

    def _end_script(self) -> None:
        """Ctrl-C ends what is under way; where nobody is at the keys, everything."""
        if not self.lines.interactive:
            self.leaving = self.interrupted = True

    # --- answers ----------------------------------------------------------------------------------

    def answer(self, chunks: Iterator[Chunk], begun: str = "") -> None:
        """Show an answer while it is written, which Ctrl-C stops; keep it, and say why it ended early."""
        before = self.session.turns
        if self.live:
            self.out.print(Text(i18n.t("chat.answer_prompt"), style="bold magenta"))
        try:
            with ctrl_c_stops(self.session), keys_unseen():
                if self.live:
                    self._tell_of(show_live(chunks, self.out, begun, marks=self.marks))
                else:
                    show_plain(chunks, self.out)
        except KeyboardInterrupt:
            pass
        finally:
            if self.session.turns is not before:
                self.save()
        if self.session.turns is before:
            self.say("chat.nothing_written")
        elif self.session.finish_reason in ("length", "cancelled", "error"):
            self.say(f"chat.finish.{self.session.finish_reason}")
        if self.session.finish_reason == "cancelled":
            self._end_script()
        if self.live:
            self.out.print()

    def _tell_of(self, computed: Places) -> None:
        """What the sign after computed values means, the first time."""
        if computed and not self._knows_computed:
            self._knows_computed = True
            self.say("chat.computed", sign=COMPUTED)

    def show_turn(self) -> None:
        """The last question with its answer, as they were when they were new."""
        turn = self.session.turns[-1]
        question = f"{i18n.t('chat.question_prompt')}{mathtext.render(turn.question)}"
        self.out.print(Text(question, style="dim"), soft_wrap=True)
        self.out.print(Text(i18n.t("chat.answer_prompt"), style="bold magenta"))
        marks = marked(turn.answer) if self.marks else []
        self.out.print(mathtext.renderable(turn.answer, marks))
        self.out.print()

    # --- the conversation and its file --------------------------------------------------------------

    def start_anew(self) -> None:
        """Another conversation, with the same model, prompt and settings."""
        self.session.new()
        self.slot = Slot(self.store)
        name = f"chat-{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:6]}"
        self._file = Saved(id=name, created=as_time(time.time()))

    def saved(self) -> Saved:
        """The conversation as its file is to have it."""
        engine, options = self.session.engine, self.session.options
        return self._file.with_turns(
            self.session.turns,
            self.own_system,
            language=i18n.language(),
            model={
                "name": engine.name,
                "argument": self.opened.argument,
                "description": engine.describe(),
            },
            settings={
                **{name: getattr(options, name) for name in SAMPLING},
                "system_prompt": self.session.system,
            },
        )

    def save(self) -> None:
        """Write the conversation to its file, if the settings want that; a full disk is told once."""
        if not self.config.chat.save:
            return
        try:
            if not self.slot.write(self.saved()):
                self.say("chat.changed_elsewhere", path=self.slot.path)
            self._complaint = ""
        except HipatiaError as error:
            if error.message != self._complaint:
                tell(self.talk, i18n.t("chat.not_saved", reason=error.message), "yellow")
            self._complaint = error.message

    def load(self, slot: Slot, saved: Saved) -> None:
        """Go on with a saved conversation: its turns, its own system prompt, its settings."""
        self.session.new(saved.turns)
        self.slot, self._file = slot, saved
        self.set_system(saved.system)
        for name in SAMPLING:
            untouched = getattr(self.config.generation, name) == getattr(Config().generation, name)
            if untouched and name in saved.settings:
                with suppress(ConfigError):
                    self.set_sampling(name, str(saved.settings[name]))
        self.say("chat.loaded", name=slot.path.stem if slot.path else "", turns=len(saved.turns))
        if saved.model_name and saved.model_name != self.session.engine.name:
            self.say("chat.other_model", name=saved.model_name)
        if self.lines.interactive:
            self.show_turn()

    # --- what commands change -----------------------------------------------------------------------

    def set_system(self, text: str | None) -> None:
        """The user's own system prompt, empty for none; None for the model's."""
        self.own_system = text
        self.session.system = self.opened.system if text is None else text

    def set_sampling(self, name: str, text: str) -> None:
        """Change a setting of how answers are written. Raises ConfigError for a value that it cannot have."""
        self.config = with_setting(self.config, f"generation.{name}", text)
        self.session.options = self.config.generation.interjecting(self.session.options.interject)

    def switch(self, model: str) -> None:
        """Go on with another model. Where both do not fit, the old one leaves, and comes back if need be."""
        try:
            opened = self._load(model)
        except NotEnoughMemory:
            old = self.opened.argument
            self._drop()
            try:
                opened = self._load(model)
            except HipatiaError:
                self._use(self._load(old))
                raise
        else:
            self._drop()
        self._use(opened)

    def _load(self, model: str) -> Opened:
        with self.talk.status(i18n.t("chat.loading")), keys_unseen():
            return open_model(model, self.config, probe(), say=lambda text: tell(self.talk, text))

    def _drop(self) -> None:
        self.opened.close()
        self.opened = replace(self.opened, engine=Nobody())
        self.session.engine = self.opened.engine
        gc.collect()

    def _use(self, opened: Opened) -> None:
        self.opened, self.session.engine = opened, opened.engine
        self.set_system(self.own_system)
        self.say("chat.model", model=opened.engine.describe())

    # --- what is said beside the answers --------------------------------------------------------------

    def say(self, key: str, **values: object) -> None:
        """A sentence on stderr."""
        tell(self.talk, i18n.t(key, **values))

    def show(self, view: RenderableType) -> None:
        """A table on stderr."""
        self.talk.print(view)


def tell(talk: Console, text: str, style: str = "dim") -> None:
    """A sentence, on as many lines as a terminal makes of it; elsewhere on one."""
    talk.print(Text(text, style=style), soft_wrap=not talk.is_terminal)


def _open(model: str | None, before: str | None, config: Config, facts: Facts, talk: Console) -> Opened:
    """The model that was asked for, else the one of the conversation gone on with, else the usual one."""

    def say(text: str) -> None:
        tell(talk, text)

    with talk.status(i18n.t("chat.loading")), keys_unseen():
        if model is None and before is not None:
            try:
                return open_model(before, config, facts, say)
            except HipatiaError as error:
                say(i18n.t("chat.model_gone", model=before, reason=error.message))
        return open_model(model, config, facts, say)


def _lines(config: Config, questions: Sequence[str]) -> Lines:
    if questions:
        return Given(questions)
    if not sys.stdin.isatty():
        return Piped(sys.stdin)
    history = config.paths.conversations_folder / HISTORY if config.chat.save else None
    return Typed(history, lambda text: commands.complete(text, config))
