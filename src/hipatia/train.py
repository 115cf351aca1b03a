"""From data to a tutor that is measured: ``hipatia train`` or ``python -m hipatia.train``.

    result = train(config)
    result.folder, result.to_json()

Choose the base model, load and split the data, measure, fine-tune with LoRA, measure again, save. Talk and
progress go to stderr.
"""

from __future__ import annotations

import hashlib
import json
import runpy
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import datamodule, i18n, modeling
from .config import Config, dump_yaml
from .errors import DataError
from .runs import MANIFEST, RunFolder, write_atomically
from .schema import Conversation, Problem

if TYPE_CHECKING:
    from rich.console import RenderableType

    from .engines.transformers import TransformersEngine
    from .evaluation import Comparison, Report
    from .training.display import Display
    from .training.trainer import StepResult

_FEWEST_OWN_PROBLEMS = 30  # with fewer answered test rows of the user's own, the bank measures
_UNSEEN_SEED = 20_000  # exercises of unseen families are the same for every run


@dataclass(frozen=True, slots=True)
class Splits:
    """Disjoint rows; near-duplicates are on one side."""

    train: list[Conversation]
    validation: list[Conversation]
    test: list[Conversation]


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
        from .training.show import result_view, stopped_view

        if self.comparison is None or self.unseen is None:
            return stopped_view(self.manifest, self.folder)
        return result_view(self.manifest, self.comparison, self.unseen, self.folder)

    def to_json(self) -> dict[str, Any]:
        """``run.json`` with the folder."""
        return {"folder": str(self.folder), **self.manifest}


@dataclass(frozen=True, slots=True)
class _Measured:
    """A model's answers to the test problems and to unseen families, and its losses on test rows."""

    main: Report
    unseen: Report
    losses: dict[str, float | None]


@dataclass(slots=True)
class _Run:
    """What the stages of a run hand on to each other."""

    config: Config
    folder: RunFolder
    display: Display
    hardware: modeling.Hardware
    base: modeling.Base
    splits: Splits
    datasets: dict[str, Any]
    problems: list[Problem]
    dataset_name: str
    unseen: list[Problem]
    manifest: dict[str, Any]
    stop: bool = False


def train(config: Config, *, name: str | None = None) -> TrainResult:
    """Run a whole training. Raises HipatiaError for what the user can mend.

    Ctrl-C finishes the step at hand and saves: the result's ``finished`` is then False.
    """
    from .training.display import Display

    display = Display()
    with RunFolder.create(config.paths.runs, name) as folder:
        folder.write_text("config.yaml", dump_yaml(config))
        run = _prepare(config, folder, display)
        folder.write_json(MANIFEST, run.manifest)
        before = _measure(run, run.base.model, "base")
        model = modeling.apply_lora(run.base.model, config.lora)
        with _ctrl_c_stops(run):
            figures = _fit(run, model)
        modeling.save_lora_adapter_in(folder, model, run.base)
        return _conclude(run, model, before, figures)


def _prepare(config: Config, folder: RunFolder, display: Display) -> _Run:
    """Hardware, data, base model: everything that can go wrong before anything is computed."""
    _set_up_process(config)
    _say_what_lies_idle(display)
    hardware = modeling.detect_hardware(config)
    display.say(i18n.t("train.hardware", device=hardware.name, dtype=hardware.dtype, folder=folder.path))
    splits = load_splits(config, folder.path)
    source = modeling.choose_base(config, hardware, display.say, _ask if sys.stdin.isatty() else None)
    base = modeling.load_base(source, config, hardware, display.say)
    datasets = _tokenize(splits, base, config)
    problems, dataset_name = test_problems(splits, config)
    sizes = {name: len(data) for name, data in datasets.items()}
    display.say(i18n.t("train.data", base=base.name, **sizes))
    if config.data.files and not as_problems(splits.test):
        display.say(i18n.t("train.no_answers"))
    manifest = first_manifest(config, hardware, base, splits.train)
    unseen = _unseen(config)
    return _Run(
        config, folder, display, hardware, base, splits, datasets, problems, dataset_name, unseen, manifest
    )


def load_splits(config: Config, rejects: Path | None = None) -> Splits:
    """The rows of the settings, in three disjoint parts; refused ones go to the folder ``rejects``.

    Raises DataError if none is left to learn from.
    """
    rows = datamodule.configured_rows(config, rejects)
    seed = config.training.seed
    rest, test = datamodule.split_dataset(rows, config.data.test_fraction, seed)
    training, validation = datamodule.split_dataset(rest, config.data.eval_fraction, seed)
    if not training:
        raise DataError.of("train.too_few_rows", rows=len(rows))
    return Splits(training, validation, test)


