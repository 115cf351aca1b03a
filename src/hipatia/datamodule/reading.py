"""From the bytes of a file to its raw rows, each with the line where it begins.

    for raw in read_raw(path):          # JSON, JSONL or CSV, in any usual encoding
        raw.row, raw.line, raw.value    # or raw.problem, a sentence, where the row cannot be read

Nothing here knows what a row means; ``formats`` does.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import i18n
from ..errors import DataError
from .columns import FIELD_OF, column_key

JSON_SUFFIXES = {".json", ".jsonl", ".ndjson"}
CSV_SUFFIXES = {".csv", ".tsv"}
DATA_KEYS = ("data", "rows", "train", "datos", "examples", "ejemplos", "filas", "conversations", "problems")
_BLANK = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_DECODER = json.JSONDecoder(strict=False)
_MAX_BROKEN_QUOTES = 100
_MAX_CELL = 2**30


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file has it. ``row`` and ``line`` count from 1; ``problem`` is None if it was read."""

    row: int
    line: int
    value: object
    problem: str | None = None


class _Broken(Exception):
    """JSON that cannot be read from ``offset`` on."""

    def __init__(self, offset: int, reason: str):
        super().__init__(reason)
        self.offset = offset
        self.reason = reason


def read_raw(path: Path | str) -> Iterator[RawRow]:
    """The rows of a JSON, JSONL or CSV file.

    Raises DataError where the file as a whole cannot be used: missing, empty, binary, broken, no heading.
    """
    path = Path(path)
    text = read_text(path)
    start = _skip(_BLANK, text, 0)
    suffix = path.suffix.lower()
    looks_json = text[start : start + 1] in ("[", "{")
    if suffix in CSV_SUFFIXES or (suffix not in JSON_SUFFIXES and not looks_json):
        return _csv_rows(path, text)
    return _json_rows(path, text, start)


