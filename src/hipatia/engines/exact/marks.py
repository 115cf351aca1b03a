"""Which decimal mark a text uses, and how it groups thousands.

decimal_mark(["2,5", "1,75"], "", "")              # ","
decimal_mark(["1.250", "750"], "", "¿Cuánto es?")  # "," : in Spanish a point before three digits groups
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...datamodule.topics import detect_language
from ...numerals import NUMERAL, tagged

_RECENT = 2000  # characters in which other numbers count


def numeral(written: str) -> str:
    """A number as ``numerals`` reads it, without LaTeX's own spaces and commas."""
    return written.replace("{,}", ",").replace("\\,", "\u202f")


def decimal_mark(numerals: Sequence[str], text: str, question: str) -> str | None:
    """The decimal mark under which to read and to write; None where the numerals leave a doubt."""
    read = [tagged(written) for written in numerals]
    if not all(read):
        return None
    own = {found[0][0] for found in read if len(found) == 1} - {""}
    if own:
        return own.pop() if len(own) == 1 else None
    others = _shown_mark(text[-_RECENT:]) or _shown_mark(question[-_RECENT:])
    if others:
        return others
    if detect_language(question + " " + text) == "en":
        return "."
    # A comma before three digits groups in Mexico and is a decimal mark in Spain.
    return (
        None
        if any(len(found) > 1 and "," in written for written, found in zip(numerals, read, strict=True))
        else ","
    )


def _shown_mark(text: str) -> str | None:
    """The decimal mark of the last number that can be read in one way alone."""
    for found in reversed(re.findall(NUMERAL.pattern, text)):
        read = tagged(found)
        if len(read) == 1 and read[0][0]:
            return read[0][0]
    return None


def group_separator(numerals: Sequence[str], mark: str) -> str:
    """What the numerals have between thousands: a space, a point, a comma, an apostrophe, or nothing."""
    for written in numerals:
        grouped = re.match(r"[0-9]{1,3}([^0-9])[0-9]{3}(?![0-9])", written)
        if grouped and grouped[1] != mark:
            return grouped[1]
    return ""
