"""What typer leaves open: options that stand anywhere, help and usage errors in the user's language.

arguments = hoist(sys.argv[1:])
i18n.set_language(early_language(arguments, os.environ))
localize(typer.main.get_command(app)).main(arguments, standalone_mode=False)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from . import i18n

FLAGS = ("--json", "--debug")
WITH_VALUE = ("--set", "--config", "--language")

# typer has these words in English only; each takes the place of a sentence of locale/*/cli.json.
FIXED_WORDS = {
    "Usage: ": "usage",
    "\nOptions:\n": "options",
    "\nArguments:\n": "arguments",
    "\nCommands:\n": "commands",
    "[OPTIONS]": "options_metavar",
    "COMMAND [ARGS]...": "command_metavar",
    "[required]": "required",
}
USAGE_ERRORS = {
    r"No such option: (?P<name>\S+)": "no_option",
    r"No such command '(?P<name>.*?)'": "no_command",
    r"Missing (argument|option|parameter) '(?P<name>.*?)'": "missing",
    r"Missing command": "missing_command",
    r"Option '(?P<name>.*)' requires an argument": "needs_value",
    r"Got unexpected extra arguments?(\(s\))? \((?P<name>.*)\)": "too_many",
    r"Invalid value for '(?P<name>.*?)': ": "bad_value",
}


def hoist(arguments: Sequence[str]) -> list[str]:
    """The arguments with the options of every command, wherever they stood, moved to the front."""
    front: list[str] = []
    rest: list[str] = []
    items = iter(arguments)
    for item in items:
        if item == "--":
            rest += [item, *items]
        elif item in FLAGS or item.startswith(tuple(f"{name}=" for name in WITH_VALUE)):
            front.append(item)
        elif item in WITH_VALUE:
            value = next(items, None)
            if value is None:
                return [item]  # typer then says what it lacks
            front += [item, value]
        else:
            rest.append(item)
    return front + rest


def early_language(arguments: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """The language to speak before the configuration is loaded; None: the system's."""
    given = _values(arguments)
    sets = [item.partition("=")[2] for item in given["--set"] if item.startswith("language=")]
    wanted = [*given["--language"], *sets, environ.get("HIPATIA_LANGUAGE", "")]
    with suppress(OSError, ValueError):
        text = Path([*given["--config"], "hipatia.yaml"][0]).read_text(encoding="utf-8-sig")
        wanted += re.findall(r"^language\s*:\s*[\"']?(\w+)", text, flags=re.MULTILINE)
    return next((one for one in wanted if one in i18n.LANGUAGES), None)


def _values(arguments: Sequence[str]) -> dict[str, list[str]]:
    """The values given to the options of every command, of hoisted arguments."""
    found: dict[str, list[str]] = {name: [] for name in WITH_VALUE}
    for index, item in enumerate(arguments):
        name, equals, value = item.partition("=")
        if name in found:
            found[name] += [value] if equals else arguments[index + 1 : index + 2]
    return found


def translate_fixed(text: str) -> str:
    """The text with typer's own English words in the language in force."""
    for english, name in FIXED_WORDS.items():
        core = english.strip("\n")
        text = text.replace(english, english.replace(core, i18n.t(f"cli.fixed.{name}")))
    return text


class Command(TyperCommand):
    """A command whose help is in the user's language."""

    def get_help(self, ctx: Any) -> str:
        return translate_fixed(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in the user's language."""

    def get_help(self, ctx: Any) -> str:
        return translate_fixed(super().get_help(ctx))


def localize(command: Any, parent: Any = None) -> Any:
    """Put the help of a command and of all below it into words; helps are keys of ``cli.json``."""
    context = typer.Context(command, parent=parent, info_name=command.name)
    command.help, command.epilog = _words(command.help), _words(command.epilog)
    command.short_help = None
    for parameter in command.get_params(context):
        parameter.help = i18n.t("cli.help") if "--help" in parameter.opts else _words(parameter.help)
        parameter.metavar = _words(parameter.metavar)
    for child in getattr(command, "commands", {}).values():
        localize(child, context)
    return command


def _words(key: str | None) -> str | None:
    return i18n.t(key) if key and i18n.has(key) else key


def usage_error(error: typer.TyperException) -> tuple[str, str]:
    """Message and hint for a command line that typer cannot read."""
    message = error.format_message()
    for pattern, name in USAGE_ERRORS.items():
        if match := re.match(pattern, message):
            rest = message[match.end() :]
            meant = re.findall(r"(?:Did you mean|Possible options:) ([^?)]+)", rest)
            message = i18n.t(f"cli.usage.{name}", rest=rest, **({"name": ""} | match.groupdict()))
            message += f" {i18n.t('cli.usage.meant', names=meant[0])}" if meant else ""
            break
    command = getattr(getattr(error, "ctx", None), "command_path", "hipatia")
    return message, i18n.t("cli.usage.hint", command=command)
