"""Secrets never reach what is printed, logged or saved: ``redact(text)``.

    install()                              # logs and tracebacks of this process, once
    print(redact(text), file=sys.stderr)

Taken out are the Hugging Face tokens that this machine has (in the environment, in the token files),
whatever has the shape of one, bearer credentials and passwords in addresses.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

MASK = "[***]"
VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
_SHORTEST = 8  # a shorter "token" is a word that occurs in plain text
_SHAPES = (
    (re.compile(r"\b(?:hf|api_org)_[A-Za-z0-9]{16,}"), MASK),
    (re.compile(r"\b(Bearer\s+)[\w.~+/-]{16,}=*", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"(\w://[^\s/:@]*:)[^\s/@]+(?=@)"), rf"\1{MASK}"),
)


def redact(text: str) -> str:
    """The text without secrets."""
    for secret in set(_known()):
        text = text.replace(secret, MASK)
    for shape, mask in _SHAPES:
        text = shape.sub(mask, text)
    return text


def token_file() -> Path:
    """Where the hub's own library keeps the token, by the same variables, without importing it."""
    home = os.environ.get("HF_HOME") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or "~/.cache", "huggingface"
    )
    path = os.environ.get("HF_TOKEN_PATH") or os.path.join(home, "token")
    return Path(os.path.expandvars(os.path.expanduser(path)))


def _known() -> Iterator[str]:
    values = [os.environ.get(name, "") for name in VARIABLES]
    with suppress(OSError, ValueError):
        values.append(token_file().read_text(encoding="utf-8"))
    yield from (value.strip() for value in values if len(value.strip()) >= _SHORTEST)


def install() -> None:
    """From here on log records and tracebacks of uncaught exceptions are redacted."""
    if not isinstance(logging.getLogRecordFactory(), _Records):
        logging.setLogRecordFactory(_Records(logging.getLogRecordFactory()))
    sys.excepthook = _print_redacted


def _print_redacted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    print(redact("".join(traceback.format_exception(kind, error, trace))), file=sys.stderr, end="")


class _Records:
    """Makes log records that hold no secret, whoever logs and wherever it goes."""

    def __init__(self, make: Any):
        self._make = make

    def __call__(self, *args: Any, **named: Any) -> logging.LogRecord:
        record: logging.LogRecord = self._make(*args, **named)
        try:
            text = record.getMessage()
        except (TypeError, ValueError):  # logging itself would print the arguments to complain of them
            text = f"{record.msg} {record.args}"
        if (safe := redact(text)) != text:
            record.msg, record.args = safe, None
        if record.exc_info and record.exc_info[1]:
            record.exc_text = redact("".join(traceback.format_exception(record.exc_info[1])).rstrip())
        return record
