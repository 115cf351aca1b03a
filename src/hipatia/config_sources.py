"""Where the values of settings come from: a YAML file, the environment, ``--set``. Used by ``load_config``.

Nothing here knows the settings but by their dotted names, so that a wrong name can be answered with the
one that was meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any

import yaml

from . import i18n
from .errors import ConfigError

DEFAULT_FILE = "hipatia.yaml"
ENVIRONMENT_PREFIX = "HIPATIA_"


@dataclass(frozen=True, slots=True)
class Given:
    """One value that somebody gave. Text (from a shell) has yet to get the setting's type."""

    name: str
    value: Any
    source: str
    is_text: bool = False


def from_file(file: str | Path | None, names: Collection[str]) -> list[Given]:
    """The values of a YAML file; of ``hipatia.yaml``, if there is one, where ``file`` is None."""
    path = Path(file or DEFAULT_FILE)
    if file is None and not path.exists():
        return []
    if not path.is_file():
        raise ConfigError.of("config.file_missing", path=path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError.of("config.not_yaml", path=path, line=line, reason=error.problem) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigError.of("config.unreadable", path=path, reason=error) from error
    if not isinstance(content, dict | NoneType):
        raise ConfigError.of("config.not_mapping", path=path)
    return [Given(name, value, str(path)) for name, value in _flatten(content or {}, names)]


def _flatten(tree: Mapping[Any, Any], names: Collection[str], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted names and values of nested sections; a section with nothing in it is no value."""
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if name not in names and isinstance(value, dict) and value:
            yield from _flatten(value, names, f"{name}.")
        elif value or name in names or not _is_section(name, names):
            yield name, value


def from_environment(
    environ: Mapping[str, str], names: Iterable[str], problems: list[str]
) -> Iterator[Given]:
    """``HIPATIA_TRAINING_LEARNING_RATE`` and its like; unknown ones are added to ``problems``."""
    variables = {ENVIRONMENT_PREFIX + name.upper().replace(".", "_"): name for name in names}
    for variable in sorted(name for name in environ if name.startswith(ENVIRONMENT_PREFIX)):
        if variable in variables:
            yield Given(variables[variable], environ[variable], variable, is_text=True)
        else:
            problems.append(_did_you_mean("config.unknown_variable", variable, variables))


def from_sets(sets: Iterable[str], problems: list[str]) -> Iterator[Given]:
    """``a.b=value`` texts; ones without ``=`` are added to ``problems``."""
    for item in sets:
        name, equals, text = item.partition("=")
        if equals:
            yield Given(name.strip(), text, "--set", is_text=True)
        else:
            problems.append(i18n.t("config.bad_set", item=item))


def unknown(item: Given, names: Collection[str]) -> str:
    """The sentence about a name that is no setting's."""
    if _is_section(item.name, names):
        return i18n.t("config.is_section", name=item.name, source=item.source)
    same_end = [name for name in names if name.split(".")[-1] == item.name.split(".")[-1]]
    return _did_you_mean("config.unknown", item.name, same_end or names, source=item.source)


def _is_section(name: str, names: Iterable[str]) -> bool:
    return any(known.startswith(f"{name}.") for known in names)


def _did_you_mean(key: str, name: str, known: Iterable[str], **values: object) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    sentence = i18n.t(key, name=name, **values)
    return f"{sentence} {i18n.t('config.did_you_mean', name=close[0])}" if close else sentence
