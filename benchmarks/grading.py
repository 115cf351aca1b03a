"""Hipatia's grader and the public ones, side by side on files of graded answers.

    python benchmarks/grading.py                          the tables of tests/grading
    python benchmarks/grading.py CASES.json …             rows of {response, expected, correct, question?}
    python benchmarks/grading.py --inspect PYTHON         also inspect_ai's, from an environment that has it
    python benchmarks/grading.py --gold mgsm_es.jsonl …   gold answers in ten phrasings, and gold + 1
    python benchmarks/grading.py --fuzz 10000             hostile texts: errors, slowest, memory

A grader that is not installed is left out. Times are of the processor, not of the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import string
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hipatia.grading import api, check_steps, release, validate_math_response

Row = dict[str, object]
Grader = Callable[[Row], bool]

PHRASES = {
    "es": ["{}", "La respuesta es {}.", "Por lo tanto, son {} en total.", "**Respuesta final:** {}",
        "#### {}",
           "$\\boxed{{{}}}$", "Así que quedan {} unidades.", "Primero, 3 + 4 = 7.\n\nResultado: {}",
           "Solución: {}\n\n¿Quieres otro ejercicio?", "En total hay {} cosas."],
    "en": ["{}", "The answer is {}.", "Therefore, she has {} in total.", "**Final answer:** {}", "#### {}",
           "\\boxed{{{}}}", "So there are {} left.", "First, 3 + 4 = 7.\n\nResult: {}",
           "Answer: {}\n\nWould you like another one?", "In total there are {} things."],
}  # fmt: skip
PIECES = list("0123456789.,+-*/^=()[]{}<>|!%°√π∞≤±×·$\\&_;:'\" \n") + [
    "\\frac{", "\\sqrt", "\\boxed{", "x", "y", "sen", "ln", "la respuesta es", "the answer is", " o ",
        " y ", "km", "€", "∪",
    "∈", "ℝ", "…", "e", "10^", "9^9^9", "!", "\\begin{pmatrix}", "\\end{pmatrix}", "#### ", " no ", " es ",
        "millones", "\x00",
]  # fmt: skip


def hipatia(row: Row) -> bool:
    question = row.get("question")
    return bool(validate_math_response(str(row["response"]), str(row["expected"]), question=question))  # type: ignore[arg-type]


def math_verify_graders() -> dict[str, Grader]:
    """As its README calls it, and tuned: both extractions on both sides, commas read by hand first."""
    try:
        from math_verify import (
            ExprExtractionConfig,
            LatexExtractionConfig,
            StringExtractionConfig,
            parse,
            verify,
        )
    except ImportError:
        print("math-verify is not installed: left out", file=sys.stderr)
        return {}
    configs = (
        LatexExtractionConfig(boxed_match_priority=0),
        ExprExtractionConfig(),
        StringExtractionConfig(),
    )

    def readme(row: Row) -> bool:
        return bool(verify(parse(str(row["expected"])), parse(str(row["response"]))))

    def tuned(row: Row) -> bool:
        sides = []
        for text in (str(row["expected"]), str(row["response"])):
            marked = text if "$" in text or "\\boxed" in text else f"${text}$"
            sides.append(parse(marked, configs) or parse(text, configs))
        return bool(verify(*sides, float_rounding=8))

    return {"math-verify": readme, "math-verify, tuned": tuned}


INSPECT = """
import asyncio, json, sys
from inspect_ai.scorer._math import math as scorer
from inspect_ai.scorer import Target
from inspect_ai.model import ModelOutput
class State: pass
score = scorer()
for line in sys.stdin:
    row = json.loads(line)
    state = State(); state.output = ModelOutput.from_content("m", row["response"])
    try:
        value = asyncio.run(score(state, Target(row["expected"]))).value
    except Exception:
        value = None
    print(json.dumps(value in ("C", 1, 1.0, True)), flush=True)
