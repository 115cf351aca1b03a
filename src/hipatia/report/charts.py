"""Small charts as inline SVG: lines over steps, and shares with their intervals.

    line_chart("Loss", [Series("training", "train", points, thin=True), …], places=2)
    share_chart([("Fractions", [Share("base", 3, 10, 0.1, 0.6), …]), …], "…")

Colours are CSS classes (``page.html``), so one drawing serves light and dark. All text is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from .. import i18n

Point = tuple[float, float]
WIDTH, HEIGHT = 480, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 12, 28
_CHARACTER = 8.5  # width of a label's characters, in a wide typeface
_MOST_POINTS = 400  # of a line: more than there are pixels help nobody
_ROW = 54  # height of a topic


@dataclass(frozen=True, slots=True)
class Series:
    """A line. ``thin``: the background to a smoother one. ``whiskers``: (low, high) of each point."""

    label: str
    style: str
    points: Sequence[Point]
    thin: bool = False
    whiskers: Sequence[Point] = field(default=())

    @property
    def dotted(self) -> bool:
        """Few points are shown each."""
        return len(self.points) <= 40 and not self.thin


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many, with the interval."""

    style: str
    right: int
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to places in the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low or 1.0
        return round(self.start + (value - self.low) / span * (self.end - self.start), 1)


def line_chart(
    title: str, series: Sequence[Series], *, percent: bool = False, from_zero: bool = False
) -> str:
    """A figure with a legend where there are several lines; empty where there is no point."""
    series = [one for one in series if one.points]
    if not series:
        return ""
    xs = [x for one in series for x, _ in one.points]
    values = [
        y for one in series for y in [*(y for _, y in one.points), *(y for w in one.whiskers for y in w)]
    ]
    ticks = nice_ticks(min([0.0, *values] if from_zero or percent else values), max(values))
    labels = [_label(tick, _places(ticks, percent), percent) for tick in ticks]
    left = max(_LEFT, 8 + math.ceil(_CHARACTER * max(map(len, labels))))
    x = Scale(min(xs), max(xs), left, WIDTH - _RIGHT)
    y = Scale(ticks[0], ticks[-1], HEIGHT - _BOTTOM, _TOP)
    body = [*_grid(ticks, labels, y, left), *_steps_axis(min(xs), max(xs), x)]
    for one in series:
        body += _line(one, x, y, percent)
    return _figure(title, _legend(series), _drawing(title, body, HEIGHT))


def share_chart(title: str, groups: Sequence[tuple[str, Sequence[Share]]], legend: Sequence[Series]) -> str:
    """A bar for each share of each group, with a line for its interval; empty where there is no group.

    In two columns where there is room for them, so that letters are as large as in the other charts.
    """
    if not groups:
        return ""
    half = (len(groups) + 1) // 2
    columns = [part for part in (groups[:half], groups[half:]) if part]
    drawings = [_drawing(title, _bars(part), _ROW * len(part)) for part in columns]
    return _figure(title, _legend(legend), f'<div class="grid-of">{"".join(drawings)}</div>')


