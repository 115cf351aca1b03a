"""What begins with a slash: ``/nueva``, ``/set temperature 0.7``, ``/load sumas``.

if found := parse(line):
    run(terminal, *found)          # (command, the rest of the line)

A command is a function of the terminal and of what follows its name. Each is known by an English name and by
Spanish ones, with or without accents; the help and the completion show those of the language in force.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from .. import i18n
from ..config import Config
from ..errors import DataError
from ..runs import ADAPTER
from . import views
from .batch import run_batch
from .export import export
from .store import Store, fold

if TYPE_CHECKING:
    from .terminal import Terminal

_COMMAND = re.compile(r"/([^\W\d_]+)(?=\s|$)\s*", re.UNICODE)
_WORD = re.compile(r'"([^"]+)"|(\S+)')
_ON, _OFF = {"on", "si", "yes", "1"}, {"off", "no", "0"}
_SETTINGS = {
    "temperature": "temperature",
    "temperatura": "temperature",
    "top_p": "top_p",
    "max_tokens": "max_new_tokens",
    "max_new_tokens": "max_new_tokens",
    "seed": "seed",
    "semilla": "seed",
}
_PROMPTS = {"auto": None, "off": ""}


@dataclass(frozen=True)
class Command:
    """``names``: English, Spanish, then more of either. ``words`` gives what may follow, for completion."""

    run: Callable[[Terminal, str], None]
    names: tuple[str, ...]
    words: Callable[[Config], Iterable[str]] = lambda config: ()
    takes_file: bool = False

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return self.names[1 if i18n.language() == "es" else 0]


def parse(line: str) -> tuple[str, str] | None:
    """(name, rest) of a line that is a command; None for a question, such as "/2 es la mitad?"."""
    found = _COMMAND.match(line)
    return (found[1], line[found.end() :].strip()) if found else None


def run(chat: Terminal, name: str, rest: str) -> None:
    """Obey. Raises HipatiaError, also for a name that no command has."""
    command = find(name)
    if command is None:
        near = difflib.get_close_matches(fold(name), _BY_NAME, n=1)
        key = "chat.unknown_command_near" if near else "chat.unknown_command"
        raise DataError.of(key, name=f"/{name}", near=f"/{_BY_NAME[near[0]].name}" if near else "")
    command.run(chat, rest)


def find(name: str) -> Command | None:
    """The command of that name, accents and capitals aside."""
    return _BY_NAME.get(fold(name))


def complete(text: str, config: Config) -> Iterator[tuple[str, str]]:
    """What may stand in the place of the last word of an unfinished command, and what it is."""
    found = _COMMAND.match(text)
    if found is None or found.end() == len(found[0].rstrip()) == len(text):
        for command in COMMANDS:
            names = [name for name in command.names if fold(name).startswith(fold(text[1:]))]
            if names:
                shown = command.name if command.name in names else names[0]
                yield f"/{shown}", i18n.t(f"chat.help.{command.names[0]}")
        return
    chosen = find(found[1])
    word = text[max(text.rfind(" "), text.rfind("=")) + 1 :]
    if chosen and " " not in text[found.end() :]:
        words = _files(word) if chosen.takes_file else chosen.words(config)
        yield from ((one, "") for one in words if fold(one).startswith(fold(word)))


# --- the conversation -----------------------------------------------------------------------------


def _new(chat: Terminal, rest: str) -> None:
    chat.start_anew()
    chat.say("chat.new")


def _regenerate(chat: Terminal, rest: str) -> None:
    _need_turns(chat)
    temperature = chat.config.chat.regenerate_temperature
    if not chat.session.options.temperature:
        chat.say("chat.regenerating", temperature=i18n.number(temperature, 1))
    chat.answer(chat.session.regenerate(temperature))


def _edit(chat: Terminal, rest: str) -> None:
    _need_turns(chat)
    if not rest and chat.lines.interactive:
        with suppress(EOFError):
            rest = chat.lines.read(default=chat.session.turns[-1].question).strip()
    if rest:
        chat.answer(chat.session.edit(rest))


def _undo(chat: Terminal, rest: str) -> None:
    _need_turns(chat)
    turn = chat.session.undo()
    if chat.session.turns:
        chat.save()
    else:
        chat.slot.discard()
    chat.say("chat.undone", question=views.short(turn.question))


def _continue(chat: Terminal, rest: str) -> None:
    _need_turns(chat)
    chat.answer(chat.session.resume(), begun=chat.session.turns[-1].answer)


def _solution(chat: Terminal, rest: str) -> None:
    """Outright, whatever the tutor would rather do: for the exercise given, else for the one at hand."""
    if not rest:
        _need_turns(chat)
    wish = i18n.t("chat.solution_request")
    chat.answer(chat.session.ask(f"{rest}\n\n{wish}" if rest else wish))


# --- saved conversations --------------------------------------------------------------------------


def _save(chat: Terminal, rest: str) -> None:
    _need_turns(chat)
    if rest:
        chat.slot.rename(rest, chat.saved())
    else:
        chat.slot.write(chat.saved())
    chat.say("chat.saved", path=chat.slot.path)


def _load(chat: Terminal, rest: str) -> None:
    if not rest:
        _list(chat, "")
        return
    chat.load(*chat.store.take_up(_chosen(chat, rest)))


def _list(chat: Terminal, rest: str) -> None:
    most = int(rest) if rest.isdecimal() else 20
    found = [one for one, _ in zip(chat.store.readable(), range(most), strict=False)]
    if not found:
        chat.say("chat.none_saved", folder=chat.store.folder)
        return
    chat.listed = [path for path, _ in found]
    found_here = [(path, saved, saved.title) for path, saved in found]
    chat.show(views.conversations(found_here, chat.talk.width))
    chat.say("chat.how_to_load")


def _search(chat: Terminal, rest: str) -> None:
    if not rest:
        raise DataError.of("chat.search_what")
    found = list(chat.store.search(rest))
    if not found:
        chat.say("chat.none_found", text=rest)
        return
    chat.listed = [path for path, _, _ in found]
    chat.show(views.conversations(found, chat.talk.width))
    chat.say("chat.how_to_load")


def _export(chat: Terminal, rest: str) -> None:
    _need_turns(chat)
    kind, _, target = rest.partition(" ")
    stem = chat.slot.path.stem if chat.slot.path else chat.saved().id
    path = export(chat.saved(), kind or "md", target.strip(), stem)
    chat.say("chat.exported", path=path)


# --- model and settings ---------------------------------------------------------------------------


def _model(chat: Terminal, rest: str) -> None:
    if rest:
        chat.switch(rest)
        return
    chat.say("chat.model", model=chat.opened.engine.describe())
    chat.say("chat.models", names=", ".join(_models(chat.config)))


def _system(chat: Terminal, rest: str) -> None:
    if rest:
        tutor = chat.config.chat.tutor_prompt[i18n.language()]  # type: ignore[index]
        chat.set_system({**_PROMPTS, "tutor": tutor}.get(rest.lower(), rest))
        if chat.session.turns:
            chat.save()
    shown = chat.session.system or i18n.t("chat.no_system")
    chat.show(Text(shown, style="dim"))
    if not rest:
        chat.say("chat.how_to_system")


def _set(chat: Terminal, rest: str) -> None:
    name, _, value = re.sub(r"\s*[= ]\s*", " ", rest, count=1).partition(" ")
    if name:
        setting = _SETTINGS.get(fold(name).replace("-", "_"))
        if setting is None or not value:
            raise DataError.of("chat.set_what", names=", ".join(_setting_names(chat.config)))
        chat.set_sampling(setting, value.strip().replace(",", "."))
        if chat.session.turns:
            chat.save()
    options = chat.session.options
    chat.say(
        "chat.settings",
        temperature=_shown(options.temperature),
        top_p=_shown(options.top_p),
        max_tokens=options.max_new_tokens,
        seed=options.seed,
    )


def _shown(value: float) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if i18n.language() == "es" else text


def _marks(chat: Terminal, rest: str) -> None:
    chat.marks = _switched(chat.marks, rest)
    chat.say("chat.marks.on" if chat.marks else "chat.marks.off")


def _exact(chat: Terminal, rest: str) -> None:
    exact = _switched(chat.session.options.exact_arithmetic, rest)
    chat.set_sampling("exact_arithmetic", str(exact))
    if chat.session.turns:
        chat.save()
    chat.say("chat.exact.on" if exact else "chat.exact.off")


def _stats(chat: Terminal, rest: str) -> None:
    chat.show(views.stats(chat.session))


def _batch(chat: Terminal, rest: str) -> None:
    words = [first or second for first, second in _WORD.findall(rest)]
    if not 1 <= len(words) <= 2:
        raise DataError.of("chat.batch_what")
    run_batch(chat, Path(words[0]).expanduser(), Path(words[1]).expanduser() if len(words) == 2 else None)


def _help(chat: Terminal, rest: str) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    wide = chat.talk.width >= views.WIDE
    for command in COMMANDS:
        usage = i18n.t(f"chat.usage.{command.names[0]}")
        other = command.names[0 if i18n.language() == "es" else 1]
        also = f"(/{other})" if other != command.name else ""
        name = Text.assemble((f"/{command.name}", "bold"), f" {usage}".rstrip())
        meaning = Text(i18n.t(f"chat.help.{command.names[0]}"), overflow="fold")
        table.add_row(name, *([Text(also, "dim")] if wide else []), meaning)
    chat.show(table)
    chat.say("chat.help_keys")


def _exit(chat: Terminal, rest: str) -> None:
    chat.leaving = True


# --- what they share ------------------------------------------------------------------------------


def _need_turns(chat: Terminal) -> None:
    if not chat.session.turns:
        raise DataError.of("chat.nothing_yet")


def _switched(now: bool, word: str) -> bool:
    """On or off as the word says; without one, the other way. Raises DataError for another word."""
    if fold(word) not in _ON | _OFF | {""}:
        raise DataError.of("chat.on_or_off")
    return fold(word) in _ON if word else not now


def _chosen(chat: Terminal, name: str) -> Path:
    """The conversation that a number of the last list means (of ``/list``, if none was shown), or a name."""
    if name.isdecimal():
        listed = chat.listed or [path for path, _ in chat.store.readable()]
        if 1 <= int(name) <= len(listed):
            return listed[int(name) - 1]
    return chat.store.find(name)


def _conversations(config: Config) -> list[str]:
    return [path.stem for path in Store(config.paths.conversations_folder).paths()]


def _models(config: Config) -> list[str]:
    runs = config.paths.runs
    found = sorted(path.name for path in runs.iterdir() if (path / ADAPTER).is_dir()) if runs.is_dir() else []
    return ["embedded", *found]


def _setting_names(config: Config) -> Sequence[str]:
    spanish = ("temperatura", "top_p", "max_tokens", "semilla")
    return spanish if i18n.language() == "es" else ("temperature", "top_p", "max_tokens", "seed")


def _files(word: str) -> list[str]:
    """Paths that begin so; folders end in a slash."""
    path = Path(word).expanduser()
    folder, beginning = (path, "") if word.endswith(("/", "\\")) or not word else (path.parent, path.name)
    prefix = word[: len(word) - len(beginning)]
    try:
        found = [one for one in folder.iterdir() if one.name.startswith(beginning) and one.name[0] != "."]
    except OSError:
        return []
    return sorted(f"{prefix}{one.name}" + ("/" if one.is_dir() else "") for one in found)


COMMANDS = (
    Command(_new, ("new", "nueva")),
    Command(_solution, ("solution", "solución")),
    Command(_regenerate, ("regen", "otra", "regenerar")),
    Command(_continue, ("continue", "continuar", "sigue")),
    Command(_edit, ("edit", "editar")),
    Command(_undo, ("undo", "deshacer")),
    Command(_list, ("list", "lista", "listar")),
    Command(_search, ("search", "buscar")),
    Command(_load, ("load", "cargar", "abrir"), _conversations),
    Command(_save, ("save", "guardar")),
    Command(_export, ("export", "exportar"), lambda config: ("md", "json")),
    Command(_model, ("model", "modelo"), _models),
    Command(_system, ("system", "sistema"), lambda config: ("auto", "tutor", "off")),
    Command(_set, ("set", "ajustar", "fijar"), _setting_names),
    Command(_marks, ("marks", "marcas"), lambda config: ("on", "off")),
    Command(_exact, ("exact", "exacta"), lambda config: ("on", "off")),
    Command(_batch, ("batch", "tanda", "lote"), takes_file=True),
    Command(_stats, ("stats", "estadísticas")),
    Command(_help, ("help", "ayuda")),
    Command(_exit, ("exit", "salir", "quit")),
)
_BY_NAME = {fold(name): command for command in COMMANDS for name in command.names}