"""


def inspect_grader(python: str) -> Grader:
    """inspect_ai's math scorer, in the Python of another environment."""
    process = subprocess.Popen(
        [python, "-c", INSPECT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def grade(row: Row) -> bool:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({key: row[key] for key in ("response", "expected")}) + "\n")
        process.stdin.flush()
        return bool(json.loads(process.stdout.readline() or "false"))

    return grade


def measure(grader: Grader, rows: Sequence[Row]) -> tuple[list[bool], list[float]]:
    verdicts, seconds = [], []
    for row in rows:
        started = time.process_time()
        try:
            verdicts.append(grader(row))
        except Exception:  # a grader that raises has not accepted the answer
            verdicts.append(False)
        seconds.append(time.process_time() - started)
    return verdicts, seconds


def compare(paths: Sequence[Path], inspect: str | None) -> None:
    tables = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    rows = [row for table in tables.values() for row in table]
    kinds = [name for name, table in tables.items() for _ in table]
    graders: dict[str, Grader] = {"hipatia": hipatia} | math_verify_graders()
    if inspect:
        graders["inspect_ai"] = inspect_grader(inspect)
    results = {name: measure(grader, rows) for name, grader in graders.items()}
    wrong = sum(not row["correct"] for row in rows)
    print(f"{len(rows)} cases, {wrong} of them wrong answers\n")
    print(
        f"{'grader':22}{'right':>8}{'wrong accepted':>16}{'correct missed':>16}{'cases/s':>9}{'slowest':>9}"
    )
    for name, (verdicts, seconds) in results.items():
        good = sum(v == row["correct"] for v, row in zip(verdicts, rows, strict=True))
        accepted = sum(v and not row["correct"] for v, row in zip(verdicts, rows, strict=True))
        missed = sum(not v and bool(row["correct"]) for v, row in zip(verdicts, rows, strict=True))
        print(
            f"{name:22}{good / len(rows):8.1%}{accepted / max(wrong, 1):16.1%}{missed / (len(rows) - wrong):16.1%}"
            f"{len(rows) / max(sum(seconds), 1e-9):9.0f}{max(seconds):8.2f}s"
        )
    print("\n" + f"{'category':20}" + "".join(f"{name:>20}" for name in results))
    for kind in tables:
        cells = []
        for verdicts, _ in results.values():
            pairs = [
                (v, row["correct"]) for v, row, k in zip(verdicts, rows, kinds, strict=True) if k == kind
            ]
            cells.append(f"{sum(v == c for v, c in pairs) / len(pairs):20.1%}")
        print(f"{kind:20}" + "".join(cells))


def gold(paths: Sequence[Path]) -> None:
    """Each gold answer in ten phrasings must be right, and gold + 1 wrong."""
    for path in paths:
        right = wrong = total = 0
        started = time.process_time()
        for line in path.read_text(encoding="utf-8").splitlines():
            problem = json.loads(line)
            answer = str(problem["answer"])
            more = str(int(answer.replace(",", "")) + 1)
            for phrase in PHRASES[problem.get("lang", "es" if "_es" in path.name else "en")]:
                total += 1
                right += bool(
                    validate_math_response(phrase.format(answer), answer, question=problem["question"])
                )
                wrong += bool(
                    validate_math_response(phrase.format(more), answer, question=problem["question"])
                )
        speed = 2 * total / (time.process_time() - started)
        print(
            f"{path.name}: gold right {right}/{total}, gold + 1 accepted {wrong}/{total}, {speed:.0f} cases/s"
        )


def hostile(seed: int) -> str:
    pick = random.Random(seed)
    kind = seed % 5
    if kind == 0:
        return "".join(pick.choice(string.printable) for _ in range(pick.randrange(400)))
    if kind == 1:
        return pick.choice(PIECES) * pick.choice([1, 50, 3000, 30_000])
    if kind == 2:
        return "".join(chr(pick.randrange(32, 0x2FFF)) for _ in range(pick.randrange(200)))
    return "".join(pick.choice(PIECES) for _ in range(pick.randrange(1, 80)))


def fuzz(count: int) -> None:
    """No text raises (asked below the last guard of the public call), each is bounded, 8 threads included."""
    errors, slowest, text = 0, 0.0, ""
    for seed in range(count):
        sample, expected = hostile(seed), hostile(seed // 3 + count) if seed % 2 else "x^2 + 1"
        started = time.process_time()
        try:
            api._validate(sample, expected, None)
            check_steps(sample)
        except api.symbolic.TimedOut:
            pass
        except Exception as error:
            errors += 1
            print(f"seed {seed}: {type(error).__name__}: {error}", file=sys.stderr)
        if (spent := time.process_time() - started) > slowest:
            slowest, text = spent, sample[:60]
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda seed: validate_math_response(hostile(seed), hostile(seed + 1)), range(count // 10)
            )
        )
    release()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count} texts: {errors} errors, slowest {slowest:.2f} s ({text!r})")
    print(f"memory: {own:.0f} MB, largest worker {workers:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--gold", action="store_true", help="the files are problems with an answer (JSONL)")
    parser.add_argument("--fuzz", type=int, metavar="N", help="grade N hostile texts")
    parser.add_argument("--inspect", metavar="PYTHON", help="a Python that has inspect_ai")
    options = parser.parse_args()
    if options.fuzz:
        fuzz(options.fuzz)
    elif options.gold:
        gold(options.files)
    else:
        tables = Path(__file__).parent.parent / "tests" / "grading"
        compare(options.files or sorted(tables.glob("*.json")), options.inspect)


if __name__ == "__main__":
    main()
