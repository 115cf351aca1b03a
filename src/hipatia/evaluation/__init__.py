"""How many answers are right, verified, with intervals; two models on the same problems.

report = evaluate(engine, problems, config)
report.accuracy             # what the model can do by itself
report.exact                # the same problems answered with exact arithmetic, a report of its own
compare(base_report, tuned_report)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .. import catalog, datamodule, i18n, prompting
from ..config import Config, GenerationConfig
from ..engines import Conversation, Engine
from ..engines.exact import would_change
from ..errors import DataError
from ..grading import check_steps, validate_many
from ..schema import Completion, Grade, Message, Problem
from .intervals import Difference, Proportion, paired_difference, proportion

OUTCOMES = ("correct", "incorrect", "unparsable", "no_answer", "cut_off", "timeout")


@dataclass(frozen=True, slots=True)
class Answered:
    """A problem, what the model wrote, and the verdict.

    ``steps`` says whether every equality in it is right, those with a computed value left out; None where it has
    none that can be told. ``exact`` is the answer with exact arithmetic, where that was asked for.
    """

    problem: Problem
    completion: Completion
    grade: Grade
    steps: bool | None = None
    exact: Answered | None = None

    @property
    def outcome(self) -> str:
        """The grade's status; ``cut_off`` for an answer that hit the length limit without being right."""
        if self.grade or self.completion.finish_reason != "length":
            return self.grade.status
        return "cut_off"

    def to_json(self) -> dict[str, Any]:
        """The row of a JSON report."""
        return {
            **{name: value for name, value in asdict(self.problem).items() if value is not None},
            "response": self.completion.text,
            "finish_reason": self.completion.finish_reason,
            "tokens": self.completion.completion_tokens,
            "forced": [list(span) for span in self.completion.forced],
            "outcome": self.outcome,
            "grade": asdict(self.grade),
            "steps": self.steps,
            **({"exact": self.exact._answer_json()} if self.exact else {}),
        }

    def _answer_json(self) -> dict[str, Any]:
        about_the_answer = ("response", "finish_reason", "tokens", "forced", "outcome", "grade", "steps")
        row = self.to_json()
        return {name: row[name] for name in about_the_answer}