def nice_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers, evenly spaced, from at most ``low`` to at least ``high``."""
    if high <= low:
        low, high = low - abs(low or 1) / 2, high + abs(high or 1) / 2
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    width = next((n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough), 10 * power)
    first, last = math.floor(low / width + 1e-9), math.ceil(high / width - 1e-9)
    return [round(n * width, 12) for n in range(first, max(last, first + 1) + 1)]


def smoothed(points: Sequence[Point], weight: float = 0.95) -> list[Point]:
    """An exponential mean that knows how little it has seen at its beginning."""
    found, mean, seen = [], 0.0, 0.0
    for x, y in points:
        mean = weight * mean + (1 - weight) * y
        seen = weight * seen + (1 - weight)
        found.append((x, mean / seen))
    return found


def thinned(points: Sequence[Point], most: int = _MOST_POINTS) -> list[Point]:
    """At most so many points, each the mean of its neighbours; first and last step stay."""
    if len(points) <= most:
        return list(points)
    edges = [round(i * len(points) / most) for i in range(most + 1)]
    parts = [points[a:b] for a, b in pairwise(edges)]
    found = [(part[len(part) // 2][0], sum(y for _, y in part) / len(part)) for part in parts]
    found[0], found[-1] = (points[0][0], found[0][1]), (points[-1][0], found[-1][1])
    return found


def _drawing(title: str, body: Sequence[str], height: int) -> str:
    label = escape(title, quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{"".join(body)}</svg>'


def _figure(title: str, legend: str, drawings: str) -> str:
    return f"<figure><figcaption>{escape(title)}{legend}</figcaption>{drawings}</figure>"


def _legend(series: Sequence[Series]) -> str:
    if len(series) < 2:
        return ""
    items = (f'<span class="key {one.style}">{escape(one.label)}</span>' for one in series if one.label)
    return f'<span class="legend">{"".join(items)}</span>'


def _grid(ticks: Sequence[float], labels: Sequence[str], y: Scale, left: int) -> list[str]:
    return [
        f'<line class="grid" x1="{left}" x2="{WIDTH - _RIGHT}" y1="{y(tick)}" y2="{y(tick)}"/>'
        f'<text class="end" x="{left - 6}" y="{y(tick) + 4}">{label}</text>'
        for tick, label in zip(ticks, labels, strict=True)
    ]


def _steps_axis(first: float, last: float, x: Scale) -> list[str]:
    middle = round((first + last) / 2)
    anchors = {first: "", middle: "middle", last: "end"}
    bottom = HEIGHT - 8
    return [
        f'<text class="{how}" x="{x(step)}" y="{bottom}">{step:.0f}</text>' for step, how in anchors.items()
    ]


def _line(series: Series, x: Scale, y: Scale, percent: bool) -> list[str]:
    shown = thinned(series.points)
    path = " ".join(f"{x(a)},{y(b)}" for a, b in shown)
    drawn = [f'<polyline class="{series.style}{" thin" if series.thin else ""}" points="{path}"/>']
    if series.dotted:
        whiskers = series.whiskers or [(b, b) for _, b in shown]
        for (a, b), (low, high) in zip(shown, whiskers, strict=True):
            tip = f"{a:.0f}: {_label(b, 1 if percent else 4, percent)}"
            drawn.append(
                f'<line class="{series.style} whisker" x1="{x(a)}" x2="{x(a)}" y1="{y(low)}" y2="{y(high)}"/>'
                f'<circle class="{series.style}" cx="{x(a)}" cy="{y(b)}" r="4"><title>{tip}</title></circle>'
            )
    return drawn


def _bars(groups: Sequence[tuple[str, Sequence[Share]]]) -> list[str]:
    x = Scale(0.0, 1.0, 0.0, WIDTH - 64)
    body = []
    for index, (name, shares) in enumerate(groups):
        top = index * _ROW
        body.append(f'<text x="0" y="{top + 14}" class="name">{escape(name)}</text>')
        for place, share in enumerate(shares):
            body += _bar(share, x, top + 20 + 14 * place)
    return body


def _bar(share: Share, x: Scale, top: int) -> list[str]:
    middle = top + 5
    value = share.right / share.n if share.n else 0.0
    return [
        f'<rect class="{share.style}" x="0" y="{top}" width="{max(1.0, x(value))}" height="10"/>',
        f'<line class="interval" x1="{x(share.low)}" x2="{x(share.high)}" y1="{middle}" y2="{middle}"/>',
        f'<text class="end" x="{WIDTH}" y="{top + 9}">{share.right}/{share.n}</text>',
    ]


def _places(ticks: Sequence[float], percent: bool) -> int:
    """Decimals that tell the ticks apart."""
    width = (ticks[1] - ticks[0]) * (100 if percent else 1)
    return next((n for n in range(7) if abs(round(width, n) - width) < width / 1000), 7)


def _label(value: float, places: int, percent: bool) -> str:
    return f"{i18n.number(100 * value, places)} %" if percent else i18n.number(value, places)