def read_text(path: Path) -> str:
    """The file as text: by its byte order mark, else UTF-8, else Windows' cp1252; never empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataError.of("data.file_missing", path=path) from None
    except IsADirectoryError:
        raise DataError.of("data.is_folder", path=path) from None
    except OSError as error:
        raise DataError.of("data.unreadable", path=path, reason=error.strerror or error) from None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data[:4096] or data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise DataError.of("data.binary", path=path)
    else:
        text = _decode(data)
    if not text.strip():
        raise DataError.of("data.file_empty", path=path)
    return text


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # A few damaged bytes in a UTF-8 file must not turn every accent into two letters.
    repaired = data.decode("utf-8-sig", errors="replace")
    damaged = repaired.count("\ufffd")
    if sum(char > "\x7f" for char in repaired) > 2 * damaged:
        return repaired
    return data.decode("cp1252", errors="replace")


# --- JSON -----------------------------------------------------------------------------------------


def _json_rows(path: Path, text: str, start: int) -> Iterator[RawRow]:
    if text[start] == "[":
        return _numbered(text, _array_items(text, start))
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        rows = list(_line_rows(text))
        if any(raw.problem is None for raw in rows):
            return iter(rows)
    try:
        values = list(_stream_items(text, start))
    except _Broken as broken:
        return _lines_or_error(path, text, broken)
    if len(values) == 1 and isinstance(values[0][1], dict):
        return _object_rows(path, text, start, values[0][1])
    return _numbered(text, iter(values))


def _lines_or_error(path: Path, text: str, broken: _Broken) -> Iterator[RawRow]:
    """Rows on lines of their own where some can be read; else the error of the whole file."""
    rows = list(_line_rows(text))
    if len(rows) > 1 and any(isinstance(raw.value, dict) for raw in rows):
        return iter(rows)
    line = text.count("\n", 0, broken.offset) + 1
    raise DataError.of("data.not_json", path=path, line=line, reason=broken.reason)


def _line_rows(text: str) -> Iterator[RawRow]:
    row = 0
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        row += 1
        try:
            value, end = _value_at(line, _skip(_BLANK, line, 0))
            if _skip(_BLANK, line, end) < len(line):
                raise _Broken(end, i18n.t("data.json_extra"))
        except _Broken as broken:
            yield RawRow(row, number, line, i18n.t("data.row_not_json", reason=broken.reason))
        else:
            yield RawRow(row, number, value)


def _object_rows(path: Path, text: str, start: int, value: dict[str, object]) -> Iterator[RawRow]:
    """A file that is one object: a row by itself, or an envelope around the list of rows."""
    key = _data_key(value)
    if key is None:
        line = text.count("\n", 0, start) + 1
        return iter([RawRow(1, line, value)])
    offset = next(at for name, at in _object_items(text, start) if name == key)
    return _numbered(text, _array_items(text, offset))


def _data_key(value: dict[str, object]) -> str | None:
    """The key under which an object holds its rows, if it is not a row itself."""
    lists = {
        name: content
        for name, content in value.items()
        if isinstance(content, list) and any(isinstance(item, dict) for item in content)
    }
    if any(_is_message(item) for content in lists.values() for item in content):
        return None
    by_name = {name.lower(): name for name in lists}
    for known in DATA_KEYS:
        if known in by_name:
            return by_name[known]
    return next(iter(lists), None) if len(lists) == 1 else None


def _is_message(item: object) -> bool:
    return isinstance(item, dict) and bool({"role", "from", "rol"} & item.keys())


def _array_items(text: str, start: int) -> Iterator[tuple[int, object]]:
    """(offset, value) of each element; a _Broken stands for one that cannot be read."""
    at = _skip(_BETWEEN, text, start + 1)
    indentation: str | None = None
    while at < len(text) and text[at] != "]":
        margin = text[text.rfind("\n", 0, at) + 1 : at]
        if indentation is None and not margin.strip():
            indentation = margin
        try:
            value, end = _value_at(text, at)
        except _Broken as broken:
            # Go on at the next element that begins a line as deep as the ones before it.
            end = -1 if indentation is None else text.find(f"\n{indentation}{{", at)
            if end < 0:
                yield at, _Broken(broken.offset, i18n.t("data.json_rest", reason=broken.reason))
                return
            yield at, broken
        else:
            yield at, value
        at = _skip(_BETWEEN, text, end)
    if at >= len(text):
        yield len(text) - 1, _Broken(len(text), i18n.t("data.json_cut_off"))


def _stream_items(text: str, start: int) -> Iterator[tuple[int, object]]:
    at = start
    while at < len(text):
        value, end = _value_at(text, at)
        yield at, value
        at = _skip(_BETWEEN, text, end)


def _object_items(text: str, start: int) -> Iterator[tuple[str, int]]:
    """(key, offset of the value) of a valid object."""
    at = _skip(_BETWEEN, text, start + 1)
    while text[at] != "}":
        key, end = _DECODER.raw_decode(text, at)
        at = _skip(_BLANK, text, _skip(_BLANK, text, end) + 1)
        yield key, at
        at = _skip(_BETWEEN, text, _DECODER.raw_decode(text, at)[1])


def _value_at(text: str, at: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        if "escape" in error.msg:
            raise _Broken(error.pos, i18n.t("data.json_backslash")) from None
        raise _Broken(error.pos, error.msg) from None
    except RecursionError:
        raise _Broken(at, i18n.t("data.json_deep")) from None
    except ValueError as error:
        raise _Broken(at, str(error)) from None


def _numbered(text: str, items: Iterator[tuple[int, object]]) -> Iterator[RawRow]:
    line, counted = 1, 0
    for row, (offset, value) in enumerate(items, start=1):
        line += text.count("\n", counted, offset)
        counted = offset
        if isinstance(value, _Broken):
            at = line + text.count("\n", offset, value.offset)
            excerpt = text[offset : offset + 200]
            yield RawRow(row, at, excerpt, i18n.t("data.row_not_json", reason=value.reason))
        else:
            yield RawRow(row, line, value)


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    assert found is not None
    return found.end()


# --- CSV ------------------------------------------------------------------------------------------


def _csv_rows(path: Path, text: str) -> Iterator[RawRow]:
    lines = io.StringIO(text, newline="").readlines()
    first = next(number for number, line in enumerate(lines) if line.strip())
    if lines[first].strip().lower().startswith("sep="):  # Excel's way of naming the separator
        first += 1
    if first >= len(lines):
        raise DataError.of("data.file_empty", path=path)
    separator = _separator(lines[first])
    heading = [unicodedata.normalize("NFC", name.strip()) for name in _cells(lines[first], separator)]
    if not any(column_key(name) in FIELD_OF for name in heading):
        raise DataError.of("data.no_heading", path=path, line=first + 1, found=", ".join(heading)[:120])
    return _csv_body(lines, first + 1, heading, separator)


def _separator(heading: str) -> str:
    """The separator under which most of the heading's names are known; the comma if none is."""
    known = {
        separator: sum(column_key(name) in FIELD_OF for name in _cells(heading, separator))
        for separator in (",", ";", "\t", "|")
    }
    return max(known, key=lambda separator: known[separator])


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])


def _csv_body(lines: list[str], first: int, heading: list[str], separator: str) -> Iterator[RawRow]:
    previous_limit = csv.field_size_limit(_MAX_CELL)
    row, at, broken_rows = 0, first, 0
    try:
        while at < len(lines):
            reader = csv.reader(
                (lines[number] for number in range(at, len(lines))),
                delimiter=separator,
                skipinitialspace=True,
                strict=True,
            )
            begin = at
            try:
                for cells in reader:
                    line, begin = begin + 1, at + reader.line_num
                    if any(cell.strip() for cell in cells):
                        row += 1
                        yield _csv_row(row, line, heading, cells)
                return
            except csv.Error:
                # One open quote swallows the rest of the file: refuse its row, go on after its first line.
                row += 1
                broken_rows += 1
                everything = broken_rows >= _MAX_BROKEN_QUOTES
                reason = i18n.t("data.csv_rest" if everything else "data.csv_quotes")
                yield RawRow(row, begin + 1, lines[begin].rstrip("\r\n"), reason)
                at = len(lines) if everything else begin + 1
    finally:
        csv.field_size_limit(previous_limit)


def _csv_row(row: int, line: int, heading: list[str], cells: list[str]) -> RawRow:
    extra = [cell for cell in cells[len(heading) :] if cell.strip()]
    if extra:
        problem = i18n.t("data.csv_columns", found=len(cells), expected=len(heading))
        return RawRow(row, line, cells, problem)
    value = {name: cell for name, cell in zip(heading, cells, strict=False) if name}
    return RawRow(row, line, value)