@dataclass(frozen=True, slots=True)
class Report:
    """The answers of one model to a list of problems; ``is_exact``: all of them with exact arithmetic."""

    model: str
    dataset: str
    answers: tuple[Answered, ...]
    confidence: float = 0.95
    is_exact: bool = False

    @property
    def accuracy(self) -> Proportion:
        """The share of right answers with its interval."""
        return self._share(self.answers)

    @property
    def steps(self) -> Proportion:
        """Of the answers with equalities that can be told, the share of those whose every one is right."""
        known = [answer.steps for answer in self.answers if answer.steps is not None]
        return proportion(sum(known), len(known), self.confidence)

    @property
    def exact(self) -> Report | None:
        """The report on the answers with exact arithmetic; None where they were not asked for."""
        if self.is_exact:
            return self
        answers = tuple(answer.exact for answer in self.answers if answer.exact)
        return replace(self, answers=answers, is_exact=True) if len(answers) == len(self.answers) else None

    def by(self, name: str) -> dict[str, Proportion]:
        """Accuracy by ``topic``, ``level`` or ``family``, in the order of appearance; without it: ``-``."""
        groups: dict[str, list[Answered]] = {}
        for answer in self.answers:
            groups.setdefault(getattr(answer.problem, name) or "-", []).append(answer)
        return {key: self._share(group) for key, group in groups.items()}

    def outcomes(self) -> dict[str, int]:
        """How many answers were right, wrong, not understood, missing, cut off, too slow to grade."""
        counts = Counter(answer.outcome for answer in self.answers)
        return {name: counts[name] for name in OUTCOMES}

    def _share(self, answers: Sequence[Answered]) -> Proportion:
        return proportion(sum(map(bool, (a.grade for a in answers))), len(answers), self.confidence)

    def to_json(self) -> dict[str, Any]:
        """Everything: totals, by topic and level, and each answer with its grade.

        ``accuracy`` is never the calculator's merit: it is None where nothing was asked without it.
        """
        plain, exact = None if self.is_exact else self, self.exact
        return {
            "model": self.model,
            "dataset": self.dataset,
            "confidence": self.confidence,
            "accuracy": asdict(plain.accuracy) if plain else None,
            "accuracy_exact": asdict(exact.accuracy) if exact else None,
            "steps": asdict(plain.steps) if plain else None,
            "steps_exact": asdict(exact.steps) if exact else None,
            "outcomes": self.outcomes(),
            "by_topic": {key: asdict(value) for key, value in self.by("topic").items()},
            "by_level": {key: asdict(value) for key, value in self.by("level").items()},
            "answers": [answer.to_json() for answer in self.answers],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same problems: ``second`` minus ``first``, and what changed."""

    first: Report
    second: Report
    difference: Difference
    gained: tuple[int, ...]
    lost: tuple[int, ...]

    def by_topic(self) -> dict[str, tuple[Proportion, Proportion]]:
        """(first, second) for each topic."""
        second = self.second.by("topic")
        return {topic: (share, second[topic]) for topic, share in self.first.by("topic").items()}

    def to_json(self) -> dict[str, Any]:
        """The difference, the flips by problem id, and both reports."""
        ids = [answer.problem.id for answer in self.first.answers]
        return {
            "difference": asdict(self.difference),
            "gained": [ids[index] for index in self.gained],
            "lost": [ids[index] for index in self.lost],
            "first": self.first.to_json(),
            "second": self.second.to_json(),
        }


Progress = Callable[[int, int], None]


def evaluate(
    engine: Engine,
    problems: Sequence[Problem],
    config: Config,
    *,
    dataset: str = "",
    progress: Progress = lambda done, total: None,
    exact: bool | None = None,
) -> Report:
    """Ask every problem with the tutor's prompt, greedily, and grade the answers.

    With ``exact`` (None: as ``generation.exact_arithmetic`` says) those that exact arithmetic would change are
    asked a second time, with it. ``progress(done, total)`` is told of each answer.
    """
    asked = [prompt_for(problem, config) for problem in problems]
    options = evaluation_options(config)
    with_exact = config.generation.exact_arithmetic if exact is None else exact
    answers = _asked(engine, problems, asked, options, progress, 0)
    if with_exact and engine.can_continue():
        changed = [index for index, answer in enumerate(answers) if _would_change(answer)]
        again = _asked(
            engine,
            [problems[index] for index in changed],
            [asked[index] for index in changed],
            options.model_copy(update={"exact_arithmetic": True}),
            progress,
            len(answers),
        )
        other = dict(zip(changed, again, strict=True))
        answers = [replace(answer, exact=other.get(i, answer)) for i, answer in enumerate(answers)]
    return Report(engine.name, dataset, tuple(answers), config.evaluation.confidence)


def graded(problems: Sequence[Problem], completions: Sequence[Completion]) -> list[Answered]:
    """The answers with their verdicts."""
    rows = [(c.text, p.answer, p.question) for c, p in zip(completions, problems, strict=True)]
    steps = map(_steps_are_right, completions)
    return list(map(Answered, problems, completions, validate_many(rows), steps))


def _asked(
    engine: Engine,
    problems: Sequence[Problem],
    asked: Sequence[Conversation],
    options: GenerationConfig,
    progress: Progress,
    before: int,
) -> list[Answered]:
    """The graded answers; ``before`` of them came before these."""
    done = before

    def count(_: int, __: Completion) -> None:
        nonlocal done
        done += 1
        progress(done, before + len(problems))

    return graded(problems, engine.generate(asked, options, count) if problems else [])


def _would_change(answer: Answered) -> bool:
    ended = answer.completion.finish_reason == "stop"
    return would_change(answer.completion.text, answer.problem.question, ended=ended)


def _steps_are_right(completion: Completion) -> bool | None:
    """Whether every equality of an answer is right; those with a computed value say nothing of the model."""
    verdicts = [
        step.verdict
        for step in check_steps(completion.text)
        if not any(start < step.end and step.start < end for start, end in completion.forced)
    ]
    return None if not set(verdicts) & {"right", "wrong"} else "wrong" not in verdicts


def compare(first: Report, second: Report) -> Comparison:
    """The paired comparison. Raises ValueError unless both answered the same problems in the same order."""
    pairs = list(zip(first.answers, second.answers, strict=True))
    if any(a.problem != b.problem for a, b in pairs):
        raise ValueError("the two reports are about different problems")
    right = [(bool(a.grade), bool(b.grade)) for a, b in pairs]
    counts = Counter(right)
    difference = paired_difference(
        counts[False, True], counts[True, False], counts[True, True], counts[False, False], first.confidence
    )
    gained = tuple(index for index, flip in enumerate(right) if flip == (False, True))
    lost = tuple(index for index, flip in enumerate(right) if flip == (True, False))
    return Comparison(first, second, difference, gained, lost)


def prompt_for(problem: Problem, config: Config) -> tuple[Message, ...]:
    """The question as the tutor gets it, with the system prompt in the problem's language."""
    language = problem.language if problem.language in ("es", "en") else i18n.language()
    prompt = config.chat.system_prompt.get(language) if config.data.system_prompt else None  # type: ignore[call-overload]
    return prompting.with_system_prompt([Message("user", problem.question)], prompt)


def evaluation_options(config: Config) -> GenerationConfig:
    """Greedy answers of the evaluation's length, without exact arithmetic."""
    changes = {
        "temperature": 0.0,
        "max_new_tokens": config.evaluation.max_new_tokens,
        "exact_arithmetic": False,
    }
    return config.generation.model_copy(update=changes)


def load_problems(questions: Path | None, limit: int | None = None) -> tuple[str, list[Problem]]:
    """(name, problems) of a question file or the bundled bank. Raises DataError for an empty one."""
    problems = datamodule.read_problems(questions) if questions else datamodule.bundled_bank()
    if not problems:
        raise DataError.of("evaluation.no_problems", path=questions)
    return questions.name if questions else i18n.t("evaluation.bank"), problems[:limit]


def run(
    config: Config,
    model: str | None = None,
    *,
    questions: Path | None = None,
    compare_with: str | None = None,
    limit: int | None = None,
) -> Report | Comparison:
    """``hipatia evaluate``: open the model (and another), answer, grade, with a progress bar on stderr."""
    from .show import progress_bar

    dataset, problems = load_problems(questions, limit)

    def measure(which: str | None) -> Report:
        engine = catalog.open_engine(which, config, many=True)
        with progress_bar(engine.describe()) as progress:
            return evaluate(engine, problems, config, dataset=dataset, progress=progress)

    report = measure(model)
    return compare(measure(compare_with), report) if compare_with else report
