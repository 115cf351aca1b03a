"""A chat with scripted lines and answers, and what it wrote."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from hipatia.chat.opening import Opened
from hipatia.chat.terminal import Terminal
from hipatia.config import load_config
from hipatia.engines import Engine


class Scripted:
    """Lines that are known beforehand; an exception among them is raised."""

    def __init__(self, lines: Sequence[str | BaseException], interactive: bool):
        self.lines = list(lines)
        self.interactive = interactive
        self.defaults: list[str] = []

    def read(self, default: str = "") -> str:
        self.defaults.append(default)
        if not self.lines:
            raise EOFError
        line = self.lines.pop(0)
        if isinstance(line, BaseException):
            raise line
        return line


class Talk:
    """``live``: as on a terminal, with someone at the keys."""

    def __init__(
        self,
        lines: Sequence[str | BaseException],
        engine: Engine,
        folder: Path,
        *,
        live: bool = False,
        sets: Sequence[str] = (),
        argument: str = "scripted",
        **more: Any,
    ):
        self.folder = folder / "conversations"
        self._out, self._err = io.StringIO(), io.StringIO()
        flags = {"paths.conversations": self.folder, "paths.runs": folder / "runs"}
        config = load_config(sets=sets, flags=flags, environ={}).config
        opened = Opened(engine, argument, config.chat.system_prompt["es"])
        self.lines = Scripted(lines, interactive=live)
        self.terminal = Terminal(
            opened,
            config,
            self.lines,
            out=Console(file=self._out, force_terminal=live, highlight=False, width=100),
            talk=Console(file=self._err, highlight=False, width=200),
            **more,
        )
        self.session = self.terminal.session

    def run(self, *given: Any) -> int:
        return self.terminal.run(*given)

    @property
    def out(self) -> str:
        """What was written to stdout."""
        return self._out.getvalue()

    @property
    def err(self) -> str:
        """What was written to stderr."""
        return self._err.getvalue()

    def files(self) -> dict[str, Any]:
        """The saved conversations by name."""
        paths = sorted(self.folder.glob("*.json"))
        return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
