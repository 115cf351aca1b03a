"""The command ``hipatia``: parse, load the configuration, make one call, print.

    hipatia train --data clase.json --set training.epochs=2

Results go to stdout, talk and errors to stderr. Help texts are keys of ``locale/*/cli.json``, put into
words once the language is known. Everything heavy is imported inside the commands.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from . import __version__, i18n
from .cli_words import Command, Group, early_language, hoist, localize, usage_error
from .errors import HipatiaError, ModelError
from .redaction import install, redact

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from .config import Config, LoadedConfig


@dataclass(frozen=True)
class Options:
    """The options of every command."""

    sets: tuple[str, ...] = ()
    file: Path | None = None
    language: str | None = None
    json: bool = False

    def load(self, flags: Mapping[str, Any] | None = None, file: Path | None = None) -> LoadedConfig:
        """The effective configuration; from here on its language is the one spoken.

        ``file`` takes the place of ``hipatia.yaml``.
        """
        from .config import load_config

        loaded = load_config(self.file or file, self.sets, {"language": self.language, **(flags or {})})
        i18n.set_language(loaded.config.language)
        return loaded

    def config(self, flags: Mapping[str, Any] | None = None) -> Config:
        """The effective configuration without its sources."""
        return self.load(flags).config


def option(*names: str, text: str, metavar: str | None = None, **more: Any) -> Any:
    """An option whose help is the sentence ``cli.<text>``."""
    return typer.Option(*names, help=f"cli.{text}", metavar=metavar, show_default=False, **more)


def argument(text: str, metavar: str) -> Any:
    """An argument whose help is the sentence ``cli.<text>``."""
    return typer.Argument(help=f"cli.{text}", metavar=metavar, show_default=False)


def group(text: str) -> typer.Typer:
    """A command with commands of its own; called bare it shows its help."""
    return typer.Typer(
        cls=Group, help=f"cli.{text}", no_args_is_help=True, add_completion=False, rich_markup_mode=None
    )


app = group("hipatia")
data = group("data")
Model = Annotated[str | None, argument("model", "cli.metavar.model")]
FILES = argument("files", "cli.metavar.files")
Limit = Annotated[int | None, option("--limit", text="limit", metavar="N", min=1)]


def command(parent: typer.Typer, name: str, text: str) -> Any:
    """Register a command whose help is the sentence ``cli.<text>``."""
    return parent.command(name, cls=Command, help=f"cli.{text}", epilog="cli.everywhere")


def show(view: RenderableType) -> None:
    """Print tables to stdout; in a pipe as wide as they are."""
    stdout().print(view)


def stdout() -> Console:
    """The terminal, or a pipe as wide as tables are."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=200)


def talk(text: str) -> None:
    """Say something that is no result: on stderr."""
    print(redact(text), file=sys.stderr)


def emit(value: Any) -> None:
    """Print the one JSON object of ``--json``."""
    print(redact(json.dumps(value, ensure_ascii=False, indent=2, default=str)))


@app.callback()
def _root(
    ctx: typer.Context,
    sets: Annotated[list[str] | None, option("--set", text="set", metavar="cli.metavar.set")] = None,
    file: Annotated[Path | None, option("--config", text="config_file", metavar="cli.metavar.file")] = None,
    language: Annotated[str | None, option("--language", text="language", metavar="es|en")] = None,
    as_json: Annotated[bool, option("--json", text="json")] = False,
    debug: Annotated[bool, option("--debug", text="debug")] = False,
    version: Annotated[
        bool, option("--version", text="version", is_eager=True, callback=lambda v: _version(v))
    ] = False,
) -> None:
    ctx.obj = Options(tuple(sets or ()), file, language, as_json)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"hipatia {__version__}")
        raise typer.Exit


@command(app, "train", "train")
def _train(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, option("--data", text="data_option", metavar="cli.metavar.file")
    ] = None,
    model: Annotated[str | None, option("--model", text="base", metavar="cli.metavar.model")] = None,
    name: Annotated[str | None, option("--name", text="name", metavar="cli.metavar.name")] = None,
    run: Annotated[str | None, option("--resume", text="resume", metavar="cli.metavar.run")] = None,
    force: Annotated[bool, option("--force", text="force")] = False,
    ahead: Annotated[bool, option("--forecast", text="forecast")] = False,
) -> int:
    flags = {"data.files": files or None, "model.base": model}
    config = ctx.obj.config(flags)
    if ahead:
        return _forecast(ctx.obj, config)
    from .training.resume import find_run, offer

    folder = find_run(config.paths.runs, run, name) if run else offer(config, name)
    if run and folder:
        config = ctx.obj.load(flags, folder / "config.yaml").config
    from .train import train
    from .training.workers import is_main_process

    result = train(config, name=name, resume=folder, force=force)
    if not is_main_process():
        return 0
    if ctx.obj.json:
        emit(result.to_json())
    else:
        show(result.view())
    return 0 if result.finished else 130