def test_problems(splits: Splits, config: Config) -> tuple[list[Problem], str]:
    """What accuracy is measured on: the user's own answered test rows if there are enough, else the bank."""
    own = as_problems(splits.test) if config.data.files else []
    if len(own) >= _FEWEST_OWN_PROBLEMS:
        return own, i18n.t("train.own_test_rows")
    return datamodule.bundled_bank(), i18n.t("evaluation.bank")


def as_problems(rows: Sequence[Conversation]) -> list[Problem]:
    """The rows that ask one question and have an answer, as problems."""
    return [
        Problem(
            row.id or f"row-{index}",
            question.content,
            row.answer,
            row.topic,
            row.level,
            row.language,
            row.family,
        )
        for index, row in enumerate(rows)
        if row.answer
        for question in [next(message for message in row.messages if message.role == "user")]
        if sum(message.role == "user" for message in row.messages) == 1
    ]


def validation_sample(rows: Sequence[Conversation], count: int) -> list[Problem]:
    """A fixed sample of ``count`` problems, the topics taking turns."""
    by_topic: dict[str | None, list[Problem]] = {}
    for problem in as_problems(rows):
        by_topic.setdefault(problem.topic, []).append(problem)
    queues = list(by_topic.values())
    sample: list[Problem] = []
    while len(sample) < count and any(queues):
        sample += [queue.pop(0) for queue in queues if queue]
    return sample[:count]


# --- the stages -----------------------------------------------------------------------------------


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
            display.say(" ".join(filter(None, [advice.message, advice.command])), style="yellow")


def _ask(question: str) -> bool:
    answer = input(f"{question} {i18n.t('train.yes_or_no')} ")
    return answer.strip().lower() in ("s", "sí", "si", "y", "yes")


def _unseen(config: Config) -> list[Problem]:
    """Exercises of families that never occur in training; only with the bundled data."""
    if config.data.files or not config.evaluation.unseen_exercises:
        return []
    from .exercises import UNSEEN_FAMILIES, generate

    made = generate(config.evaluation.unseen_exercises, seed=_UNSEEN_SEED, families=UNSEEN_FAMILIES)
    return [exercise.problem() for exercise in made]


def _tokenize(splits: Splits, base: modeling.Base, config: Config) -> dict[str, Any]:
    """Datasets by name. ``test_conversations``: the bundled conversations among the test rows."""
    conversations = [] if config.data.files else [row for row in splits.test if row.family is None]
    rows = {
        **{name: getattr(splits, name) for name in ("train", "validation", "test")},
        "test_conversations": conversations,
    }
    return {
        name: datamodule.tokenize_rows(some, base.tokenizer, config, required=name == "train").dataset
        if some
        else []
        for name, some in rows.items()
    }


def _measure(run: _Run, model: Any, name: str) -> _Measured:
    """Answers to the test problems and to exercises of unseen families, and the loss on the test rows."""
    from .evaluation import evaluate
    from .evaluation.show import progress_bar
    from .training.measure import undisturbed

    engine = _engine(run, model, i18n.t(f"train.{name}"))
    title = i18n.t(f"train.measuring_{name}")
    problems = [*run.problems, *run.unseen]
    with undisturbed(model), progress_bar(title, run.display.console) as progress:
        report = evaluate(engine, problems, run.config, dataset=run.dataset_name, progress=progress)
        losses = {
            kind: _loss(run, model, data) for kind, data in run.datasets.items() if kind.startswith("test")
        }
    count = len(run.problems)
    main, unseen = (
        replace(report, answers=report.answers[:count]),
        replace(report, answers=report.answers[count:]),
    )
    return _Measured(main, unseen, losses)


def _loss(run: _Run, model: Any, dataset: Any) -> float | None:
    from .training.loss import AnswerLoss
    from .training.measure import held_out_loss

    module = AnswerLoss(model, share_prefix=not run.hardware.is_gpu)
    return held_out_loss(module, dataset, run.config, run.base.tokenizer.pad_token_id)


def _engine(run: _Run, model: Any, name: str) -> TransformersEngine:
    from .engines.transformers import TransformersEngine

    size = run.config.evaluation.batch_size
    return TransformersEngine(model, run.base.tokenizer, name, batch_size=size)


def _fit(run: _Run, model: Any) -> dict[str, Any]:
    """Train the adapter; figures of the training for run.json."""
    from .training.trainer import TutorTrainer

    trainable, total = modeling.count_trainable_parameters(model)
    run.display.say(
        i18n.t("train.adapter", trainable=i18n.number(trainable / 1e6, 1), total=i18n.number(total / 1e6, 1))
    )
    sample = validation_sample(run.splits.validation, run.config.evaluation.validation_problems)
    trainer = TutorTrainer(
        model,
        run.datasets["train"],
        run.config,
        run.hardware,
        pad_id=run.base.tokenizer.pad_token_id,
        output_dir=str(run.folder.path),
        after_step=lambda result: _after_step(run, result),
        evaluate_now=lambda step: _evaluate_now(run, model, sample, step),
        stop_requested=lambda: run.stop,
    )
    with run.display:
        trainer.train()
        return {
            "seconds": round(run.display.training_seconds, 1),
            "steps": trainer.state.global_step,
            "tokens": run.display.tokens,
            "tokens_per_second": round(run.display.tokens_per_second, 1),
        }


