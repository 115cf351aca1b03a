"""The public calls of the grader; everything is importable from ``hipatia.grading``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction

from .. import i18n
from ..schema import Grade, GradeStatus
from . import compare, labels, symbolic, times, verdicts
from .extract import Claim, assignments, fields, find_claim
from .phrases import AGAIN, RANGE
from .reader import read
from .tree import number, substitute
from .values import Label, Named, Region, Relation, Scalar, Seq, Value

_SPACE = re.compile(r"\s+")


def validate_math_response(
    response: str, expected: str, *, question: str | None = None, language: str = "auto"
) -> Grade:
    """Whether a response claims the expected answer. Never raises on any text; bounded in time.

    ``question`` settles a rounding, where given. ``language`` (``es``, ``en``, ``auto``) is a hint for
    ambiguous texts only.
    """
    if not isinstance(response, str) or not isinstance(expected, str):
        return _grade("unparsable", "", "", "", "not_text")
    try:
        return _validate(response, expected, question)
    except symbolic.TimedOut:
        return _grade("timeout", response[-200:], "", expected[:200], "timeout")
    except Exception:  # the promise is a verdict for any text; tests ask below this guard
        return _grade("unparsable", response[-200:], "", expected[:200], "unparsable")


def _validate(response: str, expected: str, question: str | None) -> Grade:
    wanted = _one_line(expected)
    if wanted and _bare(response) == _bare(expected):
        return _grade("correct", response.strip(), wanted, wanted, "same_text")
    claim = find_claim(response)
    if claim is None or claim.fault == "cut" or not claim.text:
        return _grade("no_answer", "", "", wanted, "no_answer")
    said = _one_line(claim.text)
    if claim.fault == "doubted":
        return _grade("incorrect", claim.text, said, wanted, "hedged")
    if wanted and _bare(said) == _bare(expected):
        return _grade("correct", claim.text, said, wanted, "same_text")
    return _compared(response, claim, said, wanted, expected, question)


def _compared(
    response: str, claim: Claim, said: str, wanted: str, expected: str, question: str | None
) -> Grade:
    right = read(expected)
    given = _readings(claim.text)
    if claim.fault == "hedged" and (versions := _same_twice(claim.text)):
        claim, given = Claim(claim.text), versions
    if verdict := verdicts.led(right, given, claim.text, response, question):
        claim, given = Claim(claim.text), [verdict]
    if claim.fault and not _excused(claim, right, given, question):
        return _grade("incorrect", claim.text, said, wanted, claim.fault)
    places = _places(question)
    if moments := _moments(right, given, claim.text):
        given = moments
    results = [_matches(right, values, places) for values in given]
    if False in results and (value := _pi(question)):
        results = [
            _matches([_with_pi(v, value) for v in right], [_with_pi(v, value) for v in g], places)
            for g in given
        ]
    if False in results and (gathered := _gathered(response, right, given)):
        results = [_matches(right, gathered, places)]
    if results and all(result is True for result in results):
        if not _options(right) and _repeats(question, claim.text):
            return _grade("incorrect", claim.text, said, wanted, "repeats_question")
        return _grade("correct", claim.text, said, wanted, "equal")
    typed = right and given  # then the comparison above has the word
    if labels.is_text(expected) and not typed and not claim.fault and labels.same_words(expected, claim.text):
        return _grade("correct", claim.text, said, wanted, "same_words")
    if not given and not labels.is_text(expected):
        return _grade("unparsable", claim.text, said, wanted, "unparsable")
    if None in results and False not in results:
        return _grade("unparsable", claim.text, said, wanted, "undecided")
    if not right:
        return _grade("incorrect", claim.text, said, wanted, "other_text")
    if _is_choice(given) and not any(isinstance(value, Seq) for value in right):
        return _grade("incorrect", claim.text, said, wanted, "hedged")
    return _grade("incorrect", claim.text, said, wanted, "different")


_WORDLESS = re.compile(r"[^a-zA-ZÀ-ÿ]+")
_OPERATOR = re.compile(r"[+×·*^√⁰¹²³⁴-⁹−:]")


def _repeats(question: str | None, claim: str) -> bool:
    """Whether the claim is but a calculation that the question asks for, left as it was."""
    runs = [re.sub(r"\s", "", run).strip(".,;:!?") for run in _WORDLESS.findall(claim)]
    sums = [run for run in runs if len(run) > 2 and _OPERATOR.search(run)]
    return bool(question and sums) and sums[-1] in re.sub(r"\s", "", question or "")


_ASIDE = re.compile(r"\s*\((?!\s*[-+]?[\d√π]+\s*[,;])([^()]*[^\W\d_]{3}[^()]*)\)[\s.]*$")


def _readings(text: str) -> list[list[Value]]:
    """The readings of a claim; of each of its versions where it says the same thing twice."""
    out: list[list[Value]] = []
    for part in filter(None, AGAIN.split(text)):
        values = read(part)
        if values and not isinstance(values[0], Scalar):
            out.clear()  # "0 = 0, es decir, infinitas soluciones", "x − 2 = 0, es decir, x = 2"
        aside = _ASIDE.search(part)
        if not values and aside:
            values = read(part[: aside.start()])
            inside = read(aside[1])
            if values and inside and not any(isinstance(v, Label) for v in inside):
                out.append(inside)
        out.append(values)
    return out if all(out) else []


def _gathered(response: str, right: list[Value], given: list[list[Value]]) -> list[Value]:
    """The values of several unknowns that are found one after the other, where several are expected."""
    wanted = next((v for v in right if isinstance(v, Seq) and v.kind in ("bare", "tuple")), None)
    if wanted and (told := {i.name for i in wanted.items if isinstance(i, Named) and len(i.name) > 2}):
        return read(fields(response, told)) if len(told) == len(wanted.items) else []
    last = next((v for values in given for v in values if isinstance(v, Named)), None)
    if not wanted or not last or not 2 <= len(wanted.items) <= 4:
        return []
    names = {item.name for item in wanted.items if isinstance(item, Named)} or set("xyz"[: len(wanted.items)])
    if any(len(name) > 1 for name in names) or len(names) != len(wanted.items) or last.name not in names:
        return []
    return read(assignments(response, names))


def _moments(right: list[Value], given: list[list[Value]], text: str) -> list[list[Value]]:
    """The one time of day or date that a sentence mentions, where such a one is expected."""
    kinds = {v.kind for v in right if isinstance(v, Label)} & {"clock", "date"}
    if not kinds or any(isinstance(v, Label) and v.kind in kinds for values in given for v in values):
        return []
    found = [read(mention) for mention in times.mentions(text)]
    wanted = [values for values in found if any(isinstance(v, Label) and v.kind in kinds for v in values)]
    return wanted if len(wanted) == 1 else []


_OR = re.compile(r"[\s,;]*\(?\b(?:o bien|o sea|or else|or|o|u)\b,?\s+", re.I)


def _same_twice(text: str) -> list[list[Value]]:
    """The readings of ``0.5 (or 1/2)``, where all alternatives are one value; else nothing."""
    versions = [read(part) for part in _OR.split(text.rstrip(" .)"))]
    if len(versions) < 2 or not all(versions):
        return []
    return versions if all(_matches(versions[0], other, None) for other in versions[1:]) else []


def _matches(right: list[Value], given: list[Value], places: int | None) -> bool | None:
    result: bool | None = False
    options = [_options(side) for side in (right, given)]
    if all(options):
        right, given = options
    for a in right:
        for b in given:
            verdict = compare.same(a, b, places)
            if verdict:
                return True
            result = None if verdict is None else result
    return result


def _options(values: list[Value]) -> list[Value]:
    return [value for value in values if isinstance(value, Label) and value.kind == "option"]


def _pi(question: str | None) -> Fraction | None:
    """The value of π that a question asks to use."""
    match = re.search(
        r"(?:π|\bpi\b|\\pi)\s*(?:=|≈|\\approx|como|as|igual a)\s*\$?(3[.,]14\d{0,6}|22/7|3\b)", question or ""
    )
    return Fraction(match[1].replace(",", ".")) if match else None


def _with_pi(value: Value, pi: Fraction) -> Value:
    return (
        replace(value, tree=substitute(value.tree, "π", number(pi))) if isinstance(value, Scalar) else value
    )


def _excused(claim: Claim, right: list[Value], given: list[list[Value]], question: str | None) -> bool:
    """Whether the words that look like a fault are the answer itself: "no tiene solución", "x ≥ 12"."""
    values = [value for values in given for value in values]
    fault, text = claim.fault, claim.text
    if fault == "negated":
        return any(isinstance(v, Label) and v.kind in ("none", "no", "yes", "all") for v in values)
    if fault == "hedged":
        return bool(RANGE.search(text)) and any(isinstance(v, Region) for v in right)
    if fault == "bounded":
        if any(isinstance(v, Region | Relation | Seq) for v in right):
            return True
        return bool(
            question
            and re.search(
                r"m[ií]nim|m[aá]xim|al menos|at least|at most|smallest|largest|least|most|menor|mayor",
                question,
                re.I,
            )
        )
    return False


def _is_choice(given: list[list[Value]]) -> bool:
    return any(isinstance(value, Seq) and value.alternative for values in given for value in values)


_PLACES = re.compile(
    r"(?P<n>\d|un|dos|tres|cuatro|one|two|three|four) (?:cifras? )?(?:decimal(?:es)?|decimal places?"
    r"|cifras decimales)"
    r"|(?P<tenth>d[eé]cimas?|nearest tenth)|(?P<hundredth>cent[eé]simas?|nearest hundredth|nearest cent)"
    r"|(?P<unit>redonde\w* (?:a la|al|a) (?:unidad|entero)|nearest (?:whole|integer|unit))",
    re.I,
)
_COUNT = {
    "un": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
}


def _places(question: str | None) -> int | None:
    """The decimals that a question asks to round to."""
    if not question or not re.search(r"redond|aproxim|round|nearest|decimal", question[-2000:], re.I):
        return None
    match = _PLACES.search(question[-2000:])
    if not match:
        return None
    if match["n"]:
        return int(match["n"]) if match["n"].isdigit() else _COUNT[match["n"].lower()]
    return 1 if match["tenth"] else 2 if match["hundredth"] else 0


_WORDY = re.compile(r"[^\W\d_]{3,} [^\W\d_]{2,}|[^\W\d_]{2,} [^\W\d_]{3,}")


def _bare(text: str) -> str:
    """A text without the differences in case of words, space and final stops that mean nothing."""
    text = _one_line(text).strip("$ .")
    if _WORDY.search(text):
        text = re.sub(r"[,;](?!\d)", "", text)
    return text.lower() if labels.is_text(text) and len(text) > 1 else text


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text[:20_000]).strip()


def _grade(status: GradeStatus, span: str, said: str, wanted: str, reason: str) -> Grade:
    sentence = i18n.t(f"grading.{reason}", given=said[:120], expected=wanted[:120])
    return Grade(status, span, said, wanted, sentence)


def validate_many(rows: Iterable[tuple[str, str, str | None]]) -> list[Grade]:
    """Grades of (response, expected, question) rows, in order; the symbolic layer uses all cores."""
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        return list(
            pool.map(
                lambda row: validate_math_response(row[0], row[1], question=row[2]),
                rows,
            )
        )
