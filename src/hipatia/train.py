"""From data to a tutor that is measured: ``hipatia train`` or ``python -m hipatia.train``.

    result = train(config)
    result = train(config, resume=Path("runs/clase"))
    result.folder, result.to_json()

Choose the base model, load and split the data, measure, fine-tune with LoRA, measure again, save. Talk and
progress go to stderr.
"""

from __future__ import annotations

import runpy
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import i18n, modeling
from .config import Config, dump_yaml
from .errors import HipatiaError
from .runs import ADAPTER, CONFIG, MANIFEST, RunFolder, cannot_write, read_manifest, run_name

if TYPE_CHECKING:
    from rich.console import RenderableType

    from .evaluation import Comparison
    from .training.context import Run
    from .training.display import Display
    from .training.forecasting import RunForecast
    from .training.measure import Measured
    from .training.rows import Splits
    from .training.stopping import Stopping
    from .training.workers import Workers


@dataclass(slots=True)
class TrainResult:
    """What a run came to. Losses in nats per learnt token."""

    folder: Path
    manifest: dict[str, Any]
    comparison: Comparison | None = None
    unseen: Comparison | None = None

    @property
    def finished(self) -> bool:
        """False if it was stopped early."""
        return self.manifest["status"] == "finished"

    def view(self) -> RenderableType:
        """What a person reads at the end."""
        from .training.show import interrupted_view, result_view

        if self.comparison is None or self.unseen is None:
            return interrupted_view(self.manifest, self.folder)
        return result_view(self.manifest, self.comparison, self.unseen, self.folder)

    def to_json(self) -> dict[str, Any]:
        """``run.json`` with the folder."""
        return {"folder": str(self.folder), **self.manifest}


def train(
    config: Config, *, name: str | None = None, resume: Path | None = None, force: bool = False
) -> TrainResult:
    """Run a whole training, or go on with an unfinished one at its newest whole checkpoint.

    With ``resume``, data, base or settings that are not the run's own are an error, unless ``force``.
    Ctrl-C (or SIGTERM) finishes the step at hand and saves: the result's ``finished`` is then False.
    Raises HipatiaError for what the user can mend.
    """
    from .training.display import Display
    from .training.forecasting import check_memory, fit_into_memory
    from .training.resume import as_begun, run_config
    from .training.stopping import Stopping
    from .training.trackers import require_trackers
    from .training.workers import Workers, is_main_process

    display = Display(quiet=not is_main_process())
    require_trackers(config.training.trackers)
    config = as_begun(run_config(resume), config) if resume else config.settled
    with (
        Workers.started() as workers,
        Stopping(display.warn) as stopping,
        _only_the_main_one_speaks(workers),
        _folder(config, name, resume, force, workers) as folder,
        _recorded(folder, workers, new=resume is None),
    ):
        run = _prepare(config, folder, display, stopping, workers)
        if resume and workers.is_main:
            _take_up(run, force)
        if not resume:
            fit_into_memory(run)
        check_memory(run)
        return _train(run)


def forecast(config: Config) -> RunForecast:
    """What memory and time a training would take, from its data and model and a few of its steps.

    Leaves nothing behind. Raises HipatiaError as ``train`` does.
    """
    from .training.display import Display
    from .training.forecasting import forecast_run
    from .training.stopping import Stopping
    from .training.workers import Workers

    display = Display()
    with (
        tempfile.TemporaryDirectory() as runs,
        Stopping(display.warn) as stopping,
        RunFolder.create(Path(runs), "forecast") as folder,
    ):
        return forecast_run(_prepare(config.settled, folder, display, stopping, Workers()))


def _train(run: Run) -> TrainResult:
    from .training.fit import Fit
    from .training.measure import give_back_memory, measured_base
    from .training.resume import newest_checkpoint

    checkpoint = newest_checkpoint(run.folder.path, run.display.warn) if run.workers.is_main else None
    checkpoint = run.workers.shared(checkpoint)
    fit = Fit(run)
    if run.workers.is_main:
        run.folder.write_text(CONFIG, dump_yaml(run.config))
        run.folder.write_json(MANIFEST, run.manifest)
    before = measured_base(run) if run.workers.is_main else None
    fit.go_on_from(checkpoint)
    if "resumed" in run.manifest:
        words = {"step": fit.trainer.progress.step, "steps": fit.trainer.steps}
        run.display.say(i18n.t("train.resumed", **words))
    with run.display.steps(), run.stopping.gracefully():
        ended = fit.run_through(before)
    run.manifest["training"] = fit.figures(ended)
    del fit
    give_back_memory()  # that of its passes is wanted for measuring
    if not run.workers.is_main:
        return TrainResult(run.folder.path, run.manifest | {"status": "finished"})
    _save_adapter(run)
    assert before
    return _conclude(run, before, interrupted=ended == "interrupted")


