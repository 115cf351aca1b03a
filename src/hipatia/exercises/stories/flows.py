"""Stories of a quantity that grows and shrinks: the end, the beginning or a change is asked for.

    story_end.make(Random(7), "es")

A scene (a purse, a bus, a farm) and what happens in it come from ``flows.toml``. The solution repeats what
happened before each calculation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from ..core import Draft, Family
from ..steps import Step, add, sub
from ..wording import Noun, say
from .telling import Amount, Clause, Teller, capital, infinitive, noun_fields, people_fields, tensed
from .words import PAST, PRESENT, THIRD, chapter, noun, quantity, random_tense, unit


@dataclass(frozen=True, slots=True)
class Event:
    """A change of the level, and the template that tells it."""

    change: int
    text: str


@dataclass(slots=True)
class Flow:
    """A scene chosen for one story, with its thing, its people and its numbers."""

    scene: dict[str, Any]
    words: dict[str, Any]
    thing: Noun
    teller: Teller
    start: int
    events: list[Event]

    @property
    def end(self) -> int:
        return self.start + sum(event.change for event in self.events)

    @property
    def frame(self) -> dict[str, Any]:
        """The sentences that suit every scene of this kind."""
        return {**self.words["person" if "who" in self.scene else "place"], **self.scene}

    def fill(self, template: str) -> str:
        """A template of the frame with the scene's verb, owner and place."""
        had = self.scene["had"]
        values = {
            "had": had,
            "past": tensed(had, PAST),
            "present": tensed(had, PRESENT),
            "have": tensed(had, THIRD),
            "who": self.who,
            "who_he": self.who.replace("}", "_he}"),
            "where": "{w}",
        }
        for key, value in values.items():
            template = template.replace(f"{{{key}}}", value)
        return template

    @property
    def who(self) -> str:
        return "" if "who" not in self.scene else "{p}" if self.scene["who"] == "{p}" else "{h}"

    def choose(self, key: str) -> str:
        return self.fill(self.teller.rng.choice(self.frame[key]))

    def asks(self, *keys: str) -> list[str]:
        return [self.fill(text) for key in keys for text in self.frame.get(key, ())]


_SIZES = {"small": 30, "medium": 99, "large": 500}


def draw(rng: Random, language: str, count: int, past_only: bool = False) -> Flow:
    """A scene with its first level and ``count`` events; the level stays above zero and below the bound."""
    words = chapter(language, "flows")
    scenes = words["scene"]
    scene = rng.choice(scenes)
    thing = noun(scene["things"], rng)
    fields = people_fields(rng, language) | noun_fields(thing, language)
    if "where" in scene:
        fields["w"] = tuple(scene["where"])
    if isinstance(scene.get("who"), list):
        fields["h"] = tuple(scene["who"])
        fields["h_he"] = fields["h_him"] = scene.get("pronoun", "it") if language == "en" else ""
    tense = random_tense(rng, language, past_only)
    high = scene.get("most", _SIZES[scene.get("sizes", "medium")])
    high = high if high < 100 or rng.random() < 0.3 else 99
    start = quantity(rng, 4, high)
    flow = Flow(scene, words, thing, Teller(rng, language, fields, tense), start, [])
    for _ in range(count):
        flow.events.append(_event(flow, high))
    return flow


def _event(flow: Flow, high: int) -> Event:
    rng, level = flow.teller.rng, flow.end
    used = {event.text for event in flow.events}
    loss = bool(flow.scene["losses"]) and level > 3 and (rng.random() < 0.55 or level + 2 > high)
    key = "losses" if loss else "gains"
    text = rng.choice([each for each in flow.scene[key] if each not in used] or flow.scene[key])
    low = 1 if loss and rng.random() < 0.05 and not _agrees(text) else 2
    bound = min(level - 1 if loss else max(3, high - level), flow.scene.get("event_most", high))
    size = quantity(rng, low, max(low, bound))
    return Event(-size if loss else size, text)


def _agrees(text: str) -> bool:
    """Whether the verb goes with the amount, so that one thing would need another form of it."""
    return bool(re.search(r"n\] \{n\}|^\{n\}|n(?: a)?\|", text))


def _subject(flow: Flow, text: str) -> str:
    """The event with its subject: the owner, unless it has another, or none («/ llovieron {n}»)."""
    plain = "/ " in text or not flow.who or text.startswith("{n}")
    return text.removeprefix("/ ") if plain else f"{flow.who} / {text}"


