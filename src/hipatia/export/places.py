"""An exported GGUF where LM Studio or Ollama finds it; the file in the run's folder stays where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .. import i18n, lmstudio
from ..errors import RunError
from ..modeling import load_tokenizer, prepared_tokenizer
from ..runs import cannot_write, require_space, write_atomically
from .modelfile import modelfile

if TYPE_CHECKING:
    from .exporting import Result, Trained

Say = Callable[[str], None]


def to_lmstudio(trained: Trained, result: Result, system: str, *, force: bool, say: Say) -> Result:
    """``publisher/name/file.gguf`` in LM Studio's models folder, as a hard link where that is possible."""
    source = result.files[0]
    place = lmstudio.models_folder() / trained.config.export.publisher / trained.stem / source.name
    _put(source, place, force)
    return replace(result, files=(place,), next=i18n.t("export.next_lmstudio", name=trained.stem))


def to_ollama(trained: Trained, result: Result, system: str, *, force: bool, say: Say) -> Result:
    """A folder with the GGUF and its Modelfile; ``ollama create`` is run where Ollama is installed."""
    source = result.files[0]
    folder = source.parent / f"{source.stem}-ollama"
    tokenizer = prepared_tokenizer(load_tokenizer(source), trained.config)
    text, has_template = modelfile(source.name, tokenizer, system, trained.config.generation)
    _put(source, folder / source.name, force)
    write_atomically(folder / "Modelfile", text)
    notes = result.notes if has_template else (*result.notes, i18n.t("export.no_go_template"))
    name = trained.stem.lower()
    command = f"ollama create {name} -f {folder / 'Modelfile'}"
    if program := shutil.which("ollama"):
        say(command)
        made = subprocess.run([program, "create", name, "-f", str(folder / "Modelfile")], check=False)
        if made.returncode == 0:
            command = f"ollama run {name}"
    return replace(result, files=(folder / source.name, folder / "Modelfile"), next=command, notes=notes)


def _put(source: Path, place: Path, force: bool) -> None:
    """Link or copy, whole or not at all. Raises RunError for a file that is there, unless ``force``."""
    if place.exists() and not force:
        raise RunError.of("export.exists", path=place)
    temporary = place.with_name(f".{place.name}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with suppress(OSError):  # another disk, or a file system without links
            os.link(source, temporary)
        if not temporary.exists():
            require_space(place.parent, source.stat().st_size)
            shutil.copyfile(source, temporary)
        os.replace(temporary, place)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise cannot_write(place, error) from error
    finally:
        temporary.unlink(missing_ok=True)  # two links to one file: replacing leaves the first
