"""What ``hipatia data check`` finds, and how it is shown."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from hipatia import datamodule, i18n
from hipatia.config import Config
from hipatia.datamodule import show
from hipatia.errors import DataError
from hipatia.prompting import encode_conversation
from hipatia.schema import Message


def pair(question: str, response: str = "Vale.", **more: object) -> str:
    return json.dumps({"instruction": question, "response": response, **more}, ensure_ascii=False)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    bank = datamodule.bundled_bank()
    rows = [
        pair("¿Cuánto es 2 + 3?", "2 + 3 = 5\nRespuesta: 5", answer="5"),
        pair("¿Cuánto es 2 + 3?", "2 + 3 = 5\nRespuesta: 5", answer="5"),
        pair("¿Cuánto es 7 + 30?", "7 + 30 = 38\nRespuesta: 38", answer="37"),
        pair(bank[0].question.upper().replace("2", "9"), "No lo sé."),
        pair("Explica [b]qué[/b] es una recta.", "x" * 2000),
        '{"text": "sin partes"}',
        '{"text": "sin partes"}',
        "{rota",
    ]
    first, second = tmp_path / "a.jsonl", tmp_path / "b.json"
    first.write_text("\n".join(rows), encoding="utf-8")
    second.write_text('{"text": "nada"}', encoding="utf-8")
    return [first, second]


def places(group: Any) -> list[tuple[str, int, int]]:
    return [(place.file, place.row, place.line) for place in group]


def test_check(files: list[Path], tokenizer: Any) -> None:
    check = datamodule.check_dataset(files, Config(), tokenizer)
    assert check.usable == 5
    assert [(file.path, file.usable, file.rejected) for file in check.files] == [
        (files[0], 5, 3),
        (files[1], 0, 1),
    ]
    assert places(check.rejected) == [
        ("a.jsonl", 6, 6),
        ("a.jsonl", 7, 7),
        ("a.jsonl", 8, 8),
        ("b.json", 1, 1),
    ]
    assert list(map(places, check.duplicates)) == [[("a.jsonl", 1, 1), ("a.jsonl", 2, 2)]]
    assert list(map(places, check.near_duplicates)) == [[("a.jsonl", 1, 1), ("a.jsonl", 3, 3)]]
    assert places(check.in_bank) == [("a.jsonl", 4, 4)]
    assert places(check.contradicted) == [("a.jsonl", 3, 3)]
    assert check.grades == {"correct": 2, "incorrect": 1}
    assert check.too_long is not None
    assert places(check.too_long) == [("a.jsonl", 5, 5)]
    plain = json.loads(json.dumps(check.to_json()))
    assert plain["usable"] == 5
    assert plain["files"][0]["path"] == str(files[0])


def test_check_without_tokenizer(files: list[Path]) -> None:
    check = datamodule.check_dataset(files, Config())
    assert (check.too_long, check.sample) == (None, None)


def test_check_of_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        datamodule.check_dataset([tmp_path / "nada.json"], Config())


def shown(view: Any) -> str:
    console = Console(width=200, color_system=None, file=io.StringIO(), record=True)
    console.print(view)
    return console.export_text()


@pytest.mark.parametrize("language", ["es", "en"])
def test_check_is_shown(files: list[Path], language: str, tokenizer: Any) -> None:
    i18n.set_language(language)
    check = datamodule.check_dataset(files, Config(), tokenizer)
    text = shown(show.check_view(check, tokenizer))
    assert "3 × " in text  # rows of text alone, in both files
    assert "a.jsonl: 6 (6), 7 (7); b.json: 1 (1)" in text
    assert "⟦2 + 3 = 5\n" in text
    assert "«5»" not in text
    assert ("Filas repetidas" in text) is (language == "es")
    assert "bank-001" in text


def test_a_clean_file_is_shown_without_complaints(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(pair("¿Qué es una recta?"), encoding="utf-8")
    lines = shown(show.check_view(datamodule.check_dataset([path], Config()))).splitlines()
    assert len([line for line in lines if line.strip()]) == 3  # title, heading, the file


def test_mask(tokenizer: Any) -> None:
    turns = [
        Message("user", "¿[b]?"),
        Message("assistant", "Sí ✓"),
        Message("user", "…"),
        Message("assistant", "No"),
    ]
    text = show.render_mask(encode_conversation(turns, tokenizer), tokenizer)
    assert text.plain == (
        "<|im_start|>user\n¿[b]?<|im_end|>\n<|im_start|>assistant\n⟦Sí ✓<|im_end|>⟧\n"
        "<|im_start|>user\n…<|im_end|>\n<|im_start|>assistant\n⟦No<|im_end|>⟧\n"
    )
    green = [text.plain[span.start : span.end] for span in text.spans if "green" in str(span.style)]
    assert green == ["⟦Sí ✓<|im_end|>⟧", "⟦No<|im_end|>⟧"]
