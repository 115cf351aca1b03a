"""``report.html``: what it shows, that it shows nothing raw, and that it asks for nothing from elsewhere."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hipatia import i18n
from hipatia.config import Config, dump_yaml
from hipatia.report import write_report
from hipatia.report.charts import Series, Share, line_chart, nice_ticks, share_chart, smoothed, thinned

HOSTILE = '<script src="http://evil.example/x.js">alert(1)</script> & "$title" \\(x<2\\)'
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Tags(HTMLParser):
    """The elements of a page; fails where they are not nested as they should be."""

    def __init__(self, page: str):
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def proportion(right: int, n: int) -> dict[str, float]:
    return {"value": right / n, "low": 0.1, "high": 0.9, "n": n}


def answers(outcomes: str) -> dict[str, Any]:
    """Answers of a model: ``+`` right, ``-`` wrong."""
    rows = [
        {
            "id": f"p{i}",
            "question": f"Problem {i} {HOSTILE}",
            "answer": f"{i}",
            "topic": "fractions",
            "response": f"It is {i} {HOSTILE}",
            "outcome": "correct" if mark == "+" else "incorrect",
        }
        for i, mark in enumerate(outcomes)
    ]
    share = proportion(outcomes.count("+"), len(outcomes))
    return {
        "dataset": HOSTILE,
        "accuracy": share,
        "by_topic": {"fractions": share, HOSTILE: share},
        "answers": rows,
    }


def metrics(steps: int) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = [
        {
            "kind": "step",
            "step": n,
            "steps": steps,
            "loss": 2 / n,
            "learning_rate": 1e-3,
            "tokens": 400,
            "seconds": 1.5 * n,
        }
        for n in range(1, steps + 1)
    ]
    found = {
        "kind": "evaluation",
        "step": steps // 2,
        "loss": 0.75,
        "accuracy": proportion(3, 8),
        "by_topic": {},
    }
    return [*lines[: steps // 2], found, *lines[steps // 2 :]]


MANIFEST: dict[str, Any] = {
    "status": "finished",
    "started": "2026-01-02T03:04:05+0100",
    "finished": "2026-01-02T03:24:05+0100",
    "base": {"source": "embedded", "name": HOSTILE, "sha256": "b179"},
    "dataset": {"rows": 93, "sha256": "c511", "tokens_sha256": "6ecb", "files": [HOSTILE]},
    "seed": 7,
    "versions": {"torch": "2.13.0"},
    "training": {
        "steps": 40,
        "seconds": 60.0,
        "tokens_per_second": 267.5,
        "peak_memory_bytes": 1_504_821_248,
    },
    "accuracy": {
        "base": proportion(1, 4),
        "tuned": proportion(3, 4),
        "difference": proportion(2, 4) | {"p_value": 0.04},
        "dataset": HOSTILE,
    },
    "accuracy_exact": {"base": proportion(2, 5), "tuned": proportion(4, 5), "dataset": HOSTILE},
    "loss": {"base": {"test": 1.044}, "tuned": {"test": 0.174}},
}


def run_folder(folder: Path, *, without: tuple[str, ...] = (), language: str = "en", **manifest: Any) -> Path:
    folder.mkdir()
    config = Config.model_validate({"language": language, "training": {"epochs": 2.5}})
    contents = {
        "run.json": json.dumps(MANIFEST | manifest),
        "config.yaml": dump_yaml(config),
        "metrics.jsonl": "".join(json.dumps(line) + "\n" for line in metrics(40)) + '{"kind": "st',
        "evaluation/base.json": json.dumps(answers("+---")),
        "evaluation/tuned.json": json.dumps(answers("-++-")),
    }
    (folder / "evaluation").mkdir()
    for name, content in contents.items():
        if name not in without:
            (folder / name).write_text(content, encoding="utf-8")
    return folder


def page_of(folder: Path) -> str:
    return write_report(folder).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_of(run_folder(tmp_path_factory.mktemp("runs") / "clase"))


def test_it_asks_for_nothing_and_runs_nothing(page: str) -> None:
    tags = Tags(page)
    assert {tag for tag, _ in tags.seen} & {"script", "link", "img", "iframe", "object", "a"} == set()
    names = {name for _, attributes in tags.seen for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in ("src", "href", "style")}
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_hostile_text_is_shown_as_text(page: str) -> None:
    assert "<script" not in page
    assert page.count("&lt;script src=&quot;http://evil.example/x.js&quot;&gt;") >= 8
    assert "$title" in page  # the template fills in its own names alone


@pytest.mark.parametrize(
    "piece",
    "25.0 %|75.0 %|40.0 % → 80.0 %|2/5 → 4/5|+50.0 points|p = 0.0400|1.044 → 0.174|268|1.5|b179|c511|6ecb|torch 2.13.0|2026-01-02 03:24 +0100"
    "|training.epochs|2.5|Now right: 2|Now wrong: 1|1/4|2/4|Loss by step|Learning rate by step|Speed by step"
    "|Accuracy at each evaluation".split("|"),
)
def test_what_it_shows(page: str, piece: str) -> None:
    assert piece in page


def test_drawings_are_whole(page: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 6
    for drawing in drawings:
        assert "nan" not in drawing
        ElementTree.fromstring(drawing)


ALL = ("run.json", "config.yaml", "metrics.jsonl", "evaluation/base.json", "evaluation/tuned.json")


@pytest.mark.parametrize("without", [*((name,) for name in ALL), ALL[3:], ALL], ids="/".join)
def test_what_is_missing_is_left_out(tmp_path: Path, without: tuple[str, ...]) -> None:
    Tags(page_of(run_folder(tmp_path / "run", without=without)))


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ({"status": "interrupted", "accuracy": None, "loss": None}, "interrupted before its end"),
        (
            {"status": "failed", "error": "no <memory>", "training": {}},
            "error; what follows is what there was. no &lt;",
        ),
        (
            {"status": "interrupted", "accuracy_exact": {"base": proportion(1, 4)}},
            "interrupted before its end",
        ),
        ({"status": "odd", "versions": None, "base": None, "dataset": None}, "what follows is what there is"),
    ],
)
def test_unfinished_runs_say_so(tmp_path: Path, manifest: dict[str, Any], words: str) -> None:
    assert words in page_of(run_folder(tmp_path / "run", **manifest))


def test_it_speaks_the_runs_language_and_leaves_ours(tmp_path: Path) -> None:
    before = i18n.language()
    spanish = page_of(run_folder(tmp_path / "run", language="es"))
    assert '<html lang="es">' in spanish
    assert "Tasa de aprendizaje" in spanish
    assert "25,0 %" in spanish
    assert i18n.language() == before


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1, [0, 0.25, 0.5, 0.75, 1]),
        (0.2, 3.1, [0, 1, 2, 3, 4]),
        (0, 1e-3, [0, 0.00025, 0.0005, 0.00075, 0.001]),
        (-1, 1, [-1, -0.5, 0, 0.5, 1]),
        (5, 5, [2, 4, 6, 8]),
        (0, 0, [-0.5, -0.25, 0, 0.25, 0.5]),
    ],
)
def test_ticks_are_round_and_cover(low: float, high: float, ticks: list[float]) -> None:
    assert nice_ticks(low, high) == pytest.approx(ticks)


@pytest.mark.parametrize("count", [1, 2, 399, 400, 401, 1234, 100_000])
def test_long_lines_are_thinned(count: int) -> None:
    points = [(float(n), 1.0) for n in range(count)]
    shown = thinned(points)
    assert len(shown) == min(count, 400)
    assert (shown[0], shown[-1]) == (points[0], points[-1])
    assert all(y == pytest.approx(1.0) for _, y in smoothed(points[:500]))


@pytest.mark.parametrize("high", [1e-6, 1e-3, 0.7, 30, 1e5, 1e7])
def test_labels_are_not_cut_at_the_edge(high: float) -> None:
    chart = line_chart("x", [Series("", "base", [(1, high / 2), (2, high)])], from_zero=True)
    labels = re.findall(r'<text class="end" x="(\d+)" y="[\d.]+">([^<]+)</text>', chart)[:4]
    assert labels
    for right, label in labels:
        assert 8 * len(label) <= int(right)


@pytest.mark.parametrize(("groups", "drawings"), [(0, 0), (1, 1), (2, 2), (11, 2)])
def test_topics_stand_in_two_columns(groups: int, drawings: int) -> None:
    share = Share("base", 1, 4, 0.1, 0.6)
    chart = share_chart("x", [(f"topic {n}", [share]) for n in range(groups)], [])
    assert chart.count("<svg") == drawings
    assert re.findall(r"topic \d+", chart) == [f"topic {n}" for n in range(groups)]


def test_a_chart_of_one_point_and_of_none() -> None:
    assert line_chart("x", [Series("", "base", [])]) == ""
    assert "nan" not in line_chart("x", [Series("", "base", [(3, 0.5)])])