def _after_step(run: _Run, result: StepResult) -> None:
    run.display.step(result)
    run.folder.append_metrics({"kind": "step", **asdict(result)})


def _evaluate_now(run: _Run, model: Any, sample: list[Problem], step: int) -> None:
    """A periodic evaluation: loss on the validation rows, accuracy on a small sample of them."""
    from .evaluation import evaluate
    from .training.measure import undisturbed

    started = time.perf_counter()
    with undisturbed(model):
        loss = _loss(run, model, run.datasets["validation"])
        report = evaluate(_engine(run, model, ""), sample, run.config) if sample else None
    accuracy = asdict(report.accuracy) if report else None
    seconds = time.perf_counter() - started
    run.folder.append_metrics({"kind": "evaluation", "step": step, "loss": loss, "accuracy": accuracy})
    run.display.evaluated(_evaluation_line(run, step, loss, report), seconds)


def _evaluation_line(run: _Run, step: int, loss: float | None, report: Report | None) -> str:
    from .evaluation.show import share

    parts = {"step": step, "loss": i18n.number(loss, 3) if loss is not None else "—"}
    if report is None:
        return i18n.t("train.evaluated_loss", **parts)
    return i18n.t("train.evaluated", accuracy=share(report.accuracy), **parts)


@contextmanager
def _ctrl_c_stops(run: _Run) -> Iterator[None]:
    """The first Ctrl-C ends the training after the step at hand, the second one ends the program."""

    def stop(_: int, __: Any) -> None:
        if run.stop:
            raise KeyboardInterrupt
        run.stop = True
        run.display.say(i18n.t("train.stopping"), style="yellow")

    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not the main thread: Ctrl-C is not ours to handle
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _conclude(run: _Run, model: Any, before: _Measured, training: dict[str, Any]) -> TrainResult:
    """Measure again, unless stopped, and write run.json, the last of all."""
    training["peak_memory_bytes"] = peak_memory()
    result = TrainResult(run.folder.path, run.manifest | {"training": training, "status": "stopped"})
    if not run.stop:
        after = _measure(run, model, "tuned")
        result = _compared(run, before, after, training)
    result.manifest["finished"] = now()
    run.folder.write_json(MANIFEST, result.manifest)
    return result


def _compared(run: _Run, before: _Measured, after: _Measured, training: dict[str, Any]) -> TrainResult:
    from .evaluation import compare

    comparison, unseen = compare(before.main, after.main), compare(before.unseen, after.unseen)
    with run.folder.folder("evaluation") as folder:
        for name, measured in (("base", before), ("tuned", after)):
            report = {**measured.main.to_json(), "unseen": measured.unseen.to_json()}
            write_atomically(folder / f"{name}.json", json.dumps(report, ensure_ascii=False, indent=1))
    manifest = run.manifest | {
        "status": "finished",
        "accuracy": {
            "base": asdict(before.main.accuracy),
            "tuned": asdict(after.main.accuracy),
            "difference": asdict(comparison.difference),
            "unseen_families": {
                "base": asdict(before.unseen.accuracy),
                "tuned": asdict(after.unseen.accuracy),
            },
            "dataset": run.dataset_name,
        },
        "loss": {"base": before.losses, "tuned": after.losses},
        "training": training | {"peak_memory_bytes": peak_memory()},
    }
    return TrainResult(run.folder.path, manifest, comparison, unseen)


def first_manifest(
    config: Config, hardware: modeling.Hardware, base: modeling.Base, rows: Sequence[Conversation]
) -> dict[str, Any]:
    """What is known before anything is computed: base, data, seed, versions, time."""
    return {
        "schema": 1,
        "status": "running",
        "started": now(),
        "base": {"source": base.source, "name": base.name, "sha256": base.digest},
        "dataset": {
            "rows": len(rows),
            "sha256": rows_digest(rows),
            "files": [str(f) for f in config.data.files],
        },
        "seed": config.training.seed,
        "device": {"name": hardware.name, "kind": hardware.device, "dtype": hardware.dtype},
        "versions": {name: version(name) for name in ("hipatia", "torch", "transformers", "peft")},
    }


def rows_digest(rows: Sequence[Conversation]) -> str:
    """SHA-256 over the rows in their order."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(asdict(row), ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


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
