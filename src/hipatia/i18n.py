"""User-facing sentences in Spanish and English: ``t("data.file_missing", path=path)``.

Sentences live in ``locale/<language>/<room>.json``, one flat JSON object a room; the key
``data.file_missing`` is ``file_missing`` in ``data.json``. Placeholders are ``str.format`` fields.
"""

from __future__ import annotations

import json
import locale
import os
import sys
from functools import cache
from pathlib import Path

LANGUAGES = ("es", "en")
_current: list[str] = []


@cache
def catalog(language: str) -> dict[str, str]:
    """All sentences of a language, keyed ``room.name``."""
    folder = Path(__file__).parent / "locale" / language
    return {
        f"{path.stem}.{name}": sentence
        for path in sorted(folder.glob("*.json"))
        for name, sentence in json.loads(path.read_text(encoding="utf-8")).items()
    }


def detect_language() -> str:
    """Spanish unless the environment's locale is set to another language."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value and value.split(".")[0] not in ("C", "POSIX"):
            return "es" if value.lower().startswith("es") else "en"
    # Elsewhere getlocale() says en_US for the C locale, so it is asked only where no variable is usual.
    windows = (locale.getlocale()[0] or "") if sys.platform == "win32" else ""
    return "en" if windows.lower().startswith("en") else "es"


def set_language(language: str | None) -> None:
    """Choose the language of all further sentences; ``None`` goes back to the locale's."""
    _current[:] = [language] if language else []


def language() -> str:
    """The language in force: ``es`` or ``en``."""
    if not _current:
        _current.append(detect_language())
    return _current[0]


def has(key: str) -> bool:
    """Whether a sentence exists (in Spanish, the language that has them all)."""
    return key in catalog("es")


def t(key: str, /, **values: object) -> str:
    """The sentence ``key`` in the language in force, with its placeholders filled."""
    return catalog(language())[key].format(**values)


def number(value: float, places: int) -> str:
    """A number with so many decimals and the decimal mark of the language in force."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language() == "es" else text