def _forecast(options: Options, config: Config) -> int:
    from .train import forecast

    found = forecast(config)
    if options.json:
        emit(found.to_json())
    else:
        show(found.view())
    return 0 if found.memory.fits else 1


@command(app, "evaluate", "evaluate")
def _evaluate(
    ctx: typer.Context,
    model: Model = None,
    questions: Annotated[
        Path | None, option("--questions", text="questions", metavar="cli.metavar.file")
    ] = None,
    other: Annotated[str | None, option("--compare", text="compare", metavar="cli.metavar.model")] = None,
    limit: Limit = None,
) -> None:
    config = ctx.obj.config()
    from .evaluation import Report, run
    from .evaluation.show import comparison_view, report_view

    result = run(config, model, questions=questions, compare_with=other, limit=limit)
    if ctx.obj.json:
        emit(result.to_json())
    else:
        show(report_view(result) if isinstance(result, Report) else comparison_view(result))


@command(app, "chat", "chat")
def _chat(
    ctx: typer.Context,
    model: Model = None,
    questions: Annotated[
        list[str] | None, option("-p", "--prompt", text="prompt", metavar="cli.metavar.question")
    ] = None,
    resume: Annotated[bool, option("-c", "--continue", text="continue")] = False,
) -> int:
    config = ctx.obj.config()
    from .chat.terminal import chat

    return chat(config, model, questions=questions or (), resume=resume, as_json=ctx.obj.json)


@command(data, "check", "data_check")
def _data_check(ctx: typer.Context, files: Annotated[list[Path], FILES]) -> None:
    config = ctx.obj.config()
    from .datamodule import check_dataset
    from .datamodule.show import check_view

    tokenizer = _tokenizer(config)
    check = check_dataset(files, config, tokenizer)
    if ctx.obj.json:
        emit(check.to_json())
    else:
        show(check_view(check, tokenizer))


@command(data, "stats", "data_stats")
def _data_stats(ctx: typer.Context, files: Annotated[list[Path] | None, FILES] = None) -> None:
    config = ctx.obj.config()
    from .datamodule import analyze_dataset_stats, bundled_conversations, read_rows
    from .datamodule.show import stats_view

    rows = [row for file in files or [] for row in read_rows(file).conversations] or bundled_conversations()
    stats = analyze_dataset_stats(rows, _tokenizer(config))
    if ctx.obj.json:
        emit(asdict(stats))
    else:
        show(stats_view(stats))


def _tokenizer(config: Config) -> Any:
    """The base model's tokenizer (the embedded one's for ``auto``); None, with a word why, without one."""
    from .embedded import embedded_model_path
    from .modeling import load_tokenizer, prepared_tokenizer

    base = config.model.base
    try:
        source = embedded_model_path(config, talk) if base in ("auto", "embedded") else base
        return prepared_tokenizer(load_tokenizer(source, revision=config.model.revision), config)
    except ModelError as error:
        talk(i18n.t("cli.no_tokenizer", reason=error.message))
        return None


@command(data, "make", "data_make")
def _data_make(
    ctx: typer.Context,
    count: Annotated[int, option("-n", "--count", text="count", metavar="N", min=1)] = 100,
    topics: Annotated[list[str] | None, option("--topic", text="topic", metavar="cli.metavar.topic")] = None,
    levels: Annotated[list[str] | None, option("--level", text="level", metavar="cli.metavar.level")] = None,
    hints: Annotated[float | None, option("--hints", text="hints", metavar="cli.metavar.share")] = None,
    files: Annotated[list[Path] | None, option("--avoid", text="avoid", metavar="cli.metavar.file")] = None,
) -> None:
    config = ctx.obj.config({"data.hints": hints})
    from .datamodule import prepare_conversations_dataset
    from .exercises import asked_in, conversations, generate

    seed = config.training.seed
    avoid = asked_in(row for file in files or () for row in prepare_conversations_dataset(file))
    made = generate(
        count, seed=seed, language=i18n.language(), topics=topics or None, levels=levels or None, avoid=avoid
    )
    told = conversations(made, seed=seed, hints=config.data.hints_made)
    rows = [_without_blanks(asdict(row)) for row in told]
    if ctx.obj.json:
        emit({"rows": rows})
    else:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))


def _without_blanks(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "")}


