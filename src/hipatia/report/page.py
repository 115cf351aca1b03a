"""The page: ``render(Record.of(folder))``. Everything that a run or a model wrote is escaped as it comes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

import yaml

from .. import i18n
from ..config import settings
from ..evaluation.show import topic_name
from .charts import Series, Share, line_chart, share_chart, smoothed
from .record import Json, Record, is_right, points, speeds

_SHOWN = 3  # examples of each kind that are open, and
_FOLDED = 40  # at most so many more that are folded
_LONGEST = 2000  # characters of an answer


def render(record: Record) -> str:
    """The whole page in the language of the run."""
    with _spoken(record.settings.get("language")):
        sections = (_head, _numbers, _curves, _topics, _examples, _configuration, _origin)
        body = "\n".join(part for section in sections if (part := section(record)))
        template = Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
        title = escape(_t("title", name=record.name))
        return template.substitute(language=i18n.language(), title=title, body=body)


def _t(key: str, **values: object) -> str:
    return i18n.t(f"report.{key}", **values)


@contextmanager
def _spoken(language: object) -> Iterator[None]:
    """Within the block the language of the run, where it is set, is in force."""
    before = i18n.language()
    i18n.set_language(str(language) if language in i18n.LANGUAGES else before)
    try:
        yield
    finally:
        i18n.set_language(before)


# --- at the top -----------------------------------------------------------------------------------


def _head(record: Record) -> str:
    manifest = record.manifest
    status = str(manifest.get("status", "unknown"))
    lines = [f"<h1>{escape(_t('title', name=record.name))}</h1>"]
    facts = [
        _at(manifest, "base", "name"),
        _at(manifest, "accuracy", "dataset") or record.base.get("dataset"),
        _time(manifest.get("finished") or manifest.get("stopped") or manifest.get("started")),
    ]
    lines.append(f'<p class="soft">{escape(" · ".join(str(fact) for fact in facts if fact))}</p>')
    if status != "finished":
        known = status if i18n.has(f"report.status.{status}") else "unknown"
        reason = str(manifest.get("error", ""))
        lines.append(f'<p class="notice">{escape(" ".join([_t(f"status.{known}"), reason]).strip())}</p>')
    return "\n".join(lines)


def _numbers(record: Record) -> str:
    """The figures that matter, large."""
    training, loss = record.manifest.get("training") or {}, record.manifest.get("loss") or {}
    cards = [_accuracy(record, "base"), _accuracy(record, "tuned"), _difference(record), _exact(record)]
    before, after = _at(loss, "base", "test"), _at(loss, "tuned", "test")
    if before is not None and after is not None:
        cards.append((_t("test_loss"), f"{_number(before, 3)} → {_number(after, 3)}", ""))
    steps = training.get("steps") or (record.steps[-1]["step"] if record.steps else None)
    if steps:
        seconds = training.get("seconds") or record.steps[-1]["seconds"]
        cards.append((_t("steps"), f"{steps}", _minutes(seconds)))
    if training.get("tokens_per_second"):
        cards.append((_t("speed"), _number(training["tokens_per_second"], 0), "tokens/s"))
    if training.get("peak_memory_bytes"):
        cards.append((_t("memory"), _number(training["peak_memory_bytes"] / 1e9, 1), "GB"))
    shown = "".join(
        f'<div class="number">{escape(name)}<b>{escape(value)}</b><small>{escape(note)}</small></div>'
        for name, value, note in filter(None, cards)
    )
    return f'<div class="grid-of numbers">{shown}</div>' if shown else ""


def _accuracy(record: Record, side: str) -> tuple[str, str, str] | None:
    """Right answers of one side, by the manifest or, before its end, by the answers that there are."""
    answered = record.base if side == "base" else record.tuned
    value = _at(record.manifest, "accuracy", side) or answered.get("accuracy")
    if not value or not value["n"]:
        return None
    note = f"[{_number(100 * value['low'], 1)}; {_number(100 * value['high'], 1)}] · {_right(value)}/{value['n']}"
    return _t(f"accuracy_{side}"), f"{_number(100 * value['value'], 1)} %", note


def _difference(record: Record) -> tuple[str, str, str] | None:
    value = _at(record.manifest, "accuracy", "difference")
    if not value or not value["n"]:
        return None
    note = f"[{_signed(value['low'])}; {_signed(value['high'])}] · p = {_number(value['p_value'], 4)}"
    return _t("difference"), _t("points", value=_signed(value["value"])), note


def _exact(record: Record) -> tuple[str, str, str] | None:
    """Right answers of both where what they calculate is put right."""
    exact = _at(record.manifest, "accuracy_exact") or {}
    sides = [side for side in (exact.get("base"), exact.get("tuned")) if side and side["n"]]
    if len(sides) < 2:
        return None
    value = " → ".join(f"{_number(100 * side['value'], 1)} %" for side in sides)
    return _t("accuracy_exact"), value, " → ".join(f"{_right(side)}/{side['n']}" for side in sides)


# --- curves and topics ----------------------------------------------------------------------------


def _curves(record: Record) -> str:
    losses, rates = points(record.steps, "loss"), points(record.steps, "learning_rate")
    asked = [line for line in record.evaluations if line.get("accuracy") and line["accuracy"]["n"]]
    accuracy = [(line["step"], line["accuracy"]["value"]) for line in asked]
    whiskers = [(line["accuracy"]["low"], line["accuracy"]["high"]) for line in asked]
    speed = speeds(record.steps)
    charts = [
        line_chart(
            _t("loss"),
            [
                Series("", "tuned", losses, thin=True),
                Series(_t("loss.training"), "tuned", smoothed(losses)),
                Series(_t("loss.validation"), "base", points(record.evaluations, "loss")),
            ],
        ),
        line_chart(
            _t("accuracy_by_evaluation"), [Series("", "tuned", accuracy, whiskers=whiskers)], percent=True
        ),
        line_chart(_t("learning_rate"), [Series("", "tuned", rates)], from_zero=True),
        line_chart(
            _t("speed_by_step"),
            [Series("", "tuned", speed, thin=True), Series("", "tuned", smoothed(speed))],
            from_zero=True,
        ),
    ]
    return _section("curves", f'<div class="grid-of">{"".join(charts)}</div>') if any(charts) else ""


def _topics(record: Record) -> str:
    first, second = record.base.get("by_topic") or {}, record.tuned.get("by_topic") or {}
    sides = [(name, some) for name, some in (("base", first), ("tuned", second)) if some]
    groups = [
        (topic_name(topic), [_share(name, some[topic]) for name, some in sides if topic in some])
        for topic in (first or second)
        if topic != "-"
    ]
    legend = [Series(_t(name), name, ()) for name, _ in sides]
    chart = share_chart(_t("by_topic.caption"), groups, legend)
    return _section("by_topic", chart) if chart else ""


def _share(side: str, value: Json) -> Share:
    return Share(side, _right(value), value["n"], value["low"], value["high"])


# --- examples -------------------------------------------------------------------------------------


def _examples(record: Record) -> str:
    pairs = record.pairs()
    if not pairs:
        return ""
    gained, lost = record.flips()
    parts = [*_flips("gained", gained), *_flips("lost", lost)]
    others = [pair for pair in pairs if is_right(pair[0]) == is_right(pair[1])][:_SHOWN]
    if others:
        parts += [f"<h3>{escape(_t('unchanged'))}</h3>", *map(_example, others)]
    return _section("examples", "\n".join(parts))


def _flips(kind: str, pairs: Sequence[tuple[Json, Json]]) -> list[str]:
    lines = [f"<h3>{escape(i18n.t(f'evaluation.{kind}', count=len(pairs)))}</h3>"]
    lines += [_example(pair) for pair in pairs[:_SHOWN]]
    more = pairs[_SHOWN : _SHOWN + _FOLDED]
    if more:
        summary = escape(_t("more", count=len(more)))
        lines.append(f"<details><summary>{summary}</summary>{''.join(map(_example, more))}</details>")
    return lines


def _example(pair: tuple[Json, Json]) -> str:
    before, after = pair
    expected = escape(i18n.t("evaluation.expected", answer=before.get("answer", "")))
    answers = "".join(_answer(side, row) for side, row in (("base", before), ("tuned", after)))
    return (
        f'<div class="question">{escape(str(before.get("question", "")))}</div>'
        f'<p class="soft">{expected}</p><div class="grid-of">{answers}</div>'
    )


def _answer(side: str, row: Json) -> str:
    text = str(row.get("response", "")).strip()
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    right, outcome = is_right(row), i18n.t(f"evaluation.outcome.{row.get('outcome', 'no_answer')}")
    head = f"{_t(side)} {'✓' if right else '✗'} {outcome}"
    return (
        f'<div class="answer {"right" if right else "wrong"}"><b class="soft">{escape(head)}</b>'
        f"{escape(text or '—')}</div>"
    )


# --- how it came about ----------------------------------------------------------------------------


def _configuration(record: Record) -> str:
    if not record.settings:
        return ""
    own = []
    for name, field in settings().items():
        group, _, last = name.rpartition(".")
        there = record.settings.get(group) or {} if group else record.settings
        default = yaml.safe_load(yaml.safe_dump(_plain(field.get_default(call_default_factory=True))))
        if last in there and there[last] != default:
            own.append(
                (name, yaml.safe_dump(there[last], allow_unicode=True).removesuffix("\n...\n").strip())
            )
    changed = _facts(own, code=True) if own else f"<p>{escape(_t('all_defaults'))}</p>"
    whole = escape(yaml.safe_dump(record.settings, sort_keys=False, allow_unicode=True, width=100))
    summary = escape(_t("whole_configuration"))
    return _section(
        "configuration", f"{changed}<details><summary>{summary}</summary><pre>{whole}</pre></details>"
    )


def _plain(value: Any) -> Any:
    """A default as YAML would hold it."""
    if isinstance(value, dict | list | bool | int | float | str) or value is None:
        return value
    return str(value)


def _origin(record: Record) -> str:
    manifest = record.manifest
    versions = manifest.get("versions") or {}
    device = manifest.get("device") or {}
    rows = [
        ("model", _at(manifest, "base", "source")),
        ("model_hash", _at(manifest, "base", "sha256")),
        ("data", ", ".join(_at(manifest, "dataset", "files") or ()) or (manifest and _t("bundled"))),
        ("rows", _at(manifest, "dataset", "rows")),
        ("data_hash", _at(manifest, "dataset", "sha256")),
        ("tokens_hash", _at(manifest, "dataset", "tokens_sha256")),
        ("seed", manifest.get("seed")),
        ("device", " · ".join(str(device[key]) for key in ("name", "dtype") if device.get(key))),
        ("processes", manifest.get("processes")),
        ("versions", ", ".join(f"{name} {number}" for name, number in versions.items())),
        *((name, _time(manifest.get(name))) for name in ("started", "finished", "stopped")),
        ("resumed", ", ".join(map(_time, manifest.get("resumed") or ()))),
    ]
    facts = [(_t(f"origin.{name}"), str(value)) for name, value in rows if value not in (None, "", {})]
    return _section("origin", _facts(facts)) if facts else ""


def _facts(rows: Sequence[tuple[str, str]], *, code: bool = False) -> str:
    tag = "<code>{}</code>" if code else "{}"
    cells = (
        f"<dt>{tag.format(escape(name))}</dt><dd>{tag.format(escape(value))}</dd>" for name, value in rows
    )
    return f"<dl>{''.join(cells)}</dl>"


# --- small things ---------------------------------------------------------------------------------


def _section(name: str, content: str) -> str:
    return f"<section><h2>{escape(_t(name))}</h2>\n{content}</section>"


def _at(values: Json, *names: str) -> Any:
    """The value behind names within names; None where one is missing."""
    found: Any = values
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _right(share: Json) -> int:
    return round(share["value"] * share["n"])


def _number(value: float, places: int) -> str:
    return i18n.number(value, places)


def _signed(value: float) -> str:
    return ("+" if value >= 0 else "−") + _number(abs(100 * value), 1)


def _minutes(seconds: float) -> str:
    return _t("minutes", minutes=_number(seconds / 60, 1))


def _time(text: object) -> str:
    """``2026-11-23 21:49 +0000`` of the manifest's time."""
    moment = str(text or "")
    return f"{moment[:10]} {moment[11:16]} {moment[19:]}".strip() if len(moment) >= 19 else moment