def begin_clause(flow: Flow, words: str = "") -> Clause:
    """The first state: «Ana tenía 21 canicas», «en la cesta había 21 manzanas»."""
    rng = flow.teller.rng
    amount = Amount(flow.start, flow.thing, words=words)
    begin = flow.scene.get("begin", flow.scene["had"] + " {n}")
    if flow.who:
        return Clause(f"{flow.who} / {begin}", amount)
    text = rng.choice(flow.words["place"]["begin"]).replace("{begin}", begin)
    return Clause(flow.fill(text), amount)


def event_clauses(flow: Flow, hidden: int | None = None, first: bool = False) -> list[Clause]:
    """The events with their adverbs; the amount of a hidden one is not told, and nothing is before ``first``."""
    rng = flow.teller.rng
    whens = _whens(flow, first)
    clauses = []
    for i, event in enumerate(flow.events):
        words = rng.choice(flow.words["hidden"]) if i == hidden else ""
        amount = Amount(abs(event.change), flow.thing, more=event.change > 0, words=words)
        clauses.append(Clause(_subject(flow, event.text), amount, whens[i], turn=event.change < 0))
    return clauses


def _whens(flow: Flow, first: bool) -> list[str]:
    """Adverbs for the events: none of a sequel where nothing went before, no «primero» for one alone."""
    rng, count, words = flow.teller.rng, len(flow.events), flow.words
    perfect = flow.teller.tense == THIRD and flow.teller.language == "es"
    if count == 1 and rng.random() < 0.6:
        return [""]
    banned = (words["sequels"] if first else []) + (words["openers"] if count == 1 else [])
    choices = words["when"]["perfect" if perfect else flow.scene["pace"]]
    if flow.teller.tense != PAST:
        banned += words["past_only"]
    return rng.choice([each for each in choices if each[0] not in banned] or [[""] * count])[:count]


def with_aside(flow: Flow, clauses: list[Clause]) -> list[Clause]:
    """One time in four a fact that nobody needs, somewhere among the clauses."""
    rng = flow.teller.rng
    asides = flow.scene.get("asides", [])
    if not asides or rng.random() > 0.27:
        return clauses
    bounds, _, text = rng.choice(asides).partition(": ")
    low, high = map(int, bounds.split("-"))
    text = text.replace("{m}", str(rng.randint(low, high)))
    place = rng.randint(0 if flow.who == "{p}" and text.startswith("{p}") else 1, len(clauses))
    return [*clauses[:place], Clause(text, apart=True), *clauses[place:]]


def told_event(flow: Flow, event: Event, amount: bool = True) -> str:
    """«perdió 5», «Luis le regaló 5»: the event as the solution repeats it."""
    subject, _, predicate = _subject(flow, event.text).rpartition(" / ")
    if subject == flow.who:
        subject = flow.who.replace("}", "_he}") if flow.teller.language == "en" else ""
    predicate = predicate.replace("{a_p}", "").replace("{n}", str(abs(event.change)) if amount else "")
    return " ".join(flow.teller.format(f"{subject} {predicate}").split())


def _changed(level: int, change: int, language: str) -> Step:
    return add(level, change, language) if change > 0 else sub(level, -change, language)


def _had(flow: Flow) -> str:
    """«tenía», «había»: the verb of the state as the solution uses it."""
    return flow.teller.format(flow.fill(flow.frame["state"]))


def story_end(rng: Random, language: str) -> Draft:
    """What is there at the end, after one to three events."""
    flow = draw(rng, language, rng.choices((1, 2, 3), (9, 8, 3))[0])
    first, last = flow.events[0], flow.events[-1]
    asks = flow.asks("ask") + (flow.asks("ask_left") if last.change < 0 else [])
    clauses = [begin_clause(flow), *event_clauses(flow)]
    of = flow.fill(flow.frame.get("of", ""))
    if first.change < -1 and first.text.endswith("{n}") and of and rng.random() < 0.2:
        clauses[:2] = [_part_of(flow, clauses[1], of)]
    text = flow.teller.tell(with_aside(flow, clauses), asks)
    lines, level = [], flow.start
    for i, event in enumerate(flow.events):
        step = _changed(level, event.change, language)
        told = told_event(flow, event)
        if i == 0:
            lines.append(f"{capital(_had(flow))} {level} {say(language, 'y', 'and')} {told}: {step}")
        else:
            lines.append(f"{flow.words['later'][i - 1]} {told}: {step}")
        level = int(step.value)
    return Draft({}, tuple(lines), level, flow.end, unit=unit(flow.thing, language, flow.end), question=text)