# --- the folder -----------------------------------------------------------------------------------


@contextmanager
def _folder(
    config: Config, name: str | None, resume: Path | None, force: bool, workers: Workers
) -> Iterator[RunFolder]:
    """The run's folder: a new one, or that of the run to go on with. The main worker alone holds it."""
    from .training.resume import require_same, require_unfinished, run_config, settings_differences

    if not workers.is_main:
        yield RunFolder(workers.shared(Path()))
        return
    if resume:
        require_unfinished(resume)
        if not force:
            require_same(settings_differences(run_config(resume), config), run_name(resume))
        folder = RunFolder.open(resume)
    else:
        folder = RunFolder.create(config.paths.runs, name, {CONFIG: dump_yaml(config)})
    with folder:
        workers.shared(folder.path)
        yield folder


@contextmanager
def _recorded(folder: RunFolder, workers: Workers, *, new: bool) -> Iterator[None]:
    """However the block ends, ``run.json`` says so. A new folder in which nothing was computed goes."""
    try:
        yield
    except BaseException as error:
        if workers.is_main:
            interrupted = isinstance(error, KeyboardInterrupt)
            _record_failure(folder, "interrupted" if interrupted else "failed", error, new=new)
        raise


def _record_failure(folder: RunFolder, status: str, error: BaseException, *, new: bool) -> None:
    manifest = read_manifest(folder.path)
    if manifest is None and new:
        shutil.rmtree(folder.path, ignore_errors=True)
    elif manifest is not None:
        reason = {"error": str(error) or type(error).__name__} if status == "failed" else {}
        with suppress(HipatiaError):  # a full disk must not hide what went wrong
            folder.write_json(MANIFEST, manifest | {"status": status, "stopped": now()} | reason)


@contextmanager
def _only_the_main_one_speaks(workers: Workers) -> Iterator[None]:
    """What the user can mend is told once; that a worker was lost, by all that are left."""
    from .training.workers import LostWorker

    try:
        yield
    except HipatiaError as error:
        if workers.is_main or isinstance(error, LostWorker):
            raise
        raise SystemExit(2) from None


# --- before anything is computed ------------------------------------------------------------------


def _prepare(
    config: Config, folder: RunFolder, display: Display, stopping: Stopping, workers: Workers
) -> Run:
    """Hardware, data, base model, adapter: everything that can go wrong before anything is computed."""
    from .training import rows
    from .training.context import Run

    _set_up_process(config)
    _say_what_lies_idle(display)
    hardware = modeling.detect_hardware(config)
    display.say(i18n.t("train.hardware", device=hardware.name, dtype=hardware.dtype, folder=folder.path))
    splits = rows.load_splits(config, folder.path if workers.is_main else None)
    problems, dataset_name = rows.test_problems(splits, config)
    ask = display.ask if display.can_ask else None
    source = modeling.choose_base(config, hardware, display.say, ask) if workers.is_main else ""
    source = workers.shared(source)
    with workers.main_first():
        base = modeling.load_base(source, config, hardware, display.say)
        datasets = rows.tokenize(splits, base.tokenizer, config)
    sizes = {name: len(data) for name, data in datasets.items()}
    display.say(i18n.t("train.data", base=base.name, **sizes))
    if config.data.files and not rows.as_problems(splits.test):
        display.say(i18n.t("train.no_answers"))
    return Run(
        config=config,
        folder=folder,
        display=display,
        stopping=stopping,
        workers=workers,
        hardware=hardware,
        base=base,
        model=_adapted(base, config, display, workers),
        splits=splits,
        datasets=datasets,
        problems=problems,
        dataset_name=dataset_name,
        unseen=rows.unseen_problems(config),
        manifest=first_manifest(config, hardware, base, splits, datasets, workers.size),
    )


def _set_up_process(config: Config) -> None:
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.set_seed(config.training.seed)
    torch.set_flush_denormal(True)  # without it steps become slower as the loss falls


def _say_what_lies_idle(display: Display) -> None:
    from .doctor import advise, probe

    for advice in advise(probe()):
        if advice.kind == "problem":
            display.warn(" ".join(filter(None, [advice.message, advice.command])))


def _adapted(base: modeling.Base, config: Config, display: Display, workers: Workers) -> Any:
    """The base with a fresh adapter, the same in every worker."""
    import torch

    model = modeling.apply_lora(base.model, config.lora)
    if not workers.is_main:
        torch.manual_seed(config.training.seed + workers.rank)  # dropout is each worker's own
    millions = [i18n.number(count / 1e6, 1) for count in modeling.count_trainable_parameters(model)]
    display.say(i18n.t("train.adapter", trainable=millions[0], total=millions[1]))
    return model


