"""Every sentence exists in both languages, with the same fields, and every one asked for exists."""

from __future__ import annotations

import ast
import json
import string
import unicodedata
from pathlib import Path

import pytest

import hipatia
from hipatia import i18n
from hipatia.config import settings

PACKAGE = Path(hipatia.__file__).parent
SPANISH = {path.stem: path for path in sorted((PACKAGE / "locale" / "es").glob("*.json"))}
ENGLISH = {path.stem: path for path in sorted((PACKAGE / "locale" / "en").glob("*.json"))}


def sentences(path: Path) -> dict[str, str]:
    pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"{path}: a name twice"
    return dict(pairs)


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_the_same_rooms() -> None:
    assert set(SPANISH) - {"fields"} == set(ENGLISH)


@pytest.mark.parametrize("room", sorted(set(SPANISH) & set(ENGLISH)))
def test_the_same_sentences_and_fields(room: str) -> None:
    spanish, english = sentences(SPANISH[room]), sentences(ENGLISH[room])
    assert set(spanish) == set(english)
    for name in spanish:
        assert fields(spanish[name]) == fields(english[name]), f"{room}.{name}"


def test_every_setting_and_no_other_has_a_spanish_description() -> None:
    assert list(sentences(SPANISH["fields"])) == list(settings())


@pytest.mark.parametrize("room", sorted(SPANISH))
def test_spanish_is_written_as_spanish(room: str) -> None:
    for name, sentence in sentences(SPANISH[room]).items():
        assert sentence == unicodedata.normalize("NFC", sentence), name
        assert sentence.count("?") == sentence.count("¿"), f"{room}.{name}"
        assert "fichero" not in sentence.lower(), f"{room}.{name}: one word for one thing, archivo"


def asked_for() -> list[tuple[str, str]]:
    """(file, key) of every sentence that the source names as a plain string."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            function = ast.unparse(node.func)
            key = node.args[0].value
            is_error = function.endswith("Error.of") or function == "cls.of"
            if (is_error or function in ("i18n.t", "t")) and isinstance(key, str):
                found.append((path.name, key))
    return found


def test_every_sentence_asked_for_exists() -> None:
    missing = [(file, key) for file, key in asked_for() if not i18n.has(key)]
    assert not missing
    assert len(asked_for()) > 10
