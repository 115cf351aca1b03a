"""A report that can be shown to strangers: ``report(facts, advice)`` without names, home folders or secrets."""

from __future__ import annotations

import getpass
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .. import __version__
from ..redaction import redact
from .capacity import Capacity
from .facts import Facts
from .remarks import Advice

_SHORTEST_NAME = 3
_COMMON_NAMES = {"root", "user", "admin", "ubuntu", "python"}  # they tell nobody's name
_SHAPES = (
    (re.compile(r"(?i)\b([a-z]:[\\/]+users[\\/]+)[^\\/\s\"',;:]+"), r"\1<user>"),
    (re.compile(r"(?<![\w.])(/(?:home|Users)/)[^/\s\"',;:]+"), r"\1<user>"),
    (re.compile(r"\b(GPU|MIG)-[0-9a-f]{8}[0-9a-f-]*", re.IGNORECASE), r"\1-<id>"),
    (re.compile(r"(\w://)[^\s/@]+@"), r"\1<user>@"),
)


def report(facts: Facts, advice: list[Advice], capacities: list[Capacity]) -> dict[str, Any]:
    """Everything that was found, as JSON for a bug report."""
    known = asdict(facts)
    known["cached_models"] = None if facts.cached_models is None else len(facts.cached_models)
    found = {
        "hipatia": __version__,
        "facts": known,
        "capacity": [asdict(one) for one in capacities],
        "advice": [asdict(one) for one in advice],
    }
    names = [_login_name(), Path.home().name, platform.node()]
    return dict(anonymous(found, str(Path.home()), names))


def anonymous(value: Any, home: str, names: list[str]) -> Any:
    """The value with every text in it freed of the home folder, of these names and of secrets."""
    if isinstance(value, str):
        return _clean(value, home, names)
    if isinstance(value, Mapping):
        return {key: anonymous(one, home, names) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [anonymous(one, home, names) for one in value]
    return value


def _clean(text: str, home: str, names: list[str]) -> str:
    text = redact(text)
    if len(home) > _SHORTEST_NAME:
        text = text.replace(home, "~")
    for shape, stand_in in _SHAPES:
        text = shape.sub(stand_in, text)
    for name in names:
        if len(name) >= _SHORTEST_NAME and name.lower() not in _COMMON_NAMES:
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", "<user>", text)
    return text


def _login_name() -> str:
    """The name that this user logs in by; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
