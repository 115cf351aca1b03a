"""Files as people have them: a table of file contents and what becomes of their rows (files.json)."""

from __future__ import annotations

import json
import re
import string
import time
from pathlib import Path
from typing import Any

import pytest

from hipatia import datamodule, i18n
from hipatia.datamodule.duplicates import skeleton
from hipatia.errors import DataError
from hipatia.schema import LEVELS, TOPICS, Conversation, Message, Pair

CASES = json.loads((Path(__file__).parent / "files.json").read_text(encoding="utf-8"))
ROLES = {"s": "system", "u": "user", "a": "assistant"}
GOOD = '{"pregunta": "¿Cuánto es 2 + 3?", "respuesta": "Son 5."}\n'


def says(reason: str, name: str) -> bool:
    """Whether a reason is the sentence of that name, whatever its fields hold."""
    parts = string.Formatter().parse(i18n.catalog("es")[f"data.{name}"])
    pattern = "".join(re.escape(text) + (".*" if field is not None else "") for text, field, _, _ in parts)
    return re.fullmatch(pattern, reason, re.DOTALL) is not None


def messages(compact: list[str]) -> tuple[Message, ...]:
    return tuple(Message(ROLES[text[0]], text[2:]) for text in compact)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_files(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    path.write_bytes(case["content"].encode(case.get("encoding", "utf-8")))
    loaded = datamodule.read_rows(path)
    assert [row.messages for row in loaded.conversations] == [messages(row) for row in case["rows"]]
    rejected = case.get("rejected", [])
    assert [(note.row, note.line) for note in loaded.rejected] == [(row, line) for row, line, _ in rejected]
    for note, (_, _, name) in zip(loaded.rejected, rejected, strict=True):
        assert says(note.reason, name), note.reason
        assert note.file == case["file"]
    warnings = case.get("warnings", [])
    assert [note.row for note in loaded.warnings] == [row for row, _ in warnings]
    for note, (_, name) in zip(loaded.warnings, warnings, strict=True):
        assert says(note.reason, name), note.reason
    for row, expected in zip(loaded.conversations, case.get("meta", []), strict=False):
        assert {name: getattr(row, name) for name in expected} == expected


UNUSABLE = [
    ("missing.json", None, "file_missing"),
    ("empty.json", b"", "file_empty"),
    ("blank.jsonl", b"\xef\xbb\xbf \n\n", "file_empty"),
    ("sheet.xlsx", b"PK\x03\x04\x14\x00\x06\x00", "binary"),
    ("rows.parquet", b"PAR1\x00\x00\x15\x04", "binary"),
    ("broken.json", b'{"question": "a", "answer": ', "not_json"),
    ("plain.csv", "hola;adiós\n1;2\n".encode(), "no_heading"),
    ("only_sep.csv", b"sep=;\n", "file_empty"),
    ("text.jsonl", b'{"text": "Q: 1 A: 2"}\n' * 3, "nothing_usable"),
    ("list.json", b"[1, 2]", "nothing_usable"),
    ("none.json", b"[]", "nothing_usable"),
    ("deep.json", b"[" * 200_000, "nothing_usable"),
    ("heading.csv", b"pregunta;respuesta\n", "nothing_usable"),
    ("number.json", b"7", "nothing_usable"),
]


@pytest.mark.parametrize(("name", "content", "key"), UNUSABLE, ids=[name for name, _, _ in UNUSABLE])
def test_a_file_that_cannot_be_used_says_why(
    name: str, content: bytes | None, key: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        datamodule.read_rows(path)
    assert says(caught.value.message, key), caught.value.message
    assert str(path) in caught.value.message


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="carpeta"):
        datamodule.read_rows(tmp_path)


def test_nothing_usable_shows_the_first_reasons_and_what_was_expected(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "x"}\n' * 5 + "{rota\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        datamodule.read_rows(path)
    assert "t.jsonl, fila 1 (línea 1)" in caught.value.message
    assert "(× 5)" in caught.value.message
    assert "t.jsonl, fila 6 (línea 6)" in caught.value.message
    assert '{"pregunta"' in (caught.value.hint or "")


def test_damaged_bytes_do_not_spoil_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_bytes((GOOD * 3).encode() + b'{"pregunta": "\xe9\xff", "respuesta": "x"}\n')
    loaded = datamodule.read_rows(path)
    assert loaded.conversations[0].messages[0].content == "¿Cuánto es 2 + 3?"
    assert [note.row for note in loaded.rejected] == [4]


def test_many_open_quotes_end_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("pregunta;respuesta\n¿2?;2\n" + '"a"b;c\n' * 150, encoding="utf-8")
    loaded = datamodule.read_rows(path)
    assert len(loaded.rows) == 1
    assert says(loaded.rejected[-1].reason, "csv_rest")


HOSTILE = [
    "#" * 50_000,
    "<<" + "=" * 50_000,
    "{{" * 25_000,
    "{{" + "a" * 50_000,
    "{{ " + " " * 50_000,
    "\t" * 50_000,
]


@pytest.mark.parametrize(
    "text", [*HOSTILE, "<<=" * 20_000, "!" * 50_000, "Ã" * 50_000, "####" + "!" * 50_000]
)
def test_hostile_texts_take_no_time(text: str, tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    path.write_text(json.dumps({"question": text, "answer": f"x{text}x"}), encoding="utf-8")
    before = time.process_time()
    datamodule.load_rows(path)
    assert time.process_time() - before < 1


def test_rejects_file(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(GOOD + '{"text": "ñ"}\n{rota\n', encoding="utf-8")
    written = datamodule.write_rejects(datamodule.read_rows(path), tmp_path / "out")
    assert written == tmp_path / "out" / "m.jsonl.rejects.jsonl"
    rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert [(row["row"], row["line"], row["value"]) for row in rows] == [
        (2, 2, {"text": "ñ"}),
        (3, 3, "{rota"),
    ]
    assert all(row["reason"] for row in rows)
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == ["m.jsonl.rejects.jsonl"]
    path.write_text(GOOD, encoding="utf-8")
    assert datamodule.write_rejects(datamodule.read_rows(path), tmp_path / "other") is None
    assert not (tmp_path / "other").exists()


def test_pairs_keep_instruction_and_input_apart(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    turns = [{"role": role, "content": "x"} for role in ("user", "assistant") * 2]
    rows = [
        {"instruction": "Suma.", "input": "2 y 3", "output": "5", "topic": "numbers", "system": "Breve."},
        {"messages": turns[:2]},
        {"messages": turns},
    ]
    path = tmp_path / "p.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    first = Pair(instruction="Suma.", input="2 y 3", response="5", topic="numbers", system="Breve.")
    assert datamodule.prepare_dataset(path) == [first, Pair(instruction="x", response="x")]
    assert "fila 3" in caplog.text
    conversations = datamodule.prepare_conversations_dataset(path)
    assert len(conversations) == 3
    assert datamodule.pair_to_conversation(first).messages == conversations[0].messages
    path.write_text(json.dumps(rows[2:]), encoding="utf-8")
    with pytest.raises(DataError, match="varios turnos"):
        datamodule.prepare_dataset(path)


PROBLEMS = [
    ("q.jsonl", '{"id": "a", "question": "¿2 + 3?", "answer": 5, "lang": "es"}', ("a", "¿2 + 3?", "5", "es")),
    (
        "q.json",
        '[{"question": "¿2 + 3?", "answer": "5", "solution": "no"}]',
        ("q-0001", "¿2 + 3?", "5", None),
    ),
    ("q.csv", "pregunta;respuesta\n ¿2 + 3?; 5 \n", ("q-0001", "¿2 + 3?", "5", None)),
    ("q.csv", "pregunta;solución;respuesta\n¿2 + 3?;2 + 3 = 5;5\n", ("q-0001", "¿2 + 3?", "5", None)),
    ("q.jsonl", '{"question": "¿2 + 3?", "answer": "2 + 3 = 5\\n#### 5"}', ("q-0001", "¿2 + 3?", "5", None)),
    (
        "q.jsonl",
        '{"messages": [{"role": "user", "content": "¿2 + 3?"}, {"role": "assistant", "content": "No sé."}],'
        ' "answer": "5"}',
        ("q-0001", "¿2 + 3?", "5", None),
    ),
]


@pytest.mark.parametrize(("name", "content", "expected"), PROBLEMS)
def test_problems(name: str, content: str, expected: tuple[Any, ...], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    [problem] = datamodule.read_problems(path)
    assert (problem.id, problem.question, problem.answer, problem.language) == expected


def test_problems_that_cannot_be_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "q.jsonl"
    rows = [
        {"question": "¿1?", "answer": "1", "id": "x"},
        {"question": "¿2?"},
        {"question": "¿3?", "answer": "3"},
    ]
    path.write_text("\n".join(map(json.dumps, [*rows, rows[0]])), encoding="utf-8")
    assert [problem.id for problem in datamodule.read_problems(path)] == ["x", "q-0003", "x-4"]
    assert "fila 2" in caplog.text
    path.write_text(json.dumps(rows[1]), encoding="utf-8")
    with pytest.raises(DataError, match="falta la respuesta final"):
        datamodule.read_problems(path)


def test_bundled_data() -> None:
    bank = datamodule.bundled_bank()
    assert len(bank) >= 120
    assert len({problem.id for problem in bank}) == len(bank)
    conversations = datamodule.bundled_conversations()
    assert len(conversations) >= 100
    for row in [*bank, *conversations]:
        assert row.topic in TOPICS
        assert row.level in LEVELS
        assert row.language == "es"
    asked = {skeleton(problem.question) for problem in bank}
    assert not [m for row in conversations for m in row.messages if skeleton(m.content) in asked]


def test_rows_read_back_as_they_were(tmp_path: Path) -> None:
    rows = datamodule.bundled_conversations()[:20]
    path = tmp_path / "c.jsonl"
    lines = [
        {
            "id": row.id,
            "messages": [{"role": m.role, "content": m.content} for m in row.messages],
            "topic": row.topic,
            "level": row.level,
            "answer": row.answer,
            "language": row.language,
        }
        for row in rows
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    loaded = datamodule.read_rows(path)
    assert loaded.conversations == rows
    assert not loaded.rejected
    assert all(isinstance(row, Conversation) for row in loaded.conversations)