def first_manifest(
    config: Config,
    hardware: modeling.Hardware,
    base: modeling.Base,
    splits: Splits,
    datasets: dict[str, Any],
    processes: int = 1,
) -> dict[str, Any]:
    """What is known before anything is computed: base, data, seed, versions, time."""
    from .training.batches import tokens_digest
    from .training.rows import rows_digest

    return {
        "schema": 1,
        "status": "running",
        "started": now(),
        "base": {"source": base.source, "name": base.name, "sha256": base.digest},
        "dataset": {
            "rows": len(splits.train),
            "sha256": rows_digest(splits.train),
            "tokens_sha256": tokens_digest(datasets["train"]),
            "files": [str(f) for f in config.data.files],
        },
        "seed": config.training.seed,
        "processes": processes,
        "device": {"name": hardware.name, "kind": hardware.device, "dtype": hardware.dtype},
        "versions": {name: version(name) for name in ("hipatia", "torch", "transformers", "peft")},
    }


def _take_up(run: Run, force: bool) -> None:
    """Make sure that the run's base and data are those that it began with; its manifest goes on."""
    from .training.resume import identity_differences, require_same

    old = read_manifest(run.folder.path) or {}
    if not force:
        require_same(identity_differences(old, run.manifest), run.name)
    run.manifest["started"] = old.get("started", run.manifest["started"])
    run.manifest["resumed"] = [*old.get("resumed", []), now()]


# --- afterwards -----------------------------------------------------------------------------------


def _save_adapter(run: Run) -> None:
    from safetensors import SafetensorError

    from .export import write_run_adapter

    try:
        modeling.save_lora_adapter_in(run.folder, run.model, run.base)
    except (OSError, SafetensorError) as error:
        raise cannot_write(run.folder.path / ADAPTER, error) from error
    try:
        write_run_adapter(run.folder.path, run.config)
    except HipatiaError as error:  # the adapter itself is there: only llama.cpp cannot take it
        run.display.warn(i18n.t("train.no_adapter_gguf", reason=error.message))


def _conclude(run: Run, before: Measured, *, interrupted: bool) -> TrainResult:
    """Measure again, unless stopped, and write run.json, the last of all."""
    result = TrainResult(run.folder.path, run.manifest)
    run.folder.write_json(MANIFEST, run.manifest)
    if interrupted:
        run.manifest |= {"status": "interrupted", "stopped": now()}
    else:
        from .training.measure import measured_tuned

        result = _compared(run, before, measured_tuned(run))
        run.manifest |= {"status": "finished", "finished": now()}
    run.manifest["training"]["peak_memory_bytes"] = peak_memory()
    run.folder.write_json(MANIFEST, run.manifest)
    _report(run)
    return result


def _report(run: Run) -> None:
    """Write ``report.html``. A run whose page fails, for whatever reason, is no worse a run."""
    from .report import write_report

    try:
        run.display.say(i18n.t("report.written", path=write_report(run.folder.path)))
    except Exception as error:
        run.display.warn(i18n.t("report.failed", reason=error))


def _compared(run: Run, before: Measured, after: Measured) -> TrainResult:
    """Both models side by side, in the manifest too."""
    from .evaluation import compare

    comparison, unseen = compare(before.main, after.main), compare(before.unseen, after.unseen)
    run.manifest["accuracy"] = _accuracy(comparison, unseen)
    exact = (before.main.exact, after.main.exact, before.unseen.exact, after.unseen.exact)
    known = [report for report in exact if report]
    if len(known) == len(exact):
        run.manifest["accuracy_exact"] = _accuracy(compare(*known[:2]), compare(*known[2:]))
    run.manifest["loss"] = {"base": before.losses, "tuned": after.losses}
    return TrainResult(run.folder.path, run.manifest, comparison, unseen)


def _accuracy(comparison: Comparison, unseen: Comparison) -> dict[str, Any]:
    """The shares of right answers as ``run.json`` has them."""
    return {
        "base": asdict(comparison.first.accuracy),
        "tuned": asdict(comparison.second.accuracy),
        "difference": asdict(comparison.difference),
        "unseen_families": {
            "base": asdict(unseen.first.accuracy),
            "tuned": asdict(unseen.second.accuracy),
        },
        "dataset": comparison.first.dataset,
    }


def now() -> str:
    """The present time, ISO 8601 with the offset from UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")


def peak_memory() -> int | None:
    """The most memory that this process has held, in bytes; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.argv[1:1] = ["train"]
    runpy.run_module("hipatia", run_name="__main__")
