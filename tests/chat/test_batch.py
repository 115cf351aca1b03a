"""A file of questions put to the model of the chat."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hipatia.chat.batch import read_questions
from hipatia.engines.scripted import ScriptedEngine
from hipatia.errors import DataError
from hipatia.schema import Message

from .talk import Talk

FILES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("a.txt", "¿2 + 2?\n\n  ¿y 3?  \n", [("¿2 + 2?", ""), ("¿y 3?", "")]),
    ("a", "¿2 + 2?", [("¿2 + 2?", "")]),
    ("a.json", '["¿2 + 2?", ""]', [("¿2 + 2?", "")]),
    (
        "a.jsonl",
        '{"question": "¿2 + 2?", "answer": "4"}\n{"pregunta": "¿y 3?"}',
        [("¿2 + 2?", "4"), ("¿y 3?", "")],
    ),
    ("a.json", '[{"instruction": "Suma", "input": "2 y 2"}]', [("Suma\n\n2 y 2", "")]),
    ("a.csv", "pregunta,respuesta\n¿2 + 2?,4\n", [("¿2 + 2?", "4")]),
    (
        "a.jsonl",
        '{"question": "¿2 + 2?", "solution": "2 + 2 = 4", "answer": "4"}\nnot JSON',
        [("¿2 + 2?", "4")],
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), FILES)
def test_questions_of_a_file(name: str, text: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_questions(tmp_path / name)
    assert [(one.question, one.answer) for one in found] == expected
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize(
    ("name", "text"), [("a.txt", " \n"), ("a.json", "[]"), ("a.json", '[{"x": 1}]'), ("b.txt", None)]
)
def test_a_file_without_questions(name: str, text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(DataError):
        read_questions(tmp_path / name)


def batch(tmp_path: Path, text: str, *answers: Any, target: str = "", **more: Any) -> Talk:
    path = tmp_path / "mis preguntas.jsonl"
    path.write_text(text, encoding="utf-8")
    engine = ScriptedEngine(["hola"], *answers)
    lines = ["¿Hola?", f'/tanda "{path}" {target}']
    talk = Talk(lines, engine, tmp_path, **more)
    talk.run()
    return talk


GRADED = '{"question": "¿2 + 2?", "answer": "4", "topic": "numbers"}\n{"question": "¿3 × 3?", "answer": "9"}\n{"question": "¿Por qué?"}'


def test_answers_are_shown_graded_and_kept(tmp_path: Path) -> None:
    target = tmp_path / "salida.json"
    talk = batch(tmp_path, GRADED, ["Respuesta: 4"], ["Respuesta: 8"], ["Porque sí."], target=str(target))
    assert [turn.question for turn in talk.session.turns] == ["¿Hola?"]
    for part in ("3/3", "(1/2)", "✓", "✗", "¿Por qué?", "Porque sí.", str(target)):
        assert part in talk.err, part
    value = json.loads(target.read_text(encoding="utf-8"))
    assert [answer["outcome"] for answer in value["answers"]] == ["correct", "incorrect"]
    assert [reply["response"] for reply in value["replies"]] == ["Respuesta: 4", "Respuesta: 8", "Porque sí."]
    assert value["accuracy"]["value"] == 0.5


def test_each_question_is_asked_by_itself_with_the_settings_of_the_chat(tmp_path: Path) -> None:
    talk = batch(tmp_path, GRADED, ["4"], ["9"], ["x"])
    engine: Any = talk.session.engine
    asked = engine.seen[1:]
    assert [len(messages) for messages in asked] == [2, 2, 2]
    assert asked[0] == [Message("system", talk.session.system), Message("user", "¿2 + 2?")]
    assert "Para conservar las respuestas" in talk.err


def test_without_a_prompt_there_is_no_system_message(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text("¿2 + 2?")
    engine = ScriptedEngine(["4"])
    Talk(["/sistema off", f"/batch {tmp_path / 'q.txt'}"], engine, tmp_path).run()
    assert engine.seen == [[Message("user", "¿2 + 2?")]]


def test_without_known_answers_it_is_a_list(tmp_path: Path) -> None:
    target = tmp_path / "salida.json"
    talk = batch(tmp_path, '"¿Qué es $\\\\pi$?"', ["Un número: $\\pi$"], target=str(target))
    assert "¿Qué es π?" in talk.err
    value = json.loads(target.read_text(encoding="utf-8"))
    assert (value["model"], value["dataset"]) == ("scripted", "mis preguntas.jsonl")
    assert value["replies"][0]["response"] == "Un número: $\\pi$"


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    target = tmp_path / "salida.json"
    talk = batch(tmp_path, GRADED, ["4"], ["9", KeyboardInterrupt()], target=str(target))
    assert "Tanda interrumpida: 1 de 3" in talk.err
    assert len(json.loads(target.read_text(encoding="utf-8"))["replies"]) == 1


@pytest.mark.parametrize("rest", ["", "a b c", "/no/such/file.jsonl"])
def test_what_cannot_be_asked(rest: str, tmp_path: Path) -> None:
    talk = Talk([f"/batch {rest}"], ScriptedEngine(), tmp_path)
    assert talk.run() == 2
    assert "Así: /tanda" in talk.err or "/no/such/file" in talk.err
