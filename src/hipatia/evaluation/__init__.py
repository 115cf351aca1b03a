"""How many answers are right, verified, with intervals; two models on the same problems.

report = evaluate(engine, problems, config)
compare(base_report, tuned_report)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .. import catalog, datamodule, i18n, prompting
from ..config import Config, GenerationConfig
from ..engines import Engine
from ..errors import DataError
from ..grading import validate_many
from ..schema import Completion, Grade, Message, Problem
from .intervals import Difference, Proportion, paired_difference, proportion

OUTCOMES = ("correct", "incorrect", "unparsable", "no_answer", "cut_off", "timeout")


@dataclass(frozen=True, slots=True)
class Answered:
    """A problem, what the model wrote, and the verdict."""

    problem: Problem
    completion: Completion
    grade: Grade

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
            "outcome": self.outcome,
            "grade": asdict(self.grade),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The answers of one model to a list of problems."""

    model: str
    dataset: str
    answers: tuple[Answered, ...]
    confidence: float = 0.95

    @property
    def accuracy(self) -> Proportion:
        """The share of right answers with its interval."""
        return self._share(self.answers)

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
        """Everything: totals, by topic and level, and each answer with its grade."""
        return {
            "model": self.model,
            "dataset": self.dataset,
            "confidence": self.confidence,
            "accuracy": asdict(self.accuracy),
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
) -> Report:
    """Ask every problem with the tutor's prompt, greedily, and grade the answers.

    ``progress(done, total)`` is told of each answer.
    """
    asked = [prompt_for(problem, config) for problem in problems]
    done = [0]

    def count(_: int, __: Completion) -> None:
        done[0] += 1
        progress(done[0], len(problems))

    completions = engine.generate(asked, evaluation_options(config), count)
    rows = [(c.text, p.answer, p.question) for c, p in zip(completions, problems, strict=True)]
    answers = map(Answered, problems, completions, validate_many(rows))
    return Report(engine.name, dataset, tuple(answers), config.evaluation.confidence)


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
    """Greedy answers of the evaluation's length."""
    changes = {"temperature": 0.0, "max_new_tokens": config.evaluation.max_new_tokens}
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
