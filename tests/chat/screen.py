"""What is on a terminal after something was written to it: enough of one for rich's live display."""

from __future__ import annotations

import re

_PART = re.compile(r"\x1b\[(\?)?([\d;]*)([A-Za-z])|\x1b\][^\x07]*\x07|([\r\n])|([^\x1b\r\n]+)")


def screen(written: str) -> list[str]:
    """The lines, those that have scrolled away too, without colours and the blanks at their ends."""
    lines: list[list[str]] = [[]]
    row = column = 0
    for private, number, command, control, text in _PART.findall(written):
        if text:
            line = lines[row]
            line += [" "] * (column - len(line))
            line[column : column + len(text)] = text
            column += len(text)
        elif control == "\r":
            column = 0
        elif control == "\n":
            row, column = row + 1, 0
            if row == len(lines):
                lines.append([])
        elif command == "A":
            row = max(0, row - int(number or 1))
        elif command == "K":
            lines[row] = [] if number == "2" else lines[row][:column]
        elif command not in ("m", "h", "l") or (command in "hl" and not private):
            raise AssertionError(f"unknown control: {command}")
    return ["".join(line).rstrip() for line in lines]