def _part_of(flow: Flow, event: Clause, of: str) -> Clause:
    """«perdió 5 de las 21 canicas que tenía»"""
    size = event.amount.value if event.amount else 0
    text = event.text.replace("{n}", f"{size} {of}").replace("{start}", str(flow.start))
    flow.teller.named.add(flow.thing.es_plural if flow.teller.language == "es" else flow.thing.en_plural)
    return Clause(text, when=event.when)


def story_begin(rng: Random, language: str) -> Draft:
    """What was there at the beginning, from the end and one or two events."""
    flow = draw(rng, language, rng.choices((1, 2), (7, 3))[0], past_only=True)
    now = _now(flow)
    vague = rng.random() < 0.4
    clauses = [*event_clauses(flow, first=not vague), now]
    if vague:
        clauses.insert(0, begin_clause(flow, rng.choice(flow.words["hidden"])))
    text = flow.teller.tell(with_aside(flow, clauses), flow.asks("ask_begin"))
    told_now = _told_now(flow)
    had, at_first = _had(flow), flow.words["at_first"]
    last = flow.events[-1]
    step = _changed(flow.end, -last.change, language)
    event = told_event(flow, last)
    both = say(language, "y", "and")
    if len(flow.events) == 1:
        line = f"{capital(event)} {both} {told_now}; {at_first} {had}: {step}"
        return Draft(
            {}, (line,), step.value, flow.start, unit=unit(flow.thing, language, flow.start), question=text
        )
    first = flow.events[0]
    start = _changed(int(step.value), -first.change, language)
    lines = (
        f"{capital(flow.words['at_last'])} {event} {both} {told_now}; {flow.words['before']} {had}: {step}",
        f"{capital(flow.words['earlier'])} {told_event(flow, first)}; {at_first} {had}: {start}",
    )
    return Draft(
        {}, lines, start.value, flow.start, unit=unit(flow.thing, language, flow.start), question=text
    )


def _now(flow: Flow) -> Clause:
    """The last state: «ahora tiene 16 canicas», «le quedan 16»."""
    loss = flow.events[-1].change < 0
    keys = ["now", "left"] if loss and "left" in flow.frame else ["now"]
    when, _, text = flow.choose(flow.teller.rng.choice(keys)).rpartition("/ ")
    if flow.who and "le quedan" not in text:
        text = f"{flow.who} / {text}"
    return Clause(text, Amount(flow.end, flow.thing), when.strip())


def _told_now(flow: Flow) -> str:
    return flow.teller.format(flow.fill(flow.frame["told_now"]).replace("#", str(flow.end)))


def story_change(rng: Random, language: str) -> Draft:
    """How much came or went, from the beginning, the end and perhaps another event."""
    flow = draw(rng, language, rng.choices((1, 2), (8, 2))[0], past_only=True)
    hidden = len(flow.events) - 1
    event = flow.events[hidden]
    clauses = [begin_clause(flow), *event_clauses(flow, hidden), _now(flow)]
    text = flow.teller.tell(with_aside(flow, clauses), [_ask_event(flow, event)])
    lines, level = [], flow.start
    had, both = capital(_had(flow)), say(language, "y", "and")
    if hidden:
        first = _changed(level, flow.events[0].change, language)
        lines.append(f"{had} {level} {both} {told_event(flow, flow.events[0])}: {first}")
        level = int(first.value)
    step = sub(max(level, flow.end), min(level, flow.end), language)
    told = told_event(flow, event, amount=False)
    state = capital(_told_now(flow)) if hidden else f"{had} {level} {both} {_told_now(flow)}"
    lines.append(f"{state}; {told}: {step}")
    return Draft(
        {},
        tuple(lines),
        step.value,
        abs(event.change),
        unit=unit(flow.thing, language, abs(event.change)),
        question=text,
    )


def _ask_event(flow: Flow, event: Event) -> str:
    """«cuántas canicas perdió Ana»; "how many marbles did Ana lose"."""
    teller = flow.teller
    subject, _, predicate = _subject(flow, event.text).rpartition(" / ")
    if teller.language == "es":
        asked = predicate.replace("{a_p}", " a {p}").replace("{n}", subject)
        return f"{{cuántas}} {{cosas}} {' '.join(tensed(asked, teller.tense).split())}"
    many = "how many {cosas}"
    if "{n}" in predicate and (not subject or predicate.startswith("{n}")):
        return f"{many} {tensed(predicate, teller.tense).replace('{n} ', '')}"
    asked = infinitive(predicate).replace(" {n}", "")
    return f"{many} did {subject} {asked}"


_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("story_end", *_WORDS, story_end, weight=4),
    Family("story_begin", *_WORDS, story_begin, weight=1.5),
    Family("story_change", *_WORDS, story_change, weight=1.5),
)
