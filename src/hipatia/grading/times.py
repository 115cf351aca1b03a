"""Times of day, dates and durations: ``las tres y media``, ``15:30 h``, ``15/03/2024``, ``3 h 20 min``."""

from __future__ import annotations

import re
from fractions import Fraction

from ..numerals import NUMERAL, SMALL, plain_word, read_words, tagged
from .tree import number
from .units import Unit, parse_unit
from .values import Label, Scalar, Value

_HALF_DAY = (
    r"(?P<half>a\.? ?m\b\.?|p\.? ?m\b\.?|de la manana|de la madrugada|de la tarde|de la noche|in the morning"
    r"|in the afternoon|in the evening|at night)"
)
_DIGITAL = re.compile(
    rf"(?:a |at |son |es )?(?:las? )?(?P<h>\d{{1,2}})(?: ?[:.h] ?(?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d))?)?"
    rf"(?P<unit> ?(?:hs?|hrs?|horas|o'clock|en punto))?(?: ?{_HALF_DAY})?\.?"
)
_SPOKEN = re.compile(
    rf"(?:a |son |es )?las? (?P<h>[^\W_]+)(?: (?P<sign>y|menos) (?P<m>[\w ]+?))?(?: en punto| horas)?(?: "
    rf"{_HALF_DAY})?"
)
_ENGLISH = re.compile(r"(?:at )?(?P<m>half|(?:a )?quarter|[\w-]+)(?: minutes)? (?P<sign>past|to) (?P<h>\w+)")
_QUARTERS = {"media": 30, "half": 30, "cuarto": 15, "quarter": 15, "a quarter": 15}
_MONTHS = {
    name: index
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for index, name in enumerate(names.split(), 1)
} | {"setiembre": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = [
    re.compile(rf"(?:el |on |the )?(?:dia )?(?P<d>\d{{1,2}})(?:st|nd|rd|th|°)?(?: de| of)? "
               rf"(?P<n>{_MONTH})(?:,? (?:de |del )?(?P<y>\d{{4}}))?"),
    re.compile(rf"(?:on )?(?P<n>{_MONTH}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?"),
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
]  # fmt: skip
_SECONDS = Unit(Fraction(1), (("time", 1),))
_PIECE = re.compile(rf"({NUMERAL.pattern})\s?([^\W\d_€$£]+|[€$£°'\"]+)(?:\s(cuadrad[oa]s))?")


def read_time(text: str) -> list[Value]:
    """The times, dates and compound measures that a plain text may be."""
    low = plain_word(text).strip()
    if len(low) > 60:
        return []
    found: list[Value] = [*_clock(low), *_date(low)]
    if measure := compound(text):
        found.append(measure)
    if low in ("mediodia", "noon", "midday"):
        found.append(Label("clock", "", Fraction(12 * 3600)))
    if low in ("medianoche", "midnight"):
        found.append(Label("clock", "", Fraction(0)))
    return found


def _clock(low: str) -> list[Value]:
    match = _DIGITAL.fullmatch(low)
    if match and (
        match["m"] or match["half"] or match["unit"] and "." not in low and match["unit"].strip()[0] != "h"
    ):
        hour, minute, second = (
            int(match["h"]),
            int(match["m"] or 0),
            int(match["s"] or 0),
        )
        dotted = match["m"] and "." in low[: match.end("m")] and not (match["half"] or match["unit"])
        if hour > 24 or dotted:
            return []
        out: list[Value] = [_of_day(hour, minute, second, match["half"] or "")]
        if match["m"] and not match["half"]:
            out.append(Scalar(number(hour * 3600 + minute * 60 + second), unit=_SECONDS))
        return out
    match = _ENGLISH.fullmatch(low)
    if match and match["h"] in SMALL:
        said = _QUARTERS.get(match["m"]) or SMALL.get(match["m"].replace("-", ""))
        if said is not None:
            sign = 1 if match["sign"] == "past" else -1
            return [
                Label(
                    "clock",
                    "spoken",
                    Fraction(SMALL[match["h"]] * 3600 + sign * said * 60),
                )
            ]
    match = _SPOKEN.fullmatch(low)
    if match and (match["m"] or not match["h"].isdigit()) and 1 <= _hour(match["h"]) <= 12:
        return _spoken_clock(match)
    return []


def _spoken_clock(match: re.Match[str]) -> list[Value]:
    minute = 0
    if match["m"]:
        words = read_words(match["m"].split())
        value = _QUARTERS.get(match["m"])
        if value is None and (not words or words[1] != len(match["m"].split())):
            return []
        minute = value if value is not None else int(words[0]) if words else 0
    total = _hour(match["h"]) * 60 + (minute if match["sign"] == "y" else -minute)
    if match["half"]:
        return [_of_day(total // 60, total % 60, 0, match["half"])]
    return [Label("clock", "spoken", Fraction(total * 60))]


def _hour(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 3 else SMALL.get(text, 0)


def _of_day(hour: int, minute: int, second: int, half: str) -> Label:
    if half.startswith("p") or any(
        word in half for word in ("tarde", "noche", "afternoon", "evening", "night")
    ):
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    return Label("clock", "", Fraction(hour * 3600 + minute * 60 + second))


def same_clock(a: Label, b: Label) -> bool:
    """Spoken times ("las tres y media") say nothing of morning or afternoon."""
    if a.number is None or b.number is None:
        return False
    period = 43200 if "spoken" in (a.text, b.text) else 86400
    return (a.number - b.number) % period == 0


def _date(low: str) -> list[Value]:
    out: list[Value] = []
    for pattern in _DATES:
        match = pattern.fullmatch(low)
        if not match:
            continue
        groups = match.groupdict()
        month = _MONTHS[groups["n"]] if groups.get("n") else int(groups["m"])
        day = int(groups["d"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            out.append(Label("date", f"{groups.get('y') or ''}-{month:02}-{day:02}"))
    return out


def compound(text: str) -> Scalar | None:
    """``3 h 20 min``, ``2 m y 30 cm``, ``3 euros con 50 céntimos``, ``hora y media``: one measure."""
    low = re.sub(r"\b(?:hora|hour) (?:y media|and a half)", "h y 30 min", plain_word(text))
    low = re.sub(r"\b(?:horas|hours) (?:y media|and a half)", "h y 30 min", low)
    low = re.sub(r"\b(?:horas?|hours?) (?:y cuarto|and a quarter)", "h y 15 min", low)
    low = re.sub(r"^(?:una |an |one )?(?=h y \d)|^(?:una|an|one) (?=h )", "1 ", low)
    source = text if low == plain_word(text) else low
    position, total, unit = 0, Fraction(0), None
    count, last = 0, None
    while position < len(source):
        joint = re.compile(r"(?:\s*(?:,|\by\b|\band\b|\bcon\b|&)\s*|\s+)" if count else "").match(
            source, position
        )
        match = _PIECE.match(source, joint.end() if joint else position)
        if not joint or not match:
            return None
        found = parse_unit(match[2])
        values = tagged(match[1])
        if (
            not found
            or found.offset
            or found.pi
            or not values
            or (unit and found.dimensions != unit.dimensions)
        ):
            return None
        if last is not None and found.factor >= last:
            return None
        unit, last = unit or found, found.factor
        total += values[0][1] * found.factor
        position, count = match.end(), count + 1
    if count < 2 or not unit or not unit.dimensions:
        return None
    return Scalar(number(total), unit=Unit(Fraction(1), unit.dimensions))