@command(app, "grade", "grade")
def _grade(ctx: typer.Context, file: Annotated[Path, argument("grade_file", "cli.metavar.file")]) -> None:
    ctx.obj.config()
    from .cli_grade import grades_table, read_answers
    from .grading import release, validate_many

    grades = validate_many(list(read_answers(file)))
    release()
    totals = dict(Counter(grade.status for grade in grades).most_common())
    if ctx.obj.json:
        emit({"total": len(grades), "totals": totals, "grades": [asdict(grade) for grade in grades]})
    else:
        show(grades_table(grades))
        counts = ", ".join(f"{i18n.t(f'cli.status.{name}')} {count}" for name, count in totals.items())
        print(i18n.t("cli.grade_totals", total=len(grades), counts=counts))


@command(app, "doctor", "doctor")
def _doctor(ctx: typer.Context, quick: Annotated[bool, option("--quick", text="quick")] = False) -> None:
    config = ctx.obj.config()
    from rich.console import Console

    from .doctor import Machine, advise, capacity, probe, report
    from .doctor.show import print_examination

    with Console(stderr=True).status(i18n.t("doctor.asking" if quick else "doctor.asking_torch")):
        facts = probe(Machine(config.paths.cache_folder), full=True, compute=not quick)
    advice = advise(facts)
    capacities = capacity(facts, idle=any(one.kind == "problem" for one in advice))
    if ctx.obj.json:
        emit(report(facts, advice, capacities))
    else:
        print_examination(stdout(), facts, advice, capacities)


@command(app, "login", "login")
def _login(ctx: typer.Context) -> None:
    ctx.obj.config()
    from .cli_login import login

    result = login(talk)
    if ctx.obj.json:
        emit(result.to_json())
    else:
        print(result.text())


@command(app, "export", "export")
def _export(
    ctx: typer.Context,
    run: Annotated[str | None, argument("export_run", "cli.metavar.run")] = None,
    to: Annotated[
        Literal["gguf", "adapter", "lmstudio", "ollama", "hf"],
        option("--to", text="to", metavar="gguf|adapter|lmstudio|ollama|hf"),
    ] = "gguf",
    quant: Annotated[str | None, option("--quant", text="quant", metavar="cli.metavar.type")] = None,
    force: Annotated[bool, option("--force", text="export_force")] = False,
    push: Annotated[str | None, option("--push", text="push", metavar="cli.metavar.repo")] = None,
) -> None:
    config = ctx.obj.config({"export.quantization": quant})
    if push and to != "hf":
        raise HipatiaError(i18n.t("cli.push_without_hf"))
    from .cli_export import result_view
    from .export.exporting import export

    result = export(config, run, to=to, force=force, push=push, say=talk)
    if ctx.obj.json:
        emit(result.to_json())
    else:
        show(result_view(result))


@command(app, "models", "models")
def _models(ctx: typer.Context) -> None:
    config = ctx.obj.config()
    from .catalog import quick_hardware
    from .cli_models import models_json, models_table
    from .models import find_models

    found = find_models(config, quick_hardware(config))
    if ctx.obj.json:
        emit(models_json(found))
    else:
        show(models_table(found))


@command(app, "config", "config")
def _config(ctx: typer.Context) -> None:
    loaded = ctx.obj.load()
    if ctx.obj.json:
        emit({"config": loaded.config.model_dump(mode="json"), "sources": loaded.sources})
    else:
        from .config import annotated_yaml

        print(annotated_yaml(loaded), end="")


app.add_typer(data, name="data")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0, 2 for a user's mistake, 130 for Ctrl-C."""
    install()
    args = hoist(sys.argv[1:] if arguments is None else arguments)
    i18n.set_language(early_language(args, os.environ))
    _use_utf8()
    debug = "--debug" in args
    try:
        result = localize(typer.main.get_command(app)).main(args, prog_name="hipatia", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except HipatiaError as error:
        return _complain(error.message, error.hint, debug)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message())
            return 0
        return _complain(*usage_error(error), debug)
    except (KeyboardInterrupt, typer.Abort):
        return 130


def _complain(message: str, hint: str | None, debug: bool) -> int:
    if debug:
        print(redact(traceback.format_exc()), file=sys.stderr, end="")
    typer.secho(i18n.t("cli.error", message=redact(message)), fg="red", err=True)
    if hint:
        typer.echo(i18n.t("cli.hint", hint=redact(hint)), err=True)
    return 2


def _use_utf8() -> None:
    """Elsewhere than on a terminal a Windows stream has a code page that lacks half of mathematics."""
    for stream in (sys.stdout, sys.stderr):
        if sys.platform == "win32" and not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
