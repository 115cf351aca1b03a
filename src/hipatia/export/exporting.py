"""One export from the run's name to the files in their place: ``export(config, "clase", to="lmstudio")``.

A model folder or a hub model that was not trained here can be written as GGUF too, as it is.

Raises HipatiaError for what the user can mend, and for an export that does not answer as the trained model.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from .. import i18n
from ..catalog import Source, resolve
from ..chat.opening import system_prompt
from ..config import Config, load_config
from ..errors import ModelError, RunError
from ..gguf import count_gguf_parameters, is_gguf
from ..gguf.writer_merged import BASE, merged_size, type_name, write_merged
from ..modeling import EMBEDDED, adapter_origin, load_tokenizer, pinned, prepared_tokenizer
from ..runs import ADAPTER, CONFIG, MANIFEST, RunFolder, cannot_write, read_manifest, require_space, run_name
from . import base_file, write_run_adapter
from .converting import convert, for_the_proof, parameters_of, shown_type
from .proof import Exported, Proof, prove
from .template import with_default_system

FOLDER = "export"  # in the run's
_LARGE = 3e9  # parameters above which 8 bits a weight are too many for usual cards
Target = Literal["gguf", "adapter", "lmstudio", "ollama", "hf"]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished run, its settings, and the GGUF that it was trained on; None: the base is something else.

    Without ``folder``: a model as it is, not trained here.
    """

    folder: Path | None
    name: str
    config: Config
    base: Path | None
    base_name: str
    base_source: str

    @property
    def adapter(self) -> Path | None:
        return self.folder / ADAPTER if self.folder else None

    @property
    def output(self) -> Path:
        """Where exported files go."""
        return self.folder / FOLDER if self.folder else self.config.export.folder

    @property
    def stem(self) -> str:
        """What exported files begin with."""
        return f"{self.base_name}-{self.name}" if self.folder else self.base_name


@dataclass(frozen=True, slots=True)
class Result:
    """What was written where, and the proof of it (None: not asked for)."""

    run: str
    to: str
    files: tuple[Path, ...]
    type: str
    proof: Proof | None = None
    next: str = ""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of ``--json``, and the row in run.json."""
        return {
            "run": self.run,
            "to": self.to,
            "type": self.type,
            "files": [str(path) for path in self.files],
            "bytes": sum(path.stat().st_size for path in self.files if path.is_file()),
            "seconds": round(self.seconds, 1),
            "notes": list(self.notes),
            "proof": self.proof.to_json() if self.proof else None,
        }


def export(
    config: Config,
    run: str | None = None,
    *,
    to: Target = "gguf",
    kind: str | None = None,
    force: bool = False,
    push: str | None = None,
    say: Say = lambda _: None,
) -> Result:
    """Write the trained model for another program, prove it, put it in its place, note it in run.json."""
    started = time.perf_counter()
    trained = find_trained(config, run)
    if trained.folder is None and to in ("hf", "adapter"):
        raise ModelError.of("export.no_run", model=run)
    if to == "hf":
        from .huggingface import export_model

        result = export_model(trained, force=force, push=push, say=say)
    elif to == "adapter":
        result = _export_adapter(trained, say)
    else:
        result = _export_whole(trained, to, kind or config.export.quantization, force, say)
    result = replace(result, seconds=time.perf_counter() - started)
    _note(trained, result.to_json())
    return result


def find_trained(config: Config, run: str | None) -> Trained:
    """The run that is meant, the newest finished one without a name. Raises ModelError where there is none.

    Its own settings hold for what it was trained with; paths and the export's settings are those given.
    """
    source = resolve(run, config)
    if source.kind == "whole" and source.location != EMBEDDED and not is_gguf(Path(source.location)):
        name = Path(source.location.rstrip("/")).name
        return Trained(None, name, config, None, name, source.location)
    folder = Path(source.location).parent
    if source.kind != "adapter" or read_manifest(folder) is None:
        raise ModelError.of("export.no_run", model=run or source.name)
    own = load_config(folder / CONFIG, environ={}).config if (folder / CONFIG).is_file() else config
    kept = {name: getattr(config, name) for name in ("language", "paths", "export", "engines")}
    # Where models are and what they compute on may have changed since.
    model = own.model.model_copy(
        update={"device": config.model.device, "embedded_path": config.model.embedded_path}
    )
    own = own.model_copy(update={**kept, "model": model})
    origin = adapter_origin(folder / ADAPTER)
    own = pinned(own, origin)
    name = Path(origin.get("name", origin["source"])).name
    return Trained(folder, folder.name, own, base_file(folder / ADAPTER, own), name, origin["source"])


# --- the two kinds of GGUF ------------------------------------------------------------------------


def _export_adapter(trained: Trained, say: Say) -> Result:
    """The adapter alone, beside the run's; written anew each time: it takes a moment."""
    assert trained.folder
    assert trained.adapter
    path = write_run_adapter(trained.folder, trained.config)
    if path is None or trained.base is None:
        raise ModelError.of("export.no_gguf", run=trained.name, base=trained.base_source)
    proof = None
    if trained.config.export.proof_problems:
        exported = Exported(
            trained.base,
            path,
            trained.adapter,
            trained.base_source,
            type_name(trained.base, BASE),
            _system(trained),
        )
        proof = prove(exported, trained.config, say)
        if proof.refused:
            _refuse(trained, path, path, proof)
    return Result(trained.name, "adapter", (path,), "F16", proof, f"hipatia chat {run_name(trained.folder)}")


