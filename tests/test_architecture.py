"""The house rules, held by reading the imports: levels, no cycles, light start."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hipatia

PACKAGE = Path(hipatia.__file__).parent
# A module imports from its own level or below; the longest matching name counts.
LEVELS = {
    "errors": 1,
    "i18n": 1,
    "schema": 1,
    "number_words": 1,
    "numerals": 1,
    "redaction": 1,
    "killable": 1,
    "config": 2,
    "config_sources": 2,
    "forecast": 2,
    "arithmetic": 2,
    "grading": 3,
    "doctor": 3,
    "hub": 3,
    "runs": 3,
    "embedded": 3,
    "templates": 3,
    "template_worker": 3,
    "prompting": 4,
    "modeling": 4,
    "local_models": 4,
    "pretrained": 4,
    "attention": 4,
    "lowrank": 4,
    "gguf": 4,
    "engines": 5,
    "datamodule": 5,
    "exercises": 5,
    "catalog": 5,
    "models": 5,
    "lmstudio": 3,
    "ollama": 3,
    "evaluation": 6,
    "report": 6,
    "train": 7,
    "training": 7,
    "export": 7,
    "chat": 7,
    "server": 7,
    "chat.terminal": 8,
    "chat.web": 8,
    "evaluate": 8,
    "utils": 8,
    "cli_words": 9,
    "cli_grade": 9,
    "cli_models": 9,
    "cli_login": 9,
    "cli_export": 9,
    "cli": 9,
    "__main__": 10,
}


def module_name(path: Path) -> str:
    parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


FILES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = [name for name in FILES if name != "__init__"]


def level(name: str) -> int:
    while name not in LEVELS and "." in name:
        name = name.rpartition(".")[0]
    return LEVELS[name]


def imports(name: str, top_only: bool = False) -> set[str]:
    """The modules of this package that a module imports; not those for type checking alone."""
    path = FILES[name]
    found: set[str] = set()
    nodes = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if top_only and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        nodes += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            found |= {a.name.removeprefix("hipatia.") for a in node.names if a.name.startswith("hipatia.")}
        elif isinstance(node, ast.ImportFrom):
            found |= _from_targets(node, path)
    return found - {name}


def _from_targets(node: ast.ImportFrom, path: Path) -> set[str]:
    if node.level:
        package = path.parent
        for _ in range(node.level - 1):
            package = package.parent
        base = ".".join([*package.relative_to(PACKAGE).parts, *(node.module or "").split(".")]).strip(".")
    elif (node.module or "").split(".")[0] == "hipatia":
        base = (node.module or "").removeprefix("hipatia").strip(".")
    else:
        return set()
    targets = {f"{base}.{alias.name}".strip(".") for alias in node.names}
    return {target if target in FILES else base for target in targets} - {""}


@pytest.mark.parametrize("name", MODULES)
def test_imports_come_from_the_same_level_or_below(name: str) -> None:
    above = {other for other in imports(name) if level(other) > level(name)}
    assert not above, f"{name} (level {level(name)}) imports {above}"


@pytest.mark.parametrize("name", MODULES)
def test_nobody_imports_the_facades(name: str) -> None:
    forbidden = {"utils", "evaluate"} | (set() if name == "__main__" else {"cli"})
    assert not imports(name) & forbidden


def test_grading_sees_neither_models_nor_engines() -> None:
    for name in MODULES:
        if name.split(".")[0] == "grading":
            text = FILES[name].read_text(encoding="utf-8")
            assert "import torch" not in text
            assert "import transformers" not in text


def find_cycle(graph: dict[str, set[str]]) -> str | None:
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> str | None:
        if name in trail:
            return " → ".join([*trail[trail.index(name) :], name])
        if name in done:
            return None
        done.add(name)
        cycles = (visit(other, (*trail, name)) for other in graph.get(name, ()))
        return next(filter(None, cycles), None)

    return next((cycle for name in graph if (cycle := visit(name, ()))), None)


def test_no_cycles_between_files() -> None:
    """As they are loaded; an import inside a function comes later."""
    assert find_cycle({name: imports(name, top_only=True) for name in MODULES}) is None


def test_no_cycles_between_rooms() -> None:
    """Whenever they import."""
    rooms: dict[str, set[str]] = {}
    for name in MODULES:
        room = name.split(".")[0]
        rooms.setdefault(room, set()).update(other.split(".")[0] for other in imports(name))
    assert find_cycle({room: others - {room} for room, others in rooms.items()}) is None


def test_a_cycle_is_found() -> None:
    assert find_cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == "b → c → b"


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after the code."""
    script = f"{code}\nimport sys; print('\\n'.join(sys.modules))"
    environ = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=environ,
        encoding="utf-8",
    )
    return {line.split(".")[0] for line in run.stdout.splitlines()}


HEAVY = {
    "torch",
    "transformers",
    "sympy",
    "datasets",
    "peft",
    "accelerate",
    "pandas",
    "numpy",
    "latex2sympy2_extended",
}


@pytest.mark.parametrize(
    "command", [["--help"], ["train", "--help"], ["data", "--help"], ["config"], ["--version"]], ids=" ".join
)
def test_light_commands_load_nothing_heavy(command: list[str]) -> None:
    assert not loaded_by(f"from hipatia.cli import main; main({command!r})") & HEAVY


@pytest.mark.parametrize(
    "name",
    ["config", "grading", "datamodule", "exercises", "runs", "doctor", "chat.session", "catalog", "models"],
)
def test_importing_is_light(name: str) -> None:
    if name not in FILES:
        pytest.skip(f"{name} is not built yet")
    assert not loaded_by(f"import hipatia.{name}") & {"torch", "transformers", "sympy", "datasets"}
