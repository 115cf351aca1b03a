"""What the README says is so: its commands parse, its files exist, its tree is the tree."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from hipatia.cli import app
from hipatia.cli_words import hoist
from hipatia.config import load_config
from hipatia.datamodule.formats import parse_row

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.es.md"]
FIRST_COMMANDS = ["pip install -e . && hipatia train", 'pip install -e ".[dev]" && pytest']


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, kind: str) -> list[str]:
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```", text(path), flags=re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """(file, ``hipatia …``) of every command line shown, in blocks, tables and running text."""
    found = []
    for path in [*READMES, ROOT / "CONTRIBUTING.md"]:
        shown = [line for block in blocks(path, "sh") for line in block.splitlines()]
        shown += re.findall(r"`(hipatia [^`]+)`", text(path))
        for line in shown:
            if match := re.search(r"\bhipatia .*", line):
                found.append((path.name, match.group()))
    return found


def parse(arguments: list[str]) -> None:
    """Read a command line as ``hipatia`` would, without running it."""
    command: Any = typer.main.get_command(app)
    context = command.make_context("hipatia", hoist(arguments))
    while hasattr(command, "commands"):
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(name, rest, parent=context)


@pytest.mark.parametrize(("file", "line"), commands())
def test_commands_parse(file: str, line: str) -> None:
    line = re.sub(r"[\[\]]", "", line)  # optional parts are tried as given
    words = shlex.split(re.split(r" [>|] | && ", line)[0])[1:]
    try:
        parse([word if word != "N" else "1" for word in words])
    except typer.TyperException as error:
        if type(error).__name__ != "MissingParameter":  # running text may name a command without its files
            raise


def test_a_wrong_command_does_not_parse() -> None:
    for words in (["trian"], ["train", "--dta", "x"], ["data", "check"]):
        with pytest.raises(typer.TyperException):
            parse(words)


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_two_commands_come_first(path: Path) -> None:
    assert blocks(path, "sh")[0].splitlines() == FIRST_COMMANDS


@pytest.mark.parametrize("path", [*READMES, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_linked_files_exist(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text(path)):
        assert target.startswith("https://") or (ROOT / target).exists(), target


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_examples_are_valid(path: Path, tmp_path: Path) -> None:
    for block in blocks(path, "json"):
        assert parse_row(json.loads(block)).conversation.answer == "5"
    for block in blocks(path, "yaml"):
        (tmp_path / "hipatia.yaml").write_text(block)
        assert load_config(tmp_path / "hipatia.yaml", environ={}).config.training.epochs == 2
        assert yaml.safe_load(block)["model"] == {"base": "embedded"}
    for block in blocks(path, "python"):
        compile(block, path.name, "exec")


def test_both_readmes_show_the_same() -> None:
    english, spanish = READMES
    assert blocks(english, "json") == blocks(spanish, "json")
    assert blocks(english, "python") == blocks(spanish, "python")
    assert re.findall(r"^#+ ", text(english), re.MULTILINE) == re.findall(
        r"^#+ ", text(spanish), re.MULTILINE
    )
    assert [path for path, _ in tree(english)] == [path for path, _ in tree(spanish)]


def tree(path: Path) -> list[tuple[str, str]]:
    """(path, purpose) of every line of the README's tree; folders end in a slash."""
    found = re.search(r"<!-- tree: begin -->\n```text\n(.*?)```", text(path), re.DOTALL)
    assert found
    entries: list[tuple[str, str]] = []
    folders: list[str] = []
    for line in found.group(1).splitlines():
        name, _, purpose = line.strip().partition("  ")
        depth = (len(line) - len(line.lstrip())) // 2
        folders = folders[:depth]
        entries.append(("".join(folders) + name, purpose.strip()))
        if name.endswith("/"):
            folders.append(name)
    return entries


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_tree_is_true(path: Path) -> None:
    entries = dict(tree(path))
    whole_folders = tuple(name for name, purpose in entries.items() if name.endswith("/") and purpose)
    for name, purpose in entries.items():
        assert (ROOT / name).exists(), name
        assert purpose or name.endswith("/"), f"{name} has no purpose"
    for file in sorted((ROOT / "src/hipatia").rglob("*")):
        name = file.relative_to(ROOT).as_posix()
        shown = file.suffix in (".py", ".json", ".html", ".css", ".js")
        if shown and not name.startswith(whole_folders):
            assert name in entries, f"{name} is not in the tree of {path.name}"


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(requirement for extra in extras for requirement in extra)]
    names = {re.match(r"[\w-]+", requirement).group() for requirement in wanted}  # type: ignore[union-attr]
    rows = re.findall(r"^\| ([\w-]+(?:, [\w-]+)*) \| \S", text(ROOT / "CONTRIBUTING.md"), re.MULTILINE)
    reasons = {name for row in rows for name in row.split(", ")} - {"package", "---"}
    assert names == reasons


def test_continuous_integration_uses_the_readmes_line() -> None:
    script = text(ROOT / ".ci/run")
    pattern = re.search(r"grep -m 1 -E '(.+?)' README.md", script)
    assert pattern
    assert any(re.search(pattern.group(1), line) for line in text(ROOT / "README.md").splitlines())
    assert "pytest" not in re.sub(r"#.*", "", script)
