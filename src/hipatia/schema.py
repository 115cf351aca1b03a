"""The plain records that every room passes around. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["system", "user", "assistant"]
GradeStatus = Literal["correct", "incorrect", "no_answer", "unparsable", "timeout"]
StepVerdict = Literal["right", "wrong", "undecided"]
FinishReason = Literal["stop", "length", "cancelled", "error"]

TOPICS = (
    "numbers",
    "fractions",
    "percentages",
    "proportion",
    "powers",
    "algebra",
    "equations",
    "functions",
    "geometry",
    "trigonometry",
    "probability",
    "statistics",
    "calculus",
    "word_problems",
)
LEVELS = ("primary", "lower_secondary", "upper_secondary")


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole conversation, the canonical training row."""

    messages: tuple[Message, ...]
    id: str = ""
    topic: str | None = None
    level: str | None = None
    answer: str | None = None
    language: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """An instruction (with optional extra input) and its response."""

    instruction: str
    response: str
    input: str = ""
    answer: str | None = None
    topic: str | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A question with its expected final answer, as evaluation uses it."""

    id: str
    question: str
    answer: str
    topic: str | None = None
    level: str | None = None
    language: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The verdict on a response: a status with its reason, never a bare bool.

    ``span`` is the text taken as the answer; ``reason`` is a sentence in the user's language.
    """

    status: GradeStatus
    span: str
    normalized_response: str
    normalized_expected: str
    reason: str

    def __bool__(self) -> bool:
        return self.status == "correct"


@dataclass(frozen=True, slots=True)
class Step:
    """An equality written in an answer; ``text[start:end]`` of the answer is ``text``."""

    start: int
    end: int
    text: str
    verdict: StepVerdict


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed answer; the last one carries the finish reason and the size of the prompt.

    ``forced`` are the places in ``text`` of what was computed and put in, not written by the model.
    """

    text: str
    tokens: int = 0
    finish_reason: FinishReason | None = None
    prompt_tokens: int = 0
    forced: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole generated answer. Token counts are of the prompt and of the answer; time in seconds.

    ``forced`` are the places in ``text`` of what was computed and put in, not written by the model.
    """

    text: str
    finish_reason: FinishReason
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    forced: tuple[tuple[int, int], ...] = ()

    @property
    def tokens_per_second(self) -> float:
        """Tokens of the answer in each second that it took, its prompt and its neighbours included."""
        return self.completion_tokens / self.seconds if self.seconds else 0.0