def _export_whole(trained: Trained, to: Target, wanted: str, force: bool, say: Say) -> Result:
    """One file with everything in it, proven, and where another program looks for it."""
    kind = wanted if wanted != "auto" else _usual_type(trained, say)
    shown = type_name(trained.base, kind) if trained.base else shown_type(trained.config, kind)
    path = trained.output / f"{trained.stem}-{shown}.gguf"
    if to != "gguf" and path.is_file() and not force:
        say(i18n.t("export.taken_as_it_is", path=path))
        result = Result(trained.name, to, (path,), shown)
    else:
        result = _write(trained, path, kind, shown, force, say)
    if to == "gguf":
        return result
    from .places import to_lmstudio, to_ollama

    place = to_lmstudio if to == "lmstudio" else to_ollama
    return place(trained, replace(result, to=to), _system(trained), force=force, say=say)


def _usual_type(trained: Trained, say: Say) -> str:
    count = count_gguf_parameters(trained.base) if trained.base else parameters_of(trained, say)
    return "Q4_K_M" if count > _LARGE else "Q8_0"


def _write(trained: Trained, path: Path, kind: str, shown: str, force: bool, say: Say) -> Result:
    if path.exists() and not force:
        raise RunError.of("export.exists", path=path)
    template, notes = _template(trained, say)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unproven = path.with_name(f".{path.name}.tmp")  # the next to open the run removes it
        say(i18n.t("export.writing", path=path, type=shown))
        _write_unproven(trained, unproven, kind, template, say)
        proof = _proof(trained, unproven, shown, template is not None and not notes, say)
        if proof and proof.refused:
            _refuse(trained, unproven, path, proof)
        os.replace(unproven, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    return Result(trained.name, "gguf", (path,), shown, proof, f"hipatia chat {path}", notes=notes)


def _write_unproven(trained: Trained, path: Path, kind: str, template: str | None, say: Say) -> None:
    if trained.base and trained.adapter:
        require_space(path.parent, int(1.05 * merged_size(trained.base, trained.adapter, kind)))
        write_merged(trained.base, trained.adapter, path, kind, template)
    else:
        plan = convert(trained, kind, template, say)
        require_space(path.parent, int(1.05 * plan.size))
        plan.write(path)


def _template(trained: Trained, say: Say) -> tuple[str | None, tuple[str, ...]]:
    """The chat template to write (None: the base's stays), and what is to be said of it."""
    tokenizer = load_tokenizer(trained.base or trained.base_source, revision=trained.config.model.revision)
    own = tokenizer.chat_template
    tokenizer = prepared_tokenizer(tokenizer, trained.config)
    # A file without a template would be guessed at; it gets the one of the training.
    kept = None if own else tokenizer.chat_template
    prompt = _system(trained)
    if not trained.config.export.system_prompt or not prompt:
        return kept, ()
    template = with_default_system(tokenizer, prompt)
    if template is None:
        return kept, (i18n.t("export.no_default_system"),)
    return template, ()


def _system(trained: Trained) -> str:
    """The tutor's prompt; a model as it is has none."""
    if trained.adapter is None:
        return ""
    return system_prompt(Source("adapter", str(trained.adapter), trained.name), trained.config)


def _proof(trained: Trained, path: Path, shown: str, has_default: bool, say: Say) -> Proof | None:
    if not trained.config.export.proof_problems:
        return None
    default = has_default and trained.config.export.system_prompt and bool(_system(trained))
    exported = Exported(
        path, None, trained.adapter, trained.base_source, shown, _system(trained), has_default_system=default
    )
    if trained.base:
        return prove(exported, trained.config, say)
    config = for_the_proof(trained.config, trained.base_source, say)
    return prove(replace(exported, is_converted=True), config, say)


def _refuse(trained: Trained, written: Path, path: Path, proof: Proof) -> None:
    """Set the file aside under a name that no program takes for a model, note why, and say so."""
    aside = path.with_name(f"{path.name}.refused")
    os.replace(written, aside)
    row = Result(trained.name, "gguf", (aside,), proof.type, proof).to_json()
    _note(trained, row | {"refused": proof.refused})
    raise ModelError.of("export.refused", path=aside, reason=proof.refused)


def _note(trained: Trained, row: dict[str, Any]) -> None:
    """Add the export to run.json, in the place of an earlier one of the same files; a model has none."""
    if trained.folder is None:
        return
    with RunFolder.open(trained.folder) as folder:
        manifest = read_manifest(trained.folder) or {}
        earlier = [one for one in manifest.get("exports", []) if one.get("files") != row["files"]]
        stamp = {"time": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
        folder.write_json(MANIFEST, manifest | {"exports": [*earlier, stamp | row]})
